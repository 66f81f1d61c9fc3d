"""One simulated run: the crawl's own parts, with a network and a clock of our own."""

from __future__ import annotations

import asyncio
import os
import random
import signal
from collections import Counter
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from scrapy import Request
from scrapy.exceptions import (
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    ResponseDataLossError,
)
from scrapy.http import Response

from benchmarks.quarter_web import HEADER_BYTES, START, Answer, Web
from config.model import Config
from crawler import sitemap
from crawler.items import Item, Raw
from crawler.middlewares.conditional import ConditionalMiddleware
from crawler.middlewares.evidence import KEY
from crawler.outcomes import of_failure
from crawler.pipelines import StorePipeline
from crawler.session import Session
from crawler.spiders.site import SiteSpider
from page.build import build
from page.model import Page
from store.frontier import Lease
from store.schema import utc

FAULTS = 0.05
HORIZON = 120.0


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

    async def page(self, body: bytes, url: str, content_type: str, now: str) -> tuple[Page, None]:
        return build(body, url, content_type=content_type, now=now), None

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
