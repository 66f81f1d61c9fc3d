"""One crawl's shared state: configuration, store, frontier, evidence. Opened and closed once."""

from __future__ import annotations

import asyncio
import json
import logging
import re
import time
from collections.abc import Callable
from pathlib import Path

from scrapy.crawler import Crawler

from config.describe import as_dict
from config.model import Config, Source
from crawler import revisit
from crawler.focus import Focus
from crawler.hosts import LONGEST, Hosts
from crawler.neighbours import Neighbours
from crawler.scope import Scope
from crawler.strata import Balance, Strata
from store import Store, account, hosts, open_store, runs, turns
from store.claims import Queries
from store.frontier import Found, Frontier
from store.model import SourceRow
from store.owner import owner_name
from store.records import Account
from store.schema import utc
from store.warc import WarcFiles

log = logging.getLogger(__name__)
SOFTWARE = "Duizhao/0.1"
PATIENCE = 24 * 3600.0
"""A page that the configuration no longer covers is judged again after a day, not in each run."""
REMEMBERED = 5_000  # judged pages of former runs that the focus learns from: a second of work
RECALLED = 2  # concepts of a remembered page on topic: the store only knows that it was


class NoContact(Exception):
    """A crawl of the live web that does not say who is asking."""

    exit_code = 2


class Session:
    """What the scheduler, the spider, the middlewares and the pipeline of one crawl share."""

    def __init__(
        self,
        config: Config,
        data: Path,
        scope: Scope | None = None,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self.config = config
        self.clock = clock
        self.scope = scope or Scope(config)
        self.store: Store = open_store(data, create=True)
        self.owner = owner_name()
        self._begin()
        self.hosts = Hosts(self.store, clock, config.crawl.retry_delay)
        self.focus = Focus(config.topic) if config.crawl.focus else None
        self.strata = Strata(config.sources)
        self.balance = Balance() if config.crawl.balanced else None
        if self.focus:
            for key, hint, on_topic in self.frontier.judgements(REMEMBERED):
                self.focus.learn(key, hint, RECALLED if on_topic else 0)
        self.warc = WarcFiles(data, SOFTWARE)
        self.account: Account | None = None
        self.pages = 0
        self.outcome = "running"
        self.error: Exception | None = None
        self.unread: list[str] = []  # lists, archives and services that brought less, and why
        self.closing: asyncio.Future[None] | None = None
        self.store_seconds = 0.0
        self._started = time.process_time()

    def _begin(self) -> None:
        """Enter the run in the store, and make what is due pending."""
        config, clock = self.config, self.clock
        stored = json.dumps(as_dict(config), ensure_ascii=False, sort_keys=True)
        with self.store.transaction():
            changed = _judged_by(runs.last_config(self.store.db) or stored) != _judged_by(stored)
            self.run_id = runs.start(self.store.db, self.owner, stored, utc(clock()))
            self.store.keep_sources(_row(source) for source in config.sources)
            self.frontier = Frontier(self.store.db, self.run_id, self.owner, clock)
            turns.seen(self.store.db, self.run_id, clock())
            self.frontier.beside(Neighbours(self.store, self.run_id, clock).living())
            self.frontier.reclaim()
            hosts.not_later(self.store.db, clock() + LONGEST)
            self.frontier.not_later(LONGEST, max(config.crawl.revisit_max, revisit.ROBOTS_SECONDS))
            if changed:
                self.frontier.rejudge(self._judge)
            self.frontier.revisit(self._judge, PATIENCE)

    def _judge(self, key: str, role: str, depth: int) -> Found:
        found = self.scope.found(key, "", role=role, depth=depth)
        if found.reason == "offsite" and self.frontier.is_invited(key):
            return self.scope.found(key, "", role=role, depth=depth, invited=True)
        return found

    def log_times(self, page_seconds: float) -> None:
        """Log where the CPU time went: this process's own is fetching, but for the storing."""
        fetch = time.process_time() - self._started - self.store_seconds
        for name, spent in (
            ("fetch", fetch),
            ("page", page_seconds),
            ("store", self.store_seconds),
        ):
            log.info("time in %s: %.2f s", name, spent)

    def close(self, outcome: str) -> None:
        """Give back leases, close the run's books, and keep what went wrong in ``error``."""
        self.outcome = outcome
        try:
            self.warc.close()
            with self.store.transaction():
                self.frontier.release()
                Queries(self.store.db, self.run_id, self.owner, self.clock).release()
            at = utc(self.clock())
            self.account = runs.end(self.store.db, self.run_id, outcome, at)
            self.pages = sum(account.fetched_by_source(self.store.db, self.run_id).values())
        except Exception as error:  # raised again by whoever started the crawl
            log.error("run %d: %s", self.run_id, error)
            self.error = error
        finally:
            self.store.close()


def session_of(crawler: Crawler) -> Session:
    """Return the session of a running crawler. Raises TypeError where its spider has none."""
    session = getattr(crawler.spider, "session", None)
    if not isinstance(session, Session):
        raise TypeError("this spider has no session; derive it from crawler.spiders.base")
    return session


def stop(crawler: Crawler, error: Exception) -> None:
    """End a crawl whose store cannot be written; it would go round without end."""
    session = session_of(crawler)
    if session.error is not None or crawler.engine is None:
        return
    log.error("the store cannot be written: %s", error)
    session.error = error
    # Not awaited: closing waits for the items in flight, of which the caller's may be one.
    session.closing = asyncio.ensure_future(crawler.engine.close_spider_async(reason="store_error"))


def is_at_home(config: Config) -> bool:
    """True when nothing but servers of this machine can be asked."""
    if config.searches or config.archives or config.lists:
        return False
    hosts = {host for source in config.sources for host in source.hosts}
    return all(re.fullmatch(r"(127(\.\d+){3}|\[::1\]|localhost)(:\d+)?", h) for h in hosts)


def _judged_by(config_json: str) -> tuple[object, ...]:
    """Return the parts of a stored configuration that decide whether a URL is to be fetched."""
    config = json.loads(config_json)
    offsite = config.get("discover", {}).get("offsite", "fetch")
    return config.get("sources"), config.get("crawl", {}).get("max_depth"), offsite


def _row(source: Source) -> SourceRow:
    return SourceRow(source.id, source.name, source.langs, source.kind, source.region)
