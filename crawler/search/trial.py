"""Asks a service once in each language, for a person to see what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from config.model import Config, Search
from crawler.addon import derived
from crawler.search.asking import Ask
from crawler.search.client import ask_once, key_of, of_crawler
from crawler.search.plan import plan
from crawler.search.reply import Refusal, Reply
from crawler.search.services import MODULES
from store.claims import Wanted

RESULTS = 5
STEPS = 3
"""Requests a language at most: some services tell their total only in the second answer."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one request came to. ``url`` is what was asked, without the key."""

    wanted: Wanted
    url: str
    seconds: float
    reply: Reply | None
    refusal: Refusal | None


def try_out(search: Search, config: Config, tell: Callable[[Trial], None]) -> bool:
    """Ask a service one small query a language, and ``tell`` what came; True when all answered.

    Nothing is stored. The address guard and the limits of the configuration hold. Runs a Scrapy
    process of its own, so a program can call it once.
    """
    small = replace(search, max_results=min(RESULTS, search.max_results), external=RESULTS)
    queries = _one_a_language(plan(small, config.topic, config.sources))
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(derived(config) | _QUIET, priority="cmdline")
    for name in _OF_A_STORE:
        settings["DOWNLOADER_MIDDLEWARES"][name] = None
    process = CrawlerProcess(settings)
    told: list[Trial] = []

    def keep(trial: Trial) -> None:
        told.append(trial)
        tell(trial)

    process.crawl(_TrialSpider, search=small, queries=queries, tell=keep)
    process.start(install_signal_handlers=True)
    return bool(told) and all(trial.refusal is None for trial in told)


_QUIET: dict[str, Any] = {
    "ADDONS": {},
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {"crawler.middlewares.address.AddressGuard": 0},
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}
# Middlewares that look into the store, of which a trial has none.
_OF_A_STORE = (
    "crawler.middlewares.robots.RobotsMiddleware",
    "crawler.middlewares.conditional.ConditionalMiddleware",
    "crawler.middlewares.evidence.EvidenceMiddleware",
)


def _one_a_language(queries: list[Wanted]) -> list[Wanted]:
    first: dict[str, Wanted] = {}
    for wanted in queries:
        first.setdefault(wanted.lang, wanted)
    return list(first.values())


class _TrialSpider(Spider):
    """Asks, and crawls nothing."""

    name = "trial"
    search: Search
    queries: list[Wanted]
    tell: Callable[[Trial], None]

    async def start(self) -> AsyncIterator[Request]:
        """Ask each query; yields no request, for there is nothing to crawl."""
        for wanted in self.queries:
            await self._ask(wanted)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _ask(self, wanted: Wanted) -> None:
        at = ""
        for _ in range(STEPS):
            ask = Ask(self.search, wanted, at)
            url = MODULES[self.search.service].address(ask)
            begun = time.monotonic()
            try:
                key_of(self.search.service)
                answer = await ask_once(ask, of_crawler(self.crawler))
            except Refusal as refusal:
                self.tell(Trial(wanted, url, time.monotonic() - begun, None, refusal))
                return
            self.tell(Trial(wanted, url, time.monotonic() - begun, answer.reply, None))
            await asyncio.sleep(self.search.delay)
            at = answer.reply.next
            if not at or (answer.reply.total is not None and self.search.service != "mediawiki"):
                return
