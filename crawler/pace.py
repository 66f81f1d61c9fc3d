"""How fast each host may be asked: its delay, its pauses, and how many requests at a time."""

from __future__ import annotations

import time

from scrapy.crawler import Crawler

from crawler.session import Session
from store.frontier import Lease

LEAST_SECONDS = 0.05  # before a host is looked at again that has requests queued


class Pace:
    """What is under way at each host, and when it was last asked; times are monotonic seconds."""

    def __init__(self, crawler: Crawler, session: Session) -> None:
        self._crawler = crawler
        self._session = session
        self._limits = session.config.crawl
        self._active: dict[str, set[int]] = {}
        self._sent: dict[str, float] = {}
        self._not_before: dict[str, float] = {}

    def began(self, lease: Lease, now: float) -> None:
        """A request goes out."""
        self._active.setdefault(lease.host, set()).add(lease.url_id)
        self._sent[lease.host] = now

    def ended(self, lease: Lease) -> None:
        """A request is no longer under way; saying so twice does no harm."""
        self._active.get(lease.host, set()).discard(lease.url_id)

    def busy(self) -> list[str]:
        """Return the hosts with requests under way."""
        return [host for host, active in self._active.items() if active]

    def is_full(self, host: str) -> bool:
        """True when as many requests are under way as a host may have."""
        return len(self._active.get(host, ())) >= self._limits.concurrency_per_host

    def leave_alone(self, host: str, seconds: float) -> None:
        """Ask a host nothing for so long: another crawl has asked it just now."""
        self._not_before[host] = time.monotonic() + seconds

    def delay(self, host: str) -> float:
        """Return the seconds between two requests to a host."""
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(host) if engine else None
        return slot.delay if slot else self._limits.delay

    def delays(self) -> dict[str, float]:
        """Return the delay of each host that was asked lately."""
        engine = self._crawler.engine
        return (
            {host: slot.delay for host, slot in engine.downloader.slots.items()} if engine else {}
        )

    def wait(self, host: str) -> float:
        """Return the seconds until a host may be asked again.

        Its delay is waited out here and not in the downloader, where whoever waits holds one of
        the places of the whole crawl: a few slow hosts would hold them all.
        """
        if pause := self._session.hosts.wait(host):
            return pause
        engine = self._crawler.engine
        slot = engine.downloader.slots.get(host) if engine else None
        last, now = self._sent.get(host, 0.0), time.monotonic()
        least = self._not_before.get(host, 0.0) - now
        if slot is None:
            return max(least, last + self._limits.delay - now)
        wait = max(least, max(last, slot.lastseen) + slot.delay - now)
        return max(wait, LEAST_SECONDS) if slot.queue else wait
