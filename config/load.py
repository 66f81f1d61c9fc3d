"""Reads a configuration: Duizhao's own values, a user's file over them, options over both."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from config.checks import Wrong, any_text, choice, table, tables
from config.crawl import FIELDS as CRAWL_FIELDS
from config.crawl import read_crawl
from config.document import Document, read
from config.errors import ConfigError, Problem, shown
from config.layers import Layer, latest, named, shipped, shipped_topics, topic_of
from config.model import AUDIT, ENGINES, Config, Search, Source, Topic
from config.routes import (
    ARCHIVE_FIELDS,
    DISCOVER_FIELDS,
    LIST_FIELDS,
    SEARCH_FIELDS,
    read_archives,
    read_discover,
    read_lists,
    read_searches,
)
from config.schedule import FIELDS as SCHEDULE_FIELDS
from config.schedule import read_schedule
from config.sources import read_source_file, read_sources
from config.tables import Field, Fields, attempt, read_table

__all__ = ["ConfigError", "Problem", "load", "shipped_topics"]


def _source_file(value: Any) -> str:
    """The name of a file of sources; tables of sources have another key."""
    if isinstance(value, list | dict):
        raise Wrong(f"{shown(value)} is not a file's name; sources themselves go under [[source]]")
    return any_text(value)


FIELDS: Fields = {
    "topic": Field(any_text),
    "sources": Field(_source_file),
    "engine": Field(choice(*ENGINES)),
    "crawl": Field(table, inner=CRAWL_FIELDS),
    "source": Field(tables),
    "discover": Field(table, inner=DISCOVER_FIELDS),
    "search": Field(tables, inner=SEARCH_FIELDS),
    "archive": Field(tables, inner=ARCHIVE_FIELDS),
    "list": Field(tables, inner=LIST_FIELDS),
    "schedule": Field(table, inner=SCHEDULE_FIELDS),
}


def load(
    path: Path | None = None,
    *,
    topic: str | None = None,
    sources: Path | None = None,
    overrides: Mapping[str, object] | None = None,
) -> Config:
    """Read and check a whole configuration, before anything is contacted.

    ``path`` is a user's TOML file; what it leaves out is Duizhao's own. ``topic`` (a shipped
    topic's name or a topic file), ``sources`` (a file of sources) and ``overrides`` (values for
    ``[crawl]``) come from the command line and win. Raises ConfigError with every problem found.
    """
    documents = [read(shipped("default.toml")), *([read(path)] if path is not None else [])]
    documents.append(_command_line(topic, sources, overrides))
    found: list[Problem] = []
    layers = [_layer(document, found) for document in documents]
    crawl = attempt(found, lambda: read_crawl(documents))
    schedule = attempt(found, lambda: read_schedule(documents))
    topic_read = attempt(found, lambda: topic_of(layers))
    sources_read = attempt(found, lambda: _sources(layers))
    routes = _routes(layers, topic_read[0] if topic_read else None, found)
    if found or not crawl or not schedule or topic_read is None or sources_read is None:
        raise ConfigError(_in_order(found))
    engine = latest(layers, "engine").values["engine"]
    read_from = (*documents, topic_read[1], sources_read[1])
    files = tuple(dict.fromkeys(document.path for document in read_from if document.path))
    routes["schedule"] = schedule
    return Config(topic_read[0], sources_read[0], crawl, engine, files, **routes)


def _command_line(
    topic: str | None, sources: Path | None, overrides: Mapping[str, object] | None
) -> Document:
    given = {"topic": topic, "sources": None if sources is None else str(sources)}
    data: dict[str, Any] = {name: value for name, value in given.items() if value is not None}
    return Document(None, data | {"crawl": dict(overrides or {})})


def _layer(document: Document, found: list[Problem]) -> Layer:
    values = read_table(document, (), FIELDS, found)
    if "source" in values and "sources" in values:
        message = "sources and [[source]] are both given; keep one of them"
        found.append(document.problem(("sources",), message))
    return Layer(document, values)


def _sources(layers: Sequence[Layer]) -> tuple[tuple[Source, ...], Document]:
    layer = latest(layers, "sources", "source")
    if "source" in layer.values:
        return read_sources(layer.document), layer.document
    document = named(layer, "sources")
    return read_source_file(document), document


def _routes(layers: Sequence[Layer], topic: Topic | None, found: list[Problem]) -> dict[str, Any]:
    """Return the settings of the further routes; each kind's tables come from one file."""
    documents = [layer.document for layer in layers]
    ways = {
        "discover": lambda: read_discover(documents),
        "searches": lambda: tuple(
            each
            for layer in _holding(layers, "search")
            for each in read_searches(layer.document, topic)
        ),
        "archives": lambda: tuple(
            each for layer in _holding(layers, "archive") for each in read_archives(layer.document)
        ),
        "lists": lambda: tuple(
            each for layer in _holding(layers, "list") for each in read_lists(layer.document)
        ),
    }
    read_well: dict[str, Any] = {name: attempt(found, way) for name, way in ways.items()}
    asked: tuple[Search, ...] = read_well["searches"] or ()
    read_well["searches"] = tuple(each for each in asked if each.role != AUDIT)
    read_well["aside"] = tuple(each for each in asked if each.role == AUDIT)
    return {name: value for name, value in read_well.items() if value is not None}


def _holding(layers: Sequence[Layer], name: str) -> list[Layer]:
    """Return the last layer that has tables of this name, if any has."""
    return [layer for layer in layers if name in layer.values][-1:]


def _in_order(found: list[Problem]) -> list[Problem]:
    """File by file as they were read, by line; each problem once."""
    files = list(dict.fromkeys(problem.path for problem in found))
    return sorted(dict.fromkeys(found), key=lambda p: (files.index(p.path), p.line or 0))
