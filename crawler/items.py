"""What a spider yields: one item a lease, and every lease ends in exactly one."""

from __future__ import annotations

from dataclasses import dataclass, field

from config.subject import Verdict
from page.model import Page
from store.frontier import Found, Lease


@dataclass(frozen=True, slots=True)
class Raw:
    """A response as it came over the wire, for the WARC file."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    address: str
    at: str


@dataclass(frozen=True, slots=True)
class Fetched:
    """A page was fetched and understood; ``found`` is what it links to.

    ``verdict`` is what the topic has to do with it; None when nobody judged.
    """

    lease: Lease
    page: Page
    raw: Raw
    found: list[Found] = field(default_factory=list)
    verdict: Verdict | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """A sitemap or feed was read; ``found`` is what it lists."""

    lease: Lease
    raw: Raw
    found: list[Found] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Outcome:
    """No page: ``state`` is failed, skipped or gone, ``reason`` a short stable word.

    ``status`` is that of a redirect, whose target is ``found``.
    ``size`` is what came over the wire, in bytes.
    """

    lease: Lease
    state: str
    reason: str
    fetched: bool = True
    found: list[Found] = field(default_factory=list)
    status: int = 0
    size: int = 0


@dataclass(frozen=True, slots=True)
class Unchanged:
    """The server said that what we hold is still what it has (304)."""

    lease: Lease


@dataclass(frozen=True, slots=True)
class Again:
    """Try this URL later. ``delay`` in seconds; ``counts`` says whether it uses up an attempt."""

    lease: Lease
    reason: str
    delay: float
    counts: bool = True
    size: int = 0


Item = Fetched | Listing | Outcome | Unchanged | Again
