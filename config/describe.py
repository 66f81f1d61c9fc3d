"""A configuration as it was understood: for a terminal, and for machines."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path

from rich import box
from rich.console import Group, RenderableType
from rich.table import Table
from rich.text import Text

from config.counted import counted
from config.model import (
    AUDIT,
    KINDS,
    LANGUAGES,
    REGIONS,
    Concept,
    Config,
    Crawl,
    Schedule,
    Search,
    Source,
    Topic,
)
from config.services import SERVICES

_UNITS = {
    "delay": "s",
    "max_delay": "s",
    "timeout": "s",
    "retry_delay": "s",
    "revisit_min": "s",
    "revisit_max": "s",
    "extract_timeout": "s",
    "max_bytes": "bytes",
}


def describe(config: Config) -> Group:
    """Return what ``duizhao config check`` prints; it fits 80 columns."""
    return Group(
        _heading("Files read"),
        *(Text(f" {path}", overflow="fold") for path in config.files),
        *_topic(config.topic),
        *_counts(config.sources),
        _sources(config.sources),
        *_routes(config),
        *_settings(config),
        *_schedule(config.schedule),
    )


def as_dict(config: Config) -> dict[str, object]:
    """Return the whole configuration as plain dicts, lists, text and numbers, ready for JSON."""
    return {field.name: _plain(getattr(config, field.name)) for field in dataclasses.fields(config)}


def _plain(value: object) -> object:
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {f.name: _plain(getattr(value, f.name)) for f in dataclasses.fields(value)}
    if isinstance(value, Topic | Concept):
        return {name: _plain(held) for name, held in value._asdict().items()}
    if isinstance(value, tuple):
        return [_plain(item) for item in value]
    if isinstance(value, Path | IPv4Network | IPv6Network):
        return str(value)
    return value


def _heading(text: str) -> Text:
    return Text(text, style="bold")


def _table(*columns: str, right: Sequence[str] = ()) -> Table:
    table = Table(box=box.SIMPLE, pad_edge=False, padding=(0, 1, 0, 0))
    for column in columns:
        table.add_column(column, justify="right" if column in right else "left", overflow="fold")
    table.columns[0].no_wrap = True  # ids and names of settings are there to be copied
    return table


def _row(table: Table, *cells: object) -> None:
    # Text, not str: a name with [brackets] is no markup.
    table.add_row(*(Text(str(cell)) for cell in cells))


def _topic(topic: Topic) -> tuple[Text, Table]:
    core = sum(concept.core for concept in topic.concepts)
    heading = (
        f"\nTopic {topic.en} {topic.zh}: concepts {len(topic.concepts)}, of them core (*) {core}"
    )
    table = _table("concept", "English", "中文", "en", "zh", "*", right=("en", "zh"))
    for each in topic.concepts:
        mark = "*" if each.core else ""
        _row(table, each.id, each.en, each.zh, len(each.en_terms), len(each.zh_terms), mark)
    return _heading(heading), table


def _counts(sources: Sequence[Source]) -> tuple[Text, Table]:
    regions = REGIONS if all(source.region for source in sources) else (*REGIONS, "")
    heads = [region or "by page" for region in regions]
    table = _table("kind", *heads, right=heads)
    for kind in KINDS:
        of_kind = [source for source in sources if source.kind == kind]
        if of_kind:
            _row(table, kind, *(_by_language(of_kind, region) for region in regions))
    return _heading(f"Sources: {len(sources)} in all; by kind and region, English/Chinese"), table


def _by_language(sources: Sequence[Source], region: str) -> str:
    here = [source for source in sources if source.region == region]
    counts = [sum(lang in source.langs for source in here) for lang in LANGUAGES]
    return "/".join(map(str, counts)) if here else "–"


def _sources(sources: Sequence[Source]) -> Table:
    table = _table("source", "name", "langs", "kind", "region")
    for each in sources:
        _row(table, each.id, each.name, " ".join(each.langs), each.kind, each.region)
    return table


def _routes(config: Config) -> tuple[Text | Table, ...]:
    """The further routes, where there are any; of a key only the variable's name is known here."""
    searches = (*config.searches, *config.aside)
    routes = (*searches, *config.archives, *config.lists)
    if not routes:
        return ()
    table = _table("route", "asks", "from", "key")
    for search in searches:
        key = SERVICES[search.service].key
        name = f"search:{search.id}" if search.role != AUDIT else f"audit only: {search.id}"
        _row(table, name, search.service, _addresses(search), key or "none")
    for archive in config.archives:
        _row(table, f"archive:{archive.id}", "archive", " ".join(archive.files), "none")
    for listed in config.lists:
        _row(table, f"list:{listed.id}", "list", listed.file, "none")
    offsite = config.discover.offsite
    rule = f"Routes: what they find on hosts that no source names is {_OFFSITE[offsite]}"
    return (_heading(rule.format(counted(config.discover.max_pages_per_host, "page"))), table)


_OFFSITE = {"fetch": "fetched, at most {} a host", "keep": "noted and not fetched"}


def _addresses(search: Search) -> str:
    return " ".join(dict.fromkeys((search.en_url, search.zh_url)))


def _settings(config: Config) -> tuple[Text, Table]:
    table = _table("setting", "value", "")
    for field in dataclasses.fields(Crawl):
        value = getattr(config.crawl, field.name)
        _row(table, field.name, _setting(value), _UNITS.get(field.name, ""))
    _row(table, "engine", config.engine, "")
    return _heading("Crawl"), table


def _schedule(schedule: Schedule) -> tuple[RenderableType, ...]:
    if not schedule.jobs:
        return ()
    table = _table("job", "cron", "time zone", "runs")
    for job in schedule.jobs:
        _row(table, job.id, job.cron, job.timezone, " ".join(job.run))
    return _heading("Schedule"), table


def _setting(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, tuple):
        return " ".join(map(str, value)) or "none"
    if isinstance(value, int):
        return f"{value:,}"
    if isinstance(value, float) and not value.is_integer():
        return f"{value:g}"
    return f"{value:,.0f}" if isinstance(value, float) else str(value) or "none"
