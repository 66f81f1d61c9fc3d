"""The frontier: every URL ever found, each in exactly one state.

pending → leased → stored | failed | skipped | gone, and back to pending when a lease runs out, a
fetch is to be tried again, or an entry point is due. A lease is a loan: its holder renews it while
it lives, and whoever comes next takes back what the dead have left.
"""

from __future__ import annotations

import socket
import sqlite3
import time
from collections import Counter
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass

import psutil

from store.model import Account
from store.schema import utc

LEASE_SECONDS = 300.0
"""Longer than any fetch and extraction may take; renewed by the holder long before."""

CLOCK_SLACK = 5.0
"""Linux tells when a process started relative to a boot time that moves as the clock is set."""

LISTING_ROUTES = ("sitemap", "feed")
LISTED_SECONDS = 24 * 3600.0
"""A gone page that a sitemap or a feed lists is looked at a day later: it may be back. Links are no
such sign, for pages keep linking to what is gone."""
PATIENCE = 3
"""Runs in a row in which an entry point may fail before it is looked at less often."""
LISTING = "listing"

# Skipped for a reason that a later discovery or configuration may lift.
_REVIVABLE = ("depth", "offsite", "pattern")


@dataclass(frozen=True, slots=True)
class Found:
    """One route finding one URL, with the crawler's verdict on it.

    ``state`` is ``pending`` or ``skipped`` (then ``reason`` says why). ``again``: every run looks
    at it anew (listings, and where an entry point redirects to). ``promise`` orders what waits,
    the highest first; ``lang`` is the language it is expected in, or empty.
    """

    key: str
    host: str
    source: str
    route: str
    role: str = "page"
    depth: int = 0
    hops: int = 0
    state: str = "pending"
    reason: str = ""
    anchor: str = ""
    again: bool = False
    promise: float = 0.0
    lang: str = ""


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


FOUND = "found:"
"""Begins the source of a URL on a host that no source names; the host follows."""

SQL_FIND = "SELECT id, depth, state, reason FROM url WHERE key = ?"
SQL_INSERT = """
INSERT INTO url (key, host, source, role, depth, hops, state, reason, promise, hint, lang)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
SQL_PROMISE = "UPDATE url SET promise = ? WHERE key = ? AND state = 'pending'"
SQL_TOPICAL = "UPDATE url SET topical = ? WHERE id = ?"
SQL_JUDGED = """
SELECT key, hint, topical <> 'no' FROM url WHERE topical <> '' ORDER BY fetched_run DESC LIMIT ?"""
SQL_NEARER = "UPDATE url SET depth = ? WHERE id = ?"
SQL_REVIVE = """
UPDATE url SET state = ?, reason = ?, source = ?, role = ?, depth = ?, hops = ?, promise = ?,
    lang = ? WHERE id = ?"""
SQL_AGAIN = """
UPDATE url SET state = 'pending', reason = '', attempts = 0, due_at = 0, hops = ?
WHERE id = ? AND role = ? AND fetched_run < ?
    AND (state IN ('stored', 'failed') OR state = 'skipped' AND reason = 'redirect')"""
SQL_LISTED_AGAIN = """
UPDATE url SET due_at = min(due_at, ?) WHERE id = ? AND state = 'gone' AND due_at > 0"""
SQL_OPEN_TO_JUDGEMENT = """
SELECT id, key, role, depth, source, state, reason FROM url
WHERE state = 'pending' OR state = 'skipped' AND reason IN (?, ?, ?)"""
SQL_JUDGE = "UPDATE url SET source = ?, state = ?, reason = ? WHERE id = ?"
# By a route that asks for what it finds wherever it is, or by a redirect from there.
SQL_INVITED = """
SELECT 1 FROM url JOIN capture ON capture.url_id = url.id WHERE url.key = ? AND (
    substr(url.source, 1, 6) = 'found:' OR substr(route, 1, 7) = 'search:'
    OR substr(route, 1, 5) = 'list:' OR substr(route, 1, 8) = 'archive:') LIMIT 1"""
SQL_CAPTURE = """
INSERT OR IGNORE INTO capture (url_id, route, run_id, found_on, at) VALUES (?, ?, ?, ?, ?)"""
SQL_LINK = """
INSERT INTO link (from_id, to_id, anchor) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"""
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
SQL_REVISITS = """
SELECT id, key, role, depth FROM url
WHERE state IN ('stored', 'failed', 'skipped', 'gone') AND due_at > 0 AND due_at <= ?"""
SQL_REVISIT = """
UPDATE url SET state = 'pending', reason = 'revisit', attempts = 0, source = ? WHERE id = ?"""
SQL_NOT_YET = "UPDATE url SET due_at = ? WHERE id = ?"
SQL_GIVE_BACK = """
UPDATE url SET state = 'pending', lease_owner = '', lease_until = 0
WHERE id = ? AND state = 'leased' AND lease_owner = ?"""
SQL_RETRY = """
UPDATE url SET state = 'pending', reason = ?, attempts = attempts + ?, due_at = ?,
    lease_owner = '', lease_until = 0, fetched_run = ?
WHERE id = ?"""
SQL_REOPEN = """
UPDATE url SET state = 'pending', reason = '', attempts = 0, due_at = 0, source = ?, role = ?,
    depth = 0, hops = 0, promise = ?, lang = ?
WHERE key = ? AND state NOT IN ('pending', 'leased') AND NOT (
    state IN ('failed', 'gone') AND due_at > ?
    AND EXISTS (SELECT 1 FROM visit WHERE url_id = url.id AND failures >= ?))"""
SQL_NEXT_DUE = """
SELECT min(due_at) FROM url WHERE state = 'pending'{exhausted}{hosts}"""
SQL_COUNT = "SELECT state, reason, count(*) FROM url GROUP BY state, reason"
SQL_TOTAL = "SELECT count(*) FROM url"
SQL_WAITING = """
SELECT (SELECT count(*) FROM url WHERE state = 'pending')
    + (SELECT count(*) FROM url WHERE state = 'leased')"""
SQL_WAITING_BY_LANGUAGE = """
SELECT CASE WHEN role = 'page' THEN lang ELSE ? END AS expected, source, count(*) FROM url
WHERE state = 'pending' AND due_at <= ? GROUP BY expected, source"""
SQL_PENDING_BY_SOURCE = """
SELECT source, count(*) FROM url WHERE state IN ('pending', 'leased') GROUP BY source"""
SQL_TOO_DEEP_BY_SOURCE = """
SELECT source, count(*) FROM url WHERE state = 'skipped' AND reason = 'depth' GROUP BY source"""
SQL_FETCHED_BY_SOURCE = """
SELECT source, count(*) FROM url WHERE fetched_run = ? AND role = 'page' GROUP BY source"""


def owner_name() -> str:
    """Return a name for this process that outlives it: ``host:pid:second it was started``."""
    process = psutil.Process()
    return f"{socket.gethostname()}:{process.pid}:{int(process.create_time())}"


def is_dead(owner: str) -> bool:
    """True when ``owner`` was a process of this machine that no longer runs.

    In doubt (another machine, a name we did not make) it is alive, and its leases run out.
    """
    name, _, started = owner.rpartition(":")
    host, _, pid = name.rpartition(":")
    if host != socket.gethostname() or not (pid.isdecimal() and started.isdecimal()):
        return False
    try:
        process = psutil.Process(int(pid))
        off = abs(process.create_time() - int(started))
        return process.status() == psutil.STATUS_ZOMBIE or off > CLOCK_SLACK
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False


class Frontier:
    """One run's view of the frontier; every write is inside the caller's transaction or its own."""

    def __init__(
        self,
        db: sqlite3.Connection,
        run_id: int,
        owner: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._db = db
        self._clock = clock
        self._run_id = run_id
        self._owner = owner
        self._ids: dict[str, int] = {}
        self._captured: set[tuple[int, str]] = set()

    def add(self, found: Iterable[Found], found_on: int = 0) -> int:
        """Record captures and links; return how many URLs were new.

        A known URL found nearer to an entry point gets the smaller depth; one that had been
        skipped for a reason that no longer holds is taken up again.
        """
        new, now = 0, utc(self._clock())
        for item in found:
            url_id = self._ids.get(item.key)
            if url_id is None or item.state == "pending":
                url_id, is_new = self._upsert(item)
                new += is_new
                self._remember(item.key, url_id)
            if (url_id, item.route) not in self._captured:
                self._captured.add((url_id, item.route))
                self._db.execute(SQL_CAPTURE, (url_id, item.route, self._run_id, found_on, now))
            if found_on and item.route == "links" and url_id != found_on:
                self._db.execute(SQL_LINK, (found_on, url_id, item.anchor))
        return new

    def _remember(self, key: str, url_id: int) -> None:
        if len(self._ids) > 100_000:  # bounds memory, not correctness: the table knows them all
            self._ids.clear()
            self._captured.clear()
        self._ids[key] = url_id

    def _upsert(self, item: Found) -> tuple[int, bool]:
        row = self._db.execute(SQL_FIND, (item.key,)).fetchone()
        if row is None:
            values = (item.key, item.host, item.source, item.role, item.depth, item.hops)
            hopes = (item.promise, item.anchor, item.lang)
            cursor = self._db.execute(SQL_INSERT, (*values, item.state, item.reason, *hopes))
            return int(cursor.lastrowid or 0), True
        url_id, depth, state, reason = row
        if state == "skipped" and reason in _REVIVABLE and item.state == "pending":
            values = (item.state, "", item.source, item.role, item.depth, item.hops)
            self._db.execute(SQL_REVIVE, (*values, item.promise, item.lang, url_id))
        elif item.depth < depth:
            self._db.execute(SQL_NEARER, (item.depth, url_id))
        if item.again:
            self._db.execute(SQL_AGAIN, (item.hops, url_id, item.role, self._run_id))
        if state == "gone" and item.route in LISTING_ROUTES:
            self._db.execute(SQL_LISTED_AGAIN, (self._clock() + LISTED_SECONDS, url_id))
        return int(url_id), False

    def reopen(self, found: Iterable[Found]) -> None:
        """Add entry points, and make those already settled due again: every run looks anew.

        One that has failed too often in a row waits until its next visit is due.
        """
        for item in found:
            self.add([item])
            values = (item.source, item.role, item.promise, item.lang, item.key)
            self._db.execute(SQL_REOPEN, (*values, self._clock(), PATIENCE))

    def is_invited(self, key: str) -> bool:
        """True when a search, a list or an archive named this URL, whatever host it is on."""
        return self._db.execute(SQL_INVITED, (key,)).fetchone() is not None

    def rejudge(self, judge: Callable[[str, str, int], Found]) -> None:
        """Ask anew about every URL not yet fetched: ``judge`` takes key, role and depth.

        Sources come, go and change their names and limits between runs; what waits under a
        source that is no longer there would wait for ever.
        """
        changed = []
        for url_id, key, role, depth, *before in self._db.execute(
            SQL_OPEN_TO_JUDGEMENT, _REVIVABLE
        ):
            now = judge(key, role, depth)
            reason = before[2] if before[1] == now.state == "pending" else now.reason
            if [now.source, now.state, reason] != before:
                changed.append((now.source, now.state, reason, url_id))
        self._db.executemany(SQL_JUDGE, changed)

    def hosts(self) -> list[str]:
        """Return the hosts that have pending URLs."""
        return [row[0] for row in self._db.execute(SQL_HOSTS)]

    def promising(self, promises: Iterable[tuple[str, float]]) -> None:
        """Set what URLs promise, where they still wait."""
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

    def give_back(self, leases: Iterable[Lease]) -> None:
        """Give some leases back unused."""
        self._db.executemany(SQL_GIVE_BACK, [(lease.url_id, self._owner) for lease in leases])

    def revisit(self, judge: Callable[[str, str, int], Found], patience: float) -> int:
        """Make every settled URL whose next visit is due pending again; return how many.

        ``judge`` takes key, role and depth, as in ``rejudge``: what the configuration no longer
        covers keeps its state, and is asked about again after ``patience`` seconds.
        """
        now, due, refused = self._clock(), [], []
        for url_id, key, role, depth in self._db.execute(SQL_REVISITS, (now,)):
            verdict = judge(key, role, depth)
            if verdict.state == "pending":
                due.append((verdict.source, url_id))
            else:
                refused.append((now + patience, url_id))
        self._db.executemany(SQL_REVISIT, due)
        self._db.executemany(SQL_NOT_YET, refused)
        return len(due)

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

    def waiting_by_language(self, due: float) -> list[tuple[str, str, int]]:
        """Count what waits and is due by then, as (expected language, source, count).

        Sitemaps and feeds have no language; they are counted as ``LISTING``.
        """
        return self._db.execute(SQL_WAITING_BY_LANGUAGE, (LISTING, due)).fetchall()

    def pending_by_source(self) -> dict[str, int]:
        """Count pending URLs by source."""
        return dict(self._db.execute(SQL_PENDING_BY_SOURCE).fetchall())

    def waiting(self) -> int:
        """Count pending URLs; quick, for it is asked twice a second."""
        return int(self._db.execute(SQL_WAITING).fetchone()[0])

    def too_deep_by_source(self) -> dict[str, int]:
        """Count the URLs that the depth limit keeps out, by source."""
        return dict(self._db.execute(SQL_TOO_DEEP_BY_SOURCE).fetchall())

    def fetched_by_source(self) -> dict[str, int]:
        """Count the pages this run has fetched, by source."""
        return dict(self._db.execute(SQL_FETCHED_BY_SOURCE, (self._run_id,)).fetchall())


def _excluding(names: Collection[str], column: str = "source") -> str:
    return f" AND {column} NOT IN ({', '.join('?' * len(names))})" if names else ""


def account(db: sqlite3.Connection) -> Account:
    """Count every URL by state; a lease counts as pending."""
    rows = db.execute(SQL_COUNT).fetchall()
    states: Counter[str] = Counter()
    for state, _, count in rows:
        states["pending" if state == "leased" else state] += count
    return Account(
        discovered=db.execute(SQL_TOTAL).fetchone()[0],
        stored=states["stored"],
        failed=states["failed"],
        skipped=states["skipped"],
        gone=states["gone"],
        pending=states["pending"],
        reasons=tuple(sorted((state, reason, count) for state, reason, count in rows if reason)),
    )
