"""A page's past: its owner may move it from address to address, and nobody else may give it one."""

from __future__ import annotations

from pathlib import Path

import pytest

from page.model import Page
from page.url import host_of
from store import open_store, pages, runs, visits
from store.frontier import Found, Frontier
from store.owner import owner_name
from store.pages import Fetch

AT = "2026-06-01T00:00:00Z"
NEW = "http://www.a.gov.cn/good"
MOVES = [
    ("http://www.a.gov.cn/old", "a", True),
    ("https://www.a.gov.cn/good", "found:www.a.gov.cn", True),
    ("http://a.gov.cn/good", "found:a.gov.cn", True),
    ("http://news.a.gov.cn:8080/good", "", True),
    ("http://a-old.example/good", "a", True),
    ("http://b.gov.cn/evil", "b", False),
    ("http://b.gov.cn/evil", "", False),
    ("http://127.0.0.2/evil", "b", False),
]
"""Whence, of which source, and whether that is the same owner's; the page is of source ``a``."""


@pytest.mark.parametrize(("old", "source", "is_own"), MOVES)
def test_only_its_owner_gives_a_page_a_past(
    old: str, source: str, is_own: bool, tmp_path: Path
) -> None:
    with open_store(tmp_path, create=True) as store:
        run = runs.start(store.db, owner_name(), "{}")
        frontier = Frontier(store.db, run, owner_name())
        for number, (key, of) in enumerate([(NEW, "a"), (old, source)], 1):
            frontier.add([Found(key, host_of(key), of, "links")])
            page = Page(key, "utf-8", "", key, "en", "article", content_hash=key)
            pages.save(store.db, number, page, Fetch(run, AT, 200))
        visits.moved(store.db, 2, NEW, 301, run, AT)
        versions = [version.url for version in store.versions(NEW)]
        assert versions == [*([old] if is_own else []), NEW], "of one second its own is the later"
        assert (moved := store.moved_to(old))
        assert moved.new == NEW


def test_a_page_that_moved_away_and_back_ends_with_its_own(tmp_path: Path) -> None:
    keys = ["http://a.cn/1", "http://a.cn/2"]
    with open_store(tmp_path, create=True) as store:
        run = runs.start(store.db, owner_name(), "{}")
        Frontier(store.db, run, owner_name()).add(Found(key, "a.cn", "a", "links") for key in keys)
        for number, key in enumerate(keys, 1):
            page = Page(key, "utf-8", "", key, "en", "article", content_hash=key)
            pages.save(store.db, number, page, Fetch(run, AT, 200))
            visits.moved(store.db, number, keys[2 - number], 301, run, AT)
        assert [version.url for version in store.versions(keys[0])] == keys[::-1]
