"""What routes find: a URL once, with each route that found it; and what is to be looked at anew."""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Iterable
from typing import NamedTuple

from store.schema import utc

FOUND = "found:"
"""Begins the source of a URL on a host that no source names; the host follows."""
LISTING_ROUTES = ("sitemap", "feed")
LISTED_SECONDS = 24 * 3600.0
"""A gone page that a sitemap or a feed lists is looked at a day later: it may be back. Links are no
such sign, for pages keep linking to what is gone."""
GUESSED = "well-known"
"""The route to a sitemap where sites often have one, of a site that names none."""
PATIENCE = 3
"""Runs in a row in which an entry point may fail before it is looked at less often."""

# Skipped for a reason that a later discovery or configuration may lift.
_REVIVABLE = ("depth", "offsite", "pattern")

SQL_FIND = "SELECT id, depth, state, reason FROM url WHERE key = ?"
SQL_INSERT = """
INSERT INTO url (key, host, source, role, depth, hops, state, reason, promise, hint, lang)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
SQL_NEARER = "UPDATE url SET depth = ? WHERE id = ?"
SQL_REVIVE = """
UPDATE url SET state = ?, reason = ?, source = ?, role = ?, depth = ?, hops = ?, promise = ?,
    lang = ? WHERE id = ?"""
SQL_AGAIN = """
UPDATE url SET state = 'pending', reason = '', attempts = 0, due_at = 0, hops = ?
WHERE id = ? AND role = ? AND fetched_run < ?
    AND fetched_run NOT IN (SELECT value FROM json_each(?))
    AND (state IN ('stored', 'failed') OR state = 'skipped' AND reason = 'redirect')"""
SQL_LISTED_AGAIN = """
UPDATE url SET due_at = min(due_at, ?) WHERE id = ? AND state = 'gone' AND due_at > 0"""
# By a route that asks for what it finds wherever it is, or by a redirect from there.
SQL_INVITED = """
SELECT 1 FROM url JOIN capture ON capture.url_id = url.id WHERE url.key = ? AND (
    substr(url.source, 1, 6) = 'found:' OR substr(route, 1, 7) = 'search:'
    OR substr(route, 1, 5) = 'list:' OR substr(route, 1, 8) = 'archive:') LIMIT 1"""
SQL_CAPTURES = "SELECT DISTINCT route, found_on FROM capture WHERE url_id = ?"
SQL_CAPTURE = """
INSERT OR IGNORE INTO capture (url_id, route, run_id, found_on, at) VALUES (?, ?, ?, ?, ?)"""
SQL_LINK = """
INSERT INTO link (from_id, to_id, anchor) VALUES (?, ?, ?) ON CONFLICT DO NOTHING"""
SQL_REOPEN = """
UPDATE url SET state = 'pending', reason = '', attempts = 0, due_at = 0, source = ?, role = ?,
    depth = 0, hops = 0, promise = ?, lang = ?
WHERE key = ? AND state NOT IN ('pending', 'leased')
    AND fetched_run < ? AND fetched_run NOT IN (SELECT value FROM json_each(?)) AND NOT (
    state IN ('failed', 'gone') AND due_at > ?
    AND EXISTS (SELECT 1 FROM visit WHERE url_id = url.id AND failures >= ?))"""
SQL_OPEN_TO_JUDGEMENT = """
SELECT id, key, role, depth, source, state, reason FROM url
WHERE state = 'pending' OR state = 'skipped' AND reason IN (?, ?, ?)"""
SQL_JUDGE = "UPDATE url SET source = ?, state = ?, reason = ? WHERE id = ?"
SQL_REVISITS = """
SELECT id, key, role, depth FROM url
WHERE state IN ('stored', 'failed', 'skipped', 'gone') AND due_at > 0 AND due_at <= ?"""
SQL_REVISIT = """
UPDATE url SET state = 'pending', reason = 'revisit', attempts = 0, source = ? WHERE id = ?"""
SQL_WAITS_TOO_LONG = "UPDATE url SET due_at = ? WHERE state = 'pending' AND due_at > ?"
SQL_RESTS_TOO_LONG = """
UPDATE url SET due_at = ?
WHERE state IN ('stored', 'failed', 'skipped', 'gone') AND due_at > 0 AND due_at > ?"""
SQL_NOT_YET = "UPDATE url SET due_at = ? WHERE id = ?"


class Found(NamedTuple):
    """One route finding one URL, with the crawler's verdict on it; a page has dozens.

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


_SKIPPED = 1 << 30
"""Deeper than any page: what was only found to be skipped is news when it is wanted."""


class Discoveries:
    """What one run finds; every write is inside the caller's transaction or its own."""

    def __init__(
        self, db: sqlite3.Connection, run_id: int, clock: Callable[[], float] = time.time
    ) -> None:
        self._db = db
        self._clock = clock
        self._run_id = run_id
        self._beside = "[]"
        self._known: dict[str, tuple[int, int]] = {}
        self._captured: set[tuple[int, str]] = set()

    def beside(self, run_ids: Iterable[int]) -> None:
        """Name the runs that are under way: what they have fetched is as new as our own."""
        self._beside = json.dumps([*run_ids])

    def add(self, found: Iterable[Found], found_on: int = 0) -> int:
        """Record captures and links; return how many URLs were new.

        A known URL found nearer to an entry point gets the smaller depth; one that had been
        skipped for a reason that no longer holds is taken up again.
        """
        new, now = 0, utc(self._clock())
        captures, links = [], []
        for item in found:
            url_id, depth = self._known.get(item.key, (0, 0))
            if not url_id or self._is_news(item, depth):
                url_id, is_new = self._upsert(item)
                new += is_new
                self._remember(item, url_id, depth)
            if (url_id, item.route) not in self._captured:
                self._captured.add((url_id, item.route))
                captures.append((url_id, item.route, self._run_id, found_on, now))
            if found_on and item.route == "links" and url_id != found_on:
                links.append((found_on, url_id, item.anchor))
        if captures:
            self._db.executemany(SQL_CAPTURE, captures)
        if links:
            self._db.executemany(SQL_LINK, links)
        return new

    def forget(self) -> None:
        """Forget what is remembered of the table: after a transaction that was rolled back."""
        self._known.clear()
        self._captured.clear()

    def _is_news(self, item: Found, depth: int) -> bool:
        """Tell whether a finding may change a URL that was found before: most links do not."""
        if item.state != "pending":
            return False
        return item.depth < depth or item.again or item.route in LISTING_ROUTES

    def _remember(self, item: Found, url_id: int, depth: int) -> None:
        """Remember a URL's number and, once it was wanted, its least depth in this run."""
        if len(self._known) > 100_000:  # bounds memory, not correctness: the table knows them all
            self.forget()
        least = min(depth or _SKIPPED, item.depth) if item.state == "pending" else _SKIPPED
        self._known[item.key] = url_id, least

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
            self._db.execute(SQL_AGAIN, (item.hops, url_id, item.role, self._run_id, self._beside))
        if state == "gone" and item.route in LISTING_ROUTES:
            self._db.execute(SQL_LISTED_AGAIN, (self._clock() + LISTED_SECONDS, url_id))
        return int(url_id), False

    def reopen(self, found: Iterable[Found]) -> None:
        """Add entry points, and make those already settled due again: every run looks anew.

        One that has failed too often in a row waits until its next visit is due; one that this
        run or one beside it has just fetched is left as it is.
        """
        for item in found:
            self.add([item])
            values = (item.source, item.role, item.promise, item.lang, item.key)
            just = (self._run_id, self._beside)
            self._db.execute(SQL_REOPEN, (*values, *just, self._clock(), PATIENCE))

    def is_guess(self, url_id: int) -> bool:
        """True when nobody named a URL: it was guessed, or something guessed redirects to it."""
        seen: set[int] = set()
        while url_id not in seen:
            seen.add(url_id)
            captures = self._db.execute(SQL_CAPTURES, (url_id,)).fetchall()
            if {route for route, _ in captures} == {GUESSED}:
                return True
            if len(captures) != 1 or captures[0][0] != "redirect":
                return False
            url_id = captures[0][1]
        return False

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

    def not_later(self, waiting: float, resting: float) -> None:
        """Let no URL wait, and no settled one rest, for longer than so many seconds from now.

        What was settled while the clock was a year ahead would be looked at in a year.
        """
        for sql, seconds in ((SQL_WAITS_TOO_LONG, waiting), (SQL_RESTS_TOO_LONG, resting)):
            latest = self._clock() + seconds
            self._db.execute(sql, (latest, latest))

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
