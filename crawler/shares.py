"""The shares of a balanced crawl: which leases may go out without favouring a language or a kind.

Without ``balanced`` everything may, and nothing is counted.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection, Iterable

from crawler.budgets import Budgets
from crawler.session import Session
from crawler.strata import UNKNOWN, Balance, Stratum
from store import account
from store.account import LISTING
from store.frontier import Lease

COUNT_SECONDS = 1.0


class Shares:
    """What ``crawler.strata.Balance`` says, asked of leases; ``horizon`` in seconds from now."""

    def __init__(self, session: Session, budgets: Budgets, horizon: float) -> None:
        self._session = session
        self._budgets = budgets
        self._horizon = horizon
        self._balance: Balance | None = session.balance
        self._counted = 0.0

    @property
    def are_kept(self) -> bool:
        """True in a balanced crawl."""
        return self._balance is not None

    def group(self, lease: Lease) -> Stratum | None:
        """Return the stratum within which promises are compared; None is all of them."""
        return self._stratum(lease) if self._balance else None

    def first_allowed(self, leases: Iterable[Lease]) -> Lease | None:
        """Return the first lease that may go out now."""
        balance = self._balance
        if balance is None:
            return next(iter(leases), None)
        allowed = (x for x in leases if x.role != "page" or balance.allows(self._stratum(x)))
        return next(allowed, None)

    def sent(self, lease: Lease) -> None:
        """A lease goes out."""
        if self._balance and lease.role == "page":
            self._balance.sent(self._stratum(lease))

    def back(self, lease: Lease) -> None:
        """A lease that went out is settled."""
        if self._balance and lease.role == "page":
            self._balance.back(self._stratum(lease))

    def allow_more(self, leases: Collection[Lease]) -> bool:
        """True while something may go out, of these leases or of what waits in the store."""
        if self._balance is None or any(lease.role != "page" for lease in leases):
            return True
        left = self._count(self._balance, leases)
        return any(lang == LISTING or self._balance.allows((lang, kind)) for lang, kind in left)

    def count(self, leases: Iterable[Lease]) -> None:
        """Tell the balance what is left, here (``leases``) and in the store; now and then."""
        if self._balance and time.monotonic() - self._counted > COUNT_SECONDS:
            self._count(self._balance, leases)

    def left_by_language(self) -> Counter[str]:
        """Count what waits in the store, by expected language."""
        waits: Counter[str] = Counter()
        for lang, _, count in self._waiting():
            waits[lang or UNKNOWN] += count
        return waits

    def _count(self, balance: Balance, leases: Iterable[Lease]) -> Counter[Stratum]:
        left: Counter[Stratum] = Counter()
        exhausted = self._budgets.exhausted()
        for lang, source, count in self._waiting():
            if source not in exhausted:
                left[lang or UNKNOWN, self._session.strata.kind(source)] += count
        left.update(self._stratum(lease) for lease in leases if lease.role == "page")
        balance.left({stratum: n for stratum, n in left.items() if stratum[0] != LISTING})
        self._counted = time.monotonic()
        return left

    def _waiting(self) -> list[tuple[str, str, int]]:
        due = self._session.clock() + self._horizon
        return account.waiting_by_language(self._session.store.db, due)

    def _stratum(self, lease: Lease) -> Stratum:
        return lease.lang or UNKNOWN, self._session.strata.kind(lease.source)
