"""What a configuration is, once read and checked: frozen, complete, with no file left to open.

Names and topic have modules of their own, which are all that a search needs.
"""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from config.names import ALL_KINDS, ENGINES, KINDS, LANGUAGES, REGIONS, STEPS, UNKNOWN
from config.subject import Concept, Topic

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

__all__ = [
    "ALL_KINDS",
    "AUDIT",
    "DISCOVERY",
    "ENGINES",
    "KINDS",
    "LANGUAGES",
    "REGIONS",
    "STEPS",
    "UNKNOWN",
    "Archive",
    "Concept",
    "Config",
    "Crawl",
    "Discover",
    "Job",
    "Schedule",
    "Search",
    "Source",
    "Topic",
    "UrlList",
]


@dataclass(frozen=True, slots=True)
class Source:
    """One public web site: what it is, where to enter it, how far to go.

    ``langs`` are the languages it publishes in. Without a ``region`` each page's host and script
    tell it. Entry points are absolute http(s) URLs.
    ``hosts`` are the hosts that belong to it (those of its entry points, and any listed).
    ``allow`` and ``deny`` are regular expressions searched in the URL; ``deny`` wins.
    ``max_pages`` and ``max_depth`` fall back to the crawl's own limits when None.
    """

    id: str
    name: str
    langs: tuple[str, ...]
    kind: str
    region: str = ""
    home: tuple[str, ...] = ()
    sitemap: tuple[str, ...] = ()
    feed: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()
    allow: tuple[str, ...] = ()
    deny: tuple[str, ...] = ()
    max_pages: int | None = None
    max_depth: int | None = None


DISCOVERY, AUDIT = "discovery", "audit"


@dataclass(frozen=True, slots=True)
class Search:
    """One search service to ask: a ``[[search]]`` table.

    ``service`` is a name of ``config.services``; the rest of an empty value is that service's own.
    A service of terms asks ``terms`` of each concept (of ``concepts``, or all) in each language; a
    service of hosts asks about ``hosts`` hosts of the sources of each language. ``external`` is
    how many outgoing links of its hits are taken a query (MediaWiki), ``index`` which index is
    asked (Common Crawl), ``timespan`` how far back (GDELT). ``delay`` is in seconds. ``role`` is
    ``audit`` for a service that is kept aside: no crawl asks it, `duizhao audit` does.
    """

    id: str
    service: str
    en_url: str
    zh_url: str
    delay: float
    terms: int = 1
    hosts: int = 10
    max_results: int = 50
    external: int = 100
    concepts: tuple[str, ...] = ()
    index: str = "latest"
    timespan: str = "3months"
    role: str = DISCOVERY

    def url(self, lang: str) -> str:
        """Return the address to ask for one language."""
        return self.en_url if lang != "zh" else self.zh_url


@dataclass(frozen=True, slots=True)
class Archive:
    """Pages that somebody else has crawled: an ``[[archive]]`` table.

    ``files`` are WARC, WET and WACZ files, or lists of places in some (CDXJ): paths, or http(s)
    URLs. ``base`` is what the file names in a CDXJ list are relative to. With ``sources_only``
    pages of hosts that no source names are left out.
    """

    id: str
    files: tuple[str, ...]
    base: str = ""
    sources_only: bool = False


@dataclass(frozen=True, slots=True)
class UrlList:
    """A file of addresses: a ``[[list]]`` table. ``column`` names a CSV column, "" to find it."""

    id: str
    file: Path
    column: str = ""


@dataclass(frozen=True, slots=True)
class Discover:
    """What becomes of pages that a search, a list or an archive finds on hosts no source names.

    ``offsite`` is ``fetch`` (politely, ``max_pages_per_host`` a host and run, their links are not
    followed) or ``keep`` (noted as skipped, never fetched).
    """

    offsite: str = "fetch"
    max_pages_per_host: int = 20


@dataclass(frozen=True, slots=True)
class Crawl:
    """How to crawl: politeness, limits and safety. Times in seconds, sizes in bytes."""

    contact: str
    user_agent: str
    max_pages: int
    max_pages_per_source: int
    max_depth: int
    concurrency: int
    concurrency_per_host: int
    delay: float
    max_delay: float
    autothrottle: bool
    timeout: float
    max_bytes: int
    max_attempts: int
    retry_delay: float
    revisit_min: float
    revisit_max: float
    extract_timeout: float
    workers: int
    focus: bool
    balanced: bool
    allow_addresses: tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True, slots=True)
class Job:
    """Steps (of ``STEPS``) to take one after the other whenever ``cron`` comes round.

    ``cron`` has five fields, read as Debian's cron does; ``timezone`` is an IANA name.
    """

    id: str
    run: tuple[str, ...]
    cron: str
    timezone: str


@dataclass(frozen=True, slots=True)
class Schedule:
    """The jobs that ``duizhao schedule`` runs; ``timezone`` is that of jobs that name none."""

    timezone: str = "UTC"
    jobs: tuple[Job, ...] = ()


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run needs. ``files`` are the TOML files it was read from, in order.

    ``searches`` find pages; ``aside`` are the services that only an audit may ask.
    """

    topic: Topic
    sources: tuple[Source, ...]
    crawl: Crawl
    engine: str
    files: tuple[Path, ...]
    discover: Discover = Discover()
    searches: tuple[Search, ...] = ()
    archives: tuple[Archive, ...] = ()
    lists: tuple[UrlList, ...] = ()
    schedule: Schedule = Schedule()
    aside: tuple[Search, ...] = ()
