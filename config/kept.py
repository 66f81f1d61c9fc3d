"""The topic and the engine of Duizhao's own files, kept once a user as they were read.

Reading and checking TOML takes as long as answering a query. The file holds JSON; its first line
seals the rest, and it names the texts that it was made of. Of other texts, of another version or
damaged it is no file. No answer depends on whether there is one, and it can be deleted.
"""

from __future__ import annotations

import contextlib
import json
import os
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import xxhash

from config.cache import cache_folder
from config.subject import Concept, Topic

FORMAT = 1  # raise it with any change to what a topic is or how it is read
NAME = "topic"
HERE = Path(__file__).parent


def kept() -> tuple[Topic, str] | None:
    """Return the topic and the engine, or None where the texts must be read."""
    try:
        seal, _, said = (cache_folder() / NAME).read_text("utf-8").partition("\n")
        if seal != _seal(said):
            return None
        made_of, engine, topic, concepts = json.loads(said)
        if any(_digest(HERE / name) != digest for name, digest in made_of.items()):
            return None
        return Topic(**topic, concepts=tuple(map(_concept, concepts))), engine
    except (OSError, ValueError, TypeError):
        return None


def keep(topic: Topic, engine: str, made_of: Iterable[Path]) -> None:
    """Write down what was read of these files, if that can be done."""
    digests = {path.relative_to(HERE).as_posix(): _digest(path) for path in made_of}
    named = topic._asdict()
    concepts = [concept._asdict() for concept in named.pop("concepts")]
    said = json.dumps([digests, engine, named, concepts], ensure_ascii=False)
    with contextlib.suppress(OSError):
        path = cache_folder() / NAME
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        partial = path.with_name(f"{NAME}.{os.getpid()}.new")
        try:
            partial.write_text(f"{_seal(said)}\n{said}", "utf-8")
            partial.replace(path)
        finally:
            partial.unlink(missing_ok=True)


def _concept(values: dict[str, Any]) -> Concept:
    made: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in values.items()}
    return Concept(**made)


def _digest(path: Path) -> str:
    return xxhash.xxh3_128_hexdigest(path.read_bytes())


def _seal(said: str) -> str:
    return f"topic {FORMAT} {xxhash.xxh3_128_hexdigest(said.encode())}"
