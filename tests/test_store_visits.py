"""Visits, moves and what a listing says of gone pages."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store, open_store, runs, visits
from store.frontier import Found, Frontier
from store.owner import owner_name
from store.visits import Visit

NOW = 1_780_315_200.0
DAY = 86_400.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        yield opened


def frontier_of(store: Store, now: list[float]) -> Frontier:
    run = runs.start(store.db, owner_name(), "{}")
    return Frontier(store.db, run, owner_name(), lambda: now[0])


def found(path: str, route: str = "links", state: str = "pending") -> Found:
    return Found(f"http://a.cn/{path}", "a.cn", "a", route, state=state)


def settled(store: Store, now: list[float], state: str, due_at: float) -> Frontier:
    frontier = frontier_of(store, now)
    frontier.add([found("1")])
    (lease,) = frontier.lease("a.cn", 1)
    frontier.settle(lease.url_id, state, due_at=due_at)
    return frontier_of(store, now)


def test_a_visit_is_kept_as_it_was(store: Store) -> None:
    frontier = frontier_of(store, [NOW])
    frontier.add([found("1")])
    visit = Visit(1, '"e"', "date", "f", NOW, 3600.0, 2, ((60.0, True), (90.0, False)), 1, "lost")
    visits.put(store.db, visit)
    assert visits.get(store.db, 1) == visit
    assert visits.get(store.db, 2) is None
    assert visits.verdicts(store.db, 1) == visits.verdicts_of_pages(store.db, 1) == {"lost": 1}


def test_a_sitemap_or_a_feed_is_no_page(store: Store) -> None:
    frontier = frontier_of(store, [NOW])
    frontier.add([found("1")._replace(role="sitemap"), found("2"), found("3")])
    for number, verdict in ((1, "new"), (2, "new"), (3, "failed")):
        visits.put(store.db, Visit(number, run_id=1, verdict=verdict))
    frontier.settle(2, "stored", "page")  # a feed where a page was expected
    assert visits.verdicts(store.db, 1) == {"new": 2, "failed": 1}
    assert visits.verdicts_of_pages(store.db, 1) == {"failed": 1}


@pytest.mark.parametrize("state", ["stored", "failed", "gone", "skipped"])
def test_what_is_due_is_pending_again_and_nothing_else(store: Store, state: str) -> None:
    now = [NOW]
    frontier = settled(store, now, state, NOW + DAY)
    assert frontier.revisit(lambda *_: found("1"), 60.0) == 0
    now[0] += DAY
    assert frontier.revisit(lambda *_: found("1"), 60.0) == 1
    assert store.account().reasons == (("pending", "revisit", 1),)
    assert len(frontier.lease("a.cn", 9)) == 1


def test_what_was_settled_while_the_clock_was_ahead_is_due_as_late_as_anything(
    store: Store,
) -> None:
    now = [NOW]
    frontier = settled(store, now, "stored", NOW + 400 * DAY)
    frontier.add([found("2")])
    (lease,) = frontier.lease("a.cn", 1)
    frontier.postpone(lease.url_id, "robots_unreachable", 400 * DAY)
    frontier.not_later(DAY, 60 * DAY)
    now[0] += DAY
    assert [lease.key for lease in frontier.lease("a.cn", 9)] == ["http://a.cn/2"]
    assert frontier.revisit(lambda *_: found("1"), 60.0) == 0
    now[0] += 59 * DAY
    assert frontier.revisit(lambda *_: found("1"), 60.0) == 1


def test_what_is_never_due_is_never_visited(store: Store) -> None:
    frontier = settled(store, [NOW], "skipped", 0.0)
    assert frontier.revisit(lambda *_: found("1"), 60.0) == 0


def test_what_is_no_longer_covered_keeps_its_state_and_is_asked_about_later(store: Store) -> None:
    now = [NOW]
    frontier = settled(store, now, "stored", NOW)
    refuse, asked = found("1", state="skipped"), list[str]()

    def judge(key: str, role: str, depth: int) -> Found:
        asked.append(key)
        return refuse

    for _ in range(3):
        assert frontier.revisit(judge, DAY) == 0
    assert len(asked) == 1
    assert store.account().stored == 1


@pytest.mark.parametrize(("route", "soon"), [("sitemap", True), ("feed", True), ("links", False)])
def test_a_gone_page_that_is_listed_is_looked_at_a_day_later(
    store: Store, route: str, soon: bool
) -> None:
    now = [NOW]
    frontier = settled(store, now, "gone", NOW + 60 * DAY)
    frontier.add([found("1", route)])
    now[0] += 1.1 * DAY
    frontier.add([found("1", route)])
    assert frontier.revisit(lambda *_: found("1"), 60.0) == int(soon)


def test_an_entry_point_that_always_fails_is_looked_at_less_often(store: Store) -> None:
    now = [NOW]
    settled(store, now, "failed", NOW + DAY)
    for failures, opened in ((2, 1), (3, 0)):
        visits.put(store.db, Visit(1, failures=failures, run_id=1, verdict="failed"))
        frontier = frontier_of(store, now)  # another run: one and the same never looks twice
        frontier.reopen([found("1", "home")])
        leases = frontier.lease("a.cn", 1)
        assert len(leases) == opened
        for lease in leases:
            frontier.settle(lease.url_id, "failed", due_at=NOW + DAY)
    now[0] += DAY
    frontier.reopen([found("1", "home")])
    assert len(frontier.lease("a.cn", 1)) == 1


def test_moves_are_followed_back_also_in_a_circle(store: Store) -> None:
    frontier = frontier_of(store, [NOW])
    frontier.add([found("1"), found("2"), found("3")])
    for number, target in ((1, "2"), (2, "3")):
        visits.moved(store.db, number, f"http://a.cn/{target}", 301, 1, "2026")
    assert {move.url_id for move in visits.moves_to(store.db, 3)} == {1, 2}
    visits.moved(store.db, 3, "http://a.cn/1", 308, 1, "2026")
    assert {move.url_id for move in visits.moves_to(store.db, 3)} == {1, 2, 3}
    visits.stayed(store.db, 2)
    assert visits.moves_to(store.db, 3) == ()
