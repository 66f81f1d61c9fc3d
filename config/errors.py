"""What is wrong with a configuration, and where: one line a problem."""

from __future__ import annotations

import math
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

LISTED = 20
"""As many problems as a terminal shows; who has more is likely to have given the wrong file."""
_LONGEST = 60


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing that is wrong. ``place`` is ``file:line``, ``file`` or an option's name."""

    place: str
    message: str
    path: Path | None = None
    line: int | None = None

    def __str__(self) -> str:
        return one_line(f"{self.place}: {self.message}")


class ConfigError(Exception):
    """A configuration that cannot be used; the text has one line for each of ``problems``.

    ``path`` and ``line`` are those of the first problem, None where there is no file or line.
    """

    exit_code = 2

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        super().__init__(self.problems)
        self.path = self.problems[0].path
        self.line = self.problems[0].line

    def __str__(self) -> str:
        lines = [str(problem) for problem in self.problems[:LISTED]]
        if len(self.problems) > LISTED:
            lines.append(f"… and {len(self.problems) - LISTED} more")
        return "\n".join(lines)


def one_line(text: str) -> str:
    """Return ``text`` with every control character escaped: data cannot forge a line."""
    return "".join(c if c.isprintable() else ascii(c)[1:-1] for c in text)


def shown(value: object) -> str:
    """Return a value as a message quotes it: in TOML's words, short, on one line."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return f"an array of {len(value)}"
    if isinstance(value, int) and value.bit_length() > 200:
        # Python refuses to print integers of thousands of digits, which TOML can hold as 0xFF….
        return f"a whole number of about {int(value.bit_length() * math.log10(2))} digits"
    text = repr(value) if isinstance(value, str | int | float) else str(value)
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
