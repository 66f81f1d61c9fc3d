"""Building: both indexes are brought to the store's revision, in batches that survive a kill."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from config.names import LANGUAGES
from index.document import document, parts
from index.errors import IndexDamaged, IndexUnusable
from index.indexes import Indexed, Indexes
from index.lock import writing
from index.volume import Volume, new_volume, open_volume
from store.disk import ADVICE
from store.model import Reader, Removed, StoredPage

# A batch ends at this many pages or characters: at most 100 MB of text in memory, and few commits.
BATCH_PAGES = 5000
BATCH_CHARACTERS = 10_000_000

Progress = Callable[[int], None]
Change = StoredPage | Removed


def catch_up(
    store: Reader, folder: Path, engine: str = "tantivy", progress: Progress | None = None
) -> Indexed:
    """Bring both indexes to the store's revision; make anew what is missing or damaged.

    ``progress`` is called with the number of changes done so far. Raises IndexBusy when another
    process is writing.
    """
    return _build(store, folder, engine, progress, anew=False)


def rebuild(store: Reader, folder: Path, engine: str = "tantivy") -> Indexed:
    """Make both indexes anew from the store. Raises IndexBusy as ``catch_up`` does."""
    return _build(store, folder, engine, None, anew=True)


def _build(
    store: Reader, folder: Path, engine: str, progress: Progress | None, *, anew: bool
) -> Indexed:
    try:
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return _build_locked(store, folder, engine, progress, anew=anew)
    except OSError as error:
        raise IndexUnusable(f"{folder}: cannot be written ({error.strerror}); {ADVICE}") from error


def _build_locked(
    store: Reader, folder: Path, engine: str, progress: Progress | None, *, anew: bool
) -> Indexed:
    with writing(folder):
        make = new_volume if anew else _usable(store)
        with Indexes({lang: make(folder, lang, engine) for lang in LANGUAGES}) as indexes:
            done = 0
            for batch in _batches(store.changes(indexes.revision)):
                _write(indexes, batch, store.last_run)
                done += len(batch)
                if progress:
                    progress(done)
            return indexes.indexed()


def _usable(store: Reader) -> Callable[[Path, str, str], Volume]:
    """The function that opens an index, or makes a new one where that cannot be used."""

    def usable(folder: Path, lang: str, engine: str) -> Volume:
        """The index that is there, or an empty one in place of what cannot be used."""
        try:
            volume = open_volume(folder, lang, engine)
        except IndexDamaged:
            return new_volume(folder, lang, engine)
        if volume.belongs_to(store):
            return volume
        volume.close()
        return new_volume(folder, lang, engine)

    return usable


def _batches(changes: Iterator[Change]) -> Iterator[list[Change]]:
    batch: list[Change] = []
    size = 0
    for change in changes:
        batch.append(change)
        size += len(change.page.text) if isinstance(change, StoredPage) else 0
        if len(batch) >= BATCH_PAGES or size >= BATCH_CHARACTERS:
            yield batch
            batch, size = [], 0
    if batch:
        yield batch


def _write(indexes: Indexes, batch: list[Change], witness: tuple[int, str] | None) -> None:
    stored = {change.url_id: change for change in batch if isinstance(change, StoredPage)}
    held = {url_id: parts(page) for url_id, page in stored.items()}
    revision = batch[-1].revision
    for lang, volume in indexes.volumes.items():
        new = [change.url_id for change in batch if change.revision > volume.revision]
        mine = [url_id for url_id in new if lang in held.get(url_id, {})]
        gone = [url_id for url_id in new if lang not in held.get(url_id, {})]
        # One at a time: the tokens of a batch would take ten times the memory of its texts.
        made = (document(stored[url_id], lang, *held[url_id][lang]) for url_id in mine)
        if new:
            volume.write(made if mine else (), gone, revision, witness)
