"""The end of every lease: the store is told, in one transaction."""

from __future__ import annotations

import time
from functools import singledispatchmethod

from scrapy.crawler import Crawler

from crawler.items import Again, Fetched, Item, Listing, Outcome, Raw
from crawler.session import Session, session_of, stop
from store import pages, runs
from store.errors import UNWRITABLE
from store.pages import Fetch
from store.schema import utc


class StorePipeline:
    """Writes each item's page, links and new state; the raw response goes to WARC first.

    First the evidence, then the row that points at it: whatever is killed in between leaves a
    record nobody points at, never a pointer to nothing.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> StorePipeline:
        """Return the pipeline of a crawler."""
        return cls(crawler)

    async def process_item(self, item: Item) -> Item:
        """Store one item. A store that cannot be written stops the crawl; nothing is lost."""
        self._session: Session = session_of(self._crawler)
        start = time.thread_time()
        try:
            self._settle(item)
        except UNWRITABLE as error:
            stop(self._crawler, error)
            raise
        finally:
            self._session.store_seconds += time.thread_time() - start
        return item

    @singledispatchmethod
    def _settle(self, item: Item) -> None:
        raise TypeError(f"not an item of this crawler: {item!r}")

    @_settle.register
    def _(self, item: Fetched) -> None:
        raw, frontier = item.raw, self._session.frontier
        name, offset = self._evidence(item.lease.key, raw)
        fetch = Fetch(self._session.run_id, raw.at or utc(), raw.status, name, offset)
        with self._session.store.transaction():
            pages.save(self._session.store.db, item.lease.url_id, item.page, fetch)
            frontier.add(item.found, found_on=item.lease.url_id)
            frontier.settle(item.lease.url_id, "stored")
            self._count_fetch()

    @_settle.register
    def _(self, item: Listing) -> None:
        self._evidence(item.lease.key, item.raw)
        with self._session.store.transaction():
            self._session.frontier.add(item.found, found_on=item.lease.url_id)
            self._session.frontier.settle(item.lease.url_id, "stored", item.lease.role)
            self._count_fetch()

    @_settle.register
    def _(self, item: Outcome) -> None:
        with self._session.store.transaction():
            self._session.frontier.add(item.found, found_on=item.lease.url_id)
            reason, fetched = item.reason, item.fetched
            self._session.frontier.settle(item.lease.url_id, item.state, reason, fetched=fetched)
            if item.state == "gone" or reason in ("noindex", "redirect"):
                pages.withdraw(self._session.store.db, item.lease.url_id)
            if fetched:
                self._count_fetch()

    @_settle.register
    def _(self, item: Again) -> None:
        frontier, limits = self._session.frontier, self._session.config.crawl
        with self._session.store.transaction():
            if item.counts:
                frontier.retry(item.lease, item.reason, item.delay, limits.max_attempts)
            else:
                frontier.postpone(item.lease.url_id, item.reason, item.delay)

    def _evidence(self, url: str, raw: Raw) -> tuple[str, int]:
        return self._session.warc.write(
            url, raw.status, raw.headers, raw.body, address=raw.address, at=raw.at
        )

    def _count_fetch(self) -> None:
        runs.count_fetch(self._session.store.db, self._session.run_id)
