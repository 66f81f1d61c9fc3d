"""The leases at hand: what is leased and not sent, by host."""

from __future__ import annotations

from collections import deque
from collections.abc import Iterable

from crawler.budgets import Budgets
from crawler.session import Session
from crawler.shares import Shares
from crawler.strata import Stratum
from store.frontier import Lease


class Hand:
    """A few leases of every host, in the order in which the frontier gave them."""

    def __init__(self, session: Session, budgets: Budgets, shares: Shares) -> None:
        self._session = session
        self._budgets = budgets
        self._shares = shares
        self._waiting: dict[str, deque[Lease]] = {}
        self._unused: list[Lease] = []
        self._more: set[str] = set()

    def leases(self) -> list[Lease]:
        """Return everything at hand."""
        return [lease for leases in self._waiting.values() for lease in leases]

    def hosts(self) -> list[str]:
        """Return the hosts with something at hand."""
        return [*self._waiting]

    def of(self, host: str) -> Iterable[Lease]:
        """Return what is at hand of one host."""
        return self._waiting.get(host, ())

    def heads(self) -> dict[str, tuple[Stratum | None, Lease]]:
        """Return each host's next lease, with the group in which promises are compared."""
        heads = {}
        for host, leases in self._waiting.items():
            lease = self._shares.first_allowed(leases)
            if lease is not None:
                heads[host] = self._shares.group(lease), lease
        return heads

    def short(self) -> list[str]:
        """Return the hosts with nothing at hand that had more when they were last leased from."""
        return [host for host in self._more if host not in self._waiting]

    def add(self, host: str, leases: Iterable[Lease], *, more: bool) -> None:
        """Put leases behind what is at hand of a host; ``more`` when they were not all it had."""
        (self._more.add if more else self._more.discard)(host)
        self._waiting.setdefault(host, deque()).extend(leases)

    def pop(self, host: str) -> Lease | None:
        """Take one lease of a host, and move the host to the end of the line."""
        leases = self._waiting.pop(host)
        lease: Lease | None = None
        while lease is None and (candidate := self._shares.first_allowed(leases)) is not None:
            leases.remove(candidate)
            if self._budgets.spend(candidate):
                self._shares.sent(candidate)
                lease = candidate
            else:
                self._unused.append(candidate)  # another crawl may have a budget for it
        if leases:
            self._waiting[host] = leases
        return lease

    def give_up(self, host: str) -> None:
        """Leave what waits at a host to another crawl, or to a later run."""
        self._more.discard(host)
        with self._session.store.transaction():
            self._session.frontier.give_back(self._waiting.pop(host, ()))

    def give_back(self, host: str) -> None:
        """Give back what waits at a host, inside the caller's transaction, to be leased anew."""
        self._session.frontier.give_back(self._waiting.pop(host, ()))

    def give_back_unused(self) -> None:
        """Give back what was over its source's budget, inside the caller's transaction."""
        self._session.frontier.give_back(self._unused)
        self._unused.clear()

    def drop(self) -> None:
        """Let go of everything; nothing else of this crawl may be under way."""
        self._waiting.clear()
        self._more.clear()
        self._unused.clear()
        self._session.frontier.release()
