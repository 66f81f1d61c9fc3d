"""A Scrapy process that asks services and crawls nothing: no store, the address guard as ever."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from typing import Any

from scrapy import Request, Spider
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings

from config.model import Config
from crawler.addon import derived
from crawler.search.client import Download, of_crawler


def run_asking(config: Config, ask: Callable[[Download], Awaitable[None]]) -> None:
    """Run ``ask`` with a downloader under the limits of a configuration.

    A program can call it once: a process has one reactor, and it runs once. Raises what ``ask``
    raises, which Scrapy would only write down.
    """
    failed: list[Exception] = []

    async def asking(download: Download) -> None:
        try:
            await ask(download)
        except Exception as error:
            failed.append(error)

    # What Scrapy warns of comes as a refusal, and Python would print it where nothing logs.
    logging.getLogger().addHandler(logging.NullHandler())
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    settings.setdict(derived(config) | _QUIET, priority="cmdline")
    for name in _OF_A_STORE:
        settings["DOWNLOADER_MIDDLEWARES"][name] = None
    process = CrawlerProcess(settings)
    process.crawl(_AskingSpider, ask=asking)
    process.start(install_signal_handlers=True)
    if failed:
        raise failed[0]


_QUIET: dict[str, Any] = {
    "ADDONS": {},
    "SCHEDULER": "scrapy.core.scheduler.Scheduler",
    "ITEM_PIPELINES": {},
    "EXTENSIONS": {"crawler.middlewares.address.AddressGuard": 0},
    "LOG_ENABLED": False,
    "LOG_INSTALL_ROOT_HANDLER": False,
}
# Middlewares that look into the store, of which there is none here.
_OF_A_STORE = (
    "crawler.middlewares.robots.RobotsMiddleware",
    "crawler.middlewares.conditional.ConditionalMiddleware",
    "crawler.middlewares.evidence.EvidenceMiddleware",
)


class _AskingSpider(Spider):
    """Asks, and crawls nothing."""

    name = "asking"
    ask: Callable[[Download], Awaitable[None]]

    async def start(self) -> AsyncIterator[Request]:
        """Ask; yields no request, for there is nothing to crawl."""
        await self.ask(of_crawler(self.crawler))
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request
