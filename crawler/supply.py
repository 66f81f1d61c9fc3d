"""The leases at hand: a few of every host, taken from the frontier as they run out."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Iterable

from config.model import LANGUAGES
from crawler.budgets import Budgets
from crawler.pace import Pace
from crawler.session import Session
from crawler.shares import Shares
from crawler.strata import Stratum
from store.frontier import Lease

BATCH = 8
"""Leases taken at a time and host: few, since what is leased is not free to be reordered."""
RENEW_SECONDS = 60.0
REFILL_SECONDS = 0.05
LOOK_SECONDS = 0.25  # what was found meanwhile may promise more than what is leased
DRY_SECONDS = 5.0
"""To find that a host has nothing but spent sources' URLs, all of them must be looked at."""


class Supply:
    """What is leased and not sent, by host."""

    def __init__(self, session: Session, budgets: Budgets, pace: Pace, shares: Shares) -> None:
        self._session = session
        self._budgets = budgets
        self._pace = pace
        self._shares = shares
        self._waiting: dict[str, deque[Lease]] = {}
        self._dry: dict[str, float] = {}
        self._plenty: dict[str, bool] = {}
        self._refilled = self._renewed = 0.0

    def leases(self) -> list[Lease]:
        """Return everything at hand."""
        return [lease for leases in self._waiting.values() for lease in leases]

    def heads(self) -> dict[str, tuple[Stratum | None, Lease]]:
        """Return each host's next lease, with the group in which promises are compared."""
        heads = {}
        for host, leases in self._waiting.items():
            lease = self._shares.first_allowed(leases)
            if lease is not None:
                heads[host] = self._shares.group(lease), lease
        return heads

    def pop(self, host: str) -> Lease | None:
        """Take one lease of a host, and move the host to the end of the line."""
        leases = self._waiting.pop(host)
        lease: Lease | None = None
        while lease is None and (candidate := self._shares.first_allowed(leases)) is not None:
            leases.remove(candidate)
            if self._budgets.spend(candidate):
                self._shares.sent(candidate)
                lease = candidate
        if leases:
            self._waiting[host] = leases
        return lease

    def give_up(self, host: str) -> None:
        """Leave what waits at a host that rests for long to a later run."""
        leases = self._waiting.pop(host)
        with self._session.store.transaction():
            self._session.frontier.give_back(leases)

    def clear(self) -> None:
        """Forget everything at hand; the frontier is told by whoever asks for this."""
        self._waiting.clear()

    def settled(self, lease: Lease) -> None:
        """A stored page may have brought new URLs: look at once."""
        self._dry.pop(lease.host, None)
        self._refilled = 0.0

    def lacks(self) -> bool:
        """True when a host that had more waiting has none here: it may be the most promising."""
        if time.monotonic() - self._refilled > LOOK_SECONDS:
            return True
        empty = (host for host, more in self._plenty.items() if more and host not in self._waiting)
        return any(not self._pace.is_full(host) for host in empty)

    def refill(self) -> bool:
        """Lease more where a host has run dry; True when something was leased."""
        now = time.monotonic()
        if now - self._refilled < REFILL_SECONDS or self._budgets.is_spent:
            return False
        self._refilled = now
        frontier, exhausted = self._session.frontier, self._budgets.exhausted()
        leased = False
        with self._session.store.transaction():
            self._renew(now)
            self._shares.count(self.leases() if self._shares.are_kept else ())
            for host in frontier.hosts():
                if self._may_lease(host, now):
                    leased |= self._lease(host, exhausted, now)
        return leased

    def _renew(self, now: float) -> None:
        if now - self._renewed > RENEW_SECONDS:
            self._session.frontier.renew()
            self._session.frontier.reclaim()
            self._session.hosts.load()
            self._renewed = now

    def _lease(self, host: str, exhausted: list[str], now: float) -> bool:
        leased = False
        for lang in self._wanted(host):
            leases = self._session.frontier.lease(host, BATCH, exhausted, lang)
            self._plenty[host] = len(leases) == BATCH
            if leases:
                self._waiting.setdefault(host, deque()).extend(leases)
                leased = True
        if exhausted and host not in self._waiting:
            self._dry[host] = now + DRY_SECONDS
        return leased

    def _may_lease(self, host: str, now: float) -> bool:
        resting = now < self._dry.get(host, 0.0) or self._session.hosts.wait(host)
        return not (resting or self._pace.is_full(host))

    def _wanted(self, host: str) -> Iterable[str | None]:
        """The languages to lease for a host, None for any: those of which it has nothing left."""
        waiting = self._waiting.get(host, ())
        if not self._shares.are_kept:
            return () if waiting else (None,)
        return {*LANGUAGES, ""} - {lease.lang for lease in waiting}
