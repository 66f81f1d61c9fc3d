"""The ``site`` spider: sources by home page, links, sitemaps and feeds; lists; search services."""

from __future__ import annotations

import logging
from collections.abc import AsyncIterator
from typing import TYPE_CHECKING

from scrapy import Request

from crawler import lists
from crawler.search.client import of_crawler
from crawler.search.desk import Desk
from crawler.session import stop
from crawler.spiders.base import FrontierSpider, entry_request
from store.errors import UNWRITABLE

if TYPE_CHECKING:
    from config.model import UrlList

log = logging.getLogger(__name__)
SHOWN = 5
"""Rows of a list that are named when they hold no address; the log names up to a hundred."""
LOGGED = 100


class SiteSpider(FrontierSpider):
    """Enters each source where the configuration says, and follows what it finds."""

    name = "site"

    async def start(self) -> AsyncIterator[Request]:
        """Yield the entry points; known ones are looked at again in every run.

        Then come the lists' addresses, and what search services find: their routes go straight
        into the frontier, and pages are fetched meanwhile.
        """
        for found in self.session.scope.entries():
            yield entry_request(found)
        try:
            for listed in self.session.config.lists:
                self._enter(listed)
            if self.session.config.searches:
                download = of_crawler(self.crawler)
                await Desk(self.session, download, self._wake, self._miss).run()
        except UNWRITABLE as error:
            stop(self.crawler, error)

    def _enter(self, configured: UrlList) -> None:
        """Add a list's addresses to the frontier, and say what it holds."""
        try:
            listed = lists.read(
                configured.file.read_bytes(), configured.file.name, configured.column
            )
        except (lists.NotAList, OSError) as error:
            what = f"{configured.file}: {error.strerror}" if isinstance(error, OSError) else error
            self._miss(f"list {configured.id}: {what}; it was left out")
            return
        route, scope = f"list:{configured.id}", self.session.scope
        with self.session.store.transaction():
            self.session.frontier.add(
                scope.found(entry.key, route, role=entry.role) for entry in listed.entries
            )
        for problem in listed.problems[:LOGGED]:
            log.warning("list %s: line %d: %s", configured.id, problem.line, problem.what)
        self.say(lists.summary(configured.id, listed, SHOWN))
        self._wake()

    def _miss(self, line: str) -> None:
        """Say what a route does not bring, at the end also when no progress is shown."""
        self.session.unread.append(line)
        self.say(line, logging.WARNING)

    def _wake(self) -> None:
        """Have the engine look at the frontier: there is something new in it."""
        engine = self.crawler.engine
        if engine is not None and engine._slot is not None:
            engine._slot.nextcall.schedule()
