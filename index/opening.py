"""Opening a data folder for questions: its indexes are brought up to the store's revision first."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from config.counted import counted
from index.errors import IndexBusy, IndexDamaged, NothingIndexed
from index.indexes import Indexes, open_indexes
from index.library import Library
from index.semantic.meaning import Meaning
from store import open_store
from store.model import Reader

FOLDER = "index"
PATIENCE = 3.0  # seconds that catching up may take before a word is said about it

Notice = Callable[[str], None]


@contextmanager
def open_library(data: Path, engine: str, notice: Notice) -> Iterator[Library]:
    """Open a data folder for questions, its indexes brought up to the store's revision.

    ``notice`` is given lines for the user when that takes long or cannot be done. Raises
    NothingIndexed for an empty store, StoreError, IndexUnusable.
    """
    with open_store(data) as store, _current(store, data / FOLDER, engine, notice) as indexes:
        if indexes.is_empty:
            raise NothingIndexed(
                f"{data}: no page in English or Chinese is stored yet; run `duizhao crawl` first"
            )
        yield Library(store, indexes, Meaning(data / FOLDER, notice))


def _current(store: Reader, root: Path, engine: str, notice: Notice) -> Indexes:
    """The indexes at the store's revision, or at an older one while another process writes."""
    indexes = usable(store, root, engine)
    if indexes and indexes.revision == store.revision:
        return indexes
    if indexes and not indexes.is_empty and is_read_only(root):
        notice(left_behind(indexes, store))
        return indexes
    from index.build import catch_up  # and the dictionary: most searches find all as it must be
    from index.dictionary import dictionary

    try:
        catch_up(store, root, engine, _patiently(notice))
        dictionary().prepare()
    except IndexBusy as busy:
        if not indexes or indexes.is_empty:
            raise
        notice(behind(indexes, store, busy.holder))
        return indexes
    if indexes:
        indexes.close()
    return open_indexes(root, engine)


def behind(indexes: Indexes, store: Reader, holder: str) -> str:
    """Return what an index that ``holder`` is still writing lacks, for the user."""
    at = f"which is at revision {indexes.revision} of {store.revision}"
    return f"{holder} is updating the index, {at}; what came later is not in these results"


def is_read_only(root: Path) -> bool:
    """Return whether there are indexes that this process cannot write."""
    return root.exists() and not os.access(root, os.W_OK)


def left_behind(indexes: Indexes, store: Reader) -> str:
    """Return what an index that cannot be written lacks, for the user."""
    return (
        f"the index is at revision {indexes.revision} of {store.revision}, and its folder cannot be"
        " written; what came later is not in these results"
    )


def usable(store: Reader, root: Path, engine: str) -> Indexes | None:
    """Open the indexes as they are, or return None where they must be made anew."""
    try:
        indexes = open_indexes(root, engine)
    except IndexDamaged:
        return None
    if all(volume.belongs_to(store) for volume in indexes.volumes.values()):
        return indexes
    indexes.close()
    return None


def _patiently(notice: Notice) -> Callable[[int], None]:
    """Progress that says nothing at first, and then something every few seconds."""
    next_word = time.monotonic() + PATIENCE

    def progress(done: int) -> None:
        nonlocal next_word
        if time.monotonic() >= next_word:
            notice(f"bringing the index up to date: {counted(done, 'page')} so far")
            next_word = time.monotonic() + 5 * PATIENCE

    return progress
