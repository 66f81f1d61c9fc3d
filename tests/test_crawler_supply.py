"""Where leases come from: the best that waits, also when it was found after others were leased."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest

from config.load import load
from crawler import supply as module
from crawler.budgets import Budgets
from crawler.hand import Hand
from crawler.pace import Pace
from crawler.session import Session
from crawler.shares import Shares
from crawler.supply import BATCH, Supply
from crawler.turns import Turns
from store.frontier import Found

HOST = "a.cn"
PLAIN, BETTER = "天气预报", "数字政府建设"


class Crawl:
    """A session with one host, its hand and its supply."""

    def __init__(self, data: Path, *, focus: bool = True) -> None:
        config = load(None)
        limits = replace(config.crawl, contact="a@example.org", focus=focus)
        self.session = Session(replace(config, crawl=limits, sources=()), data)
        budgets = Budgets(self.session.config)
        pace = Pace(SimpleNamespace(engine=None), self.session)  # type: ignore[arg-type]
        shares = Shares(self.session, budgets, 90.0)
        self.hand = Hand(self.session, budgets, shares)
        turns = Turns(self.session, budgets, pace, self.hand)
        self.supply = Supply(self.session, budgets, pace, shares, self.hand, turns)

    def find(self, anchor: str, *names: object) -> None:
        found = [
            Found(f"http://{HOST}/{name}", HOST, f"found:{HOST}", "links", anchor=anchor)
            for name in names
        ]
        with self.session.store.transaction():
            changed: list[tuple[str, float]] = []
            if self.session.focus:
                found, changed = self.session.focus.weighed(found, None)
            self.session.frontier.add(found)
            self.session.frontier.promising(changed)

    def at_hand(self) -> list[str]:
        self.supply._refilled = 0.0
        self.supply.refill()
        return [lease.key.rpartition("/")[2] for lease in self.hand.of(HOST)]


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", -1.0)


@pytest.fixture
def crawl(tmp_path: Path) -> Iterator[Crawl]:
    crawl = Crawl(tmp_path)
    yield crawl
    crawl.session.close("finished")


def leased(crawl: Crawl) -> int:
    db = crawl.session.store.db
    return int(db.execute("SELECT count(*) FROM url WHERE state = 'leased'").fetchone()[0])


def test_something_better_takes_the_place_of_what_is_leased(crawl: Crawl) -> None:
    crawl.find(PLAIN, *range(BATCH + 2))
    assert len(crawl.at_hand()) == BATCH
    crawl.find(BETTER, "better")
    assert crawl.at_hand()[0] == "better"
    assert leased(crawl) == BATCH, "the others were given back"


def test_nothing_better_leaves_the_hand_as_it_is(crawl: Crawl) -> None:
    crawl.find(BETTER, *range(BATCH))
    first = crawl.at_hand()
    crawl.find(PLAIN, "worse")
    assert crawl.at_hand() == first


def test_something_better_is_looked_for_only_so_often(
    crawl: Crawl, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "LOOK_SECONDS", 1000.0)
    crawl.find(PLAIN, *range(BATCH))
    first = crawl.at_hand()
    crawl.find(BETTER, "better")
    assert crawl.at_hand() == first


def test_without_focus_leases_are_kept(tmp_path: Path) -> None:
    crawl = Crawl(tmp_path, focus=False)
    crawl.find(PLAIN, *range(BATCH))
    first = crawl.at_hand()
    crawl.find(BETTER, "better")
    assert crawl.at_hand() == first
    crawl.session.close("finished")
