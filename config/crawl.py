"""The crawl's settings: their ranges, and how the layers of a configuration give their values."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from config.checks import contact, flag, network, number, user_agent, whole
from config.document import Document
from config.errors import ConfigError, Problem
from config.model import Crawl
from config.tables import Field, Fields, read_table

PAGES = whole(1, 100_000_000)
DAY = 86_400.0

# The ranges refuse slips (a delay of 1e6, 3000 connections), not unusual wishes.
FIELDS: Fields = {
    "contact": Field(contact),
    "user_agent": Field(user_agent),
    "max_pages": Field(PAGES),
    "max_pages_per_source": Field(PAGES),
    "max_depth": Field(whole(0, 1000)),
    "concurrency": Field(whole(1, 256)),
    "concurrency_per_host": Field(whole(1, 64)),
    "delay": Field(number(0, DAY)),
    "max_delay": Field(number(0, DAY)),
    "autothrottle": Field(flag),
    "timeout": Field(number(0.1, 600)),
    "max_bytes": Field(whole(1, 2**30)),
    "max_attempts": Field(whole(1, 100)),
    "retry_delay": Field(number(0, DAY)),
    "revisit_min": Field(number(1, 366 * DAY)),
    "revisit_max": Field(number(1, 366 * DAY)),
    "extract_timeout": Field(number(0.1, 600)),
    "workers": Field(whole(1, 64)),
    "focus": Field(flag),
    "balanced": Field(flag),
    "allow_addresses": Field(network, many=True),
}

ORDERED = (("delay", "max_delay"), ("revisit_min", "revisit_max"))


def read_crawl(layers: Sequence[Document]) -> Crawl:
    """Return the settings of all layers, a later one over an earlier. Raises ConfigError."""
    found: list[Problem] = []
    values: dict[str, Any] = {}
    origin: dict[str, Document] = {}
    for layer in layers:
        if isinstance(layer.data.get("crawl"), dict):
            own = read_table(layer, ("crawl",), FIELDS, found)
            values |= own
            origin |= dict.fromkeys(own, layer)
    if found:
        raise ConfigError(found)
    crawl = Crawl(**values)
    for low, high in ORDERED:
        if getattr(crawl, low) > getattr(crawl, high):
            raise ConfigError([_too_long(crawl, low, high, origin, layers)])
    return crawl


def _too_long(
    crawl: Crawl, low: str, high: str, origin: dict[str, Document], layers: Sequence[Document]
) -> Problem:
    name = max((high, low), key=lambda name: layers.index(origin[name]))
    values = getattr(crawl, low), getattr(crawl, high)
    message = f"{low} {values[0]:g} is longer than {high} {values[1]:g}; raise {high}"
    return origin[name].problem(("crawl", name), message)
