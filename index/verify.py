"""Whether each index holds what the store does: the same pages, made of the same texts.

Every file is read, also those that an opened index takes for untouched (``index.checksums``).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from config.counted import counted
from config.names import LANGUAGES
from index.document import digests
from index.errors import IndexDamaged
from index.semantic.encoder import available
from index.semantic.meaning import FOLDER
from index.semantic.verify import of_vectors
from index.volume import open_volume
from store.errors import StoreError
from store.model import Reader, StoredPage

SHOWN = 5  # pages that are named of each kind of difference
REBUILD = "`duizhao index --rebuild` makes it anew"


def problems(store: Reader, root: Path, engine: str) -> Iterator[str]:
    """Yield a line for everything in which an index differs from the store, and what to do."""
    try:
        wanted, urls = _held(store)
    except StoreError as error:
        yield f"the indexes cannot be compared with the store: {error}"
        return
    for lang in LANGUAGES:
        yield from _of_index(store, root, lang, engine, wanted[lang], urls)
    if (root / FOLDER).is_dir() and available():
        yield from of_vectors(store, root)


def _held(store: Reader) -> tuple[dict[str, dict[int, int]], dict[int, str]]:
    """The store's pages: their digests by language and number, their URLs by number."""
    wanted: dict[str, dict[int, int]] = {lang: {} for lang in LANGUAGES}
    urls: dict[int, str] = {}
    for change in store.changes():
        if isinstance(change, StoredPage):
            urls[change.url_id] = change.url
            for lang, digest in digests(change).items():
                wanted[lang][change.url_id] = digest
    return wanted, urls


def _of_index(
    store: Reader, root: Path, lang: str, engine: str, wanted: dict[int, int], urls: dict[int, str]
) -> Iterator[str]:
    try:
        volume = open_volume(root, lang, engine, afresh=True)
    except IndexDamaged as error:
        yield str(error)
        return
    try:
        if not volume.belongs_to(store):
            yield f"{lang}: the index is another store's; {REBUILD}"
            return
        if volume.revision < store.revision:
            behind = f"at revision {volume.revision}, the store at {store.revision}"
            yield f"{lang}: the index is {behind}; `duizhao index` brings it up to date"
            return
        held = volume.engine.digests()
    finally:
        volume.close()
    both = wanted.keys() & held.keys()
    different = [url_id for url_id in both if wanted[url_id] != held[url_id]]
    yield from _named(lang, "not in the index", wanted.keys() - held.keys(), urls)
    yield from _named(lang, "in the index and not in the store", held.keys() - wanted.keys(), urls)
    yield from _named(lang, "indexed with another text than the store has now", different, urls)


def _named(lang: str, what: str, ids: Iterable[int], urls: dict[int, str]) -> Iterator[str]:
    found = sorted(ids)
    if found:
        names = ", ".join(urls.get(url_id, f"number {url_id}") for url_id in found[:SHOWN])
        more = f" and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        pages = counted(len(found), "page is", "pages are")
        yield f"{lang}: {pages} {what}: {names}{more}; {REBUILD}"
