"""Files that are no configuration: not TOML, not UTF-8, not there, too large."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load
from tests.configuring import SOURCE, problems, write

FILE_ERRORS = [
    (b"[crawl]\nmax_pages = \n", 2, "Invalid value; correct the TOML"),
    (b"[crawl\n", 1, "correct the TOML"),
    (b"[crawl]\nx = 'a\n", 2, "correct the TOML"),
    (b'a = 1\n\nb = "', 3, "correct the TOML"),
    ("# 数字\ntopic = '数字政府'".encode("gb18030"), 1, "is not UTF-8; save the file as UTF-8"),
    ("# ok\n# 數位政府".encode("big5"), 2, "0xbc is not UTF-8"),
    ("topic = 'x'".encode("utf-16"), 1, "0xff is not UTF-8"),
    (b"x = " + b"[" * 5000, None, "is nested too deeply"),
    (b"x = " + b"9" * 5000, 1, "correct the TOML"),
    (b"# a line\n" * 1_200_000, None, "is larger than 10 MB"),
    (b"crawl = 3", 1, "crawl: 3 is not a table"),
    (b"topic = ['x']", 1, "topic: an array of 1 is not text"),
    (
        b"[[sources]]\nid = 'a'",
        1,
        "an array of 1 is not a file's name; sources themselves go under",
    ),
    (b"engine = 'lucene'", 1, "'lucene' is none of tantivy, whoosh"),
    (b"\nmax_page = 3", 2, "unknown key 'max_page'; did you mean 'crawl.max_pages'?"),
    (b"topic = 'digital-goverment'", 1, "did you mean 'digital-government'?"),
    (b"topic = '../topics/digital-government'", 1, "cannot be read"),
    (b"topic = 'no.toml'", 1, "no.toml cannot be read (No such file"),
    (b"engine = 'tantivy'\nsources = 'no.toml'", 2, "no.toml cannot be read (No such file"),
    (b"sources = 'a\\u0000b'".replace(b"'", b'"'), 1, "cannot be read"),
    (b"sources = ''", 1, "cannot be read (Is a directory)"),
]


@pytest.mark.parametrize(("raw", "line", "message"), FILE_ERRORS)
def test_mistakes_in_a_file(tmp_path: Path, raw: bytes, line: int | None, message: str) -> None:
    path = write(tmp_path, raw)
    [found] = problems(path)
    assert found.startswith(f"{path}:{line}: " if line else f"{path}: ")
    assert message in found


def test_what_windows_editors_add_is_accepted(tmp_path: Path) -> None:
    text = SOURCE.replace("S", "网站").replace("\n", "\r\n")
    path = write(tmp_path, b"\xef\xbb\xbf" + text.encode())
    assert load(path).sources[0].name == "网站"
    assert problems(write(tmp_path, f"\r\n{text}x = 1\r\n"))[0].startswith(f"{path}:9: ")
