"""One TOML text, read: its values, and where each of them stands."""

from __future__ import annotations

import functools
import re
import tomllib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.errors import ConfigError, Problem
from config.toml_lines import Keys, lines_of

LARGEST = 10_000_000
"""Bytes. Thousands of sources fit; a device or a data file given by mistake does not."""


@dataclass(frozen=True, slots=True)
class Document:
    """A table of values and the text it was read from. Without a path it is the command line."""

    path: Path | None
    data: dict[str, Any]
    text: str = ""

    def at(self, keys: Keys) -> Any:
        """Return the value at ``keys``, which must exist."""
        value: Any = self.data
        for key in keys:
            value = value[key]
        return value

    def problem(self, keys: Keys, message: str) -> Problem:
        """Return a problem with the value at ``keys``, which need not exist."""
        if self.path is None:
            return Problem(_option(keys), message)
        lines = _lines(self.text)
        known = (keys[:end] for end in range(len(keys), -1, -1))
        line = next((lines[way] for way in known if way in lines), 1)
        return Problem(f"{self.path}:{line}", message, self.path, line)


def read(path: Path, missing: Callable[[str], Problem] | None = None) -> Document:
    """Read a TOML file in UTF-8, with or without a byte-order mark.

    ``missing`` makes the problem of a file that cannot be opened from its message, for files that
    were named somewhere else. Raises ConfigError.
    """
    try:
        with path.open("rb") as file:
            raw = file.read(LARGEST + 1)
    except (OSError, ValueError) as error:
        reason = getattr(error, "strerror", None) or str(error)
        message = f"cannot be read ({reason}); check the name"
        problem = missing(f"{path} {message}") if missing else Problem(str(path), message, path)
        raise ConfigError([problem]) from error
    return _parsed(path, _decoded(path, raw))


@functools.lru_cache(maxsize=16)
def _lines(text: str) -> dict[Keys, int]:
    """The lines of a text's keys: looked for when something is wrong, since it takes as long as
    reading the rest of a configuration."""
    return lines_of(text)


def _decoded(path: Path, raw: bytes) -> str:
    if len(raw) > LARGEST:
        raise _error(path, None, f"is larger than {LARGEST // 1_000_000} MB; is this the file?")
    try:
        return raw.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        line = raw.count(b"\n", 0, error.start) + 1
        byte = f"{raw[error.start]:#04x}"
        message = f"byte {byte} is not UTF-8; save the file as UTF-8"
        raise _error(path, line, message) from error


def _parsed(path: Path, text: str) -> Document:
    try:
        return Document(path, tomllib.loads(text), text)
    except RecursionError as error:
        raise _error(path, None, "is nested too deeply; write it flat") from error
    except ValueError as error:  # tomllib's own, and numbers that Python refuses
        message, line = _explained(str(error), text)
        raise _error(path, line, f"{message}; correct the TOML") from error


def _explained(message: str, text: str) -> tuple[str, int]:
    """Take the place out of ``tomllib``'s message: "Invalid value (at line 3, column 9)"."""
    place = re.search(r" \(at line (\d+), column \d+\)$", message)
    if place:
        return message[: place.start()], int(place[1])
    return message.replace(" (at end of document)", " at the end"), text.rstrip().count("\n") + 1


def _error(path: Path, line: int | None, message: str) -> ConfigError:
    place = str(path) if line is None else f"{path}:{line}"
    return ConfigError([Problem(place, message, path, line)])


def _option(keys: Keys) -> str:
    names = [key for key in keys if isinstance(key, str)]
    if names[-1:] == ["files"]:
        return "FILE"  # an argument, as `duizhao import --help` calls it
    return "--" + names[-1].replace("_", "-") if names else "the command line"
