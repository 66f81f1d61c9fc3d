"""Understanding pages in worker processes that can be killed.

Threads would share one processor, and one bad page can hold a parser for minutes. So pages go to a
small pool; who overstays is killed, and the page is kept raw with a flag. The workers fork from one
server process that has imported the parsers once.
"""

from __future__ import annotations

import gc
import logging
import multiprocessing
import os
import signal
import socket
import time
from collections.abc import Callable
from multiprocessing import forkserver
from multiprocessing.context import BaseContext
from multiprocessing.process import BaseProcess
from typing import TypeVar

from config.subject import Verdict
from crawler import sitemap
from crawler.workers import JobFailed, WorkerDied, Workers, serve
from page.model import ARTICLE, Page

log = logging.getLogger(__name__)
T = TypeVar("T")
Judge = Callable[[Page], Verdict]
"""Tells in which languages a page is on topic. Given by whoever starts the crawl, since what puts
a page on topic is defined further down the line; it must pickle."""


# For the fork server, which is started anew and so reads them: one small vector product does not
# need a thread pool, nor a worker with one thread a heap for each core. What a large page took is
# given back, but not what every page takes: giving that back and asking for it again takes time.
_FRUGAL = {
    "OPENBLAS_NUM_THREADS": "1",
    "MALLOC_ARENA_MAX": "1",
    "MALLOC_TRIM_THRESHOLD_": "3000000",
    "MALLOC_MMAP_THRESHOLD_": "2000000",
}

_COLLECT = (50_000, 20, 50)  # hardly anything of a page is in a cycle


class ExtractionFailed(Exception):
    """A worker was killed at its time limit, died, or met a bug; ``flag`` says which."""

    def __init__(self, flag: str) -> None:
        super().__init__(flag)
        self.flag = flag


def _work(judge: Judge | None, line: socket.socket) -> None:
    """Be a worker. Ctrl-C reaches the whole process group; only the crawl itself answers it."""
    global _judge
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    gc.set_threshold(*_COLLECT)
    _judge = judge
    serve(line)


_judge: Judge | None = None


def prepare(judge: Judge | None = None) -> None:
    """Start the server of workers, where there is one: it imports while this process does."""
    if os.name == "posix":
        for name, value in _FRUGAL.items():
            os.environ.setdefault(name, value)
        needed = [] if judge is None else [type(judge).__module__]
        _context().set_forkserver_preload(["crawler.prefork", "crawler.sitemap", *needed])
        forkserver.ensure_running()


def _context() -> BaseContext:
    return multiprocessing.get_context("forkserver" if os.name == "posix" else "spawn")


class Extractor:
    """A pool of workers; ``timeout`` in seconds is the most one document may take."""

    def __init__(
        self, workers: int, timeout: float, max_bytes: int, judge: Judge | None = None
    ) -> None:
        self.seconds = 0.0  # CPU time the workers spent on pages
        self.bugs = 0  # documents that an error cost, not their length nor a dead worker
        self._max_bytes = max_bytes
        prepare(judge)
        make = _context().Process  # type: ignore[attr-defined]

        def start(line: socket.socket) -> BaseProcess:
            process: BaseProcess = make(target=_work, args=(judge, line), daemon=True)
            return process

        self._workers = Workers(workers, timeout, start)

    async def page(
        self, body: bytes, url: str, content_type: str, now: str
    ) -> tuple[Page, Verdict | None]:
        """Return the page, and what the topic has to do with it (None: nobody judged).

        A bare, flagged page when it cannot be understood in time.
        """
        try:
            page, verdict, seconds = await self._run(_build, body, url, content_type, now)
            self.seconds += seconds
            return page, verdict
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
                return await self._workers.run(function, *args)
            except WorkerDied:
                log.error("a worker died%s", "; asking another" if again else "")
            except TimeoutError:
                raise ExtractionFailed("extraction_timeout") from None
            except JobFailed as error:  # a bug in the parser must cost one page, not the crawl
                self.bugs += 1
                log.error("cannot extract %s: %s", args[1], error)
                raise ExtractionFailed("extraction_error") from error
        raise ExtractionFailed("extraction_crashed")

    def close(self) -> None:
        """Stop the workers, whatever they are doing."""
        self._workers.close()


def _build(
    body: bytes, url: str, content_type: str, now: str
) -> tuple[Page, Verdict | None, float]:
    """Return the page, its verdict and the CPU seconds it took. Runs in a worker."""
    from page.build import build  # only workers carry the parsers in memory

    start = time.process_time()
    page = build(body, url, content_type=content_type, now=now)
    verdict = _judge(page) if _judge else None
    return page, verdict, time.process_time() - start
