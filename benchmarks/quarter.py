"""A quarter in minutes: 90 days of four runs a day on a web that lives, with a clock of our own.

    python benchmarks/quarter.py [--days 90] [--sites 12] [--pages 25] [--out FILE]

The keeper of the schedule decides when to run (Europe/Berlin, so the hour that summer time takes
away is among them; one weekend the machine is off, and one day its clock is set back). A run takes
the crawl's own session, frontier, spider, extraction, pipeline, store and revisit policy; only the
network and Scrapy's engine are simulated: 5 % of the requests fail, hosts die for days, and once a
day a run is killed by SIGKILL in the middle of a transaction. Then twelve runs of the real crawl by
HTTP on loopback follow a smaller web through the same quarter. Ends with ``reached N of M``.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import random
import sys
import tempfile
import time
from pathlib import Path

import psutil
from scrapy import Request
from scrapy.http import Response

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quarter_http import by_http
from benchmarks.quarter_run import Run, World
from benchmarks.quarter_truth import Record, measure
from benchmarks.quarter_web import (
    DAY,
    OFF,
    SQL_CHECKS,
    START,
    ZONE,
    Web,
    write_config,
)
from benchmarks.scoreboard import Scoreboard
from config.load import load
from config.model import Job
from crawler.schedule.keeper import Keeper
from crawler.schedule.outcome import Step
from crawler.schedule.slots import next_slot
from store import open_store

JOB = Job("quarter", ("crawl",), "15 0,6,12,18 * * *", ZONE)
SET_BACK = (60, 7_200.0)
"""The day on which the clock is set back, and by how many seconds."""


class Quarter:
    """The whole simulation, and what it is measured by."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        bases = [f"http://127.0.0.1:{9000 + n}" for n in range(options.sites)]
        self.days = options.days
        self.world = World(Web(bases, options.pages, options.days, options.seed), options.seed)
        self.record = Record(options.days, self.world)
        self.data = folder / "simulated"
        self.config = load(write_config(folder / "simulated.toml", bases))
        self.keeper = Keeper((JOB,), self.data, self._launch, self.world.clock)
        self.killer = random.Random(options.seed + 1)
        self.loop = asyncio.new_event_loop()
        self.kill_runs = {day * 4 + self.killer.randrange(4) for day in range(1, self.days)}
        self.number = 0

    def live(self) -> None:
        """Let the days pass, from slot to slot."""
        clock, end = self.world.clock, START + self.days * DAY
        list(self.keeper.tick())
        set_back = False
        while (slot := next_slot(JOB.cron, JOB.timezone, clock.now)) and slot < end:
            clock.now = slot + 30
            if OFF[0] * DAY <= clock.elapsed < OFF[1] * DAY:
                clock.now = START + OFF[1] * DAY
            list(self.keeper.tick())
            if not set_back and clock.elapsed > SET_BACK[0] * DAY:
                set_back = True
                for _ in range(3):  # thrice into the past, and looked at again each time
                    clock.now -= SET_BACK[1] / 3
                    list(self.keeper.tick())
        self.loop.close()

    def _launch(self, name: str) -> Step:
        """Run a crawl; once a day in a child that is killed."""
        self.number += 1
        if self.number in self.kill_runs:
            code = self._in_a_child()
            if code:
                self._note()
                return Step(name, code)
        Run(self.world, self.config, self.data, None).all(self.loop)
        self._note()
        return Step(name, 0)

    def _in_a_child(self) -> int:
        """Run in a forked process that dies; its clock and counts come back by a pipe."""
        kill_at = self.killer.randrange(1, 2 * len(self.world.web.sites))  # every run has so many
        reader, writer = os.pipe()
        pid = os.fork()
        if pid == 0:
            run = Run(self.world, self.config, self.data, kill_at)
            fetch = self.world.fetch

            def telling(request: Request) -> Response:
                try:
                    return fetch(request)
                finally:
                    os.write(writer, f"{self.world.clock.now} {self.world.sent}\n".encode())

            self.world.fetch = telling  # type: ignore[method-assign]
            run.all(self.loop)
            os._exit(0)
        os.close(writer)
        with os.fdopen(reader) as told:
            lines = told.read().split("\n")
        if len(lines) > 1:
            now, sent = lines[-2].split()
            self.world.clock.now, self.world.sent = float(now), int(sent)
        _, status = os.waitpid(pid, 0)
        self.record.killed += os.WIFSIGNALED(status)
        return os.waitstatus_to_exitcode(status)

    def _note(self) -> None:
        """After a run: when each page was checked, what fetching all would have cost, memory."""
        with open_store(self.data) as store:
            rows = store.db.execute(SQL_CHECKS).fetchall()
        now = self.world.clock.elapsed
        for key, checked, interval in rows:
            seen = self.record.checks[key]
            if checked and (not seen or seen[-1][0] != checked):
                seen.append((checked, interval))
            self.record.naive += self.world.web.cost(key, now)
        gc.collect()
        self.record.memory.append((psutil.Process().memory_info().rss, psutil.Process().num_fds()))


def main() -> None:
    """Simulate, compare with the truth, print the scoreboard."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--pages", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    board = Scoreboard("A simulated quarter")
    with tempfile.TemporaryDirectory() as folder:
        quarter = Quarter(options, Path(folder))
        start = time.process_time()
        quarter.live()
        spent = time.process_time() - start
        with open_store(quarter.data) as store:
            measure(board, quarter.record, store)
        board.shown("CPU seconds of the simulation", spent)
        by_http(board, Path(folder), options)
    text = board.markdown()
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


if __name__ == "__main__":
    main()
