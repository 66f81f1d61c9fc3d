"""What every spider here has in common: a session, and one outcome for every lease."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import replace
from typing import Any, Self

from scrapy import Request, Spider
from scrapy.crawler import Crawler
from scrapy.http import Response
from twisted.python.failure import Failure

from config.counted import counted
from config.model import Config
from crawler import outcomes, sitemap
from crawler.addon import configured
from crawler.extraction import Extractor
from crawler.items import Again, Fetched, Item, Listing, Outcome, Raw, Unchanged
from crawler.middlewares import conditional
from crawler.middlewares.evidence import KEY
from crawler.redirects import location
from crawler.session import NoContact, Session, is_at_home
from page import directives
from page.url import canonical
from store import runs
from store.frontier import FOUND, Found, Lease

log = logging.getLogger(__name__)
MAX_HOPS = 10
MAX_SITEMAP_DEPTH = 4
MAX_LISTED = 500_000
"""Addresses from sitemaps and feeds, a source and run: more than any budget fetches, and some 200
MB in the store. 500 sitemaps of 50,000 would be 10 GB."""


class FrontierSpider(Spider):
    """A spider whose requests are leases on the frontier."""

    session: Session
    extractor: Extractor

    def __init__(self, name: str | None = None, **kwargs: Any) -> None:
        super().__init__(name, **kwargs)
        self._listed_by: Counter[str] = Counter()
        self._left_out: Counter[str] = Counter()

    @classmethod
    def from_crawler(cls, crawler: Crawler, *args: Any, **kwargs: Any) -> Self:
        """Open the session and the worker pool of a crawl; ``scope`` may be given.

        Raises NoContact where strangers would be asked and the configuration names no contact.
        """
        spider = super().from_crawler(crawler, *args, **kwargs)
        config, data = configured(crawler.settings)
        limits = config.crawl
        if not limits.contact and cls.asks_strangers(config):
            raise NoContact("a crawl says who is asking: write contact under [crawl]")
        clock = crawler.settings.get("DUIZHAO_CLOCK") or time.time
        spider.session = Session(config, data, kwargs.get("scope"), clock)
        spider.extractor = Extractor(
            limits.workers, limits.extract_timeout, limits.max_bytes, kwargs.get("judge")
        )
        return spider

    @classmethod
    def asks_strangers(cls, config: Config) -> bool:
        """True when anybody but this machine may be asked for something."""
        return not is_at_home(config)

    async def parse(self, response: Response, **kwargs: Any) -> AsyncIterator[Item]:
        """Yield the one item that a response comes to."""
        lease: Lease = response.meta["lease"]
        try:
            item = await self._item(lease, response)
            if isinstance(item, Outcome | Again) and (raw := response.meta.get(KEY)):
                item = replace(item, size=len(raw.body))
            yield item
        except Exception as error:  # a bug costs one URL, and says so
            log.exception("%s: %r", response.url, error)
            yield Outcome(lease, "failed", "bug")

    def failed(self, failure: Failure) -> list[Item]:
        """Return the one item that a failed request comes to."""
        lease: Lease = failure.request.meta["lease"]  # type: ignore[attr-defined]
        error = failure.value or RuntimeError("no reason given")
        return [outcomes.of_failure(lease, error, self.session.config.crawl.retry_delay)]

    def say(self, line: str, level: int = logging.INFO) -> None:
        """Write a line to the log, and to the terminal where there is one."""
        log.log(level, "%s", line)
        if console := getattr(self, "console", None):
            console.print(line, markup=False, highlight=False, soft_wrap=True)

    def closed(self, reason: str) -> None:
        """Stop the workers and close the books."""
        if bugs := self.extractor.bugs:
            pages = counted(bugs, "page was", "pages were")
            self.say(f"{pages} not understood, by a bug; crawl.log has it", logging.WARNING)
        self.session.log_times(self.extractor.seconds)
        self.extractor.close()
        scheduler = self.crawler.engine.scheduler if self.crawler.engine else None
        limited = bool(scheduler and getattr(scheduler, "hit_limit", bool)())
        outcome = {"finished": "limit" if limited else "finished", "shutdown": "stopped"}
        self.session.close(outcome.get(reason, reason))

    async def _item(self, lease: Lease, response: Response) -> Item:
        if response.status == 304 and conditional.is_conditional(response):
            return Unchanged(lease)
        if 300 <= response.status < 400 and response.status != 304:
            return self._redirect(lease, response)
        delay = self.session.config.crawl.retry_delay
        other = outcomes.of_status(lease, response, delay, self.session.clock())
        if other is not None:
            return other
        raw: Raw = response.meta[KEY]
        if lease.role != "page" or sitemap.looks_like_listing(response.body):
            return await self._listing(lease, response, raw)
        return await self._page(lease, response, raw)

    def _redirect(self, lease: Lease, response: Response) -> Item:
        """A redirect is a new URL with its own robots.txt, host delay and address check."""
        target = canonical(where, response.url) if (where := location(response)) else None
        if target is None:
            return Outcome(lease, "failed", f"http_{response.status}")
        if target == lease.key:
            return Outcome(lease, "failed", "redirect_loop")
        if lease.hops >= MAX_HOPS:
            return Outcome(lease, "failed", "redirect_limit")
        found = self.session.scope.found(
            target,
            "redirect",
            role=lease.role,
            depth=lease.depth,
            hops=lease.hops + 1,
            again=lease.depth == 0,
            invited=lease.source.startswith(FOUND),
        )
        found = found._replace(promise=lease.promise, lang=lease.lang)
        return Outcome(lease, "skipped", "redirect", found=[found], status=response.status)

    async def _page(self, lease: Lease, response: Response, raw: Raw) -> Item:
        kind = outcomes.content_type(response)
        page, verdict = await self.extractor.page(response.body, lease.key, kind, raw.at[:10])
        named = [v.decode("latin-1") for v in response.headers.getlist("X-Robots-Tag")]
        asked = directives.in_headers(named, raw.at[:10])
        nofollow = page.nofollow or directives.NOFOLLOW in asked
        found = [] if nofollow else self.session.scope.links(page.links, lease.depth)
        scope, depth = self.session.scope, lease.depth + 1
        found += [scope.found(feed, "autodiscovery", role="feed") for feed in page.feeds]
        if page.canonical and page.canonical != lease.key:
            found.append(scope.found(page.canonical, "canonical", depth=depth))
        if page.noindex or directives.NOINDEX in asked:
            return Outcome(lease, "skipped", "noindex", found=found)
        if page.missing:
            return Outcome(lease, "gone", "soft_404", found=found)
        return Fetched(lease, page, raw, found, verdict)

    async def _listing(self, lease: Lease, response: Response, raw: Raw) -> Item:
        entries = await self.extractor.listing(response.body, lease.key)
        if entries.problem and not entries.pages and not entries.sitemaps:
            log.warning("%s: %s", lease.key, entries.problem)
            return Outcome(lease, "failed", "not_a_listing")
        if entries.capped:
            log.warning("%s: only its first %d entries were read", lease.key, sitemap.MAX_ENTRIES)
        return Listing(lease, raw, self._listed(lease, entries))

    def _listed(self, lease: Lease, entries: sitemap.Entries) -> list[Found]:
        scope = self.session.scope
        route = "sitemap" if lease.role == "sitemap" else "feed"
        invited = lease.source.startswith(FOUND)  # who named the listing meant what it lists
        pages = self._within(lease, entries.pages)
        found = [scope.found(key, route, depth=1, invited=invited) for key in pages]
        if lease.depth < MAX_SITEMAP_DEPTH:
            further, depth = self._within(lease, entries.sitemaps), lease.depth + 1
            found += [scope.found(key, "sitemap", role="sitemap", depth=depth) for key in further]
        return found

    def _within(self, lease: Lease, keys: tuple[str, ...]) -> tuple[str, ...]:
        """Return as many of a listing's addresses as its source may still have; note the rest."""
        source = lease.source
        room = max(0, MAX_LISTED - self._listed_by[source])
        self._listed_by[source] += min(room, len(keys))
        if len(keys) > room:
            self._left_out[source] += len(keys) - room
            log.warning("%s: %d of its addresses were left out", lease.key, len(keys) - room)
            with self.session.store.transaction():
                db, count = self.session.store.db, self._left_out[source]
                runs.note_limit(db, self.session.run_id, "max_listed", source, count)
        return keys[:room]


def entry_request(found: Found) -> Request:
    """Return the request that puts an entry point into the frontier, due at once."""
    meta = {"route": found.route, "role": found.role, "entry": True}
    return Request(found.key, meta=meta, dont_filter=True)
