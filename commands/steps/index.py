"""The indexes and the vectors as a step: they follow the store."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config

T = TypeVar("T")
PATIENCE = 600.0
"""Seconds for which a crawl waits for another one's index; then it is said who holds it."""


def run_index(
    config: Config,
    data: Path,
    console: Any,
    *,
    rebuild: bool,
    vectors: bool = True,
    patience: float = 0.0,
) -> None:
    """Bring the indexes, and with the extra the vectors, up to date; print what they hold.

    For ``patience`` seconds it waits for another process that writes them.
    """
    from index.build import catch_up
    from index.build import rebuild as build_anew
    from index.dictionary import dictionary
    from store import open_store

    with open_store(data) as store:
        make = build_anew if rebuild else catch_up
        root, end = data / "index", time.monotonic() + patience
        done = _when_free(lambda: make(store, root, config.engine), console, end)
        console.print(
            f"index: English {done.en} · 中文 {counted(done.zh, 'page')},"
            f" at revision {done.revision}"
        )
        dictionary().prepare()
        if vectors:
            _when_free(lambda: _run_vectors(store, root, console, anew=rebuild), console, end)


def _when_free(write: Callable[[], T], console: Any, end: float) -> T:
    """Write an index, when another process has finished with it; raises IndexBusy at ``end``."""
    from index.errors import IndexBusy

    said = False
    while True:
        try:
            return write()
        except IndexBusy as error:
            if time.monotonic() >= end:
                raise
            if not said:
                console.print(f"index: waiting, {error.holder} is writing it", markup=False)
            said = True
        time.sleep(0.2)


def _run_vectors(store: Any, root: Path, console: Any, *, anew: bool) -> None:
    from index.semantic.encoder import available, encoder

    if not available():
        return
    from index.semantic.build import catch_up

    with console.status("making vectors of titles and leads") as status:

        def progress(done: int) -> None:
            status.update(f"making vectors of titles and leads: {counted(done, 'page')} read")

        held = catch_up(store, root, encoder(), progress, anew=anew)
    console.print(f"vectors: {counted(held, 'page')}, by {encoder().name}")
