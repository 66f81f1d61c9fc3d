"""Pages and their versions: a page, its links and its URL's new state, in one transaction."""

from __future__ import annotations

import functools
import json
import sqlite3
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from page.model import Page, Published, Segment
from store.errors import StoreError
from store.model import Removed, SourceRow, StoredPage
from store.seal import seal

SQL_NEXT_REVISION = "UPDATE revision SET last = last + 1 RETURNING last"
SQL_REVISION = "SELECT last FROM revision"
SQL_LATEST = """
SELECT id, version, content_hash, title, text, detail FROM page
WHERE url_id = ? ORDER BY version DESC LIMIT 1"""
SQL_SAME = "SELECT 1 FROM page WHERE url_id = ? AND content_hash = ? AND title = ?"
SQL_BEFORE = "SELECT count(*) FROM page WHERE url_id = ? AND fetched_at <= ?"
# In two steps, for no two rows may ever have one number.
SQL_MAKE_ROOM = (
    "UPDATE page SET version = -version - 1 WHERE url_id = ? AND version > ?",
    "UPDATE page SET version = -version WHERE url_id = ? AND version < 0",
)
SQL_SEEN_AGAIN = "UPDATE page SET checked_at = ? WHERE id = ?"
SQL_UNCHANGED = """
UPDATE page SET checked_at = ? WHERE id = (SELECT page_id FROM url WHERE id = ?) RETURNING kind"""
SQL_HAD = "SELECT 1 FROM page WHERE url_id = ? LIMIT 1"
SQL_IS_HELD = "SELECT 1 FROM url WHERE id = ? AND page_id IS NOT NULL"
SQL_INSERT = """
INSERT INTO page (url_id, run_id, fetched_at, status, content_hash, kind, lang, title, text, detail,
    sketch, warc_file, warc_offset, version, checked_at, seal)
VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"""
SQL_POINT = "UPDATE url SET page_id = ?, revision = ? WHERE id = ?"
SQL_SELECT = """
SELECT url.id, url.revision, page.version, url.key, url.host,
    coalesce(source.id, url.source), coalesce(source.name, iif(substr(url.source, 1, 6) = 'found:',
        substr(url.source, 7), url.source)), coalesce(source.langs, ''), coalesce(source.kind,
        iif(substr(url.source, 1, 6) = 'found:', 'unknown', '')), coalesce(source.region, ''),
    page.fetched_at, page.kind, page.lang, page.title, page.text, page.detail, page.content_hash,
    page.sketch, page.warc_file, page.warc_offset
FROM url LEFT JOIN page ON page.id = url.page_id LEFT JOIN source ON source.id = url.source
"""
# "> 0" lets SQLite take the partial index whatever "?" is: else each batch sorts all URLs.
SQL_CHANGES = (
    SQL_SELECT + "WHERE url.revision > ? AND url.revision > 0 ORDER BY url.revision LIMIT 500"
)
SQL_ONE = SQL_SELECT + "WHERE url.id = ? AND url.page_id IS NOT NULL"
SQL_ROUTES = """
SELECT capture.url_id, group_concat(DISTINCT capture.route) FROM capture
JOIN url ON url.id = capture.url_id WHERE url.page_id IS NOT NULL GROUP BY capture.url_id"""
SQL_ROUTES_BETWEEN = """
SELECT capture.url_id, group_concat(DISTINCT capture.route) FROM url
CROSS JOIN capture ON capture.url_id = url.id
WHERE url.revision > ? AND url.revision <= ? AND url.revision > 0 AND url.page_id IS NOT NULL
GROUP BY capture.url_id"""


class Fetch(NamedTuple):
    """How a page was fetched: when, with which status, and where its raw response lies."""

    run_id: int
    fetched_at: str
    status: int
    warc_file: str = ""
    warc_offset: int = 0


def save(db: sqlite3.Connection, url_id: int, page: Page, fetch: Fetch) -> bool:
    """Store a page as its URL's current version; False when it had not changed.

    A page that was withdrawn and is back as it was takes up its last version again. Runs inside
    the caller's transaction.
    """
    detail = _detail(page)
    latest = db.execute(SQL_LATEST, (url_id,)).fetchone()
    if latest and tuple(latest[2:]) == (page.content_hash, page.title, page.text, detail):
        db.execute(SQL_SEEN_AGAIN, (fetch.fetched_at, latest[0]))
        if not is_held(db, url_id):
            db.execute(SQL_POINT, (latest[0], _next_revision(db), url_id))
        return False
    page_id = _insert(db, url_id, latest[1] + 1 if latest else 1, page, detail, fetch)
    db.execute(SQL_POINT, (page_id, _next_revision(db), url_id))
    return True


def save_earlier(db: sqlite3.Connection, url_id: int, page: Page, fetch: Fetch) -> bool:
    """Store a page as a version of a URL's history; False when a version says the same.

    Versions are numbered by when they were fetched, so later ones move up by one; the current page
    stays what it is. Runs inside the caller's transaction.
    """
    if db.execute(SQL_SAME, (url_id, page.content_hash, page.title)).fetchone():
        return False
    before = db.execute(SQL_BEFORE, (url_id, fetch.fetched_at)).fetchone()[0]
    db.execute(SQL_MAKE_ROOM[0], (url_id, before))
    db.execute(SQL_MAKE_ROOM[1], (url_id,))
    _insert(db, url_id, before + 1, page, _detail(page), fetch)
    return True


def _insert(
    db: sqlite3.Connection, url_id: int, version: int, page: Page, detail: str, fetch: Fetch
) -> int:
    made = (url_id, fetch.run_id, fetch.fetched_at, fetch.status)
    said = (page.content_hash, page.kind, page.lang, page.title, page.text, detail, page.sketch)
    row = (*made, *said, fetch.warc_file, fetch.warc_offset)  # as seal.COLUMNS has it
    cursor = db.execute(SQL_INSERT, (*row, version, fetch.fetched_at, seal(row)))
    return int(cursor.lastrowid or 0)


def is_held(db: sqlite3.Connection, url_id: int) -> bool:
    """True when a URL has a current page."""
    return db.execute(SQL_IS_HELD, (url_id,)).fetchone() is not None


def was_held(db: sqlite3.Connection, url_id: int) -> bool:
    """True when a URL has no current page and had one."""
    return not is_held(db, url_id) and db.execute(SQL_HAD, (url_id,)).fetchone() is not None


def seen_again(db: sqlite3.Connection, url_id: int, at: str) -> str:
    """Note that a URL's current page was found unchanged; return its kind, or "" without one."""
    row = db.execute(SQL_UNCHANGED, (at, url_id)).fetchone()
    return str(row[0]) if row else ""


def _next_revision(db: sqlite3.Connection) -> int:
    return int(db.execute(SQL_NEXT_REVISION).fetchone()[0])


def withdraw(db: sqlite3.Connection, url_id: int) -> None:
    """Take a URL's page out of the current corpus; its versions stay."""
    if is_held(db, url_id):
        db.execute(SQL_POINT, (None, _next_revision(db), url_id))


def revision(db: sqlite3.Connection) -> int:
    """Return the newest revision."""
    return int(db.execute(SQL_REVISION).fetchone()[0])


def changes(db: sqlite3.Connection, after: int = 0) -> Iterator[StoredPage | Removed]:
    """Yield the latest state of every URL changed after a revision, by rising revision.

    Reads in batches, so that a reader who is slow does not hold a writer's log back.
    """
    while rows := db.execute(SQL_CHANGES, (after,)).fetchall():
        for row in rows:
            after = row[1]
            yield Removed(row[0], row[1]) if row[2] is None else _stored(row)


def one(db: sqlite3.Connection, url_id: int) -> StoredPage | None:
    """Return one URL's current page."""
    row = db.execute(SQL_ONE, (url_id,)).fetchone()
    return _stored(row) if row else None


def url_id(db: sqlite3.Connection, key: str) -> int | None:
    """Return the number of a canonical URL, or None."""
    row = db.execute("SELECT id FROM url WHERE key = ?", (key,)).fetchone()
    return int(row[0]) if row else None


def routes(db: sqlite3.Connection) -> dict[int, tuple[str, ...]]:
    """Return the routes that found each stored page."""
    return _routes(db.execute(SQL_ROUTES))


def routes_between(db: sqlite3.Connection, after: int, until: int) -> dict[int, tuple[str, ...]]:
    """Return the routes that found each stored page of revisions ``after`` < r ≤ ``until``."""
    return _routes(db.execute(SQL_ROUTES_BETWEEN, (after, until)))


def _routes(rows: Iterable[tuple[int, str]]) -> dict[int, tuple[str, ...]]:
    routes = functools.lru_cache(lambda names: tuple(names.split(",")))  # pages share few of them
    return {url_id: routes(names) for url_id, names in rows}


def _stored(row: tuple[Any, ...]) -> StoredPage:
    try:
        page = _page(row)
    except (ValueError, KeyError, TypeError, IndexError) as error:
        raise StoreError(
            f"{row[3]}: its page cannot be read ({error}); `duizhao verify` names all of these"
        ) from error
    source = SourceRow(row[5], row[6], tuple(filter(None, row[7].split(","))), row[8], row[9])
    return StoredPage(
        url_id=row[0],
        revision=row[1],
        version=row[2],
        url=row[3],
        host=row[4],
        source=source,
        fetched_at=row[10],
        page=page,
        warc_file=row[18],
        warc_offset=row[19],
    )


def _detail(page: Page) -> str:
    """Everything a page says of itself beyond its text, as JSON.

    Segments partition the text, so they are kept as lengths wherever they do.
    """
    whole = "\n".join(segment.text for segment in page.segments) == page.text
    published = page.published
    detail = {
        "charset": page.charset,
        "canonical": page.canonical,
        "charset_suspect": page.charset_suspect,
        "lang_confidence": round(page.lang_confidence, 4),
        "segments": [[s.lang, len(s.text) if whole else s.text] for s in page.segments],
        "shares": [[lang, round(share, 4)] for lang, share in page.shares],
        "script": page.script,
        "region": [page.region, round(page.region_confidence, 3)],
        "published": published
        and [published.date, published.source, round(published.confidence, 3)],
        "origin": page.origin,
        "flags": list(page.flags),
    }
    return json.dumps(detail, ensure_ascii=False, separators=(",", ":"))


def _page(row: tuple[Any, ...]) -> Page:
    detail = json.loads(row[15])
    published = detail["published"]
    region, region_confidence = detail.get("region") or ("", 0.0)  # not in stores of earlier builds
    return Page(
        url=row[3],
        kind=row[11],
        lang=row[12],
        title=row[13],
        text=row[14],
        content_hash=row[16],
        sketch=row[17],
        charset=detail["charset"],
        canonical=detail["canonical"],
        charset_suspect=detail["charset_suspect"],
        lang_confidence=detail["lang_confidence"],
        segments=_segments(row[14], detail["segments"]),
        shares=tuple((lang, share) for lang, share in detail["shares"]),
        script=detail["script"],
        published=Published(*published) if published else None,
        region=region,
        region_confidence=region_confidence,
        origin=detail["origin"],
        flags=tuple(detail["flags"]),
    )


def _segments(text: str, kept: list[tuple[str, int | str]]) -> tuple[Segment, ...]:
    segments, start = [], 0
    for lang, what in kept:
        if isinstance(what, int):
            segments.append(Segment(lang, text[start : start + what]))
            start += what + 1
        else:
            segments.append(Segment(lang, what))
    return tuple(segments)
