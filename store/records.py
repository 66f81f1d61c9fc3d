"""What the store keeps beside pages: runs and their books, claims of services, versions, moves.

Apart from ``store.model``, since a search reads pages alone and each of these takes time to make.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    """discovered = stored + failed + skipped + gone + pending, or the run's books are wrong.

    ``reasons`` counts URLs by (state, reason), e.g. ``("skipped", "robots")``.
    """

    discovered: int
    stored: int
    failed: int
    skipped: int
    gone: int
    pending: int
    reasons: tuple[tuple[str, str, int], ...] = ()

    @property
    def balanced(self) -> bool:
        """True when every discovered URL is in exactly one state."""
        return self.discovered == (
            self.stored + self.failed + self.skipped + self.gone + self.pending
        )


@dataclass(frozen=True, slots=True)
class Run:
    """One crawl: when, how it ended (``finished``, ``stopped``, ``limit``, ``killed``,
    ``running``), its configuration as JSON, its accounts, and the limits it hit as
    (limit name, subject, count)."""

    id: int
    started_at: str
    ended_at: str
    outcome: str
    config_json: str
    fetched: int
    account: Account | None
    limits: tuple[tuple[str, str, int], ...]


@dataclass(frozen=True, slots=True)
class Effort:
    """What one run spent on one language and kind of source, beside what came of it.

    ``lang`` is the page's own language (``en``, ``zh``, ``other``); a fetch that brought no page
    counts for the language it was expected in, ``unknown`` where nothing was expected. ``bytes``
    are as they came over the wire. ``on_topic`` counts pages on topic when they were fetched.
    """

    run_id: int
    lang: str
    kind: str
    fetches: int
    bytes: int
    pages: int
    on_topic: int


@dataclass(frozen=True, slots=True)
class Claim:
    """What one search service said of one query on one day; see ``store.claims``.

    ``service`` is the configured name, ``kind`` what it is (``mediawiki``, ``brave``, …),
    ``query`` the words as asked, ``day`` UTC. ``state`` is ``answered`` or ``refused`` (then
    ``reason`` says why and ``total`` is None). ``bound`` is ``exact``, ``estimate``, ``at_least``
    or ``none``. ``results`` counts addresses it gave, ``requests`` what asking cost: the effort.
    """

    query_id: int
    service: str
    kind: str
    concept: str
    lang: str
    query: str
    day: str
    state: str
    reason: str
    total: int | None
    bound: str
    results: int
    requests: int
    asked_at: str
    run_id: int
    warc_file: str = ""
    warc_offset: int = 0


@dataclass(frozen=True, slots=True)
class Volume:
    """One point of a timeline a service gave: how much of ``series`` (a source language, say) it
    saw in ``period`` (an ISO date), in ``unit`` (``percent`` of what it monitors, ``articles``)."""

    query_id: int
    service: str
    concept: str
    lang: str
    query: str
    day: str
    series: str
    period: str
    value: float
    unit: str


@dataclass(frozen=True, slots=True)
class Version:
    """One version of a page: where and when it was fetched, when it was last seen unchanged (ISO
    8601 UTC), and what it said. ``number`` counts the versions at ``url``, from 1."""

    url: str
    number: int
    fetched_at: str
    checked_at: str
    status: int
    lang: str
    title: str
    text: str
    content_hash: str
    is_current: bool


@dataclass(frozen=True, slots=True)
class Moved:
    """A URL that says it has moved for good: its number, from where, to where, with which status
    (301 or 308), and when that was seen (ISO 8601 UTC)."""

    url_id: int
    old: str
    new: str
    status: int
    at: str


@dataclass(frozen=True, slots=True)
class HostTrouble:
    """A host that is left alone for a while: why, how often in a row it failed, since when and
    until when (Unix times)."""

    host: str
    reason: str
    failures: int
    since: float
    next_at: float
