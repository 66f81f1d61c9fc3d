"""A list of figures, each beside what is asked of it."""

from __future__ import annotations

import os
import platform
import sys
from dataclasses import dataclass
from datetime import UTC, datetime


@dataclass(frozen=True, slots=True)
class Figure:
    """One measured figure; ``asked`` is None for figures that are only shown."""

    name: str
    value: float
    asked: str
    reached: bool | None
    note: str = ""


class Scoreboard:
    """Collects figures, prints them as a Markdown table, and knows how many were reached."""

    def __init__(self, title: str) -> None:
        self.title = title
        self.figures: list[Figure] = []

    def at_least(self, name: str, value: float, asked: float, note: str = "") -> None:
        """Add a figure that must not be smaller than ``asked``."""
        self.figures.append(Figure(name, value, f"≥ {asked:g}", value >= asked, note))

    def at_most(self, name: str, value: float, asked: float, note: str = "") -> None:
        """Add a figure that must not be larger than ``asked``."""
        self.figures.append(Figure(name, value, f"≤ {asked:g}", value <= asked, note))

    def shown(self, name: str, value: float, note: str = "") -> None:
        """Add a figure that nothing is asked of."""
        self.figures.append(Figure(name, value, "", None, note))

    def markdown(self) -> str:
        """Return the table, its heading with the date and the machine, and the verdict."""
        when = datetime.now(UTC).date().isoformat()
        machine = f"{os.cpu_count()} cores, {platform.system()}, Python {platform.python_version()}"
        lines = [f"# {self.title}", "", f"{when}, {machine}.", ""]
        lines += ["| Figure | Measured | Asked | | Note |", "|---|---:|---:|---|---|"]
        for f in self.figures:
            mark = "" if f.reached is None else "reached" if f.reached else "**short**"
            value = f"{f.value:.0f}" if float(f.value).is_integer() else f"{f.value:.4g}"
            lines.append(f"| {f.name} | {value} | {f.asked} | {mark} | {f.note} |")
        return "\n".join([*lines, "", self.verdict(), ""])

    def verdict(self) -> str:
        """Return ``reached N of M``."""
        asked = [f for f in self.figures if f.reached is not None]
        return f"reached {sum(bool(f.reached) for f in asked)} of {len(asked)}"

    def exit(self) -> None:
        """Exit with 0 when every figure was reached, else 1."""
        sys.exit(0 if all(f.reached is not False for f in self.figures) else 1)
