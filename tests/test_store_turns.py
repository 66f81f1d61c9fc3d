"""Turns at hosts: taken, handed on, freed; and what a run beside ours has just fetched."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import Store, open_store, runs, turns
from store.frontier import Found, Frontier
from store.owner import owner_name

NOW = 1_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as store:
        yield store


def test_a_turn_is_one_runs_until_it_is_handed_on(store: Store) -> None:
    assert turns.take(store.db, "a.cn", 1, 2.0) == 0.0
    assert turns.take(store.db, "a.cn", 1, 2.0) == 0.0, "it is ours"
    assert turns.take(store.db, "a.cn", 2, 2.0) is None
    turns.hand_on(store.db, "a.cn", 2, 2, NOW, 2.0)
    assert turns.take(store.db, "a.cn", 2, 2.0) is None, "only its holder hands it on"
    turns.hand_on(store.db, "a.cn", 1, 2, NOW + 2, 2.0)
    assert turns.turns(store.db) == [turns.Turn("a.cn", 2, NOW + 2, 0)]
    turns.hand_on(store.db, "a.cn", 2, 0, NOW + 9, 2.0)
    assert turns.take(store.db, "a.cn", 1, 2.0) == NOW + 9


def test_a_dead_runs_hosts_are_left_alone_for_one_more_delay(store: Store) -> None:
    turns.take(store.db, "slow.cn", 1, 2.0)
    turns.keep_delay(store.db, "slow.cn", 1, 30.0)
    turns.take(store.db, "b.cn", 2, 2.0)
    assert turns.free(store.db, [2], NOW) == 1
    assert turns.take(store.db, "slow.cn", 2, 2.0) == NOW + 30
    assert turns.take(store.db, "b.cn", 3, 2.0) is None


def test_who_wants_a_turn_is_noted_until_it_is_answered(store: Store) -> None:
    for host, run in (("a.cn", 1), ("b.cn", 1), ("c.cn", 2)):
        turns.take(store.db, host, run, 1.0)
    turns.want(store.db, ["a.cn", "c.cn", "new.cn"], 2)
    turns.want(store.db, ["a.cn"], 3)
    wanted = {turn.host: turn.wanted for turn in turns.turns(store.db)}
    assert wanted == {"a.cn": 2, "b.cn": 0, "c.cn": 0}, "the first asks; nobody asks for his own"
    turns.answered(store.db, 1)
    assert not any(turn.wanted for turn in turns.turns(store.db))


@pytest.mark.parametrize(("beside", "again"), [((), True), ((1,), False)])
def test_what_a_run_beside_ours_has_fetched_is_not_fetched_again(
    store: Store, beside: tuple[int, ...], again: bool
) -> None:
    home = Found("http://a.cn/", "a.cn", "a", "home")
    listing = Found("http://a.cn/s.xml", "a.cn", "a", "robots", role="sitemap", again=True)
    first = Frontier(store.db, runs.start(store.db, owner_name(), "{}"), "first")
    first.add([home, listing])
    for lease in first.lease("a.cn", 9):
        first.settle(lease.url_id, "stored")
    second = Frontier(store.db, runs.start(store.db, owner_name(), "{}"), "second")
    second.beside(beside)
    second.reopen([home])
    second.add([listing])
    assert len(second.lease("a.cn", 9)) == (2 if again else 0)
    first.reopen([home])
    first.add([listing])
    assert first.lease("a.cn", 9) == [], "what we have fetched ourselves neither"


def test_work_of_others_is_seen(store: Store) -> None:
    ids = [runs.start(store.db, owner_name(), "{}") for _ in range(2)]
    mine, other = (Frontier(store.db, run, f"o{run}", lambda: NOW) for run in ids)
    mine.add([Found(f"http://{h}.cn/{n}", f"{h}.cn", h, "links") for h in "ab" for n in "12"])
    assert [*mine.hosts_due(["a.cn", "b.cn", "c.cn"], ["b"])] == ["a.cn"]
    assert not mine.is_leased()
    other.lease("b.cn", 9)
    assert mine.is_leased()
    assert not other.is_leased(), "our own leases are nobody else's"
    assert mine.hosts_on_loan([]) == {"b.cn"}
    assert mine.hosts_on_loan(["b"]) == set()
