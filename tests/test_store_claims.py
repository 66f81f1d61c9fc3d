"""Queries to search services: each asked once a day, lent, and closed with what was claimed."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store, claims, open_store, runs
from store.claims import AT_LEAST, ESTIMATE, EXACT, Queries, Step, Wanted

DAY, NEXT = "2026-03-01", "2026-03-02"
EN = Wanted("wiki", "mediawiki", "dg", "en", "digital government")
ZH = Wanted("wiki", "mediawiki", "dg", "zh", "数字政府")


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as store:
        yield store


def queries(store: Store, owner: str = "me:1:1") -> Queries:
    return Queries(store.db, runs.start(store.db, owner, "{}"), owner)


def test_a_query_is_asked_once_a_day(store: Store) -> None:
    desk = queries(store)
    for _ in range(2):
        desk.plan([EN, ZH], DAY)
    first, second = desk.lease("wiki", DAY), desk.lease("wiki", DAY)
    assert first
    assert second
    assert (first.wanted, second.wanted) == (EN, ZH)
    assert desk.lease("wiki", DAY) is None
    desk.answered(first.query_id)
    desk.plan([EN], DAY)
    assert desk.lease("wiki", DAY) is None
    desk.plan([EN], NEXT)
    assert desk.lease("wiki", NEXT)


def test_what_a_service_claims_is_kept_by_query_language_and_day(store: Store) -> None:
    desk = queries(store)
    desk.plan([EN, ZH], DAY)
    asked = desk.lease("wiki", DAY)
    assert asked
    desk.step(asked.query_id, Step(10, 12_345_678_901, ESTIMATE, next='{"sroffset":10}'))
    desk.step(asked.query_id, Step(3))  # a later page without a number takes none away
    desk.answered(asked.query_id)
    refused = desk.lease("wiki", DAY)
    assert refused
    desk.step(refused.query_id, Step(0, 7, EXACT))
    desk.refused(refused.query_id, "http_429")
    first, second = store.claims()
    assert (first.query, first.lang, first.concept, first.day) == (EN.words, "en", "dg", DAY)
    assert (first.total, first.bound, first.results, first.requests) == (
        12345678901,
        ESTIMATE,
        13,
        2,
    )
    assert (second.state, second.reason, second.total) == ("refused", "http_429", None)
    assert claims.books(store.db) == {"pending": 0, "answered": 1, "refused": 1}


def test_where_a_killed_process_was_is_where_the_next_goes_on(store: Store) -> None:
    dead = queries(store, "elsewhere:1:1")
    dead.plan([EN], DAY)
    asked = dead.lease("wiki", DAY)
    assert asked
    dead.step(asked.query_id, Step(10, 30, AT_LEAST, next="page 2"))
    store.db.execute("UPDATE query SET lease_until = 1")  # its lease has run out
    after = queries(store)
    after.plan([EN], DAY)
    again = after.lease("wiki", DAY)
    assert again
    assert (again.next, again.results) == ("page 2", 10)


def test_a_day_that_is_over_leaves_no_query_open(store: Store) -> None:
    desk = queries(store)
    desk.plan([EN, ZH], DAY)
    desk.plan([EN], NEXT)
    assert [(c.day, c.state, c.reason, c.requests) for c in store.claims()] == [
        (DAY, "refused", "expired", 0)
    ] * 2
    assert desk.next_due("wiki", NEXT) == 0


def test_a_query_put_off_waits_and_counts_its_attempts(store: Store) -> None:
    desk = queries(store)
    desk.plan([EN], DAY)
    asked = desk.lease("wiki", DAY)
    assert asked
    desk.again(asked.query_id, "http_503", 3600)
    assert desk.lease("wiki", DAY) is None
    store.db.execute("UPDATE query SET due_at = 0")
    again = desk.lease("wiki", DAY)
    assert again
    assert (again.attempts, again.requests) == (1, 1)
    desk.release()
    assert desk.lease("wiki", DAY)


def test_timelines_are_kept_and_the_accounts_of_urls_stay_their_own(store: Store) -> None:
    desk = queries(store)
    desk.plan([ZH], DAY)
    asked = desk.lease("wiki", DAY)
    assert asked
    for value in (0.5, 0.25):  # asked again: the newer number holds
        desk.volumes(asked.query_id, [("Chinese", "2026-02-01", value, "percent")])
    (point,) = store.volumes()
    assert (point.series, point.period, point.value, point.unit) == (
        "Chinese",
        "2026-02-01",
        0.25,
        "percent",
    )
    assert store.account().discovered == 0


def test_a_service_that_refuses_everything_is_known_by_its_days_in_a_row(store: Store) -> None:
    desk = queries(store)
    days = ["2026-03-01", "2026-03-02", "2026-03-03"]
    for day in days:
        desk.plan([EN, ZH], day)
        for reason in ("http_500", "http_401"):
            asked = desk.lease("wiki", day)
            assert asked
            desk.refused(asked.query_id, reason)
    ((service, _, count),) = claims.failing(store.db, days[-1])
    assert (service, count) == ("wiki", 3)
    assert claims.failing(store.db, "2026-03-04") == [], "it was not asked today"
    desk.plan([EN, ZH], "2026-03-04")
    asked = desk.lease("wiki", "2026-03-04")
    assert asked
    desk.answered(asked.query_id)
    assert claims.failing(store.db, days[-1]) == []
