"""What can be wrong with an index, each with the exit code the command line uses for it."""

from __future__ import annotations

from pathlib import Path


class IndexUnusable(Exception):
    """An index cannot be read or written; the message says why and what to do."""

    exit_code = 4


class IndexDamaged(IndexUnusable):
    """An index is missing, foreign or not as it was written. Whoever may write makes it anew."""


class IndexBusy(IndexUnusable):
    """Another process is writing the index; ``holder`` says which and since when."""

    def __init__(self, folder: Path, holder: str) -> None:
        super().__init__(
            f"{folder}: {holder} is writing the index; wait until it has finished, or stop it"
        )
        self.holder = holder


class NothingIndexed(IndexUnusable):
    """The store holds no page in either language (yet)."""

    exit_code = 3
