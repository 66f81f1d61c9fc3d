"""Asks the configured services during a crawl, each on its own, and keeps what they say.

What an answer brings is one transaction: the claim, the addresses, where the query goes on. So a
killed process has either asked or not, and the next one goes on where it was.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Callable

from config.counted import counted
from config.model import Search
from crawler.search.asking import MAX_REQUESTS, PATIENCE, Ask
from crawler.search.client import Answer, Download, ask_once, key_of
from crawler.search.plan import plan
from crawler.search.reply import Refusal, Reply
from crawler.session import Session
from page.url import canonical
from store.claims import Asking, Queries, Step
from store.frontier import Found
from store.schema import utc

log = logging.getLogger(__name__)
IN_A_ROW = 5
"""Queries in a row that are refused for good before the rest of a service's are, unasked."""


class Desk:
    """Asks every service of a configuration; ``found`` is called when URLs have been added.

    ``tell`` is given a line for the user where a service is left alone.
    """

    def __init__(
        self,
        session: Session,
        download: Download,
        found: Callable[[], None],
        tell: Callable[[str], None],
    ) -> None:
        self._session = session
        self._download = download
        self._found, self._tell = found, tell
        self._clock = session.clock
        self._queries = Queries(session.store.db, session.run_id, session.owner, self._clock)
        self._day = utc(self._clock())[:10]

    async def run(self) -> None:
        """Ask everything that is due today; ends when nothing is left that can be asked now."""
        config = self._session.config
        with self._session.store.transaction():
            for search in config.searches:
                self._queries.plan(plan(search, config.topic, config.sources), self._day)
        await asyncio.gather(*(self._serve(search) for search in config.searches))

    async def _serve(self, search: Search) -> None:
        """Ask one service, a request at a time, its delay between two."""
        try:
            key_of(search.service)
        except Refusal as refusal:
            self._give_up(search, refusal)
            return
        failed = 0
        while (asking := await self._next(search)) is not None:
            try:
                await self._answer(search, asking)
                failed = 0
            except Refusal as refusal:
                failed += 1
                log.warning("search %s: %s: %s", search.id, refusal.reason, refusal)
                if not await self._go_on(search, asking, refusal, failed):
                    return

    async def _go_on(self, search: Search, asking: Asking, refusal: Refusal, failed: int) -> bool:
        """Settle or put off a query that failed, and wait; False when the service is left alone."""
        limits = self._session.config.crawl
        pause = max(refusal.wait or 0.0, limits.retry_delay * 2 ** (failed - 1))
        if refusal.wait is None or asking.attempts + 1 >= limits.max_attempts:
            self._queries.refused(asking.query_id, refusal.reason)
        else:
            self._queries.again(asking.query_id, refusal.reason, pause)
        if refusal.whole or (refusal.wait is None and failed >= IN_A_ROW):
            self._give_up(search, refusal)
            return False
        if refusal.wait is None:
            await asyncio.sleep(search.delay)
        elif failed >= limits.max_attempts or pause > PATIENCE:
            left = self._queries.waiting_for(search.id, self._day, refusal.reason)
            waiting = counted(left, "query waits", "queries wait")
            self._tell(f"search {search.id}: {refusal}; {waiting} for a later run")
            return False
        else:
            await asyncio.sleep(max(pause, search.delay))
        return True

    async def _next(self, search: Search) -> Asking | None:
        """Return the next query; waits for one that is due soon."""
        while True:
            with self._session.store.transaction():
                asking = self._queries.lease(search.id, self._day)
            if asking is not None:
                return asking
            due = self._queries.next_due(search.id, self._day)
            if due is None or due > self._clock() + PATIENCE:
                return None
            if due <= self._clock():  # another process asks this service
                return None
            await asyncio.sleep(max(0.05, due - self._clock()))

    async def _answer(self, search: Search, asking: Asking) -> None:
        """Ask a query to its end, or to its limit."""
        at = asking.next
        for number in range(MAX_REQUESTS):
            answer = await ask_once(Ask(search, asking.wanted, at), self._download)
            at = answer.reply.next
            last = not at or number + 1 == MAX_REQUESTS
            self._keep(search, asking, answer, last)
            await asyncio.sleep(search.delay)
            if last:
                return

    def _keep(self, search: Search, asking: Asking, answer: Answer, last: bool) -> None:
        """Keep an answer; the last one closes its query, all in one transaction."""
        reply, raw = answer.reply, answer.raw
        place = self._session.warc.write(
            answer.url, raw.status, raw.headers, raw.body, address=raw.address, at=raw.at
        )
        found = self._of(search, asking, reply)
        step = Step(len(reply.urls), reply.total, reply.bound, reply.next, *place)
        with self._session.store.transaction():
            self._session.frontier.add(found)
            self._queries.step(asking.query_id, step)
            self._queries.volumes(asking.query_id, reply.points)
            if last:
                self._queries.answered(asking.query_id)
        if found:
            self._found()

    def _of(self, search: Search, asking: Asking, reply: Reply) -> list[Found]:
        keys = dict.fromkeys(key for url in reply.urls if (key := canonical(url)))
        scope, lang = self._session.scope, asking.wanted.lang
        return [scope.found(key, f"search:{search.id}", lang=lang) for key in keys]

    def _give_up(self, search: Search, refusal: Refusal) -> None:
        closed = self._queries.close(search.id, self._day, refusal.reason)
        unasked = counted(closed, "query was", "queries were")
        self._tell(f"search {search.id}: {refusal}; {unasked} not asked")
