"""Asks robots.txt before every fetch, and takes from it what else it offers: delay and sitemaps."""

from __future__ import annotations

import asyncio
import logging
import time
from urllib.parse import urlsplit

from scrapy import Request, signals
from scrapy.crawler import Crawler
from scrapy.exceptions import IgnoreRequest, StopDownload
from scrapy.http import Response

from crawler.middlewares.address import AddressRefused, is_refusal
from crawler.redirects import location
from crawler.retry_after import retry_after
from crawler.robots import (
    AGENT,
    ALLOW_ALL,
    LIFETIME,
    MAX_BYTES,
    MAX_REDIRECTS,
    UNREACHABLE,
    Rules,
    from_response,
)
from crawler.search.asking import SERVICE
from crawler.session import Session, session_of
from page.url import canonical, host_of
from store.codings import codings, decoded
from store.found import GUESSED

log = logging.getLogger(__name__)
MAX_DOWNLOAD = 2 * MAX_BYTES
"""A longer file is no reason not to read its beginning. Twice, since the coding of a file that is
cut off holds back its last block, and half a line is not to be taken for a rule."""
PATIENCE = 2.0
"""Who waits in the downloader holds a place of the crawl, and Ctrl-C waits for it."""


class RobotsForbidden(IgnoreRequest):
    """robots.txt forbids this URL."""


class RobotsUnreachable(IgnoreRequest):
    """robots.txt cannot be read now, so nothing may be fetched for ``wait`` seconds."""

    def __init__(self, url: str, wait: float) -> None:
        super().__init__(url)
        self.wait = wait


class HostBusy(IgnoreRequest):
    """The host's delay is not over; ``wait`` in seconds."""

    def __init__(self, wait: float) -> None:
        super().__init__(f"{wait:.1f} s")
        self.wait = wait


class RobotsMiddleware:
    """One robots.txt a scheme and host, asked for once a day at most."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler
        self._rules: dict[str, asyncio.Future[Rules]] = {}
        self._until: dict[str, float] = {}
        crawler.signals.connect(self._received, signals.bytes_received)

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> RobotsMiddleware:
        """Return the middleware of a crawler."""
        return cls(crawler)

    async def process_request(self, request: Request) -> None:
        """Let the request pass; raises RobotsForbidden or RobotsUnreachable."""
        if request.meta.get("is_robots") or request.meta.get(SERVICE):
            return  # an API is for programs: its own rules hold (docs/ROUTES.md)
        rules = await self._rules_for(request)
        if not rules.reachable:
            raise RobotsUnreachable(request.url, rules.wait)
        if not rules.allows(request.url, AGENT):
            raise RobotsForbidden(request.url)
        if rules.delay(AGENT):
            self._slow_down(request, rules.delay(AGENT))
        self._not_yet(request)

    async def _rules_for(self, request: Request) -> Rules:
        parts = urlsplit(request.url)
        site = f"{parts.scheme}://{parts.netloc}"
        if time.time() > self._until.get(site, 0.0):
            self._until[site] = time.time() + LIFETIME
            self._rules[site] = asyncio.ensure_future(self._ask(site, request))
        return await asyncio.shield(self._rules[site])

    async def _ask(self, site: str, request: Request) -> Rules:
        rules = await self._download(f"{site}/robots.txt", request)
        if not rules.reachable:
            self._until[site] = time.time() + rules.wait
        elif request.meta.get("lease"):
            self._offer_sitemaps(site, rules)
        return rules

    async def _download(self, url: str, request: Request) -> Rules:
        for _ in range(MAX_REDIRECTS + 1):
            try:
                response = await self._get(url, request)
                body = _beginning(response)
            except Exception as error:  # any failure to read it means: not now
                if is_refusal(error):
                    raise AddressRefused(url) from error
                log.info("%s is out of reach: %r", url, error)
                return UNREACHABLE
            if not 300 <= response.status < 400:
                asked = retry_after(response, time.time())
                return from_response(response.status, body, asked)
            target = canonical(location(response), url)
            if target is None:
                return ALLOW_ALL
            url = target
        return ALLOW_ALL  # RFC 9309, section 2.3.1.2: too many redirects count as unavailable

    async def _get(self, url: str, request: Request) -> Response:
        engine = self._crawler.engine
        assert engine is not None
        meta = {
            "is_robots": True,
            "download_slot": host_of(url) or request.meta["download_slot"],
            "download_maxsize": 0,  # what is too long is cut, not refused
        }
        return await engine.download_async(Request(url, meta=meta, priority=1000))

    def _received(self, data: bytes, request: Request) -> None:
        """End the download of a robots.txt when as much has come as is read."""
        if request.meta.get("is_robots"):
            request.meta["received"] = request.meta.get("received", 0) + len(data)
            if request.meta["received"] > MAX_DOWNLOAD:
                raise StopDownload(fail=False)

    def _slow_down(self, request: Request, asked: float) -> None:
        """Apply Crawl-delay, capped, to the host's download slot, out of AutoThrottle's hands."""
        engine = self._crawler.engine
        assert engine is not None
        request.meta["autothrottle_dont_adjust_delay"] = True
        _, slot = engine.downloader._get_slot(request)
        slot.delay = max(slot.delay, min(asked, session_of(self._crawler).config.crawl.max_delay))
        slot.jitter = 0.0  # what a site asks for is the least it gets, not the mean
        if slot.delay >= 1:
            slot.concurrency = 1

    def _not_yet(self, request: Request) -> None:
        """Put off a request that would wait long in the downloader, as after robots.txt itself."""
        engine = self._crawler.engine
        assert engine is not None
        _, slot = engine.downloader._get_slot(request)
        wait = slot.lastseen + slot.delay - time.monotonic()
        if wait > PATIENCE:
            raise HostBusy(wait)

    def _offer_sitemaps(self, site: str, rules: Rules) -> None:
        session: Session = session_of(self._crawler)
        named = [key for url in rules.sitemaps() if (key := canonical(url, site))]
        route = "robots" if named else GUESSED
        keys = named or [f"{site}/sitemap.xml"]
        found = [session.scope.found(key, route, role="sitemap", depth=1) for key in keys]
        with session.store.transaction():
            session.frontier.add(item for item in found if item.source)


def _beginning(response: Response) -> bytes:
    """Return as much of a file as counts, and some more; raises ValueError for a damaged one."""
    named = codings(v.decode("latin-1") for v in response.headers.getlist("Content-Encoding"))
    return decoded(response.body, named, MAX_BYTES)
