"""Understanding pages in worker processes that can be killed.

Measured: two processes give 1.84 times one, threads give nothing, and one bad page can hold a
parser for minutes. So pages go to a small pool; who overstays is killed, and the page is kept raw
with a flag. The workers fork from one server process that has imported the parsers once.
"""

from __future__ import annotations

import asyncio
import logging
import multiprocessing
import os
import signal
import threading
import time
from collections.abc import Callable
from concurrent.futures.process import BrokenProcessPool
from functools import partial
from typing import TypeVar

from pebble import ProcessExpired, ProcessPool

from crawler import sitemap
from page.model import ARTICLE, Page

log = logging.getLogger(__name__)
T = TypeVar("T")
Judge = Callable[[Page], tuple[str, ...]]
"""Tells in which languages a page is on topic. Given by whoever starts the crawl, since what puts
a page on topic is defined further down the line; it must pickle."""


# For the fork server, which is started anew and so reads them: one small vector product does not
# need a thread pool, nor a worker with one thread a heap for each core (measured: 10 MB a worker).
# What a large page took is given back, but not what every page takes: giving back every page's
# memory and asking for it again was a twentieth of a worker's time (`benchmarks/crawl.py`).
_FRUGAL = {
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "3000000",
    "MALLOC_MMAP_THRESHOLD_": "2000000",
}


# A pool whose server dies at a bad moment may never answer again (seen in one of three kills on a
# loaded machine): a document lost between two processes has not begun, so no time limit ends it.
STALLED_SECONDS = 5.0
"""Past the time limit of one document, without an answer to any: the pool is given up."""


class ExtractionFailed(Exception):
    """A worker was killed at its time limit, died, or met a bug; ``flag`` says which."""

    def __init__(self, flag: str) -> None:
        super().__init__(flag)
        self.flag = flag


def _begin(judge: Judge | None) -> None:
    """Ctrl-C reaches the whole process group; only the crawl itself answers it."""
    global _judge
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _judge = judge


_judge: Judge | None = None


class Extractor:
    """A pool of workers; ``timeout`` in seconds is the most one document may take."""

    def __init__(
        self, workers: int, timeout: float, max_bytes: int, judge: Judge | None = None
    ) -> None:
        self._timeout = timeout
        self.seconds = 0.0  # CPU time the workers spent on pages
        self._max_bytes = max_bytes
        context = multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")
        if os.name == "posix":
            for name, value in _FRUGAL.items():
                os.environ.setdefault(name, value)
            needed = [] if judge is None else [type(judge).__module__]
            context.set_forkserver_preload(["crawler.prefork", "crawler.sitemap", *needed])
        self._new_pool = partial(
            ProcessPool,
            max_workers=workers,
            initializer=_begin,
            initargs=(judge,),
            context=context,
        )
        self._pool = self._new_pool()
        self._answered = 0.0

    async def page(
        self, body: bytes, url: str, content_type: str, now: str
    ) -> tuple[Page, tuple[str, ...] | None]:
        """Return the page, and the languages in which it is on topic (None: nobody judged).

        A bare, flagged page when it cannot be understood in time.
        """
        try:
            page, topical, seconds = await self._run(_build, body, url, content_type, now)
            self.seconds += seconds
            return page, topical
        except ExtractionFailed as failure:
            flags = (failure.flag, "extraction_empty")
            bare = Page(url, "", "", "", "unknown", ARTICLE, charset_suspect=True, flags=flags)
            return bare, None

    async def listing(self, body: bytes, url: str) -> sitemap.Entries:
        """Return what a sitemap or feed lists."""
        try:
            return await self._run(sitemap.read, body, url, self._max_bytes)
        except ExtractionFailed as failure:
            return sitemap.Entries(problem=failure.flag)

    async def _run(self, function: Callable[..., T], *args: object) -> T:
        """Ask once more where a worker died: it need not have died of this document."""
        for again in (True, False):
            try:
                return await self._answer(function, *args)
            except (ProcessExpired, BrokenProcessPool) as error:
                log.error("a worker died (%r)%s", error, "; asking another" if again else "")
        raise ExtractionFailed("extraction_crashed")

    async def _answer(self, function: Callable[..., T], *args: object) -> T:
        if not self._pool.active:
            self._replace(self._pool)
        pool = self._pool
        future = pool.schedule(function, args=args, timeout=self._timeout)
        try:
            answer = await self._in_time(asyncio.wrap_future(future), pool)
        except TimeoutError:
            raise ExtractionFailed("extraction_timeout") from None
        except (asyncio.CancelledError, ProcessExpired, BrokenProcessPool):
            raise
        except Exception as error:  # a bug in the parser must cost one page, not the crawl
            log.exception("cannot extract %s: %r", args[1], error)
            raise ExtractionFailed("extraction_error") from error
        finally:
            self._answered = time.monotonic()
        return answer

    async def _in_time(self, future: asyncio.Future[T], pool: ProcessPool) -> T:
        """Wait for an answer as long as the pool gives any. Raises BrokenProcessPool."""
        asked = time.monotonic()
        while not future.done():
            patience = self._timeout + STALLED_SECONDS
            left = max(asked, self._answered) + patience - time.monotonic()
            if left <= 0 or self._pool is not pool:
                self._replace(pool)
                raise BrokenProcessPool("no answer")
            await asyncio.wait([future], timeout=min(left, 1.0))
        return future.result()

    def _replace(self, broken: ProcessPool) -> None:
        """Start another pool, unless somebody who waited for the same one already has."""
        if self._pool is broken:
            self._pool = self._new_pool()
            # Stopping joins threads of the old pool, which may never end: not in the reactor.
            threading.Thread(target=broken.stop, daemon=True).start()

    def close(self) -> None:
        """Stop the workers, whatever they are doing."""
        self._pool.stop()  # type: ignore[no-untyped-call]
        self._pool.join()


def _build(
    body: bytes, url: str, content_type: str, now: str
) -> tuple[Page, tuple[str, ...] | None, float]:
    """Return the page, its verdict and the CPU seconds it took. Runs in a worker."""
    from page.build import build  # only workers carry the parsers in memory

    start = time.process_time()
    page = build(body, url, content_type=content_type, now=now)
    topical = _judge(page) if _judge else None
    return page, topical, time.process_time() - start
