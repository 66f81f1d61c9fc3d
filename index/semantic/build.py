"""Vectors follow the store, as the indexes do; by ``duizhao index`` alone, since it takes longer.

A page whose title and lead are as they were keeps the vectors it has.
"""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from config.names import LANGUAGES
from index.errors import IndexDamaged, IndexUnusable
from index.lock import writing
from index.semantic.encoder import Encoder
from index.semantic.lead import Lead, leads
from index.semantic.meaning import FOLDER
from index.semantic.vectors import Shelf, new_shelf, open_shelf, save
from store.model import Reader, Removed, StoredPage

# A commit writes every vector anew, so the more there are the rarer it is: a crash costs at most
# this many pages or a fifth of all, and all commits together write at most six times the files.
LEAST, SHARE = 500, 5

Progress = Callable[[int], None]


def catch_up(
    store: Reader,
    root: Path,
    encoder: Encoder,
    progress: Progress | None = None,
    *,
    anew: bool = False,
) -> int:
    """Bring the vectors to the store's revision; return how many pages have any.

    ``progress`` is called with the number of changes done so far. Raises NoExtra, IndexBusy when
    another process makes vectors, IndexUnusable when they cannot be written.
    """
    folder = root / FOLDER
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        with writing(folder):
            shelves = {lang: _usable(store, root, lang, anew) for lang in LANGUAGES}
            return _followed(store, root, shelves, encoder, progress)
    except OSError as error:
        raise IndexUnusable(f"{folder}: cannot be written ({error.strerror})") from error


def _usable(store: Reader, root: Path, lang: str, anew: bool) -> Shelf:
    try:
        shelf = None if anew else open_shelf(root, lang)
    except IndexDamaged:
        shelf = None
    return shelf if shelf and shelf.manifest.belongs_to(store) else new_shelf(lang)


def _followed(
    store: Reader,
    root: Path,
    shelves: dict[str, Shelf],
    encoder: Encoder,
    progress: Progress | None,
) -> int:
    waiting: list[StoredPage | Removed] = []
    after = min(shelf.revision for shelf in shelves.values())
    for done, change in enumerate(store.changes(after), 1):
        waiting.append(change)
        held = max(len(shelf.whole.ids) for shelf in shelves.values())
        if len(waiting) >= max(LEAST, held // SHARE):
            _commit(root, shelves, waiting, encoder, store.last_run)
            waiting = []
        if progress:
            progress(done)
    if waiting:
        _commit(root, shelves, waiting, encoder, store.last_run)
    return len(set().union(*(shelf.digests for shelf in shelves.values())))


def _commit(
    root: Path,
    shelves: dict[str, Shelf],
    changes: list[StoredPage | Removed],
    encoder: Encoder,
    witness: tuple[int, str] | None,
) -> None:
    held = {c.url_id: leads(c) if isinstance(c, StoredPage) else {} for c in changes}
    for lang, shelf in shelves.items():
        if changes[-1].revision <= shelf.revision:
            continue
        new: dict[int, Lead] = {i: parts[lang] for i, parts in held.items() if lang in parts}
        gone = held.keys() - new.keys()
        made = shelf.changed(new, gone, changes[-1].revision, encoder)
        shelves[lang] = save(root, made, witness)
