"""The sources: public web sites, each with its entry points and bounds."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urlsplit

from config.checks import choice, identifier, pattern, tables, text, whole
from config.crawl import FIELDS as CRAWL_FIELDS
from config.document import Document
from config.errors import ConfigError, Problem
from config.model import KINDS, LANGUAGES, REGIONS, Source
from config.tables import Field, Fields, read_table, read_tables
from config.urls import host, host_of, url

ENTRIES = ("home", "sitemap", "feed")
FILE_FIELDS: Fields = {"source": Field(tables, required=True)}
FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "name": Field(text, required=True),
    "langs": Field(choice(*LANGUAGES), required=True, many=True, least=1),
    "kind": Field(choice(*KINDS), required=True),
    "region": Field(choice(*REGIONS)),
    "home": Field(url, many=True),
    "sitemap": Field(url, many=True),
    "feed": Field(url, many=True),
    "hosts": Field(host, many=True),
    "allow": Field(pattern, many=True),
    "deny": Field(pattern, many=True),
    "max_pages": CRAWL_FIELDS["max_pages"],
    "max_depth": Field(whole(0, 1000)),
}


def read_source_file(document: Document) -> tuple[Source, ...]:
    """Return the sources of a file that holds nothing else. Raises ConfigError."""
    found: list[Problem] = []
    read_table(document, (), FILE_FIELDS, found)
    if found:
        raise ConfigError(found)
    return read_sources(document)


def read_sources(document: Document) -> tuple[Source, ...]:
    """Return the ``[[source]]`` tables of a file. Raises ConfigError with all that is wrong."""
    found: list[Problem] = []
    sources = read_tables(document, "source", FIELDS, found)
    first: dict[str, int] = {}
    for n, source in enumerate(sources):
        name = source.get("id", "")
        if name and first.setdefault(name, n) != n:
            message = f"id: {name!r} is another source's; choose a new one"
            found.append(document.problem(("source", n, "id"), message))
        found += _entry_problems(document, n, source)
    if found:
        raise ConfigError(found)
    return tuple(_source(source) for source in sources)


def _entry_problems(document: Document, n: int, source: dict[str, Any]) -> list[Problem]:
    given = document.at(("source", n))
    if isinstance(given, dict) and not any(given.get(name) for name in ENTRIES):
        message = "no entry point; give it a home, a sitemap or a feed"
        return [document.problem(("source", n), message)]
    return [
        document.problem(("source", n, name, m), f"{name}: {entry!r} is refused by this {reason}")
        for name in ENTRIES
        for m, entry in enumerate(source.get(name, ()))
        if (reason := _refusal(source, entry))
    ]


def _refusal(source: dict[str, Any], entry: str) -> str:
    """An entry point that its own patterns refuse would never be fetched, and no one would know."""
    key = entry if urlsplit(entry).path else f"{entry}/"
    allow, deny = source.get("allow", ()), source.get("deny", ())
    if any(re.search(expression, key) for expression in deny):
        return "source's own deny pattern; narrow the pattern"
    if allow and not any(re.search(expression, key) for expression in allow):
        return "source's own allow patterns; add one for it"
    return ""


def _source(values: dict[str, Any]) -> Source:
    entries = (urlsplit(entry) for name in ENTRIES for entry in values.get(name, ()))
    hosts = (*(host_of(parts) for parts in entries), *values.get("hosts", ()))
    langs = tuple(dict.fromkeys(values["langs"]))
    return Source(**(values | {"langs": langs, "hosts": tuple(dict.fromkeys(hosts))}))
