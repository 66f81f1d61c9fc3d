"""A page in every coding: crawled, shown as evidence and verified as the same bytes."""

from __future__ import annotations

from pathlib import Path

from store import open_store
from store.model import StoredPage
from tests.coded import CODED
from tests.crawling import configuration, crawl
from tests.hostile_site import Site, article, running


def test_what_is_crawled_is_what_the_evidence_shows(tmp_path: Path) -> None:
    site = Site()
    sent = {f"/{n}": (said, code, article(f"number {n}")) for n, (said, code) in enumerate(CODED)}
    site.html("/", article("home", *sent))
    for path, (said, code, page) in sent.items():
        site.html(path, code(page), **{"Content-Encoding": said})
    with running(site):
        crawl(configuration(tmp_path, site), tmp_path / "data")
    with open_store(tmp_path / "data") as store:
        found = {p.url: p for p in store.changes() if isinstance(p, StoredPage)}
        for path, (said, _, page) in sent.items():
            stored = found[f"{site.base}{path}"]
            assert stored.page.title == f"number {path[1:]}", said
            assert store.evidence(stored, 1_000_000).body == page, said
            assert store.evidence(stored, 1_000).body == page[:1_000], said
        assert list(store.problems()) == []
