"""Scrapy's scheduler on the store's frontier.

Nothing waits in memory that the store does not know: a request is a lease, and a lease that is
never settled runs out. That is what makes ``kill -9`` harmless (Scrapy's own JOBDIR lost 87 to
94 % of a 2,000-page crawl; see DESIGN.md).
"""

from __future__ import annotations

import time
from collections import Counter, deque
from collections.abc import Iterable
from dataclasses import replace
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import call_later

from config.model import LANGUAGES
from crawler.focus import ENTRY
from crawler.hosts import OVERLOADED
from crawler.items import Again, Item
from crawler.order import Order
from crawler.session import Session, session_of, stop
from crawler.strata import UNKNOWN, Balance, Stratum
from page.url import canonical
from store import runs
from store.errors import UNWRITABLE
from store.frontier import FOUND, LISTING, Lease

BATCH = 8
"""Leases taken at a time and host: few, since what is leased is not free to be reordered."""
RENEW_SECONDS = 60.0
HORIZON = 90.0
"""Wait for URLs due this soon; what is due later is left to the next run."""
REFILL_SECONDS = 0.05
LOOK_SECONDS = 0.25  # what was found meanwhile may promise more than what is leased
COUNT_SECONDS = 1.0
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
        self._plenty: dict[str, bool] = {}
        self._refilled = self._renewed = self._wakes = self._counted = 0.0
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
        self._order = Order(self._limits.focus, self._limits.delay)
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
        found = replace(
            found, promise=ENTRY, lang=found.lang or self._session.strata.expected(found)
        )
        with self._session.store.transaction():
            if meta.get("entry") and found.state == "pending":
                self._session.frontier.reopen([found])
                return True
            return self._session.frontier.add([found]) > 0

    def next_request(self) -> Request | None:
        """Return a request for the next leased URL whose host has room, or None for now."""
        lease: Lease | None = None
        try:
            if self._lacks():
                self._refill()
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
        if self._session.balance is not None:
            return self._evenly(self._session.balance)
        if any(self._waiting.values()):
            return True
        resting = self._session.hosts.resting(self._horizon)
        due = self._session.frontier.next_due(self._exhausted(), resting)
        return due is not None and due <= self._session.clock() + self._horizon

    def _evenly(self, balance: Balance) -> bool:
        """True while something waits that may be fetched without favouring a language."""
        leased = (lease for leases in self._waiting.values() for lease in leases)
        if any(lease.role != "page" for lease in leased):
            return True
        left = self._count_left(balance)
        return any(lang == LISTING or balance.allows((lang, kind)) for lang, kind in left)

    def _count_left(self, balance: Balance) -> Counter[Stratum]:
        """Count what waits by stratum, here and in the store, and tell the balance."""
        left: Counter[Stratum] = Counter()
        exhausted = self._exhausted()
        for lang, source, count in self._waiting_by_language():
            if source not in exhausted:
                left[lang or UNKNOWN, self._session.strata.kind(source)] += count
        for leases in self._waiting.values():
            left.update(self._stratum(lease) for lease in leases if lease.role == "page")
        balance.left({stratum: n for stratum, n in left.items() if stratum[0] != LISTING})
        self._counted = time.monotonic()
        return left

    def _waiting_by_language(self) -> list[tuple[str, str, int]]:
        due = self._session.clock() + self._horizon
        return self._session.frontier.waiting_by_language(due)

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
            if self._session.balance and not self.hit_limit():
                waits: Counter[str] = Counter()
                for lang, _, count in self._waiting_by_language():
                    waits[lang or UNKNOWN] += count
                for lang, count in waits.items():
                    self._note("balanced", lang, count)
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
        busy = [host for host, active in self._active.items() if active]
        for host in self._order.hosts(self._heads(), busy, self._wait, time.monotonic()):
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
                self._sent[host] = now = time.monotonic()
                self._order.sent(lease, self._group(lease), now)
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

    def _heads(self) -> dict[str, tuple[Stratum | None, Lease]]:
        """Return each host's next lease, with the group in which promises are compared."""
        heads = {}
        for host, leases in self._waiting.items():
            lease = self._first_allowed(leases)
            if lease is not None:
                heads[host] = self._group(lease), lease
        return heads

    def _first_allowed(self, leases: Iterable[Lease]) -> Lease | None:
        balance = self._session.balance
        if balance is None:
            return next(iter(leases), None)
        allowed = (x for x in leases if x.role != "page" or balance.allows(self._stratum(x)))
        return next(allowed, None)

    def _stratum(self, lease: Lease) -> Stratum:
        return lease.lang or UNKNOWN, self._session.strata.kind(lease.source)

    def _group(self, lease: Lease) -> Stratum | None:
        return self._stratum(lease) if self._session.balance else None

    def _pop(self, host: str) -> Lease | None:
        """Take one lease of a host, and move the host to the end of the line."""
        leases = self._waiting.pop(host)
        lease: Lease | None = None
        while lease is None and (candidate := self._first_allowed(leases)) is not None:
            leases.remove(candidate)
            if candidate.role != "page":
                lease = candidate
            elif self._spent[candidate.source] < self._budget(candidate.source):
                self._spent[candidate.source] += 1
                self._taken += 1
                if self._session.balance:
                    self._session.balance.sent(self._stratum(candidate))
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
            if self._session.balance and now - self._counted > COUNT_SECONDS:
                self._count_left(self._session.balance)
            for host in frontier.hosts():
                if not self._may_lease(host, now):
                    continue
                for lang in self._wanted(host):
                    leases = frontier.lease(host, BATCH, exhausted, lang)
                    self._plenty[host] = len(leases) == BATCH
                    if leases:
                        self._waiting.setdefault(host, deque()).extend(leases)
                        leased = True
                if exhausted and host not in self._waiting:
                    self._dry[host] = now + DRY_SECONDS
        return leased

    def _may_lease(self, host: str, now: float) -> bool:
        resting = now < self._dry.get(host, 0.0) or self._session.hosts.wait(host)
        return not (resting or self._is_full(host))

    def _wanted(self, host: str) -> Iterable[str | None]:
        """The languages to lease for a host, None for any: those of which it has nothing left."""
        waiting = self._waiting.get(host, ())
        if self._session.balance is None:
            return () if waiting else (None,)
        return {*LANGUAGES, ""} - {lease.lang for lease in waiting}

    def _lacks(self) -> bool:
        """True when a host that had more waiting has none here: it may be the most promising."""
        if time.monotonic() - self._refilled > LOOK_SECONDS:
            return True
        empty = (host for host, more in self._plenty.items() if more and host not in self._waiting)
        return any(not self._is_full(host) for host in empty)

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
        if self._session.balance and item.lease.role == "page":
            self._session.balance.back(self._stratum(item.lease))
        if not (item.counts if isinstance(item, Again) else getattr(item, "fetched", True)):
            self._give_back(item.lease)
        self._refilled = 0.0  # a stored page may have brought new URLs: look at once

    def _give_back(self, lease: Lease) -> None:
        """Nothing was fetched, so it costs no budget: what robots.txt forbids is no page."""
        if lease.role == "page":
            self._spent[lease.source] -= 1
            self._taken -= 1
