"""What search services claim: one query, asked once a day, and how many results it is said to have.

A row is one query to one service: a concept's term in one language, on one UTC day. It waits, is
lent to one process like a URL of the frontier, and ends ``answered`` or ``refused``; nothing is
dropped, so a language that was refused is not mistaken for one that has nothing. ``total`` is the
service's own number and ``bound`` says what kind of number that is:

``exact``      the service counted (or its list ended before our limit)
``estimate``   the service says that it estimates, or nobody knows how it counts
``at_least``   we stopped reading at our limit, or the service says there is more
``none``       it answered and gave no number; ``total`` is None

A refused query has no total whatever its ``bound``; ``reason`` says why in one stable word
(``http_429``, ``no_key``, ``not_json``, ``timeout``, ``expired``: the day was over, …). A claim is
a number about the service, never about the web: see docs/ROUTES.md for what each one counts.
"""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from store.frontier import LEASE_SECONDS
from store.owner import is_dead
from store.records import Claim, Volume
from store.schema import utc

EXACT, ESTIMATE, AT_LEAST, NONE = "exact", "estimate", "at_least", "none"
ANSWERED, REFUSED = "answered", "refused"

SQL_PLAN = """
INSERT INTO query (day, service, kind, concept, lang, words, run_id) VALUES (?, ?, ?, ?, ?, ?, ?)
ON CONFLICT DO NOTHING"""
SQL_EXPIRE = """
UPDATE query SET state = 'refused', reason = CASE reason WHEN '' THEN 'expired' ELSE reason END,
    asked_at = ?, lease_owner = ''
WHERE day < ? AND (state = 'pending' OR state = 'leased' AND lease_until < ?)"""
SQL_WAITING = """
SELECT id, service, kind, concept, lang, words, attempts, next, results, requests FROM query
WHERE day = ? AND service = ? AND state = 'pending' AND due_at <= ? AND NOT EXISTS (
    SELECT 1 FROM query AS other WHERE other.service = query.service AND other.state = 'leased'
        AND other.lease_owner <> ? AND other.lease_until > ?)
ORDER BY attempts, id LIMIT 1"""
SQL_NEXT_DUE = "SELECT min(due_at) FROM query WHERE day = ? AND service = ? AND state = 'pending'"
SQL_LEASE = """
UPDATE query SET state = 'leased', lease_owner = ?, lease_until = ?, run_id = ? WHERE id = ?"""
SQL_OWNERS = "SELECT DISTINCT lease_owner FROM query WHERE state = 'leased'"
SQL_FREE = """
UPDATE query SET state = 'pending', lease_owner = '' WHERE state = 'leased' AND lease_owner = ?"""
SQL_OVERDUE = """
UPDATE query SET state = 'pending', lease_owner = '' WHERE state = 'leased' AND lease_until < ?"""
SQL_STEP = """
UPDATE query SET next = ?, results = results + ?, requests = requests + 1, attempts = 0,
    lease_until = ?, total = coalesce(?, total), bound = CASE ? WHEN 'none' THEN bound ELSE ? END,
    warc_file = ?, warc_offset = ?
WHERE id = ?"""
SQL_AGAIN = """
UPDATE query SET state = 'pending', attempts = attempts + 1, requests = requests + 1, due_at = ?,
    reason = ?, lease_owner = '' WHERE id = ?"""
SQL_SETTLE = """
UPDATE query SET state = ?, reason = ?, asked_at = ?, lease_owner = '' WHERE id = ?"""
SQL_CLOSE = """
UPDATE query SET state = 'refused', reason = ?, asked_at = ?
WHERE day = ? AND service = ? AND state = 'pending'"""
SQL_WAITING_FOR = """
UPDATE query SET reason = ? WHERE day = ? AND service = ? AND state = 'pending'"""
SQL_COUNT_REQUEST = "UPDATE query SET requests = requests + 1 WHERE id = ?"
SQL_VOLUME = """
INSERT INTO volume (query_id, series, period, value, unit) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET value = excluded.value, unit = excluded.unit"""
SQL_CLAIMS = """
SELECT id, service, kind, concept, lang, words, day, state, reason,
    CASE state WHEN 'answered' THEN total END,
    CASE state WHEN 'answered' THEN bound ELSE 'none' END,
    results, requests, asked_at, run_id, warc_file, warc_offset
FROM query WHERE state IN ('answered', 'refused') ORDER BY day, id"""
SQL_VOLUMES = """
SELECT query.id, query.service, query.concept, query.lang, query.words, query.day,
    volume.series, volume.period, volume.value, volume.unit
FROM volume JOIN query ON query.id = volume.query_id
ORDER BY query.day, query.id, volume.series, volume.period"""
# SQLite takes the reason from the row that has the highest day.
SQL_FAILING = """
SELECT service, reason, count(DISTINCT day), max(day) AS newest FROM query
WHERE state = 'refused' AND day > coalesce((SELECT max(day) FROM query AS other
    WHERE other.service = query.service AND other.state = 'answered'), '')
GROUP BY service HAVING newest >= ? ORDER BY service"""
SQL_BOOKS = "SELECT state, count(*) FROM query GROUP BY state"


@dataclass(frozen=True, slots=True)
class Wanted:
    """One query to be asked: ``service`` is a ``[[search]]`` id, ``kind`` what it speaks.

    ``concept`` is a concept's id, or ``""`` where the query is about hosts; ``words`` is the term
    or host as it is asked.
    """

    service: str
    kind: str
    concept: str
    lang: str
    words: str


@dataclass(frozen=True, slots=True)
class Asking:
    """A query on loan. ``next`` is where to go on ("" at its beginning)."""

    query_id: int
    wanted: Wanted
    attempts: int
    next: str
    results: int
    requests: int


@dataclass(frozen=True, slots=True)
class Step:
    """What one response brought: how many results, the claimed total, where it goes on."""

    results: int
    total: int | None = None
    bound: str = NONE
    next: str = ""
    warc_file: str = ""
    warc_offset: int = 0


class Queries:
    """One run's view of the queries; every write is inside the caller's transaction or its own."""

    def __init__(
        self,
        db: sqlite3.Connection,
        run_id: int,
        owner: str,
        clock: Callable[[], float] = time.time,
    ) -> None:
        self._clock = clock
        self._db = db
        self._run_id = run_id
        self._owner = owner

    def plan(self, wanted: Iterable[Wanted], day: str) -> None:
        """Add a day's queries; what is there already, asked or not, stays as it is.

        Queries of earlier days that were never asked are closed as refused (``expired``).
        """
        self._free_the_dead()
        self._db.execute(SQL_EXPIRE, (utc(self._clock()), day, self._clock()))
        rows = ((day, w.service, w.kind, w.concept, w.lang, w.words, self._run_id) for w in wanted)
        self._db.executemany(SQL_PLAN, rows)

    def _free_the_dead(self) -> None:
        self._db.execute(SQL_OVERDUE, (self._clock(),))
        for (owner,) in self._db.execute(SQL_OWNERS).fetchall():
            if owner != self._owner and is_dead(owner):
                self._db.execute(SQL_FREE, (owner,))

    def lease(self, service: str, day: str) -> Asking | None:
        """Lend the next due query of a service, None when none is due.

        While another process holds one of the service's none is lent: its delay is one client's.
        """
        now = self._clock()
        row = self._db.execute(SQL_WAITING, (day, service, now, self._owner, now)).fetchone()
        if row is None:
            return None
        until = self._clock() + LEASE_SECONDS
        self._db.execute(SQL_LEASE, (self._owner, until, self._run_id, row[0]))
        return Asking(row[0], Wanted(*row[1:6]), *row[6:])

    def next_due(self, service: str, day: str) -> float | None:
        """Return the Unix time at which the next query of a service is due, or None."""
        due = self._db.execute(SQL_NEXT_DUE, (day, service)).fetchone()[0]
        return None if due is None else float(due)

    def step(self, query_id: int, step: Step) -> None:
        """Keep what one response brought; the query stays on loan."""
        until, place = self._clock() + LEASE_SECONDS, (step.warc_file, step.warc_offset)
        said = (step.total, step.bound, step.bound)
        self._db.execute(SQL_STEP, (step.next, step.results, until, *said, *place, query_id))

    def volumes(self, query_id: int, series: Iterable[tuple[str, str, float, str]]) -> None:
        """Keep a timeline: (series, period, value, unit) each."""
        self._db.executemany(SQL_VOLUME, ((query_id, *point) for point in series))

    def answered(self, query_id: int) -> None:
        """Close a query that was answered to its end, or to our limit."""
        self._db.execute(SQL_SETTLE, (ANSWERED, "", utc(self._clock()), query_id))

    def refused(self, query_id: int, reason: str) -> None:
        """Close a query that was asked and got no answer."""
        self._db.execute(SQL_COUNT_REQUEST, (query_id,))
        self._db.execute(SQL_SETTLE, (REFUSED, reason, utc(self._clock()), query_id))

    def close(self, service: str, day: str, reason: str) -> int:
        """Refuse every query of a service that still waits, unasked; return how many."""
        return self._db.execute(SQL_CLOSE, (reason, utc(self._clock()), day, service)).rowcount

    def waiting_for(self, service: str, day: str, reason: str) -> int:
        """Note why a service's queries wait for a later run; return how many do."""
        return self._db.execute(SQL_WAITING_FOR, (reason, day, service)).rowcount

    def again(self, query_id: int, reason: str, delay: float) -> None:
        """Put a query back to be asked after ``delay`` seconds; that counts as an attempt."""
        self._db.execute(SQL_AGAIN, (self._clock() + delay, reason, query_id))

    def release(self) -> None:
        """Give back every query this process holds."""
        self._db.execute(SQL_FREE, (self._owner,))


def claims(db: sqlite3.Connection) -> tuple[Claim, ...]:
    """Return every query that was settled, the oldest first."""
    return tuple(Claim(*row) for row in db.execute(SQL_CLAIMS))


def volumes(db: sqlite3.Connection) -> tuple[Volume, ...]:
    """Return every point of every timeline, by query."""
    return tuple(Volume(*row) for row in db.execute(SQL_VOLUMES))


def failing(db: sqlite3.Connection, day: str) -> list[tuple[str, str, int]]:
    """Return (service, reason, days in a row) of those that have refused everything until a day."""
    return [tuple(row[:3]) for row in db.execute(SQL_FAILING, (day,)).fetchall()]


def books(db: sqlite3.Connection) -> dict[str, int]:
    """Count queries by state; a lease counts as pending."""
    counts = dict.fromkeys(("pending", ANSWERED, REFUSED), 0)
    for state, count in db.execute(SQL_BOOKS):
        counts["pending" if state == "leased" else state] += count
    return counts
