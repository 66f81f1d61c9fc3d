"""What a request asks for: an address's parameters, checked; and the addresses of other askings."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, fields, replace
from typing import Any
from urllib.parse import urlencode

from werkzeug.datastructures import MultiDict

from config.model import ALL_KINDS, REGIONS
from index.document import days
from index.engine import Filters
from index.grammar import QueryError
from index.properties import SCRIPTS, PropertyError, host
from index.query import parse
from index.question import Question
from index.syntax import Words

PER_PAGE = 10
MOST_PAGES = 100  # what lies beyond is for `duizhao search --export`
MODES = ("dictionary", "terms", "literal")
UI = ("en", "zh")
CHOICES: Mapping[str, Collection[str]] = {"kind": ALL_KINDS, "region": REGIONS, "script": SCRIPTS}


class AskingError(QueryError):
    """A parameter that cannot be; the message says which and what it can be."""

    def __str__(self) -> str:
        return self.message


@dataclass(frozen=True, slots=True)
class Asking:
    """A search as the address has it. ``like`` is a stored page's URL, instead of a query.

    ``mode`` says how the query crosses languages: by the topic's terms and then the dictionary,
    by the terms alone, or not at all. ``ui`` is empty where the browser's own language decides.
    """

    q: str = ""
    like: str = ""
    kind: tuple[str, ...] = ()
    region: tuple[str, ...] = ()
    script: tuple[str, ...] = ()
    site: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    since: str = ""
    until: str = ""
    mode: str = MODES[0]
    any: bool = False
    hubs: bool = False
    page: int = 1
    ui: str = ""

    @property
    def is_empty(self) -> bool:
        """Whether nothing is looked for (yet)."""
        return not (self.q.strip() or self.like)

    @property
    def narrowed(self) -> tuple[tuple[str, str], ...]:
        """The filters that are set, as (parameter, value)."""
        many = [(name, one) for name in (*CHOICES, "site", "source") for one in getattr(self, name)]
        single = [(name, getattr(self, name)) for name in ("since", "until")]
        return (*many, *((name, value) for name, value in single if value))

    def without(self, name: str, value: str) -> Asking:
        """Return the asking with one filter less."""
        held = getattr(self, name)
        left = tuple(one for one in held if one != value) if isinstance(held, tuple) else ""
        return self.but(**{name: left})

    def but(self, **changes: Any) -> Asking:
        """Return another asking, from its first page unless that is what changes."""
        return replace(self, **({"page": 1} | changes))

    def address(self, path: str = "/", **more: str) -> str:
        """Return the address of this asking; what is as usual is left out."""
        pairs: list[tuple[str, str]] = list(more.items())
        for field in fields(self):
            value = getattr(self, field.name)
            if value != field.default:
                many = value if isinstance(value, tuple) else (value,)
                pairs += [(field.name, "1" if one is True else str(one)) for one in many]
        text = urlencode(pairs, errors="replace")
        return f"{path}?{text}" if text else path

    def question(self, limit: int) -> Question:
        """Return what the library is asked. Raises QueryError."""
        filters = Filters(
            sites=tuple(map(host, self.site)),
            kinds=self.kind,
            regions=self.region,
            sources=self.source,
            scripts=self.script,
            since=days(self.since)[0],
            until=days(self.until)[1],
            hubs=self.hubs,
        )
        node = Words("") if self.like else parse(self.q)
        crossing = self.mode == MODES[0]
        meaning = self.any and crossing
        return Question(
            node, filters, limit, self.any, dictionary=crossing, meaning=meaning, facets=True
        )


def read(given: MultiDict[str, str]) -> Asking:
    """Return what an address asks for. Raises AskingError."""
    asking = Asking(
        q=given.get("q", "").strip(),
        like=given.get("like", "").strip(),
        **{name: _chosen(given, name) for name in CHOICES},
        site=tuple(host for text in given.getlist("site") for host in _hosts(text)),
        source=tuple(filter(None, given.getlist("source"))),
        since=_date(given, "since"),
        until=_date(given, "until"),
        mode=_one(given, "mode", MODES),
        any=given.get("any", "") == "1",
        hubs=given.get("hubs", "") == "1",
        page=_page(given.get("page", "1")),
        ui=_one(given, "ui", ("", *UI)),
    )
    if asking.since and asking.until and days(asking.since)[0] > days(asking.until)[1]:
        raise AskingError(f"{asking.since} is later than {asking.until}")
    return asking


def _chosen(given: MultiDict[str, str], name: str) -> tuple[str, ...]:
    values = tuple(filter(None, dict.fromkeys(given.getlist(name))))
    for value in values:
        if value not in CHOICES[name]:
            raise AskingError(
                f"no {name} is called {value!r}; there are {', '.join(CHOICES[name])}"
            )
    return values


def _one(given: MultiDict[str, str], name: str, allowed: Collection[str]) -> str:
    value = given.get(name) or next(iter(allowed))
    if value not in allowed:
        raise AskingError(f"no {name} is called {value!r}; there are {', '.join(allowed)}")
    return value


def _hosts(text: str) -> list[str]:
    given = text.replace(",", " ").replace("，", " ").replace("、", " ").split()
    try:
        for one in given:
            host(one)
    except PropertyError as error:
        raise AskingError(str(error)) from None
    return given


def _date(given: MultiDict[str, str], name: str) -> str:
    text = given.get(name, "").strip()
    if text and not days(text)[0]:
        raise AskingError(f"{text!r} is no date; write 2024, 2024-06 or 2024-06-01")
    return text


def _page(text: str) -> int:
    if not (text.isascii() and text.isdigit() and 1 <= int(text[:9]) <= MOST_PAGES):
        raise AskingError(f"there is no page {text!r}; there are 1 to {MOST_PAGES}")
    return int(text)
