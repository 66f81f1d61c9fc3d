"""What a configuration is, once read and checked: frozen, complete, with no file left to open."""

from __future__ import annotations

from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

KINDS = (
    "government",
    "party",
    "state media",
    "press",
    "think tank",
    "academic",
    "international body",
    "company",
    "blog",
)
REGIONS = ("mainland", "Taiwan", "Hong Kong", "Macau", "Singapore", "other")
LANGUAGES = ("en", "zh")
ENGINES = ("tantivy", "whoosh")


@dataclass(frozen=True, slots=True)
class Concept:
    """One idea of a topic, in both languages.

    ``zh_terms`` holds Simplified terms and, where Taiwan words it differently, Taiwan's.
    ``core`` concepts put a page on topic alone; of the others it takes two.
    """

    id: str
    en: str
    zh: str
    en_terms: tuple[str, ...]
    zh_terms: tuple[str, ...]
    meaning: str
    core: bool = False

    def terms(self, lang: str) -> tuple[str, ...]:
        """Return the terms of one language (``en`` or ``zh``)."""
        return self.en_terms if lang == "en" else self.zh_terms


@dataclass(frozen=True, slots=True)
class Topic:
    """What is being measured: a name in both languages and its concepts."""

    id: str
    en: str
    zh: str
    concepts: tuple[Concept, ...]


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
    allow_addresses: tuple[IPv4Network | IPv6Network, ...]


@dataclass(frozen=True, slots=True)
class Config:
    """Everything a run needs. ``files`` are the TOML files it was read from, in order."""

    topic: Topic
    sources: tuple[Source, ...]
    crawl: Crawl
    engine: str
    files: tuple[Path, ...]
