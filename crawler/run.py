"""Runs one crawl in this process, from a configuration to closed books."""

from __future__ import annotations

import gc
import logging
import signal
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from rich.console import Console
from scrapy.crawler import CrawlerProcess
from scrapy.settings import Settings
from twisted.python.failure import Failure

from config.model import Config
from crawler.extraction import Judge
from crawler.scope import Scope
from crawler.session import NoContact, Session
from crawler.spiders.base import FrontierSpider
from crawler.spiders.site import SiteSpider
from store.errors import StoreError
from store.records import Account

LOG_FILE = "crawl.log"
ENDS = ("finished", "limit", "stopped")
"""How a crawl ends that nothing broke."""
_COLLECT = (10_000, 10, 10)


@dataclass(frozen=True, slots=True)
class CrawlResult:
    """How a crawl ended: its run, its outcome, its accounts, and what it fetched.

    ``unread`` says which lists and archives could not be read, which services asked, and why.
    """

    run_id: int
    outcome: str
    account: Account
    pages: int
    unread: tuple[str, ...] = ()


class CrawlFailed(Exception):
    """The crawl could not be run to its end; the message says why and what to do."""

    exit_code = 5


def crawl(
    config: Config,
    data: Path,
    console: Console | None = None,
    spider: type[FrontierSpider] = SiteSpider,
    scope: Scope | None = None,
    clock: Callable[[], float] = time.time,
    judge: Judge | None = None,
) -> CrawlResult:
    """Crawl every source of a configuration into the store in ``data``.

    ``scope`` decides which URLs belong to the crawl; the configuration does when it is None.
    ``clock`` gives Unix times: what the crawl takes for the time of day. ``judge`` tells which
    pages are on topic; without one the focus goes by words alone.
    Scrapy's log goes to ``crawl.log`` in that folder. Ctrl-C ends the crawl cleanly (outcome
    ``stopped``), a second one at once. Raises StoreError, AccountingError, CrawlFailed,
    KeyboardInterrupt.
    """
    _prepare(data)
    process = _process(config, data, clock)
    try:
        crawler = process.create_crawler(spider)
    except OSError as error:  # Scrapy opens its log anew, and a full disk shows
        raise _unkept(data, error) from error
    failures: list[BaseException] = []

    def keep(failure: Failure) -> None:
        failures.append(failure.value or RuntimeError("no reason given"))

    process.crawl(crawler, console=console, scope=scope, judge=judge).addErrback(keep)
    with _signals_restored(), _collecting_rarely():
        process.start()
    logging.getLogger().handlers.clear()  # the log file is Scrapy's; let it be closed
    if failures:
        if isinstance(failures[0], KeyboardInterrupt):  # stopped before the first request
            raise failures[0]
        raise _explained(failures[0])
    return _result(crawler.spider)


@contextmanager
def _signals_restored() -> Iterator[None]:
    """Take the signals back from Scrapy, or Ctrl-C would do nothing once its reactor is gone."""
    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


@contextmanager
def _collecting_rarely() -> Iterator[None]:
    """Look for cyclic garbage less often: nearly all objects of a crawl are freed without it.

    By default it is looked for after every 700 new objects: many times a page. What is loaded by
    now is put aside, for Python looks through everything only when a quarter has been added to it,
    and beside so much code and tables thousands of finished requests would wait for that.
    """
    before = gc.get_threshold()
    gc.set_threshold(*_COLLECT)
    gc.collect()
    gc.freeze()
    try:
        yield
    finally:
        gc.unfreeze()
        gc.set_threshold(*before)


def _prepare(data: Path) -> None:
    try:
        data.mkdir(parents=True, exist_ok=True)
        (data / LOG_FILE).open("a").close()
    except OSError as error:
        raise _unkept(data, error) from error


def _unkept(data: Path, error: OSError) -> StoreError:
    return StoreError(f"{data}: cannot keep data there ({error.strerror})")


def _process(config: Config, data: Path, clock: Callable[[], float]) -> CrawlerProcess:
    """Return Scrapy's process. What cannot be logged is no traceback on the terminal."""
    logging.raiseExceptions = False
    try:
        return CrawlerProcess(_settings(config, data, clock))
    except OSError as error:
        raise _unkept(data, error) from error


def _settings(config: Config, data: Path, clock: Callable[[], float]) -> Settings:
    settings = Settings()
    settings.setmodule("crawler.settings", priority="project")
    given = {
        "DUIZHAO_CONFIG": config,
        "DUIZHAO_DATA": data,
        "DUIZHAO_CLOCK": clock,
        "LOG_FILE": str(data / LOG_FILE),
        "LOG_LEVEL": "INFO",
        "LOG_FORMATTER": "crawler.log.QuietFormatter",
    }
    settings.setdict(given, priority="cmdline")
    return settings


def _explained(error: BaseException) -> Exception:
    if isinstance(error, StoreError | NoContact):
        return error
    return CrawlFailed(f"the crawl could not start: {error!r}; see {LOG_FILE} in the data folder")


def _result(spider: object) -> CrawlResult:
    if not isinstance(spider, FrontierSpider):
        raise CrawlFailed(f"the crawl could not start; see {LOG_FILE} in the data folder")
    session: Session = spider.session
    if isinstance(session.error, StoreError):
        raise session.error
    if session.error is None and session.account is None:
        raise KeyboardInterrupt  # a second Ctrl-C: the next run closes this one's books
    if session.error is not None or session.account is None:
        raise CrawlFailed(
            f"the crawl stopped, nothing stored is lost: {session.error}; make room or repair the"
            " folder, then run `duizhao crawl` again to go on"
        )
    if session.outcome not in ENDS:
        raise CrawlFailed(
            f"the crawl could not go on ({session.outcome}), nothing stored is lost: {LOG_FILE} in"
            " the data folder has the error"
        )
    return CrawlResult(
        session.run_id, session.outcome, session.account, session.pages, tuple(session.unread)
    )
