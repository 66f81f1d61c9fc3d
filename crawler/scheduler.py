"""Scrapy's scheduler on the store's frontier.

Nothing waits in memory that the store does not know: a request is a lease, and a lease that is
never settled runs out. That is what makes ``kill -9`` harmless (Scrapy's own JOBDIR lost 87 to
94 % of a 2,000-page crawl; see DESIGN.md).
"""

from __future__ import annotations

import time
from collections import Counter, deque
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import call_later

from crawler.hosts import OVERLOADED
from crawler.items import Again, Item
from crawler.session import Session, session_of, stop
from page.url import canonical
from store import runs
from store.errors import UNWRITABLE
from store.frontier import FOUND, Lease

BATCH = 8
"""Leases taken at a time and host: few, since what is leased is not free to be reordered."""
RENEW_SECONDS = 60.0
HORIZON = 90.0
"""Wait for URLs due this soon; what is due later is left to the next run."""
REFILL_SECONDS = 0.05
DRY_SECONDS = 5.0
"""To find that a host has nothing but spent sources' URLs, all of them must be looked at."""
DAY = 86_400.0


class FrontierScheduler(BaseScheduler):
    """Leases URLs host by host, never more in flight than a host's concurrency allows."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._waiting: dict[str, deque[Lease]] = {}
        self._active: dict[str, set[int]] = {}
        self._spent: Counter[str] = Counter()
        self._taken = 0
        self._sent: dict[str, float] = {}
        self._dry: dict[str, float] = {}
        self._refilled = self._renewed = self._wakes = 0.0
        crawler.signals.connect(self._answered, signals.response_downloaded)
        crawler.signals.connect(self._left_downloader, signals.request_left_downloader)
        for signal in (signals.item_scraped, signals.item_error):
            crawler.signals.connect(self._settled, signal)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the scheduler of a crawler."""
        return cls(crawler)

    def open(self, spider: Spider) -> None:
        """Take the session from the spider."""
        self._spider = spider
        self._session: Session = session_of(self._crawler)
        self._limits = self._session.config.crawl
        self._horizon = max(HORIZON, 2 * self._limits.max_delay)
        self._budgets = {
            source.id: source.max_pages or self._limits.max_pages_per_source
            for source in self._session.config.sources
        }

    def enqueue_request(self, request: Request) -> bool:
        """Add a spider's request to the frontier; ``meta`` may give route, role and entry."""
        key = canonical(request.url)
        if key is None:
            return False
        meta = request.meta
        found = self._session.scope.found(
            key, meta.get("route", "links"), role=meta.get("role", "page")
        )
        with self._session.store.transaction():
            if meta.get("entry") and found.state == "pending":
                self._session.frontier.reopen([found])
                return True
            return self._session.frontier.add([found]) > 0

    def next_request(self) -> Request | None:
        """Return a request for the next leased URL whose host has room, or None for now."""
        lease = None
        try:
            lease = self._next_lease()
            if lease is None and self._refill():
                lease = self._next_lease()
        except UNWRITABLE as error:
            stop(self._crawler, error)
        return None if lease is None else self._request(lease)

    def has_pending_requests(self) -> bool:
        """True while anything is leased and waiting, or due within the horizon."""
        if self.hit_limit():
            return False
        if any(self._waiting.values()):
            return True
        resting = self._session.hosts.resting(self._horizon)
        due = self._session.frontier.next_due(self._exhausted(), resting)
        return due is not None and due <= self._session.clock() + self._horizon

    def close(self, reason: str) -> None:
        """Give back what was leased and not sent, and note the limits that cut the crawl."""
        self._waiting.clear()
        store, frontier = self._session.store, self._session.frontier
        with store.transaction():
            frontier.release()
            left = frontier.pending_by_source()
            if self.hit_limit():
                self._note("max_pages", "", sum(left.values()))
            for source in self._exhausted():
                if left.get(source):
                    self._note("max_pages_per_source", source, left[source])
            for source, count in frontier.too_deep_by_source().items():
                self._note("max_depth", source, count)

    def hit_limit(self) -> bool:
        """True when the run's page limit ended it."""
        return self._taken >= self._limits.max_pages

    def _note(self, name: str, subject: str, count: int) -> None:
        runs.note_limit(self._session.store.db, self._session.run_id, name, subject, count)

    def _next_lease(self) -> Lease | None:
        if self.hit_limit():
            return None
        room, soonest = self._limits.concurrency_per_host, DAY
        for host in list(self._waiting):
            active = self._active.setdefault(host, set())
            if len(active) >= room:
                continue
            if (wait := self._wait(host)) > self._horizon:
                self._give_up(host)
                continue
            if wait > 0:
                soonest = min(soonest, wait)
                continue
            lease = self._pop(host)
            if lease is not None:
                active.add(lease.url_id)
                self._sent[host] = time.monotonic()
                return lease
        if soonest < DAY:
            self._wake_in(soonest)
        return None

    def _wait(self, host: str) -> float:
        """Return the seconds until a host may be asked again.

        Its delay is waited out here and not in the downloader, where whoever waits holds one of
        the places of the whole crawl: a few slow hosts would hold them all.
        """
        if pause := self._session.hosts.wait(host):
            return pause
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(host) if engine else None
        last = self._sent.get(host, 0.0)
        if slot is None:
            return last + self._limits.delay - time.monotonic()
        wait = max(last, slot.lastseen) + slot.delay - time.monotonic()
        return max(wait, REFILL_SECONDS) if slot.queue else wait

    def _give_up(self, host: str) -> None:
        """Leave what waits at a host that rests for long to a later run."""
        leases = self._waiting.pop(host)
        with self._session.store.transaction():
            self._session.frontier.give_back(leases)

    def _wake_in(self, seconds: float) -> None:
        """Have the engine ask again in time; by itself it does so every five seconds."""
        now = time.monotonic()
        if not now < self._wakes <= now + seconds:
            self._wakes = now + seconds
            call_later(seconds, self._wake)

    def _wake(self) -> None:
        engine = self._crawler.engine
        if engine is not None and engine._slot is not None:
            engine._slot.nextcall.schedule()

    def _pop(self, host: str) -> Lease | None:
        """Take one lease of a host, and move the host to the end of the line."""
        leases = self._waiting.pop(host)
        lease: Lease | None = None
        while leases and lease is None:
            candidate = leases.popleft()
            if candidate.role != "page":
                lease = candidate
            elif self._spent[candidate.source] < self._budget(candidate.source):
                self._spent[candidate.source] += 1
                self._taken += 1
                lease = candidate
        if leases:
            self._waiting[host] = leases
        return lease

    def _refill(self) -> bool:
        """Lease more where a host has run dry; True when something was leased."""
        now = time.monotonic()
        if now - self._refilled < REFILL_SECONDS or self.hit_limit():
            return False
        self._refilled = now
        frontier, exhausted = self._session.frontier, self._exhausted()
        leased = False
        with self._session.store.transaction():
            if now - self._renewed > RENEW_SECONDS:
                frontier.renew()
                frontier.reclaim()
                self._session.hosts.load()
                self._renewed = now
            for host in frontier.hosts():
                if self._may_lease(host, now):
                    leases = frontier.lease(host, BATCH, exhausted)
                    if leases:
                        self._waiting[host] = deque(leases)
                        leased = True
                    elif exhausted:
                        self._dry[host] = now + DRY_SECONDS
        return leased

    def _may_lease(self, host: str, now: float) -> bool:
        known = host in self._waiting or now < self._dry.get(host, 0.0)
        return not (known or self._is_full(host) or self._session.hosts.wait(host))

    def _is_full(self, host: str) -> bool:
        return len(self._active.get(host, ())) >= self._limits.concurrency_per_host

    def _budget(self, source: str) -> int:
        if source.startswith(FOUND):
            return self._session.config.discover.max_pages_per_host
        return self._budgets.get(source, 0)

    def _exhausted(self) -> list[str]:
        met = dict.fromkeys((*self._budgets, *self._spent))
        return [source for source in met if self._spent[source] >= self._budget(source)]

    def _request(self, lease: Lease) -> Request:
        meta = {"lease": lease, "download_slot": lease.host}
        return Request(
            lease.key,
            callback=self._spider.parse,
            errback=getattr(self._spider, "failed", None),
            meta=meta,
            dont_filter=True,
        )

    def _left_downloader(self, request: Request) -> None:
        """Give the host its place back as soon as the line is free: extraction comes after."""
        if lease := request.meta.get("lease"):
            self._active[lease.host].discard(lease.url_id)

    def _answered(self, response: Response, request: Request) -> None:
        """Ask nothing more of a host that has too much to do; the pipeline says for how long."""
        lease = request.meta.get("lease")
        if lease and f"http_{response.status}" in OVERLOADED:
            self._session.hosts.hold(lease.host)

    def _settled(self, item: Item) -> None:
        """The same for requests that never reached the downloader (robots.txt forbade them)."""
        self._active[item.lease.host].discard(item.lease.url_id)
        self._dry.pop(item.lease.host, None)
        if not (item.counts if isinstance(item, Again) else getattr(item, "fetched", True)):
            self._give_back(item.lease)
        self._refilled = 0.0  # a stored page may have brought new URLs: look at once

    def _give_back(self, lease: Lease) -> None:
        """Nothing was fetched, so it costs no budget: what robots.txt forbids is no page."""
        if lease.role == "page":
            self._spent[lease.source] -= 1
            self._taken -= 1
