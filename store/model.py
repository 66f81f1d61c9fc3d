"""What the store gives out: frozen rows, no cursors, no SQL."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, NamedTuple, Protocol

from page.model import Page

if TYPE_CHECKING:
    from store.records import Account, Claim, Effort, Run, Volume

PENDING, LEASED, STORED, FAILED, SKIPPED, GONE = (
    "pending",
    "leased",
    "stored",
    "failed",
    "skipped",
    "gone",
)
STATES = (PENDING, LEASED, STORED, FAILED, SKIPPED, GONE)


class SourceRow(NamedTuple):
    """A source as it was configured when its pages were last crawled; ``region`` may be empty."""

    id: str
    name: str
    langs: tuple[str, ...]
    kind: str
    region: str


class StoredPage(NamedTuple):
    """The current version of one URL's page, with where it came from.

    ``url_id`` identifies the URL for good; ``revision`` grows with every change in the store, so
    "everything after revision N" is what an index has to catch up with. ``page.links`` is empty
    here (links live in the frontier). ``fetched_at`` is ISO 8601 UTC. ``warc_file`` and
    ``warc_offset`` locate the raw response below the store's ``warc/`` folder.
    """

    url_id: int
    revision: int
    version: int
    url: str
    host: str
    source: SourceRow
    fetched_at: str
    page: Page
    warc_file: str = ""
    warc_offset: int = 0

    @property
    def region(self) -> str:
        """The region: the source's where its entry says one, else what the page looks like."""
        return self.source.region or self.page.region

    @property
    def region_confidence(self) -> float:
        """How far the region is to be believed, in [0, 1]."""
        return 1.0 if self.source.region else self.page.region_confidence


class Removed(NamedTuple):
    """A URL whose page no longer counts: take it out of the index."""

    url_id: int
    revision: int


class Reader(Protocol):
    """What index and report read. ``store.open_store(folder)`` returns one."""

    @property
    def revision(self) -> int:
        """The newest revision; 0 for an empty store."""
        ...

    @property
    def last_run(self) -> tuple[int, str] | None:
        """The newest run's number, and who began it when; None before the first."""
        ...

    def has_run(self, run: tuple[int, str]) -> bool:
        """Return whether a run that ``last_run`` gave is one of this store's."""
        ...

    def changes(self, after: int = 0) -> Iterator[StoredPage | Removed]:
        """Yield the latest state of every URL changed after ``after``, by rising revision."""
        ...

    def page(self, url_id: int) -> StoredPage | None:
        """Return one URL's current page, or None."""
        ...

    def find(self, url: str) -> StoredPage | None:
        """Return the current page at a URL, in any spelling of it, or None."""
        ...

    def was_held(self, url: str) -> bool:
        """Return whether there was a page at a URL, in any spelling of it, that is gone."""
        ...

    def routes(self) -> dict[int, tuple[str, ...]]:
        """Return the routes that found each stored page, by url_id."""
        ...

    def runs(self) -> tuple[Run, ...]:
        """Return all runs, oldest first."""
        ...

    def account(self) -> Account:
        """Count every URL by state, now."""
        ...

    def effort(self) -> tuple[Effort, ...]:
        """Return what each run spent by language and kind of source, oldest run first."""
        ...

    def claims(self) -> tuple[Claim, ...]:
        """Return what search services claimed, by query and day, the oldest first."""
        ...

    def volumes(self) -> tuple[Volume, ...]:
        """Return the timelines that search services gave."""
        ...
