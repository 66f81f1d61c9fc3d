"""Where answers for people are printed."""

from __future__ import annotations

from rich.console import Console


class Terminal(Console):
    """A console whose reader (head, less) may leave early.

    Rich would exit with 1, which means that nothing matched.
    """

    def on_broken_pipe(self) -> None:
        """Leave what to do to the program."""
        raise BrokenPipeError
