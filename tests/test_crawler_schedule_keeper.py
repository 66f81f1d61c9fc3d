"""The keeper with a clock of our own: what it runs, what it enters, what it says."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest

from config.model import Job
from crawler.schedule.keeper import Keeper, keep
from crawler.schedule.outcome import Step, Summary
from crawler.schedule.status import as_dicts
from store import jobs, open_store, runs, visits
from store.claims import Queries, Wanted
from store.frontier import Found, Frontier
from store.hosts import put
from store.owner import owner_name
from store.records import HostTrouble
from store.schema import utc
from store.visits import Visit

HOUR, DAY = 3600.0, 86_400.0
NOON = 1_780_315_200.0  # 2026-06-01T12:00:00Z
DAILY = Job("daily", ("crawl", "report"), "0 13 * * *", "UTC")
HOURLY = Job("hourly", ("index",), "30 * * * *", "UTC")


class Clock:
    def __init__(self) -> None:
        self.now = NOON

    def __call__(self) -> float:
        return self.now


def keeper(data: Path, clock: Clock, launch: Callable[[str], Step], *listed: Job) -> Keeper:
    made = Keeper(listed, data, launch, clock)
    assert list(made.tick()) == []  # the first look begins the watch
    return made


def storing(data: Path, verdict: str, role: str = "page") -> Callable[[str], Step]:
    """A crawl that visits one page, or one listing."""

    def launch(name: str) -> Step:
        if name == "crawl":
            with open_store(data, create=True) as store:
                run = runs.start(store.db, owner_name(), "{}")
                frontier = Frontier(store.db, run, owner_name())
                frontier.add([Found("http://a.cn/", "a.cn", "a", "home", role=role)])
                (number,) = store.db.execute("SELECT id FROM url").fetchone()
                visits.put(store.db, Visit(number, run_id=run, verdict=verdict, failures=4))
                runs.end(store.db, run, "finished")
        return Step(name, 0)

    return launch


def test_jobs_run_when_due_and_never_twice(tmp_path: Path) -> None:
    clock, started = Clock(), list[str]()

    def launch(name: str) -> Step:
        started.append(name)
        return Step(name, 0)

    kept = keeper(tmp_path, clock, launch, DAILY, HOURLY)
    for _ in range(24 * 60):
        clock.now += 60
        list(kept.tick())
    assert started.count("crawl") == started.count("report") == 1
    assert started.count("index") == 24
    with open_store(tmp_path) as store:
        done = jobs.runs(store.db)
    assert len({(run.job, run.slot) for run in done}) == len(done) == 25


def test_a_crawl_that_stored_is_ok_and_one_that_did_not_is_never(tmp_path: Path) -> None:
    words = {"new": "ok", "changed": "ok", "same": "unchanged", "failed": "nothing"}
    for verdict, word in words.items():
        clock, data = Clock(), tmp_path / verdict
        kept = keeper(data, clock, storing(data, verdict), DAILY)
        clock.now += HOUR
        (summary,) = kept.tick()
        assert summary.outcome == word
        with open_store(data) as store:
            (run,) = jobs.runs(store.db, "daily")
        assert run.outcome == word
        assert json.loads(run.summary)["visits"] == {verdict: 1}


@pytest.mark.parametrize("verdict", ["new", "changed", "same"])
def test_a_sitemap_that_was_read_is_no_page_that_was_stored(tmp_path: Path, verdict: str) -> None:
    clock = Clock()
    kept = keeper(tmp_path, clock, storing(tmp_path, verdict, "sitemap"), DAILY)
    clock.now += HOUR
    (summary,) = kept.tick()
    assert (summary.outcome, summary.stored) == ("unchanged", 0)
    assert "no page was stored" in summary.line()


def test_a_crawl_by_hand_beside_it_does_not_make_a_run_ok(tmp_path: Path) -> None:
    clock, beside = Clock(), storing(tmp_path, "new")

    def launch(name: str) -> Step:
        return replace(beside(name), pid=4194305)

    kept = keeper(tmp_path, clock, launch, DAILY)
    clock.now += HOUR
    (summary,) = kept.tick()
    assert (summary.outcome, summary.fetched) == ("nothing", 0)


def test_a_source_that_only_fails_is_named(tmp_path: Path) -> None:
    clock = Clock()
    kept = keeper(tmp_path, clock, storing(tmp_path, "failed"), DAILY)
    clock.now += HOUR
    (summary,) = kept.tick()
    assert [(t.subject, t.failures) for t in summary.troubles] == [("a", 4)]
    with open_store(tmp_path) as store:
        put(store.db, HostTrouble("a.cn", "timeout", 12, NOON, clock.now + 40 * HOUR))
    clock.now += 24 * HOUR
    (summary,) = kept.tick()
    (trouble,) = summary.troubles
    assert (trouble.subject, trouble.sources, trouble.reason) == ("a.cn", ("a",), "timeout")
    assert "a.cn of a (timeout, 12 in a row, next try 2026-06-03T05:00:00Z)" in summary.line()


def test_a_step_that_fails_ends_the_job_and_the_next_slot_tries_again(tmp_path: Path) -> None:
    clock, started = Clock(), list[str]()

    def launch(name: str) -> Step:
        started.append(name)
        return Step(name, 5, "no room")

    kept = keeper(tmp_path, clock, launch, DAILY)
    clock.now += HOUR
    (summary,) = kept.tick()
    assert (summary.outcome, started) == ("failed", ["crawl"])
    assert "crawl exited 5 (no room)" in summary.line()
    clock.now += 24 * HOUR
    assert len(list(kept.tick())) == 1


def test_a_run_that_was_killed_is_closed_and_its_slot_is_not_run_again(tmp_path: Path) -> None:
    clock = Clock()
    kept = keeper(tmp_path, clock, lambda name: Step(name, 0), HOURLY)
    host = owner_name().split(":")[0]
    with open_store(tmp_path) as store:
        jobs.take(store.db, "hourly", NOON + HOUR / 2, f"{host}:4194305:1", NOON)
    (job,) = as_dicts((HOURLY,), tmp_path, NOON)["jobs"]
    assert job["last"]["outcome"] == "killed", "said before anybody closes it"
    clock.now += HOUR / 2 + 60
    assert list(kept.tick()) == []
    with open_store(tmp_path) as store:
        assert [run.outcome for run in jobs.runs(store.db)] == ["killed"]


def test_a_job_longer_than_its_period_runs_once_a_tick_and_misses_no_other(tmp_path: Path) -> None:
    clock, told = Clock(), list[Summary]()

    def launch(name: str) -> Step:
        clock.now += 90 * 60
        return Step(name, 0)

    kept = keeper(tmp_path, clock, launch, HOURLY)
    clock.now += HOUR
    assert keep(kept, threading.Event(), told.append, pytest.fail, once=True) == 0
    assert [summary.job for summary in told] == ["hourly"]
    stopping = threading.Event()

    def tell(summary: Summary) -> None:
        told.append(summary)
        if len(told) == 4:
            stopping.set()

    began = clock.now
    keep(kept, stopping, tell, pytest.fail, once=False)
    assert clock.now == began + 3 * 90 * 60, "each began when the one before had ended"


def test_two_keepers_run_a_slot_once(tmp_path: Path) -> None:
    clock, started = Clock(), list[str]()

    def launch(name: str) -> Step:
        started.append(name)
        return Step(name, 0)

    both = [keeper(tmp_path, clock, launch, HOURLY) for _ in range(2)]
    clock.now += HOUR
    for kept in both:
        list(kept.tick())
    assert started == ["index"]


def test_a_clock_that_was_ahead_for_a_thousand_runs_keeps_nobody_busy(tmp_path: Path) -> None:
    clock = Clock()
    kept = keeper(tmp_path, clock, lambda name: Step(name, 0), HOURLY)
    ahead = [(HOURLY.id, NOON + 400 * DAY + n * HOUR, owner_name(), NOON) for n in range(1000)]
    with open_store(tmp_path) as store:
        store.db.executemany(jobs.SQL_TAKE, ahead)
    stopping = threading.Event()
    threading.Timer(20.0, stopping.set).start()
    ran = 0
    for _ in range(3):
        clock.now += HOUR
        ran += len(list(kept.tick(stopping)))
    assert ran == 3
    assert not stopping.is_set()


def test_a_job_that_became_known_while_the_clock_was_ahead_waits_no_longer(tmp_path: Path) -> None:
    clock = Clock()
    clock.now = NOON + 8 * HOUR  # the hardware's clock tells Shanghai's time
    kept = keeper(tmp_path, clock, lambda name: Step(name, 0), HOURLY)
    clock.now = NOON
    assert list(kept.tick()) == []
    clock.now = NOON + HOUR
    assert len(list(kept.tick())) == 1


def test_a_changed_expression_counts_from_now(tmp_path: Path) -> None:
    clock = Clock()
    keeper(tmp_path, clock, lambda name: Step(name, 0), HOURLY)
    clock.now += 3 * HOUR
    changed = Job("hourly", ("index",), "10 * * * *", "UTC")
    kept = keeper(tmp_path, clock, lambda name: Step(name, 0), changed)
    assert 0 < kept.wait() <= 60
    with sqlite3.connect(tmp_path / "store.sqlite") as db:
        assert db.execute("SELECT since FROM job").fetchone() == (clock.now,)
    db.close()


def test_a_full_disk_is_said_once_and_tried_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock, stopping, said, told = Clock(), threading.Event(), list[str](), list[Summary]()
    kept = keeper(tmp_path, clock, lambda name: Step(name, 0), HOURLY)
    clock.now += HOUR
    full = sqlite3.OperationalError("database or disk is full")
    good, tries = Keeper.tick, list[int]()

    def tick(self: Keeper, stopping: threading.Event | None = None) -> Iterator[Summary]:
        tries.append(1)
        if len(tries) < 3:
            raise full
        return good(self, stopping)

    def tell(summary: Summary) -> None:
        told.append(summary)
        stopping.set()

    monkeypatch.setattr(Keeper, "tick", tick)
    monkeypatch.setattr("crawler.schedule.keeper.LONGEST_WAIT", 0.01)
    assert keep(kept, stopping, tell, said.append, once=False) == 0
    assert said == ["database or disk is full; trying again every minute"]
    assert [summary.outcome for summary in told] == ["ok"]
    tries.clear()
    with pytest.raises(sqlite3.OperationalError):
        keep(kept, threading.Event(), tell, said.append, once=True)


def test_a_run_that_could_not_be_entered_is_entered_later(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    clock = Clock()
    kept = keeper(tmp_path, clock, lambda name: Step(name, 0), HOURLY)
    clock.now += HOUR
    with monkeypatch.context() as broken:

        def full(*given: object) -> None:
            raise sqlite3.OperationalError("database or disk is full")

        broken.setattr("store.jobs.end", full)
        assert [summary.outcome for summary in kept.tick()] == ["ok"], "its summary is not lost"
    assert list(kept.tick()) == []
    with open_store(tmp_path) as store:
        assert [run.outcome for run in jobs.runs(store.db)] == ["ok"]


def test_a_search_service_that_refuses_for_days_is_named(tmp_path: Path) -> None:
    clock, told = Clock(), list[Summary]()
    crawled = storing(tmp_path, "same")

    def launch(name: str) -> Step:
        with open_store(tmp_path) as store:
            desk = Queries(store.db, runs.start(store.db, owner_name(), "{}"), owner_name())
            day = utc(clock.now)[:10]
            desk.plan([Wanted("brave", "brave", "dg", "zh", "数字政府")], day)
            if asked := desk.lease("brave", day):
                desk.refused(asked.query_id, "http_401")
        return crawled(name)

    kept = keeper(tmp_path, clock, launch, DAILY)
    for _ in range(3):
        clock.now += 24 * HOUR
        told += kept.tick()
    assert "search brave" not in told[1].line()
    assert "search brave (http_401, 3 in a row)" in told[2].line()
