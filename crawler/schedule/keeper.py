"""Keeps the schedule: runs what is due, one job at a time, and enters it in the ledger."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

from config.model import Job
from crawler.schedule.due import CLOCK_STEP, due, is_wrong
from crawler.schedule.outcome import STOPPED, Step, Summary, Trouble, judge
from crawler.schedule.slots import next_slot
from store import Store, claims, hosts, jobs, open_store, runs, visits
from store.errors import UNWRITABLE, StoreError
from store.owner import owner_name
from store.schema import utc

LONGEST_WAIT = 60.0
"""Seconds: whoever sets the clock, or wakes the machine, is noticed so soon."""
NAMED_FROM = 3
"""Failures in a row from which a host or source is named; fewer are the network's ordinary day."""


class Keeper:
    """Runs the jobs of one data folder; ``launch`` runs a step, ``clock`` gives Unix times."""

    def __init__(
        self,
        listed: tuple[Job, ...],
        data: Path,
        launch: Callable[[str], Step],
        clock: Callable[[], float],
    ) -> None:
        self._jobs = listed
        self._data = data
        self._launch = launch
        self._clock = clock
        self._unended: list[tuple[int, Summary, float]] = []

    def tick(self, stopping: threading.Event | None = None) -> Iterator[Summary]:
        """Run every job that is due now, the longest due first; yield what came of each.

        What becomes due while they run waits for the next tick: a job that takes longer than its
        period would never let one end.
        """
        now = self._clock()
        with open_store(self._data, create=True) as store:
            self._end(store)
            jobs.bury(store.db, now)
        while not (stopping and stopping.is_set()) and (found := self._next(now)):
            summary = self._run(*found)
            if summary is not None:
                yield summary

    def wait(self) -> float:
        """Return the seconds to sleep until a job may be due."""
        now = self._clock()
        times = [next_slot(job.cron, job.timezone, now) for job in self._jobs]
        soonest = min((slot for slot in times if slot is not None), default=now + LONGEST_WAIT)
        return min(max(soonest - now, 0.1), LONGEST_WAIT)

    def _next(self, now: float) -> tuple[Job, float] | None:
        with open_store(self._data) as store, store.transaction():
            found = [(job, _due(store, job, now)) for job in self._jobs]
        ready = [(slot, job) for job, slot in found if slot is not None]
        if not ready:
            return None
        slot, job = min(ready, key=lambda pair: pair[0])
        return job, slot

    def _run(self, job: Job, slot: float) -> Summary | None:
        started = self._clock()
        with open_store(self._data) as store:
            number = jobs.take(store.db, job.id, slot, owner_name(), started)
            before, _ = store.last_run or (0, "")
        if number is None:
            return None
        steps: list[Step] = []
        for name in job.run:
            steps.append(self._launch(name))
            if steps[-1].code:
                break
        ended = self._clock()
        with open_store(self._data) as store:
            summary = _summary(store, job, slot, (started, ended), tuple(steps), before)
            self._unended.append((number, summary, ended))
            with suppress(*UNWRITABLE):  # the next tick tries again; the summary must not be lost
                self._end(store)
        return summary

    def _end(self, store: Store) -> None:
        """Enter in the ledger what has ended."""
        while self._unended:
            number, summary, ended = self._unended[0]
            jobs.end(store.db, number, summary.outcome, ended, summary.as_json())
            del self._unended[0]


def keep(
    keeper: Keeper,
    stopping: threading.Event,
    tell: Callable[[Summary], None],
    complain: Callable[[str], None],
    *,
    once: bool,
) -> int:
    """Keep the schedule until it is to stop; ``once`` runs what is due now and no more.

    Returns the exit code: of the worst run when ``once``, else 0, or 130 when a run was stopped.
    A disk that is full, or a store that cannot be used, is said once and tried again every minute;
    with ``once`` the error is raised.
    """
    code, wrong = 0, ""
    while True:
        ran = False
        try:
            for summary in keeper.tick(stopping):
                ran = True
                tell(summary)
                if once or summary.outcome == STOPPED:
                    code = max(code, summary.code)
            wrong = ""
        except (StoreError, *UNWRITABLE) as error:
            if once:
                raise
            if str(error) != wrong:
                wrong = str(error)
                complain(f"{wrong}; trying again every minute")
            ran = not stopping.wait(LONGEST_WAIT)
        if once or stopping.is_set():
            return code
        if not ran:  # else something may have become due meanwhile
            stopping.wait(keeper.wait())


def _due(store: Store, job: Job, now: float) -> float | None:
    since = jobs.know(store.db, job.id, job.cron, job.timezone, now)
    if is_wrong(since, now):
        since = jobs.know_anew(store.db, job.id, job.cron, job.timezone, now)
    return due(job, since, jobs.slots(store.db, job.id, now + CLOCK_STEP), now)


def _summary(
    store: Store,
    job: Job,
    slot: float,
    times: tuple[float, float],
    steps: tuple[Step, ...],
    before: int,
) -> Summary:
    found = store.runs(after=before)
    if pids := [step.pid for step in steps if step.pid]:  # a crawl by hand may have run beside it
        ours = runs.by_process(store.db, before, pids)
        found = tuple(run for run in found if run.id in ours)
    counts, everything = Counter[str](), Counter[str]()
    for run in found:
        counts.update(visits.verdicts_of_pages(store.db, run.id))
        everything.update(visits.verdicts(store.db, run.id))
    listed = any(everything[answer] > counts[answer] for answer in visits.ANSWERS)
    crawled = "crawl" in [step.name for step in steps]
    return Summary(
        job=job.id,
        slot=utc(slot),
        started_at=utc(times[0]),
        seconds=max(0.0, times[1] - times[0]),
        outcome=judge(steps, crawled=crawled, visits=counts, listed=listed),
        steps=steps,
        crawled=crawled,
        fetched=sum(run.fetched for run in found),
        visits=dict(counts),
        troubles=_troubles(store, [run.id for run in found], times[1]) if crawled else (),
    )


def _troubles(store: Store, run_ids: list[int], now: float) -> tuple[Trouble, ...]:
    known = [t for t in hosts.troubles(store.db) if t.next_at > now or t.failures >= NAMED_FROM]
    whose = hosts.sources_of(store.db, [t.host for t in known])
    found = [
        Trouble(
            t.host,
            whose[t.host],
            t.reason,
            t.failures,
            utc(t.next_at) if t.next_at > now else "",
        )
        for t in known
    ]
    named = {source for trouble in found for source in trouble.sources}
    for run_id in run_ids:
        for source, reason, failures, next_at in hosts.failing_sources(store.db, run_id):
            if source not in named and failures >= NAMED_FROM:
                named.add(source)
                found.append(Trouble(source, (), reason, failures, utc(next_at)))
    for service, reason, days in claims.failing(store.db, utc(now)[:10]):
        if days >= NAMED_FROM:
            found.append(Trouble(f"search {service}", (), reason, days))
    return tuple(found)
