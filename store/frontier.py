"""The frontier: every URL ever found, each in exactly one state.

pending → leased → stored | failed | skipped | gone, and back to pending when a lease runs out, a
fetch is to be tried again, or an entry point is due. A lease is a loan: its holder renews it while
it lives, and whoever comes next takes back what the dead have left.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import dataclass

from store.found import FOUND, Discoveries, Found
from store.owner import is_dead

__all__ = ["FOUND", "LEASE_SECONDS", "Found", "Frontier", "Lease"]

LEASE_SECONDS = 300.0
"""Longer than any fetch and extraction may take; renewed by the holder long before."""


@dataclass(frozen=True, slots=True)
class Lease:
    """A URL on loan to one crawler process."""

    url_id: int
    key: str
    host: str
    source: str
    role: str
    depth: int
    hops: int
    attempts: int
    promise: float = 0.0
    lang: str = ""


SQL_PROMISE = "UPDATE url SET promise = ? WHERE key = ? AND state IN ('pending', 'leased')"
SQL_TOPICAL = "UPDATE url SET topical = ? WHERE id = ?"
SQL_JUDGED = """
SELECT key, hint, topical <> 'no' FROM url WHERE topical <> '' ORDER BY fetched_run DESC LIMIT ?"""
# A loose index scan: one seek a host, however many URLs wait behind it.
SQL_HOSTS = """
WITH RECURSIVE waiting(host) AS (
    SELECT min(host) FROM url WHERE state = 'pending'
    UNION ALL
    SELECT (SELECT min(host) FROM url WHERE state = 'pending' AND host > waiting.host)
    FROM waiting WHERE waiting.host IS NOT NULL)
SELECT host FROM waiting WHERE host IS NOT NULL"""
SQL_DUE = """
SELECT id, key, host, source, role, depth, hops, attempts, promise, lang FROM url
WHERE state = 'pending' AND host = ? AND due_at <= ?{exhausted}{lang}
ORDER BY promise DESC, depth, id LIMIT ?"""
SQL_LEASE = """
UPDATE url SET state = 'leased', lease_owner = ?, lease_until = ? WHERE id = ?"""
SQL_RENEW = "UPDATE url SET lease_until = ? WHERE state = 'leased' AND lease_owner = ?"
SQL_RELEASE = """
UPDATE url SET state = 'pending', lease_owner = '', lease_until = 0
WHERE state = 'leased' AND lease_owner = ?"""
SQL_EXPIRE = """
UPDATE url SET state = 'pending', lease_owner = '', lease_until = 0
WHERE state = 'leased' AND lease_until < ?"""
SQL_OWNERS = "SELECT DISTINCT lease_owner FROM url WHERE state = 'leased'"
SQL_SETTLE = """
UPDATE url SET state = ?, reason = ?, due_at = ?, lease_owner = '', lease_until = 0,
    fetched_run = ?
WHERE id = ?"""
SQL_GIVE_BACK = """
UPDATE url SET state = 'pending', lease_owner = '', lease_until = 0
WHERE id = ? AND state = 'leased' AND lease_owner = ?"""
SQL_RETRY = """
UPDATE url SET state = 'pending', reason = ?, attempts = attempts + ?, due_at = ?,
    lease_owner = '', lease_until = 0, fetched_run = ?
WHERE id = ?"""
SQL_LEASED = "SELECT 1 FROM url WHERE state = 'leased' AND lease_owner <> ? LIMIT 1"
SQL_LEASED_HOSTS = """
SELECT DISTINCT host FROM url WHERE state = 'leased' AND lease_owner <> ?{exhausted}"""
SQL_ANY_DUE = """
SELECT 1 FROM url WHERE state = 'pending' AND host = ? AND due_at <= ?{exhausted} LIMIT 1"""
SQL_NEXT_DUE = """
SELECT min(due_at) FROM url WHERE state = 'pending'{exhausted}{hosts}"""


class Frontier(Discoveries):
    """One run's view of the frontier: what it finds, what it has on loan, how each loan ended.

    Every write is inside the caller's transaction or its own.
    """

    def __init__(
        self,
        db: sqlite3.Connection,
        run_id: int,
        owner: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(db, run_id, clock)
        self._owner = owner

    def hosts(self) -> list[str]:
        """Return the hosts that have pending URLs."""
        return [row[0] for row in self._db.execute(SQL_HOSTS)]

    def promising(self, promises: Collection[tuple[str, float]]) -> None:
        """Set what URLs promise, where they still wait or may be given back."""
        if promises:
            self._db.executemany(SQL_PROMISE, ((promise, key) for key, promise in promises))

    def judged(self, url_id: int, langs: Collection[str]) -> None:
        """Note the languages in which a URL's page is on topic; none is a judgement, too."""
        self._db.execute(SQL_TOPICAL, (",".join(langs) or "no", url_id))

    def judgements(self, limit: int) -> list[tuple[str, str, bool]]:
        """Return URLs that were judged, the newest run's first: key, hint, on topic or not."""
        rows = self._db.execute(SQL_JUDGED, (limit,))
        return [(key, hint, bool(topical)) for key, hint, topical in rows]

    def lease(
        self, host: str, limit: int, exhausted: Collection[str] = (), lang: str | None = None
    ) -> list[Lease]:
        """Lease up to ``limit`` due URLs of a host, the most promising first, then the nearest.

        ``exhausted`` names sources whose budget is spent; ``lang`` asks for one expected language.
        """
        now = self._clock()
        query = SQL_DUE.format(
            exhausted=_excluding(exhausted), lang="" if lang is None else " AND lang = ?"
        )
        wanted = () if lang is None else (lang,)
        rows = self._db.execute(query, (host, now, *exhausted, *wanted, limit)).fetchall()
        leases = [Lease(*row) for row in rows]
        until = now + LEASE_SECONDS
        self._db.executemany(SQL_LEASE, [(self._owner, until, lease.url_id) for lease in leases])
        return leases

    def renew(self) -> None:
        """Extend every lease this process holds."""
        self._db.execute(SQL_RENEW, (self._clock() + LEASE_SECONDS, self._owner))

    def release(self) -> None:
        """Give back every lease this process holds."""
        self._db.execute(SQL_RELEASE, (self._owner,))

    def reclaim(self) -> int:
        """Take back leases that ran out or whose holder died; return how many."""
        taken = self._db.execute(SQL_EXPIRE, (self._clock(),)).rowcount
        for (owner,) in self._db.execute(SQL_OWNERS).fetchall():
            if owner != self._owner and is_dead(owner):
                taken += self._db.execute(SQL_RELEASE, (owner,)).rowcount
        return taken

    def is_leased(self) -> bool:
        """True when another process holds a lease."""
        return self._db.execute(SQL_LEASED, (self._owner,)).fetchone() is not None

    def hosts_due(self, hosts: Iterable[str], exhausted: Collection[str]) -> Iterator[str]:
        """Yield those of some hosts that have something due."""
        query = SQL_ANY_DUE.format(exhausted=_excluding(exhausted))
        for host in hosts:
            if self._db.execute(query, (host, self._clock(), *exhausted)).fetchone():
                yield host

    def hosts_on_loan(self, exhausted: Collection[str]) -> set[str]:
        """Return the hosts of which another process has leased something."""
        query = SQL_LEASED_HOSTS.format(exhausted=_excluding(exhausted))
        return {row[0] for row in self._db.execute(query, (self._owner, *exhausted))}

    def give_back(self, leases: Iterable[Lease]) -> None:
        """Give some leases back unused."""
        self._db.executemany(SQL_GIVE_BACK, [(lease.url_id, self._owner) for lease in leases])

    def settle(
        self,
        url_id: int,
        state: str,
        reason: str = "",
        *,
        fetched: bool = True,
        due_at: float = 0.0,
    ) -> None:
        """Give a leased URL its outcome; at ``due_at`` (Unix time, 0 is never) it is due again."""
        run_id = self._run_id if fetched else 0
        self._db.execute(SQL_SETTLE, (state, reason, due_at, run_id, url_id))

    def retry(self, lease: Lease, reason: str, delay: float, max_attempts: int) -> bool:
        """Put a URL back to be tried after ``delay`` seconds, or fail it; True when it waits."""
        if lease.attempts + 1 >= max_attempts:
            self.settle(lease.url_id, "failed", reason)
            return False
        due = self._clock() + delay
        self._db.execute(SQL_RETRY, (reason, 1, due, self._run_id, lease.url_id))
        return True

    def postpone(self, url_id: int, reason: str, delay: float) -> None:
        """Put a URL back without counting an attempt (robots.txt out of reach, say)."""
        self._db.execute(SQL_RETRY, (reason, 0, self._clock() + delay, 0, url_id))

    def next_due(
        self, exhausted: Collection[str] = (), resting: Collection[str] = ()
    ) -> float | None:
        """Return the Unix time at which the next pending URL is due, None when none waits.

        ``exhausted`` names sources, ``resting`` hosts that do not count.
        """
        query = SQL_NEXT_DUE.format(
            exhausted=_excluding(exhausted), hosts=_excluding(resting, "host")
        )
        due = self._db.execute(query, (*exhausted, *resting)).fetchone()[0]
        return None if due is None else float(due)


def _excluding(names: Collection[str], column: str = "source") -> str:
    return f" AND {column} NOT IN ({', '.join('?' * len(names))})" if names else ""
