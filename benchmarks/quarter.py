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
import json
import os
import random
import signal
import subprocess
import sys
import tempfile
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

import psutil
from scrapy import Request
from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.quarter_web import DAY, Answer, SimPage, Web
from benchmarks.scoreboard import Scoreboard
from config.load import load
from config.model import Config, Job
from crawler import sitemap
from crawler.hosts import LONGEST
from crawler.items import Item, Raw
from crawler.middlewares.conditional import ConditionalMiddleware
from crawler.middlewares.evidence import KEY
from crawler.outcomes import of_failure
from crawler.pipelines import StorePipeline
from crawler.schedule.keeper import Keeper
from crawler.schedule.outcome import Step
from crawler.schedule.slots import next_slot
from crawler.session import Session
from crawler.spiders.site import SiteSpider
from page.build import build
from page.model import Page
from store import Store, jobs, open_store
from store.frontier import Lease
from store.schema import utc

ROOT = Path(__file__).resolve().parent.parent
ZONE = "Europe/Berlin"
START = datetime(2026, 2, 1, tzinfo=ZoneInfo(ZONE)).timestamp()
JOB = Job("quarter", ("crawl",), "15 0,6,12,18 * * *", ZONE)
SHORTEST = 12 * 3600.0
"""The shortest interval asked for: with a run every six hours and one in four killed, no promise
that is shorter can be kept."""
FAULTS = 0.05
HORIZON = 120.0
OFF = (33.3, 35.6)
"""Days between which the machine is off."""
SET_BACK = (60, 7_200.0)
"""The day on which the clock is set back, and by how many seconds."""
HEADER_BYTES = 200
WARM = 0.2
"""Part of the quarter after which memory is measured first."""


class Clock:
    """Unix time, moved by hand."""

    def __init__(self) -> None:
        self.now = START

    def __call__(self) -> float:
        return self.now

    @property
    def elapsed(self) -> float:
        """Seconds of the web's time."""
        return self.now - START


class Inline:
    """The extractor without its processes: one page cannot hang here."""

    async def page(self, body: bytes, url: str, content_type: str, now: str) -> Page:
        return build(body, url, content_type=content_type, now=now)

    async def listing(self, body: bytes, url: str) -> sitemap.Entries:
        return sitemap.read(body, url, 10_000_000)


class World:
    """The web, the clock, and the record of everything that was asked."""

    def __init__(self, web: Web, seed: int) -> None:
        self.web = web
        self.clock = Clock()
        self.drawn = random.Random(seed)
        self.sent = 0
        self.requests: Counter[str] = Counter()
        self.faults = 0

    def fetch(self, request: Request) -> Response:
        """Answer a request, or fail it as a network does."""
        self.clock.now += 0.5
        parts = urlsplit(request.url)
        base, now = f"{parts.scheme}://{parts.netloc}", self.clock.elapsed
        if self.web.sites[base].is_dead(now):
            raise DownloadTimeoutError
        answer = self._fault() or self.web.answer(
            base, parts.path, now, _header(request, b"If-None-Match"),
            _header(request, b"If-Modified-Since"),
        )  # fmt: skip
        self.sent += len(answer.body) + HEADER_BYTES
        self.requests[str(answer.status)] += 1
        response = Response(
            request.url, answer.status, answer.headers, answer.body, request=request
        )
        headers = tuple(answer.headers.items())
        request.meta[KEY] = Raw(answer.status, headers, answer.body, "", utc(self.clock()))
        return response

    def _fault(self) -> Answer | None:
        if self.drawn.random() >= FAULTS:
            return None
        self.faults += 1
        kind = self.drawn.randrange(5)
        if kind < 3:
            raise (DownloadTimeoutError, DownloadConnectionRefusedError, ResponseDataLossError)[
                kind
            ]
        return Answer(503, {"Retry-After": "20"}) if kind == 3 else Answer(500)


def _header(request: Request, name: bytes) -> str:
    return (request.headers.get(name) or b"").decode("latin-1")


class Run:
    """One run: what Scrapy's engine and our scheduler do, one request after the other."""

    def __init__(self, world: World, config: Config, data: Path, kill_at: int | None) -> None:
        self.world = world
        self.session = Session(config, data, clock=world.clock)
        self.spider = SiteSpider()
        self.spider.session = self.session
        self.spider.extractor = Inline()  # type: ignore[assignment]
        self.spider._sitemaps = defaultdict(set)
        crawler: Any = SimpleNamespace(spider=self.spider, engine=None)
        self.pipeline, self.conditions = StorePipeline(crawler), ConditionalMiddleware(crawler)
        if kill_at is not None:
            self._kill_in_settle(kill_at)

    def _kill_in_settle(self, countdown: int) -> None:
        """Die by SIGKILL inside the transaction of some settled URL."""
        settle, left = self.session.frontier.settle, [countdown]

        def dying(*args: Any, **named: Any) -> None:
            left[0] -= 1
            if left[0] <= 0:
                os.kill(os.getpid(), signal.SIGKILL)
            settle(*args, **named)

        self.session.frontier.settle = dying  # type: ignore[method-assign]

    def all(self, loop: asyncio.AbstractEventLoop) -> None:
        """Fetch everything that is due, and close the books."""
        with self.session.store.transaction():
            self.session.frontier.reopen(self.session.scope.entries())
        while leases := self._leases():
            for lease in leases:
                item = loop.run_until_complete(self._item(lease))
                loop.run_until_complete(self.pipeline.process_item(item))
        self.session.close("finished")
        if self.session.error is not None:
            raise self.session.error

    def _leases(self) -> list[Lease]:
        frontier, hosts = self.session.frontier, self.session.hosts
        while True:
            with self.session.store.transaction():
                for host in frontier.hosts():
                    if not hosts.wait(host) and (leases := frontier.lease(host, 1)):
                        return leases
            due = frontier.next_due(resting=hosts.resting(HORIZON))
            if due is None or due > self.world.clock() + HORIZON:
                return []
            self.world.clock.now += 1.0

    async def _item(self, lease: Lease) -> Item:
        request = Request(lease.key, meta={"lease": lease})
        self.conditions.process_request(request)
        try:
            response = self.world.fetch(request)
        except Exception as error:
            return of_failure(lease, error, self.session.config.crawl.retry_delay)
        return await self.spider._item(lease, response)


class Quarter:
    """The whole simulation, and what it is measured by."""

    def __init__(self, options: argparse.Namespace, folder: Path) -> None:
        bases = [f"http://127.0.0.1:{9000 + n}" for n in range(options.sites)]
        self.days = options.days
        self.web = Web(bases, options.pages, options.days, options.seed)
        self.world = World(self.web, options.seed)
        self.data = folder / "simulated"
        self.config = load(write_config(folder / "simulated.toml", bases))
        self.keeper = Keeper((JOB,), self.data, self._launch, self.world.clock)
        self.killer = random.Random(options.seed + 1)
        self.loop = asyncio.new_event_loop()
        self.checks: defaultdict[str, list[tuple[float, float]]] = defaultdict(list)
        self.memory: list[tuple[float, int]] = []
        self.naive = 0
        self.killed = 0
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
        kill_at = self.killer.randrange(1, 2 * len(self.web.sites))  # every run has so many
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
        self.killed += os.WIFSIGNALED(status)
        return os.waitstatus_to_exitcode(status)

    def _note(self) -> None:
        """After a run: when each page was checked, what fetching all would have cost, memory."""
        with open_store(self.data) as store:
            rows = store.db.execute(SQL_CHECKS).fetchall()
        sizes = {"": 0}
        for key, checked, interval, size in rows:
            seen = self.checks[key]
            if checked and (not seen or seen[-1][0] != checked):
                seen.append((checked, interval))
            sizes[key] = size
        self.naive += sum(sizes.values()) + HEADER_BYTES * len(sizes)
        gc.collect()
        self.memory.append((psutil.Process().memory_info().rss, psutil.Process().num_fds()))


# The page's text stands for its markup, which is three times as long (measured on this web).
SQL_CHECKS = """
SELECT url.key, visit.checked_at, visit.interval, coalesce(3 * length(page.text), 2000)
FROM url JOIN visit ON visit.url_id = url.id LEFT JOIN page ON page.id = url.page_id"""


def write_config(file: Path, bases: list[str]) -> Path:
    """Write the configuration of the simulated sources."""
    tables = [
        f'[[source]]\nid = "s{n}"\nname = "S{n}"\nlangs = ["en", "zh"]\nkind = "press"\n'
        f'home = ["{base}/"]\nsitemap = ["{base}/sitemap.xml"]\n'
        for n, base in enumerate(bases)
    ]
    crawl = (
        '[crawl]\ncontact = "benchmark@example.org"\ndelay = 0.0\nautothrottle = false\n'
        "max_pages = 1000000\nmax_pages_per_source = 1000000\nretry_delay = 1.0\n"
        f'revisit_min = {SHORTEST}\nallow_addresses = ["127.0.0.0/8"]\n'
    )
    file.write_text(crawl + "\n".join(tables), encoding="utf-8")
    return file


def main() -> None:
    """Simulate, compare with the truth, print the scoreboard."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n\n")[0])
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--sites", type=int, default=12)
    parser.add_argument("--pages", type=int, default=25)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    parser.add_argument("--real-run", nargs=3, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.real_run:
        real_run(*options.real_run)
        return
    board = Scoreboard("A simulated quarter")
    with tempfile.TemporaryDirectory() as folder:
        quarter = Quarter(options, Path(folder))
        start = time.process_time()
        quarter.live()
        spent = time.process_time() - start
        measure(board, quarter)
        board.shown("CPU seconds of the simulation", spent)
        by_http(board, Path(folder), options)
    text = board.markdown()
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


def measure(board: Scoreboard, quarter: Quarter) -> None:
    """Compare what was done with what should have been."""
    with open_store(quarter.data) as store:
        runs_made(board, quarter, store)
        late, changes, outages = lateness(quarter)
        board.at_most("changes seen later than twice the page's interval", late, 0, outages)
        board.shown("changes that had to be seen", changes)
        lost = [key for key in expected(quarter) if store.find(key) is None]
        board.at_most("pages lost", len(lost), 0, " ".join(lost[:3]))
        stale = sum(store.find(key) is not None for key in vanished(quarter))
        board.at_most("pages that vanished and still count", stale, 0)
        board.at_least("moved pages whose history goes on", moved_share(quarter, store), 1.0)
        unbalanced = sum(not r.account.balanced for r in store.runs() if r.account)
        board.at_most("runs whose accounts do not balance", unbalanced, 0)
        broken = store.db.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
        board.at_most("damage to the store", float(broken), 0)
    world = quarter.world
    board.at_least(
        "bytes saved against refetching everything", 1 - world.sent / quarter.naive, 0.6,
        f"{world.sent / 1e6:.0f} of {quarter.naive / 1e6:.0f} MB; {world.requests['304']} × 304",
    )  # fmt: skip
    warm = int(WARM * len(quarter.memory))
    (before, first), (after, last) = quarter.memory[warm], quarter.memory[-1]
    board.at_most("growth of memory", after / before - 1, 0.05, f"{after / 1e6:.0f} MB")
    board.at_most("growth of descriptors", last - first, 0, f"{last} open")
    board.shown("requests", sum(world.requests.values()), f"{world.faults} of them failed")


def runs_made(board: Scoreboard, quarter: Quarter, store: Store) -> None:
    """Every slot of the local clock once, but for those the machine slept through."""
    made = [run.slot for run in jobs.runs(store.db)]
    first = datetime.fromtimestamp(START, ZoneInfo(ZONE))
    wanted = [
        (first + timedelta(days=d)).replace(hour=h, minute=15).timestamp()
        for d in range(quarter.days)
        for h in (0, 6, 12, 18)
    ]
    asleep = [s for s in wanted if OFF[0] * DAY <= s - START < OFF[1] * DAY]
    due = set(wanted) - set(asleep[:-1])
    board.at_most("runs missed", len(due - set(made)), 0)
    again = len(made) - len(set(made)) + len(set(made) - due)
    board.at_most("runs doubled or out of place", again, 0)
    board.shown("runs", len(made), f"{len(asleep)} slots slept through, caught up once")
    board.at_least("runs killed", quarter.killed, 0.9 * (quarter.days - 1))


def alive(quarter: Quarter, at: float) -> Iterator[tuple[str, SimPage]]:
    """Every page that answers at a time."""
    for base, site in quarter.web.sites.items():
        for page in site.pages.values():
            if page.is_there(at) and not site.is_dead(at):
                yield f"{base}{page.path}", page


def expected(quarter: Quarter) -> list[str]:
    """Pages that have been there for the last five days."""
    end = quarter.days * DAY
    before = {key for key, _ in alive(quarter, end - 5 * DAY)}
    return [key for key, page in alive(quarter, end) if key in before]


def vanished(quarter: Quarter) -> list[str]:
    """Pages that were gone or moved for longer than any interval."""
    end, found = quarter.days * DAY, []
    for base, site in quarter.web.sites.items():
        for page in site.pages.values():
            key = f"{base}{page.path}"
            intervals = [interval for _, interval in quarter.checks[key]]
            patience = 2 * max(intervals, default=0.0) + LONGEST
            left = page.moved_at or (page.gone[0] if page.gone else None)
            if left is not None and not page.is_there(end) and end - left > patience:
                found.append(key)
    return found


def lateness(quarter: Quarter) -> tuple[int, int, str]:
    """Count changes that were seen too late, and changes; a dead host's count from its return."""
    late = changes = after_outage = 0
    worst = 0.0
    for base, site in quarter.web.sites.items():
        for page in site.pages.values():
            checks = quarter.checks[f"{base}{page.path}"]
            for at in page.changes:
                asked = _asked(quarter, site.dead, page, checks, at)
                if asked is None:
                    continue
                changes += 1
                seen, allowed, from_outage = asked
                after_outage += from_outage
                worst = max(worst, seen / allowed)
                late += seen > allowed
    return late, changes, f"at worst {worst:.2f} of that; {after_outage} after an outage"


def _asked(
    quarter: Quarter,
    dead: tuple[float, float] | None,
    page: SimPage,
    checks: list[tuple[float, float]],
    at: float,
) -> tuple[float, float, bool] | None:
    """Return (seconds until a change was seen, seconds allowed, whether a host was dead).

    None for changes that nobody could see: of pages not yet found, gone, moved, or changed again
    with the end of the quarter in sight.
    """
    before = [check for check in checks if check[0] - START <= at]
    after = [check[0] - START for check in checks if check[0] - START > at]
    if not before or not page.is_there(at):
        return None
    interval, visible, outage = before[-1][1], at, False
    if dead and at < dead[1] and at + 2 * interval > dead[0]:
        visible, outage = max(at, dead[1]), True
        interval = max(interval, LONGEST)  # a dead host is tried once a day
    if OFF[0] * DAY - 2 * interval < at < OFF[1] * DAY:
        visible = max(visible, OFF[1] * DAY)
    allowed = 2 * interval
    ends = [quarter.days * DAY, page.moved_at or 9e9, page.gone[0] if page.gone else 9e9]
    if visible + allowed > min(end for end in ends if end > at):
        return None
    return (after[0] - visible if after else 9e9), allowed, outage


def moved_share(quarter: Quarter, store: Store) -> float:
    """Return the share of moved pages whose versions include those from the old address."""
    found = []
    for base, site in quarter.web.sites.items():
        for page in site.pages.values():
            if page.moved_at and f"{base}{page.path}" in quarter.checks and not site.dead:
                if page.moved_at > (quarter.days - 10) * DAY or page.moved_at <= page.born + DAY:
                    continue
                versions = store.versions(f"{base}{page.moved_to}")
                if store.find(f"{base}{page.moved_to}") is not None:
                    found.append(any(v.url == f"{base}{page.path}" for v in versions))
    return sum(found) / len(found) if found else 1.0


@contextmanager
def serving(web: Web, bases: dict[int, str], clock: Clock) -> Iterator[Counter[str]]:
    """Serve the web by HTTP on loopback, at the clock's time; counts bytes and statuses."""
    counts: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = [self.headers.get(n, "") for n in ("If-None-Match", "If-Modified-Since")]
            base = bases[self.server.server_address[1]]  # type: ignore[index]
            answer = web.answer(base, self.path, clock.elapsed, *asked)
            self.send_response(answer.status)
            length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
            for name, value in {**answer.headers, **length}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
            counts["bytes"] += len(answer.body) + HEADER_BYTES
            counts[str(answer.status)] += 1

        def log_message(self, *args: object) -> None:
            pass

    servers = [ThreadingHTTPServer(("127.0.0.1", port), Handler) for port in bases]
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield counts
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) for _ in range(count)]
    ports = [server.server_address[1] for server in servers]
    for server in servers:
        server.server_close()
    return ports


def by_http(board: Scoreboard, folder: Path, options: argparse.Namespace) -> None:
    """Twelve runs of the real crawl, a week of the web's time apart."""
    ports = free_ports(3)
    bases = {port: f"http://127.0.0.1:{port}" for port in ports}
    web, clock = Web(list(bases.values()), 12, options.days, options.seed), Clock()
    for site in web.sites.values():
        site.dead = None
    config, data = write_config(folder / "real.toml", list(bases.values())), folder / "real"
    naive = 0
    with serving(web, bases, clock) as counts:
        for run in range(12):
            clock.now = START + run * options.days * DAY / 12
            command = [sys.executable, __file__, "--real-run", config, data, str(clock.now)]
            subprocess.run(list(map(str, command)), cwd=ROOT, check=True)
            with open_store(data) as store:
                rows = store.db.execute(SQL_CHECKS).fetchall()
            naive += sum(row[3] + HEADER_BYTES for row in rows)
    now = clock.elapsed
    with open_store(data) as store:
        there = [
            f"{base}{page.path}"
            for base, site in web.sites.items()
            for page in site.pages.values()
            if page.is_there(now)
        ]
        lost = [key for key in there if store.find(key) is None]
        outcomes = [run.outcome for run in store.runs()]
    board.at_most("by HTTP: pages lost after twelve runs", len(lost), 0, " ".join(lost[:2]))
    board.at_least("by HTTP: runs finished", outcomes.count("finished"), 12)
    saved = 1 - counts["bytes"] / naive
    board.shown("by HTTP: bytes saved", saved, f"a week apart; {counts['304']} × 304")


def real_run(config: str, data: str, now: str) -> None:
    """Crawl once with Scrapy, at a time of our own."""
    from crawler.run import crawl

    offset = float(now) - time.time()
    result = crawl(load(Path(config)), Path(data), clock=lambda: time.time() + offset)
    if result.outcome != "finished":
        sys.exit(json.dumps({"outcome": result.outcome}))


if __name__ == "__main__":
    main()
