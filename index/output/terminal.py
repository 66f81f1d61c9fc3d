"""Where answers for people are printed."""

from __future__ import annotations

from typing import Any

from rich.console import Console

COLUMNS = 80


class Terminal(Console):
    """A console that prints also where the terminal's width is unknown (``COLUMNS=0``), and whose
    reader (head, less) may leave early.

    Rich would print nothing in no columns; and exit with 1, which means that nothing matched.
    """

    def __init__(self, **options: Any) -> None:
        super().__init__(**options)
        if self.width < 1:
            self.width = COLUMNS

    def on_broken_pipe(self) -> None:
        """Leave what to do to the program."""
        raise BrokenPipeError
