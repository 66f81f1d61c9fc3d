"""Pages: versions, revisions, and a page that comes back as it went in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from page.model import Link, Page, Published, Segment
from store import Store, open_store, pages, runs
from store.frontier import Found, Frontier
from store.model import Removed, SourceRow, StoredPage
from store.pages import Fetch

FETCH = Fetch(1, "2024-06-01T00:00:00Z", 200, "a.warc.gz", 17)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        runs.start(opened.db, "me:1:1", "{}")
        opened.keep_sources([SourceRow("a", "甲", ("zh",), "government", "mainland")])
        Frontier(opened.db, 1, "me:1:1").add(
            Found(f"http://a.cn/{n}", "a.cn", "a", route) for n in (1, 2) for route in ("x", "y")
        )
        yield opened


def a_page(text: str = "数字政府\nDigital government", **fields: object) -> Page:
    given: dict[str, object] = {
        "url": "http://a.cn/1",
        "charset": "gb18030",
        "title": "標題",
        "text": text,
        "lang": "zh",
        "kind": "article",
        "segments": (Segment("zh", "数字政府"), Segment("en", "Digital government")),
        "shares": (("zh", 0.6), ("en", 0.4)),
        "script": "hans",
        "published": Published("2024-06", "byline", 0.8),
        "origin": "新华社",
        "content_hash": str(hash(text)),
        "sketch": b"\x00\xff",
        "flags": ("charset_suspect",),
    }
    return Page(**(given | fields))  # type: ignore[arg-type]


def only(store: Store) -> StoredPage:
    (stored,) = store.changes()
    assert isinstance(stored, StoredPage)
    return stored


def test_a_page_comes_back_as_it_went_in(store: Store) -> None:
    page = a_page()
    assert pages.save(store.db, 1, page, FETCH)
    stored = only(store)
    assert stored.page == page
    assert stored.source == SourceRow("a", "甲", ("zh",), "government", "mainland")
    assert (stored.host, stored.version, stored.revision) == ("a.cn", 1, 1)
    assert (stored.warc_file, stored.warc_offset) == ("a.warc.gz", 17)
    assert store.page(1) == stored
    assert store.routes() == {1: ("x", "y")}


text = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None)
@given(parts=st.lists(st.tuples(st.sampled_from(["en", "zh"]), text), max_size=4), whole=text)
def test_any_text_comes_back(store: Store, parts: list[tuple[str, str]], whole: str) -> None:
    segments = tuple(Segment(lang, part) for lang, part in parts)
    joined = "\n".join(part for _, part in parts)
    for body in (joined, whole):  # segments that partition the text, and segments that do not
        page = a_page(body, segments=segments, title=whole)
        pages.save(store.db, 1, page, FETCH)
        assert only(store).page == page


def test_the_same_content_again_is_no_new_version(store: Store) -> None:
    assert pages.save(store.db, 1, a_page(), FETCH)
    assert not pages.save(store.db, 1, a_page(links=(Link("http://a.cn/new"),)), FETCH)
    assert store.revision == 1


@pytest.mark.parametrize("change", [{"text": "new"}, {"title": "new"}, {"published": None}])
def test_changed_content_is_a_new_version_and_the_old_one_stays(
    store: Store, change: dict[str, object]
) -> None:
    pages.save(store.db, 1, a_page(), FETCH)
    assert pages.save(store.db, 1, a_page(**change), FETCH)  # type: ignore[arg-type]
    assert (only(store).version, only(store).revision) == (2, 2)
    assert store.db.execute("SELECT count(*) FROM page").fetchone()[0] == 2


def test_a_page_that_is_gone_was_held(store: Store) -> None:
    for number in (1, 2):
        pages.save(store.db, number, a_page(url=f"http://a.cn/{number}"), FETCH)
    pages.withdraw(store.db, 2)
    asked = [f"http://A.cn:80/{number}" for number in (1, 2, 3)]
    assert [store.was_held(url) for url in asked] == [False, True, False]


def test_changes_after_a_revision_are_the_latest_of_each_url(store: Store) -> None:
    for url_id in (1, 2):
        pages.save(store.db, url_id, a_page(), FETCH)
    assert [c.revision for c in store.changes(after=1)] == [2]
    pages.save(store.db, 1, a_page("new"), FETCH)
    assert [(c.url_id, c.revision) for c in store.changes()] == [(2, 2), (1, 3)]
    pages.withdraw(store.db, 2)
    assert list(store.changes(after=3)) == [Removed(2, 4)]
    pages.withdraw(store.db, 2)
    assert store.revision == 4
    assert store.page(2) is None


@pytest.mark.parametrize("after", [0, 7])
def test_changes_are_read_by_revision_and_never_by_looking_at_all_urls(
    store: Store, after: int
) -> None:
    plan = store.db.execute(f"EXPLAIN QUERY PLAN {pages.SQL_CHANGES}", (after,)).fetchall()
    assert "USING INDEX url_revision" in plan[0][3]
    assert not any("TEMP B-TREE" in step[3] for step in plan)


def test_routes_of_some_revisions_are_those_of_all(store: Store) -> None:
    for url_id in (1, 2):
        pages.save(store.db, url_id, a_page(f"text {url_id}"), FETCH)
    every = store.routes()
    assert every == {1: ("x", "y"), 2: ("x", "y")}
    assert store.routes_between(0, store.revision) == every
    assert store.routes_between(store.revision - 1, store.revision) == {2: every[2]}
    assert store.routes_between(store.revision, store.revision + 5) == {}
