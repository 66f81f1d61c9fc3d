"""Whether the vectors are of what the store holds."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from config.counted import counted
from config.names import LANGUAGES
from index.errors import IndexDamaged
from index.semantic.lead import leads
from index.semantic.vectors import open_shelf
from store.model import Reader, StoredPage

REMEDY = "`duizhao index` brings them up to date"
REBUILD = "`duizhao index --rebuild` makes them anew"


def of_vectors(store: Reader, root: Path) -> Iterator[str]:
    """Yield a line for everything in which the vectors differ from the store, and what to do."""
    wanted: dict[str, dict[int, int]] = {lang: {} for lang in LANGUAGES}
    for change in store.changes():
        for lang, lead in leads(change).items() if isinstance(change, StoredPage) else ():
            wanted[lang][change.url_id] = lead.digest
    for lang in LANGUAGES:
        yield from _of_shelf(store, root, lang, wanted[lang])


def _of_shelf(store: Reader, root: Path, lang: str, wanted: dict[int, int]) -> Iterator[str]:
    try:
        shelf = open_shelf(root, lang)
    except IndexDamaged as error:
        yield str(error)
        return
    if shelf is None:
        yield f"{lang}: there are no vectors of this version; {REMEDY}"
    elif not shelf.manifest.belongs_to(store):
        yield f"{lang}: the vectors are another store's; {REBUILD}"
    elif shelf.revision < store.revision:
        behind = f"at revision {shelf.revision}, the store at {store.revision}"
        yield f"{lang}: the vectors are {behind}; {REMEDY}"
    elif differing := sum(
        wanted.get(url_id) != shelf.digests.get(url_id) for url_id in wanted | dict(shelf.digests)
    ):
        pages = counted(differing, "page has", "pages have")
        yield f"{lang}: {pages} the vectors of another text; {REBUILD}"
