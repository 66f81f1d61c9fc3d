"""How crawls on one store share hosts, move by move: without a network, and without waiting."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.load import load
from crawler import session as sessions
from crawler.budgets import Budgets
from crawler.hand import Hand
from crawler.pace import Pace
from crawler.session import Session
from crawler.shares import Shares
from crawler.supply import Supply
from crawler.turns import Turns
from store import runs, turns
from store.frontier import Found, Lease

DELAY = 20.0


class Crawl:
    """The parts of one crawl that decide what to fetch, by a name of its own."""

    def __init__(self, data: Path, name: str, monkeypatch: pytest.MonkeyPatch) -> None:
        config = load(None)
        limits = replace(config.crawl, contact="a@example.org", delay=DELAY, max_delay=60.0)
        monkeypatch.setattr(sessions, "owner_name", lambda: f"{name}:1:1")
        self.session = Session(replace(config, crawl=limits, sources=()), data)
        self.budgets = Budgets(self.session.config)
        self.pace = Pace(SimpleNamespace(engine=None), self.session)  # type: ignore[arg-type]
        shares = Shares(self.session, self.budgets, 90.0)
        self.hand = Hand(self.session, self.budgets, shares)
        self.turns = Turns(self.session, self.budgets, self.pace, self.hand)
        self.supply = Supply(self.session, self.budgets, self.pace, shares, self.hand, self.turns)
        self.under_way: list[Lease] = []
        self.turns.tick()

    def look(self) -> set[str]:
        """Tick and refill; return the hosts at hand."""
        self.turns.tick()
        self.supply._refilled = 0.0
        self.supply.refill()
        return set(self.hand.hosts())

    def send(self, host: str) -> Lease:
        lease = self.hand.pop(host)
        assert lease
        self.pace.began(lease, time.monotonic())
        return lease

    def fetched(self, lease: Lease) -> None:
        self.pace.ended(lease)
        self.session.frontier.settle(lease.url_id, "stored")

    def turns_of_all(self) -> dict[str, int]:
        return {turn.host: turn.run_id for turn in turns.turns(self.session.store.db)}


@pytest.fixture
def two(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[Crawl, Crawl]]:
    with ExitStack() as stack:
        crawls = [Crawl(tmp_path, name, monkeypatch) for name in ("one", "two")]
        for crawl in crawls:
            stack.callback(crawl.session.close, "finished")
        yield crawls[0], crawls[1]


def fill(crawl: Crawl, hosts: str, pages: int = 12) -> None:
    crawl.session.frontier.add(
        Found(f"http://{h}.cn/{n}", f"{h}.cn", f"found:{h}.cn", "links")
        for h in hosts
        for n in range(pages)
    )


def test_who_has_nothing_to_do_is_given_half_with_their_delays(two: tuple[Crawl, Crawl]) -> None:
    one, other = two
    fill(one, "abcd")
    assert one.look() == {"a.cn", "b.cn", "c.cn", "d.cn"}
    for host in sorted(one.hand.hosts()):
        one.fetched(one.send(host))
    assert other.look() == set(), "all are taken; now it asks"
    left = one.look()
    given = other.look()
    assert len(left) == len(given) == 2
    assert left | given == {"a.cn", "b.cn", "c.cn", "d.cn"}
    assert all(other.pace.wait(host) == pytest.approx(DELAY, abs=3) for host in given)
    assert (one.look(), other.look()) == (left, given), "and so it stays"


@pytest.mark.parametrize(("hosts", "in_the_end"), [("abcdefg", [5, 3]), ("ab", [2, 1])])
def test_who_has_less_than_half_is_given_some_of_the_rest(
    two: tuple[Crawl, Crawl], hosts: str, in_the_end: list[int]
) -> None:
    one, other = two
    fill(other, "h")
    assert other.look() == {"h.cn"}
    fill(one, hosts)
    assert len(one.look()) == len(hosts)
    for _ in range(3):
        other.look()
        one.look()
    # When it had nothing yet, the one had asked for h, and got it.
    assert [len(one.hand.hosts()), len(other.hand.hosts())] == in_the_end


def test_a_host_is_handed_on_when_its_last_request_is_over(two: tuple[Crawl, Crawl]) -> None:
    one, other = two
    fill(one, "ab")
    one.look()
    under_way = [one.send("a.cn"), one.send("b.cn")]
    other.look()
    (staying,) = one.look()
    assert other.look() == set(), "its request is under way"
    for lease in under_way:
        one.fetched(lease)
    assert one.look() == {staying}
    assert other.look() == {"a.cn", "b.cn"} - {staying}


def test_a_single_host_does_not_go_to_and_fro(two: tuple[Crawl, Crawl]) -> None:
    one, other = two
    fill(one, "a")
    for _ in range(5):
        assert one.look() == {"a.cn"}
        assert other.look() == set()
        one.fetched(one.send("a.cn"))


def test_a_host_of_no_use_to_its_holder_is_given_away(two: tuple[Crawl, Crawl]) -> None:
    one, other = two
    fill(one, "ab")
    one.look()
    one.budgets._spent["found:a.cn"] = 1000
    assert one.hand.pop("a.cn") is None
    other.look()
    one.look()
    assert other.look() == {"a.cn"}


def test_the_dead_leave_their_hosts_and_their_longest_delay(two: tuple[Crawl, Crawl]) -> None:
    one, other = two
    fill(one, "ab")
    one.look()
    one.send("a.cn")
    one.pace.delays = lambda: {"a.cn": 50.0}  # type: ignore[method-assign]
    one.turns.tick()
    db = other.session.store.db
    db.execute("UPDATE url SET lease_until = 1 WHERE state = 'leased'")
    db.execute("UPDATE run SET outcome = 'killed' WHERE id = ?", (one.session.run_id,))
    assert other.look() == {"a.cn", "b.cn"}
    assert other.pace.wait("a.cn") == pytest.approx(50.0, abs=3)
    assert other.pace.wait("b.cn") == pytest.approx(DELAY, abs=3)


def test_two_crawls_without_work_do_not_wait_for_each_other(two: tuple[Crawl, Crawl]) -> None:
    one, other = two
    fill(one, "ab")
    one.look()
    lease = one.send("a.cn")
    assert other.turns.others_work(), "its page may bring links"
    one.fetched(lease)
    assert not one.turns.others_work()
    assert not other.turns.others_work(), "what was only at hand has been given back"
    assert set(one.turns_of_all().values()) == {0}


def test_who_comes_after_keeps_the_delay_of_who_has_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Crawl(tmp_path, "first", monkeypatch)
    fill(first, "a")
    first.look()
    first.fetched(first.send("a.cn"))
    with first.session.store.transaction():
        first.hand.drop()
        first.turns.release()
    first.session.close("finished")
    second = Crawl(tmp_path, "second", monkeypatch)
    assert second.look() == {"a.cn"}
    assert second.pace.wait("a.cn") == pytest.approx(DELAY, abs=3)
    assert runs.runs(second.session.store.db)[0].outcome == "finished"
    second.session.close("finished")
