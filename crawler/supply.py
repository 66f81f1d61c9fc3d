"""Where the leases at hand come from: the frontier, a few of every host whose turn is ours."""

from __future__ import annotations

import time
from collections.abc import Iterable

from config.model import LANGUAGES
from crawler.budgets import Budgets
from crawler.hand import Hand
from crawler.pace import Pace
from crawler.session import Session
from crawler.shares import Shares
from crawler.turns import Turns
from store.frontier import Lease

BATCH = 8
"""Leases taken at a time and host: few, since what is leased is not free to be reordered."""
RENEW_SECONDS = 60.0
REFILL_SECONDS = 0.05
LOOK_SECONDS = 0.25  # what was found meanwhile may promise more than what is leased
DRY_SECONDS = 5.0
"""To find that a host has nothing but spent sources' URLs, all of them must be looked at."""


class Supply:
    """Refills the hand, and knows which hosts may have more."""

    def __init__(
        self,
        session: Session,
        budgets: Budgets,
        pace: Pace,
        shares: Shares,
        hand: Hand,
        turns: Turns,
    ) -> None:
        self._session = session
        self._budgets = budgets
        self._pace = pace
        self._shares = shares
        self._hand = hand
        self._turns = turns
        self._dry: dict[str, float] = {}
        self._looked: dict[str, float] = {}
        self._refilled = self._renewed = 0.0

    def settled(self, lease: Lease) -> None:
        """A stored page may have brought new URLs: look at once."""
        self._dry.pop(lease.host, None)
        self._refilled = 0.0

    def lacks(self) -> bool:
        """True when a host that had more waiting has none here: it may be the most promising."""
        if time.monotonic() - self._refilled > LOOK_SECONDS:
            return True
        return any(not self._pace.is_full(host) for host in self._hand.short())

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
            self._hand.give_back_unused()
            self._reconsider(now)
            self._shares.count(self._hand.leases() if self._shares.are_kept else ())
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

    def _reconsider(self, now: float) -> None:
        """Give back what is leased where something better has been found since.

        Left until it is spent, the host would be judged by it, and held back for others' sake.
        """
        if (focus := self._session.focus) is None:
            return
        for host in self._hand.hosts():
            if now - self._looked.get(host, 0.0) > LOOK_SECONDS:
                self._looked[host] = now
                best = max(lease.promise for lease in self._hand.of(host))
                if focus.news(host) > best and self._may_lease(host, now):
                    self._hand.give_back(host)

    def _lease(self, host: str, exhausted: list[str], now: float) -> bool:
        leased = False
        for lang in self._wanted(host):
            leases = self._session.frontier.lease(host, BATCH, exhausted, lang)
            if leases and not self._turns.take(host):
                self._session.frontier.give_back(leases)
                return False
            if leases:
                self._note(host, now)
                self._hand.add(host, leases, more=len(leases) == BATCH)
                leased = True
        if exhausted and not self._hand.of(host):
            self._dry[host] = now + DRY_SECONDS
        return leased

    def _note(self, host: str, now: float) -> None:
        self._looked[host] = now
        if self._session.focus:
            self._session.focus.considered(host)

    def _may_lease(self, host: str, now: float) -> bool:
        resting = now < self._dry.get(host, 0.0) or self._session.hosts.wait(host)
        return not (resting or self._pace.is_full(host)) and self._turns.is_free(host)

    def _wanted(self, host: str) -> Iterable[str | None]:
        """The languages to lease for a host, None for any: those of which it has nothing left."""
        waiting = self._hand.of(host)
        if not self._shares.are_kept:
            return () if waiting else (None,)
        return {*LANGUAGES, ""} - {lease.lang for lease in waiting}
