"""Scrapy's scheduler on the store's frontier.

Nothing waits in memory that the store does not know: a request is a lease, and a lease that is
never settled runs out. That is what makes ``kill -9`` harmless (after one, Scrapy's own JOBDIR
lost most of a crawl).
"""

from __future__ import annotations

import time
from typing import Self

from scrapy import Request, Spider, signals
from scrapy.core.scheduler import BaseScheduler
from scrapy.crawler import Crawler
from scrapy.http import Response
from scrapy.utils.asyncio import call_later, create_looping_call

from crawler.budgets import Budgets
from crawler.focus import ENTRY
from crawler.hand import Hand
from crawler.hosts import OVERLOADED
from crawler.items import Item
from crawler.order import Order
from crawler.pace import Pace
from crawler.session import Session, session_of, stop
from crawler.shares import Shares
from crawler.supply import Supply
from crawler.turns import TICK_SECONDS, Turns
from page.url import canonical
from store import account, runs
from store.errors import UNWRITABLE
from store.frontier import Lease

HORIZON = 90.0
"""Wait for URLs due this soon; what is due later is left to the next run."""
DAY = 86_400.0


class FrontierScheduler(BaseScheduler):
    """Leases URLs host by host, never more in flight than a host's concurrency allows."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._wakes = 0.0
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
        limits = self._session.config.crawl
        self._horizon = max(HORIZON, 2 * limits.max_delay)
        self._order = Order(limits.focus, limits.delay)
        self._budgets = Budgets(self._session.config)
        self._pace = Pace(self._crawler, self._session)
        self._shares = Shares(self._session, self._budgets, self._horizon)
        self._hand = Hand(self._session, self._budgets, self._shares)
        self._turns = Turns(self._session, self._budgets, self._pace, self._hand)
        self._supply = Supply(
            self._session, self._budgets, self._pace, self._shares, self._hand, self._turns
        )
        self._ticking = create_looping_call(self._tick)
        self._ticking.start(TICK_SECONDS)

    def enqueue_request(self, request: Request) -> bool:
        """Add a spider's request to the frontier; ``meta`` may give route, role and entry."""
        key = canonical(request.url)
        if key is None:
            return False
        meta = request.meta
        found = self._session.scope.found(
            key, meta.get("route", "links"), role=meta.get("role", "page")
        )
        lang = found.lang or self._session.strata.expected(found)
        found = found._replace(promise=ENTRY, lang=lang)
        with self._session.store.transaction():
            if meta.get("entry") and found.state == "pending":
                self._session.frontier.reopen([found])
                return True
            return self._session.frontier.add([found]) > 0

    def next_request(self) -> Request | None:
        """Return a request for the next leased URL whose host has room, or None for now."""
        lease: Lease | None = None
        try:
            if self._supply.lacks():
                self._supply.refill()
            lease = self._next_lease()
            if lease is None and self._supply.refill():
                lease = self._next_lease()
        except UNWRITABLE as error:
            stop(self._crawler, error)
        return None if lease is None else self._request(lease)

    def has_pending_requests(self) -> bool:
        """True while anything is leased and waiting, or due soon, or may come from another crawl.

        The engine asks when nothing is under way.
        """
        if self.hit_limit():
            return False
        return self._has_more() or self._turns.others_work()

    def _has_more(self) -> bool:
        if self._shares.are_kept:
            return self._shares.allow_more(self._hand.leases())
        if self._hand.leases():
            return True
        resting = self._session.hosts.resting(self._horizon)
        due = self._session.frontier.next_due(self._budgets.exhausted(), resting)
        return due is not None and due <= self._session.clock() + self._horizon

    def close(self, reason: str) -> None:
        """Give back what was leased and not sent, and note the limits that cut the crawl."""
        if self._ticking.running:
            self._ticking.stop()
        store = self._session.store
        with store.transaction():
            self._hand.drop()
            self._turns.release()
            left = account.pending_by_source(store.db)
            if self.hit_limit():
                self._note("max_pages", "", sum(left.values()))
            for source in self._budgets.exhausted():
                if left.get(source):
                    self._note("max_pages_per_source", source, left[source])
            if self._shares.are_kept and not self.hit_limit():
                for lang, count in self._shares.left_by_language().items():
                    self._note("balanced", lang, count)
            for name, reason in (("max_depth", "depth"), ("max_listings", "sitemap_limit")):
                for source, count in account.skipped_by_source(store.db, reason).items():
                    self._note(name, source, count)

    def hit_limit(self) -> bool:
        """True when the run's page limit ended it."""
        return self._budgets.is_spent

    def _note(self, name: str, subject: str, count: int) -> None:
        runs.note_limit(self._session.store.db, self._session.run_id, name, subject, count)

    def _next_lease(self) -> Lease | None:
        if self.hit_limit():
            return None
        soonest, heads = DAY, self._hand.heads()
        for host in self._order.hosts(heads, self._pace.busy(), self._pace.wait, time.monotonic()):
            if self._pace.is_full(host):
                continue
            if (wait := self._pace.wait(host)) > self._horizon:
                self._hand.give_up(host)
                continue
            if wait > 0:
                soonest = min(soonest, wait)
                continue
            lease = self._hand.pop(host)
            if lease is not None:
                self._pace.began(lease, now := time.monotonic())
                self._order.sent(lease, self._shares.group(lease), now)
                return lease
        if soonest < DAY:
            self._wake_in(soonest)
        return None

    def _tick(self) -> None:
        try:
            if self._turns.tick():
                self._wake()
        except UNWRITABLE as error:
            stop(self._crawler, error)

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
            self._pace.ended(lease)

    def _answered(self, response: Response, request: Request) -> None:
        """Ask nothing more of a host that has too much to do; the pipeline says for how long."""
        lease = request.meta.get("lease")
        if lease and f"http_{response.status}" in OVERLOADED:
            self._session.hosts.hold(lease.host)

    def _settled(self, item: Item) -> None:
        """The same for requests that never reached the downloader (robots.txt forbade them)."""
        self._pace.ended(item.lease)
        self._shares.back(item.lease)
        self._budgets.settled(item)
        self._supply.settled(item.lease)
