"""The ``site`` spider: every source by home page, links, sitemaps and feeds."""

from __future__ import annotations

from collections.abc import AsyncIterator

from scrapy import Request

from crawler.spiders.base import FrontierSpider, entry_request


class SiteSpider(FrontierSpider):
    """Enters each source where the configuration says, and follows what it finds."""

    name = "site"

    async def start(self) -> AsyncIterator[Request]:
        """Yield the entry points; known ones are looked at again in every run."""
        for found in self.session.scope.entries():
            yield entry_request(found)
