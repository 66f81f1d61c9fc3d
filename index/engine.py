"""What an engine is given and what it answers: documents, queries, filters, hits.

Engines get finished tokens (see ``index.analysis``). Two engines given the same documents return
the same result set for the same query; scores are BM25 (k1 1.2, b 0.75) in both, but rounded as
each engine rounds a document's length.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from typing import NamedTuple, Protocol

from index.analysis import Token
from index.kind import kind

TITLE = "title"
BODY = "body"
# A word in the title is worth this many in the text, as in Lucene's and Whoosh's own examples;
# The sets of `benchmarks/search.py` have no titles: this is a convention and not a measurement.
TITLE_WEIGHT = 2.0
# Fields of a document that are compared whole.
EXACT = ("sites", "source", "kind", "region", "page_kind", "script", "year")


class Document(NamedTuple):
    """A page's part in one language, its title and body as strips (``index.analysis.strip``).

    Days are numbers (20240601); 0 where there is no date. ``sites`` are the host and every domain
    above it. ``first_day`` and ``last_day`` are equal unless the date is only a month or a year.
    ``digest`` tells one content of a document from another (see ``index.document``); it is below
    2**63.
    """

    url_id: int
    title: str
    body: str
    sites: tuple[str, ...] = ()
    source: str = ""
    kind: str = ""
    region: str = ""
    page_kind: str = ""
    script: str = ""
    first_day: int = 0
    last_day: int = 0
    year: str = ""
    digest: int = 0


@kind
class Term(NamedTuple):
    """Documents with this token, in ``field`` or, when that is empty, in title or text."""

    text: str
    field: str = ""


@kind
class Phrase(NamedTuple):
    """Documents with these tokens (two or more) at these distances from each other."""

    tokens: tuple[Token, ...]
    field: str = ""


@kind
class Prefix(NamedTuple):
    """Documents with a token that begins so (see ``index.expansion`` for how many there may be)."""

    text: str
    field: str = ""


@kind
class Near(NamedTuple):
    """Documents with any of these phrases; all are of the same tokens, at other distances."""

    rows: tuple[tuple[Token, ...], ...]
    field: str = ""

    def __hash__(self) -> int:
        # There may be hundreds of rows, and a result is looked up for every line of a page.
        return hash((self.rows[:1], len(self.rows), self.field))


@kind
class Alike(NamedTuple):
    """Documents with a token at most ``distance`` edits from this one.

    An edit inserts, deletes or replaces a character, or swaps two neighbours. The first letter
    (and an English word's mark before it) must be the same.
    """

    text: str
    distance: int
    field: str = ""


@kind
class Within(NamedTuple):
    """Documents of which a field that is compared whole (see ``EXACT``) has one of the values."""

    name: str
    values: tuple[str, ...]


@kind
class Among(NamedTuple):
    """Documents with one of these url_ids."""

    ids: tuple[int, ...]


@kind
class Dated(NamedTuple):
    """Documents of which any day lies between two days; 0 leaves a side open.

    Undated documents do not match.
    """

    since: int
    until: int


@kind
class And(NamedTuple):
    """Documents that match every part and none of ``without``; ``bonus`` only adds to the score."""

    parts: tuple[Query, ...]
    without: tuple[Query, ...] = ()
    bonus: tuple[Query, ...] = ()


@kind
class Or(NamedTuple):
    """Documents that match at least one part."""

    parts: tuple[Query, ...]


@kind
class Best(NamedTuple):
    """Documents that match at least one part; the best part, by its weight, is the score."""

    parts: tuple[tuple[Query, float], ...]


Query = Term | Phrase | Prefix | Near | Alike | Within | Among | Dated | And | Or | Best


class Filters(NamedTuple):
    """What a hit must be besides matching; within one field any of the values will do.

    ``since`` and ``until`` are days, 0 for none; with either, undated pages are left out, and a
    page dated by month or year counts when any of its days does. Hubs only with ``hubs``.
    """

    sites: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    regions: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    scripts: tuple[str, ...] = ()
    since: int = 0
    until: int = 0
    hubs: bool = False

    def values(self) -> tuple[tuple[str, tuple[str, ...]], ...]:
        """Return the fields of ``Document`` that are restricted, with the values allowed."""
        wanted = (
            ("sites", tuple(site.lower() for site in self.sites)),
            ("kind", self.kinds),
            ("region", self.regions),
            ("source", self.sources),
            ("script", self.scripts),
        )
        return tuple((field, values) for field, values in wanted if values)


class Hits(NamedTuple):
    """How many documents match, and the best of them as (url_id, score), best first."""

    total: int
    best: tuple[tuple[int, float], ...]


class Engine(Protocol):
    """One index in one folder. Made by calling its class with the folder, which may be empty.

    ``counts_within``: what two queries share is counted quickly, however many documents match.
    """

    counts_within: bool

    def write(self, documents: Iterable[Document], gone: Collection[int] = ()) -> None:
        """Replace these documents by url_id and remove ``gone``: all of it or, killed, nothing."""
        ...

    def search(self, query: Query, filters: Filters, limit: int) -> Hits:
        """Return the number of matches and the best ``limit``, which may be 0; ties by url_id.

        So what a smaller limit returns is the beginning of what a larger one does.
        """
        ...

    def ids(self, query: Query, filters: Filters) -> frozenset[int]:
        """Return the url_ids of every match."""
        ...

    def count(self) -> int:
        """Return the number of documents."""
        ...

    def words(self, field: str, start: str) -> list[tuple[str, int]]:
        """Return a field's tokens that begin so, each with the number of documents it is in."""
        ...

    def frequency(self, text: str) -> int:
        """Return the number of documents with this token in their text."""
        ...

    def facet(self, query: Query, filters: Filters, field: str) -> dict[str, int]:
        """Return how many matches have each value of a field of ``EXACT``; empty ones too."""
        ...

    def digests(self) -> dict[int, int]:
        """Return every document's digest, by url_id."""
        ...

    def close(self) -> None:
        """Let go of every file."""
        ...
