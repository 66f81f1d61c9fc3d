"""Further routes of discovery: ``[[search]]``, ``[[archive]]``, ``[[list]]`` and ``[discover]``."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from config.checks import Wrong, any_text, choice, flag, identifier, number, pattern, text, whole
from config.document import Document
from config.errors import ConfigError, Problem, shown
from config.model import AUDIT, DISCOVERY, Archive, Config, Discover, Search, Topic, UrlList
from config.services import HOSTS, PAGES_BY_WORDS, SERVICES
from config.tables import Field, Fields, read_table, read_tables
from config.urls import url

DAY = 86_400.0
WILD = "*?["


def endpoint(value: Any) -> str:
    """The address of a service: a URL without a query, where a key might stand."""
    address = url(value)
    if urlsplit(address).query or urlsplit(address).fragment:
        # Not quoted: what stands behind the question mark may be a key.
        raise Wrong("a service's address has no '?'; keys come from the environment, remove it")
    return address


def index_name(value: Any) -> str:
    """An index of Common Crawl, or ``latest``."""
    name = pattern(value)
    if name != "latest" and not (name.startswith("CC-MAIN-") and name.replace("-", "").isalnum()):
        raise Wrong(f"{shown(value)} is no index; write 'latest' or one like 'CC-MAIN-2026-08'")
    return name


def timespan(value: Any) -> str:
    """How far back GDELT looks: ``24hours``, ``7days``, ``2weeks``, ``3months``."""
    span = any_text(value)
    digits = span.rstrip("abcdefghijklmnopqrstuvwxyz")
    if not digits.isdecimal() or span[len(digits) :] not in ("hours", "days", "weeks", "months"):
        raise Wrong(f"{shown(value)} is no time span; write one like '7days' or '3months'")
    return span


def place(value: Any) -> str:
    """A file's path, or its http(s) URL."""
    return url(value) if any_text(value).startswith(("http://", "https://")) else text(value)


SEARCH_FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "service": Field(choice(*SERVICES), required=True),
    "url": Field(endpoint),
    "en_url": Field(endpoint),
    "zh_url": Field(endpoint),
    "delay": Field(number(0, DAY)),
    "terms": Field(whole(1, 50)),
    "hosts": Field(whole(1, 1000)),
    "max_results": Field(whole(1, 10_000)),
    "external": Field(whole(0, 10_000)),
    "concepts": Field(identifier, many=True, least=1),
    "index": Field(index_name),
    "timespan": Field(timespan),
    "role": Field(choice(DISCOVERY, AUDIT)),
}
ARCHIVE_FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "files": Field(place, required=True, many=True, least=1),
    "base": Field(url),
    "sources_only": Field(flag),
}
LIST_FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "file": Field(text, required=True),
    "column": Field(text),
}
DISCOVER_FIELDS: Fields = {
    "offsite": Field(choice("fetch", "keep")),
    "max_pages_per_host": Field(whole(1, 1_000_000)),
}


def read_searches(document: Document, topic: Topic | None) -> tuple[Search, ...]:
    """Return the ``[[search]]`` tables of a file. Raises ConfigError with all that is wrong."""
    found: list[Problem] = []
    tables = read_tables(document, "search", SEARCH_FIELDS, found)
    found += _repeated(document, "search", tables)
    for n, values in enumerate(tables):
        if values.get("service") in SERVICES:
            found += _search_problems(document, n, values)
        found += _unknown_concepts(document, n, values, topic)
    if found:
        raise ConfigError(found)
    searches = tuple(search_of(values) for values in tables)
    if found := _not_aside(document, searches):
        raise ConfigError(found)
    return searches


def _not_aside(document: Document, searches: Sequence[Search]) -> list[Problem]:
    """Return what is wrong with services that are kept aside for an audit."""
    found = []
    for n, search in enumerate(searches):
        if search.role != AUDIT:
            continue
        if search.service not in PAGES_BY_WORDS:
            message = f"role: an audit asks for pages by words; {search.service} does not find them"
            found.append(document.problem(("search", n, "role"), message))
        for other in searches:
            if other.role != AUDIT and other.service == search.service:
                message = (
                    f"role: {other.id} asks the same service to find pages; an audit's must be"
                    " another one, or it meets what the crawl found"
                )
                found.append(document.problem(("search", n, "role"), message))
    return found


def search_of(values: dict[str, Any]) -> Search:
    """Return a search from its table's good values; what they leave out is the service's own."""
    service = SERVICES[values["service"]]
    both = values.get("url")
    given = {name: value for name, value in values.items() if name != "url"}
    own: dict[str, Any] = {
        "en_url": both or service.en_url,
        "zh_url": both or service.zh_url,
        "delay": service.delay,
        "max_results": min(50, service.most),
    }
    return Search(**(own | given))


def _search_problems(document: Document, n: int, values: dict[str, Any]) -> list[Problem]:
    service = SERVICES[values["service"]]
    found = []
    if not service.en_url and not (
        values.get("url") or (values.get("en_url") and values.get("zh_url"))
    ):
        message = f"url is missing; {service.name} has no address of its own, give yours"
        found.append(document.problem(("search", n), message))
    if values.get("max_results", 0) > service.most:
        message = f"max_results: {service.name} gives at most {service.most:,} a query"
        found.append(document.problem(("search", n, "max_results"), message))
    if values.get("delay", service.delay) < service.delay and not values.keys() & {
        "url",
        "en_url",
    }:
        message = f"delay: {service.name} asks for {service.delay:g} seconds or more"
        found.append(document.problem(("search", n, "delay"), message))
    other = "terms" if service.asks == HOSTS else "hosts"
    if other in values:
        message = f"{other}: {service.name} is asked about {service.asks}; remove it"
        found.append(document.problem(("search", n, other), message))
    return found


def _unknown_concepts(
    document: Document, n: int, values: dict[str, Any], topic: Topic | None
) -> list[Problem]:
    known = [concept.id for concept in topic.concepts] if topic else []
    return [
        document.problem(
            ("search", n, "concepts", m), f"concepts: {name!r} is no concept of the topic's"
        )
        for m, name in enumerate(values.get("concepts", ()))
        if topic and name not in known
    ]


def read_archives(document: Document) -> tuple[Archive, ...]:
    """Return the ``[[archive]]`` tables of a file. Raises ConfigError with all that is wrong."""
    found: list[Problem] = []
    tables = read_tables(document, "archive", ARCHIVE_FIELDS, found)
    found += _repeated(document, "archive", tables)
    archives = []
    for n, values in enumerate(tables):
        files = []
        for m, name in enumerate(values.get("files", ())):
            at = _located(document, name)
            files.append(at)
            if not at.startswith(("http://", "https://")) and not any(c in at for c in WILD):
                found += _missing(document, ("archive", n, "files", m), "files", Path(at))
        archives.append(values | {"files": tuple(files)})
    if found:
        raise ConfigError(found)
    return tuple(Archive(**values) for values in archives)


def archives_of(config: Config, files: Sequence[str], options: dict[str, Any]) -> Config:
    """Return the configuration with one archive of files named on the command line.

    Without files it stays as it is. Raises ConfigError for a name that cannot be one.
    """
    if not files:
        return config
    given = {name: value for name, value in options.items() if value}
    document = Document(None, {"archive": [given | {"files": list(files)}]})
    return replace(config, archives=read_archives(document))


def read_lists(document: Document) -> tuple[UrlList, ...]:
    """Return the ``[[list]]`` tables of a file. Raises ConfigError with all that is wrong."""
    found: list[Problem] = []
    tables = read_tables(document, "list", LIST_FIELDS, found)
    found += _repeated(document, "list", tables)
    for n, values in enumerate(tables):
        if "file" in values:
            values["file"] = Path(_located(document, values["file"]))
            found += _missing(document, ("list", n, "file"), "file", values["file"])
    if found:
        raise ConfigError(found)
    return tuple(UrlList(**values) for values in tables)


def read_discover(layers: Sequence[Document]) -> Discover:
    """Return the settings of ``[discover]``, a later layer over an earlier. Raises ConfigError."""
    found: list[Problem] = []
    values: dict[str, Any] = {}
    for layer in layers:
        if isinstance(layer.data.get("discover"), dict):
            values |= read_table(layer, ("discover",), DISCOVER_FIELDS, found)
    if found:
        raise ConfigError(found)
    return Discover(**values)


def _located(document: Document, name: str) -> str:
    """A name is relative to the file that holds it."""
    if name.startswith(("http://", "https://")):
        return name
    return str((document.path.parent if document.path else Path()) / Path(name).expanduser())


def _missing(
    document: Document, keys: tuple[str | int, ...], label: str, path: Path
) -> list[Problem]:
    named = shown(str(path)) if document.path is None else f"{label}: {shown(str(path))}"
    if path.is_dir() and label == "file":
        return [document.problem(keys, f"{named} is a folder; name a file")]
    if path.exists():
        return []
    return [document.problem(keys, f"{named} is not there; check the name")]


def _repeated(document: Document, name: str, tables: list[dict[str, Any]]) -> list[Problem]:
    first: dict[str, int] = {}
    return [
        document.problem((name, n, "id"), f"id: {values['id']!r} is another {name}'s; choose one")
        for n, values in enumerate(tables)
        if values.get("id") and first.setdefault(values["id"], n) != n
    ]
