"""The store: the truth. Everything else can be made again from it.

In: pages, links and captures from the crawler. Out: frozen rows (``store.model`` and
``store.records``) for the index and the report. One folder holds ``store.sqlite`` (SQLite in WAL
mode, see ``store.schema``) and ``warc/`` (the raw responses as evidence). Only this room speaks
SQL: to keep one more thing, add a migration (``store.migrations``) and a module of named statements
beside ``pages`` and ``runs``.
Modules are imported when they are asked for: a search reads pages and nothing else.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Self

from store import identity, pages
from store.errors import AccountingError, NoStore, SchemaMismatch, StoreError
from store.model import Removed, SourceRow, StoredPage
from store.schema import connect, roll_back, unusable

if TYPE_CHECKING:
    from store.records import Account, Claim, Effort, Moved, Run, Version, Volume
    from store.warc import Evidence

__all__ = [
    "DATABASE",
    "AccountingError",
    "NoStore",
    "SchemaMismatch",
    "Store",
    "StoreError",
    "open_store",
]

DATABASE = "store.sqlite"

SQL_SOURCE = """
INSERT INTO source (id, name, langs, kind, region) VALUES (?, ?, ?, ?, ?)
ON CONFLICT DO UPDATE SET name = excluded.name, langs = excluded.langs, kind = excluded.kind,
    region = excluded.region"""


def open_store(folder: Path, *, create: bool = False) -> Store:
    """Open the store in ``folder``; only a crawl creates one. Others read one that is read-only.

    Raises NoStore where there is none, SchemaMismatch, StoreError.
    """
    path = folder / DATABASE
    if create:
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise StoreError(f"{folder}: cannot keep data there ({error.strerror})") from error
    elif not path.is_file():
        raise NoStore(
            f"{folder}: no pages here yet; run `duizhao crawl` first, or name another folder"
            " with --data"
        )
    return Store(connect(path, to_read=not create), folder)


class Store:
    """An open store. Implements ``store.model.Reader``; a context manager."""

    def __init__(self, db: sqlite3.Connection, folder: Path) -> None:
        self.db = db
        self.folder = folder

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()
        if isinstance(error, sqlite3.DatabaseError):
            raise unusable(self.folder / DATABASE, error) from error

    def close(self) -> None:
        """Close the database."""
        self.db.close()

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """All or nothing; a second transaction inside is part of the first."""
        if self.db.in_transaction:
            yield
            return
        self.db.execute("BEGIN IMMEDIATE")
        try:
            yield
            self.db.execute("COMMIT")
        except BaseException:
            roll_back(self.db)
            raise

    def keep_sources(self, sources: Iterable[SourceRow]) -> None:
        """Remember what each source is, so that a report needs no configuration."""
        rows = [(s.id, s.name, ",".join(s.langs), s.kind, s.region) for s in sources]
        with self.transaction():
            self.db.executemany(SQL_SOURCE, rows)

    @property
    def revision(self) -> int:
        """The newest revision; 0 for an empty store."""
        return pages.revision(self.db)

    @property
    def last_run(self) -> tuple[int, str] | None:
        """The newest run's number, and who began it when; None before the first."""
        return identity.last_run(self.db)

    def has_run(self, run: tuple[int, str]) -> bool:
        """Return whether a run that ``last_run`` gave is one of this store's."""
        return identity.has_run(self.db, run)

    def changes(self, after: int = 0) -> Iterator[StoredPage | Removed]:
        """Yield the latest state of every URL changed after ``after``, by rising revision."""
        return pages.changes(self.db, after)

    def page(self, url_id: int) -> StoredPage | None:
        """Return one URL's current page, or None."""
        return pages.one(self.db, url_id)

    def find(self, url: str) -> StoredPage | None:
        """Return the current page at a URL, in any spelling of it, or None."""
        number = self._number(url)
        return None if number is None else self.page(number)

    def was_held(self, url: str) -> bool:
        """Return whether there was a page at a URL, in any spelling of it, that is gone."""
        number = self._number(url)
        return number is not None and pages.was_held(self.db, number)

    def _number(self, url: str) -> int | None:
        from page.url import canonical

        key = canonical(url)
        return pages.url_id(self.db, key) if key else None

    def versions(self, url: str) -> tuple[Version, ...]:
        """Return every version of the page at a URL, oldest first, also from where it moved."""
        from store import history

        number = self._number(url)
        return () if number is None else history.versions(self.db, number)

    def moved_to(self, url: str) -> Moved | None:
        """Return where the page at a URL has moved for good, or None."""
        from page.url import canonical
        from store import visits

        key = canonical(url)
        return visits.moved_to(self.db, key) if key else None

    def evidence(self, stored: StoredPage, most: int) -> Evidence:
        """Return a page's raw response, ``most`` bytes of its body; see ``store.warc.evidence``."""
        from store import warc

        return warc.evidence(self.folder, stored.warc_file, stored.warc_offset, most)

    def routes(self) -> dict[int, tuple[str, ...]]:
        """Return the routes that found each stored page, by url_id."""
        return pages.routes(self.db)

    def routes_between(self, after: int, until: int) -> dict[int, tuple[str, ...]]:
        """Return the same of stored pages of revisions ``after`` < r ≤ ``until`` only."""
        return pages.routes_between(self.db, after, until)

    def links_named(self, anchors: Collection[str], prefix: str) -> list[tuple[int, int]]:
        """Return (from, to) of links between stored pages with these anchors or this beginning."""
        from store import links

        return list(links.named(self.db, anchors, prefix))

    def linking_hosts(self) -> dict[int, set[str]]:
        """Return the other hosts that link to each stored page that any links to, by url_id."""
        from store import links

        return links.linking_hosts(self.db)

    def redirects(self) -> dict[str, str]:
        """Return, of every URL that redirected, where it led to last."""
        from store import redirects

        return redirects.redirects(self.db)

    def problems(self, progress: Callable[[int], None] | None = None) -> Iterator[str]:
        """Yield a line for everything that is not as it was written; see ``store.verify``."""
        from store import verify  # reads WARC, which nothing else that opens a store does

        return verify.problems(self.db, self.folder, progress)

    def runs(self, after: int = 0) -> tuple[Run, ...]:
        """Return all runs later than the one with this number, oldest first."""
        from store import runs

        return runs.runs(self.db, after)

    def account(self) -> Account:
        """Count every URL by state, now."""
        from store import account

        return account.account(self.db)

    def effort(self) -> tuple[Effort, ...]:
        """Return what each run spent by language and kind of source, oldest run first."""
        from store import effort

        return effort.effort(self.db)

    def claims(self) -> tuple[Claim, ...]:
        """Return what search services claimed, by query and day, the oldest first."""
        from store import claims

        return claims.claims(self.db)

    def volumes(self) -> tuple[Volume, ...]:
        """Return the timelines that search services gave."""
        from store import claims

        return claims.volumes(self.db)
