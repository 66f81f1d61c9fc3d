"""Puts pages into a real store on disk, as a crawl would."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from store import open_store, pages, runs
from store.frontier import Found, Frontier
from store.model import StoredPage
from store.pages import Fetch


def keep(folder: Path, given: Iterable[StoredPage]) -> None:
    """Store these pages in this order; the store numbers them anew, from what is there."""
    listed = list(given)
    with open_store(folder, create=True) as store, store.transaction():
        run = runs.start(store.db, "me:1:1", "{}")
        store.keep_sources({page.source.id: page.source for page in listed}.values())
        found = [Found(p.url, p.host, p.source.id, "links") for p in listed]
        Frontier(store.db, run, "me:1:1").add(found)
        numbers = dict(store.db.execute("SELECT key, id FROM url"))
        for page in listed:
            fetch = Fetch(run, page.fetched_at, 200)
            pages.save(store.db, numbers[page.url], page.page, fetch)
