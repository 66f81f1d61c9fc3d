"""Small valid configurations to spoil, and what loading says of them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from config.load import ConfigError, load

SOURCE = """\
[[source]]
id = "s"
name = "S"
langs = ["zh"]
kind = "press"
region = "mainland"
home = ["https://example.org/"]
"""
TOPIC = """\
id = "tea"
en = "Tea"
zh = "茶"
[[concept]]
id = "green-tea"
en = "Green tea"
zh = "绿茶"
en_terms = ["green tea"]
zh_terms = ["绿茶"]
meaning = "Unoxidized tea."
core = true
"""


def write(folder: Path, text: str | bytes, name: str = "my.toml") -> Path:
    path = folder / name
    path.write_bytes(text.encode() if isinstance(text, str) else text)
    return path


def problems(path: Path | None, **options: Any) -> list[str]:
    with pytest.raises(ConfigError) as caught:
        load(path, **options)
    lines = str(caught.value).split("\n")
    assert len(lines) == len(caught.value.problems)
    assert all(line.isprintable() for line in lines)
    return lines
