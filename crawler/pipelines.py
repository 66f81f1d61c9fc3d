"""The end of every lease: the store is told, in one transaction."""

from __future__ import annotations

import time
from contextlib import suppress
from functools import singledispatchmethod

from scrapy.crawler import Crawler

from crawler.items import Again, Fetched, Item, Listing, Outcome, Raw, Unchanged
from crawler.rereading import COUNTED, NOTHING, reread
from crawler.session import Session, session_of, stop
from crawler.visiting import Visits, understood
from page.model import Page
from store import effort, pages, runs, visits
from store.errors import UNWRITABLE, StoreError
from store.frontier import Found, Lease
from store.pages import Fetch
from store.schema import utc

MOVED_FOR_GOOD = (301, 308)


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
        if not hasattr(self, "_session"):
            self._session: Session = session_of(self._crawler)
            self._visits = Visits(self._session)
        start = time.thread_time()
        try:
            self._settle(item)
        except UNWRITABLE as error:
            stop(self._crawler, error)
            raise
        except Exception:
            self._session.frontier.forget()  # what it remembers may have been rolled back
            raise
        finally:
            self._session.store_seconds += time.thread_time() - start
        return item

    @singledispatchmethod
    def _settle(self, item: Item) -> None:
        raise TypeError(f"not an item of this crawler: {item!r}")

    @_settle.register
    def _(self, item: Fetched) -> None:
        raw, frontier, url_id = item.raw, self._session.frontier, item.lease.url_id
        name, offset = self._evidence(item.lease.key, raw)
        fetch = Fetch(self._session.run_id, raw.at or utc(), raw.status, name, offset)
        on_topic = None if item.verdict is None else bool(item.verdict.langs)
        with self._session.store.transaction():
            db = self._session.store.db
            due = self._keep(item, fetch)
            visits.stayed(db, url_id)
            self._add(item, item.found, on_topic)
            frontier.settle(url_id, "stored", due_at=due)
            self._session.hosts.well(item.lease.host)
            if item.verdict is not None:
                frontier.judged(url_id, item.verdict.langs)
                self._learn(item, item.verdict.concepts)
            self._spend(item.lease, len(raw.body), item.page, bool(on_topic))

    def _keep(self, item: Fetched, fetch: Fetch) -> float:
        """Store a page unless it says nothing new; return when it is due again."""
        url_id, db = item.lease.url_id, self._session.store.db
        held = None
        with suppress(StoreError):  # a damaged one is replaced
            held = pages.one(db, url_id)
        if held is not None and not understood(item.page):
            return self._visits.page(item, "")
        found = reread(held, item.page, fetch.fetched_at)
        if held is not None and found == NOTHING:
            pages.seen_again(db, url_id, fetch.fetched_at)
            return self._visits.page(item, held.page.content_hash)
        pages.save(db, url_id, item.page, fetch)
        return self._visits.page(item, item.page.content_hash, counted=found == COUNTED)

    @_settle.register
    def _(self, item: Unchanged) -> None:
        url_id, db = item.lease.url_id, self._session.store.db
        with self._session.store.transaction():
            kind = pages.seen_again(db, url_id, utc(self._session.clock()))
            due, reason = self._visits.unchanged(item.lease, kind), ""
            if item.lease.role != "page":
                reason = item.lease.role
            self._session.frontier.settle(url_id, "stored", reason, due_at=due)
            self._session.hosts.well(item.lease.host)
            self._spend(item.lease, 0)

    @_settle.register
    def _(self, item: Listing) -> None:
        self._evidence(item.lease.key, item.raw)
        with self._session.store.transaction():
            self._add(item, item.found, None)
            due = self._visits.listing(item)
            self._session.frontier.settle(item.lease.url_id, "stored", item.lease.role, due_at=due)
            self._session.hosts.well(item.lease.host)
            self._spend(item.lease, len(item.raw.body))

    @_settle.register
    def _(self, item: Outcome) -> None:
        with self._session.store.transaction():
            self._add(item, item.found, None)
            item, due = self._visits.lost(item)
            reason, fetched = item.reason, item.fetched
            self._session.frontier.settle(
                item.lease.url_id, item.state, reason, fetched=fetched, due_at=due
            )
            if item.state == "gone" or reason in ("noindex", "redirect"):
                pages.withdraw(self._session.store.db, item.lease.url_id)
            if item.status in MOVED_FOR_GOOD:
                self._moved(item)
            if fetched:
                self._session.hosts.well(item.lease.host)
                self._spend(item.lease, item.size)

    def _moved(self, item: Outcome) -> None:
        (found,) = item.found
        session, at = self._session, utc(self._session.clock())
        visits.moved(
            session.store.db, item.lease.url_id, found.key, item.status, session.run_id, at
        )

    @_settle.register
    def _(self, item: Again) -> None:
        frontier, limits = self._session.frontier, self._session.config.crawl
        with self._session.store.transaction():
            self._session.hosts.ill(item.lease.host, item.reason, item.delay)
            if not item.counts:
                frontier.postpone(item.lease.url_id, item.reason, item.delay)
                return
            if item.lease.attempts + 1 < limits.max_attempts:
                frontier.retry(item.lease, item.reason, item.delay, limits.max_attempts)
            else:
                due = self._visits.failed(item.lease)
                frontier.settle(item.lease.url_id, "failed", item.reason, due_at=due)
            self._spend(item.lease, item.size)

    def _evidence(self, url: str, raw: Raw) -> tuple[str, int]:
        return self._session.warc.write(
            url, raw.status, raw.headers, raw.body, address=raw.address, at=raw.at
        )

    def _add(self, item: Item, found: list[Found], on_topic: bool | None) -> None:
        """Add what was found, with what it promises and the language it is expected in."""
        session = self._session
        if session.balance:
            found = [
                each._replace(lang=each.lang or session.strata.expected(each)) for each in found
            ]
        changed: list[tuple[str, float]] = []
        if session.focus:
            found, changed = session.focus.weighed(found, on_topic)
        session.frontier.add(found, found_on=item.lease.url_id)
        session.frontier.promising(changed)

    def _learn(self, item: Fetched, concepts: int) -> None:
        if self._session.focus:
            anew = self._session.focus.learn(item.lease.key, "", concepts)
            self._session.frontier.promising(anew)

    def _spend(
        self, lease: Lease, size: int, page: Page | None = None, on_topic: bool = False
    ) -> None:
        """Count a fetch, for the run and for what it was spent on."""
        session, db = self._session, self._session.store.db
        runs.count_fetch(db, session.run_id)
        stratum = session.strata.of(lease, page)
        effort.spend(db, session.run_id, stratum, size, page=page is not None, on_topic=on_topic)
        if session.balance and lease.role == "page":
            session.balance.spent(stratum)
