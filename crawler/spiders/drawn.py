"""The ``drawn`` spider: fetches the URLs of an audit's draw, and nothing that they link to."""

from __future__ import annotations

from collections.abc import AsyncIterator, Collection, Iterable
from dataclasses import replace

from scrapy import Request

from config.model import Config, Source
from crawler.scope import Scope
from crawler.spiders.base import FrontierSpider
from page.model import Link
from store.frontier import Found

ROUTE = "audit"
SOURCE = Source(ROUTE, "audit sample", ("en", "zh"), "")
"""Where everything drawn belongs: the configured sources play no part in an audit."""


def drawn_config(config: Config, urls: Collection[str]) -> Config:
    """Return a configuration under which every drawn URL may be fetched, politely as ever."""
    room = 2 * len(urls) + 1  # each may redirect
    limits = replace(config.crawl, max_pages=room, max_pages_per_source=room)
    return replace(config, sources=(SOURCE,), crawl=limits)


class DrawnScope(Scope):
    """What was drawn, and where it redirects to, is to be fetched; all else is left alone."""

    def __init__(self, config: Config, urls: Iterable[str]) -> None:
        super().__init__(config)
        self.urls = frozenset(urls)

    def found(
        self,
        key: str,
        route: str,
        *,
        role: str = "page",
        depth: int = 0,
        hops: int = 0,
        anchor: str = "",
        again: bool = False,
        lang: str = "",
        invited: bool = False,
    ) -> Found:
        """Return the finding of a URL; ``route`` is "" where a waiting one is judged again."""
        found = super().found(key, route, role=role, depth=depth, hops=hops, anchor=anchor)
        if role == "page" and (key in self.urls or route in ("redirect", "")):
            barred = found.reason in ("type", "trap")
            state, reason = ("skipped", found.reason) if barred else ("pending", "")
            return found._replace(source=SOURCE.id, state=state, reason=reason)
        return found._replace(source="", state="skipped", reason="not_drawn")

    def links(self, links: Iterable[Link], depth: int) -> list[Found]:
        """Return nothing: an audit discovers nothing."""
        return []


class DrawnSpider(FrontierSpider):
    """Fetches each drawn URL once, over as many runs as it takes."""

    name = "drawn"
    scope: DrawnScope

    async def start(self) -> AsyncIterator[Request]:
        """Yield every drawn URL; those that already have an outcome keep it."""
        for url in sorted(self.scope.urls):
            yield Request(url, meta={"route": ROUTE}, dont_filter=True)
