"""GDELT DOC 2.0: the articles, how many there are, and how each language's share went.

GDELT translates what it monitors into English and searches the translations, so both languages
are asked for by the English term, and told apart by ``sourcelang``. The total is the sum of its
article counts over the window (``timelinevolraw``): news that GDELT monitors, not the web. It
asks for five seconds between requests, and says so, and what is wrong with a query, as text with
status 200 or 429.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from statistics import fmean
from typing import Any

from crawler.search.asking import Ask, with_query
from crawler.search.reply import (
    Refusal,
    Reply,
    addresses,
    as_json,
    count,
    listed,
    note,
    rows,
    said,
    state,
)
from crawler.search.reply import table as as_table
from store.claims import EXACT, NONE

LANGUAGES = {"en": "english", "zh": "chinese"}
LIST, COUNT, SHARES = "artlist", "timelinevolraw", "timelinelang"
PAUSE = 10.0
"""Seconds after its own word that it was asked too often; it asks for five."""


def address(ask: Ask) -> str:
    """Return the URL of the article list, of the counts, or of the languages' shares."""
    mode = state(ask.at).get("mode", LIST)
    query = ask.phrase
    if mode != SHARES:
        query += f" sourcelang:{LANGUAGES[ask.wanted.lang]}"
    more: tuple[tuple[str, object], ...] = ()
    if mode == LIST:
        more = (("maxrecords", ask.search.max_results), ("sort", "datedesc"))
    return with_query(
        ask.base,
        ("query", query),
        ("mode", mode),
        ("format", "json"),
        ("timespan", ask.search.timespan),
        *more,
    )


def read(ask: Ask, status: int, body: bytes) -> Reply:
    """Return articles, or points of a timeline. Raises Refusal."""
    mode = state(ask.at).get("mode", LIST)
    text = body.decode("utf-8", "replace").strip()
    if text and text[0] not in "{[":
        raise _complaint(text)
    answer = as_table(as_json(body) if text else {}, "object")
    if mode == LIST:
        # {} is GDELT's way of saying that there is nothing.
        articles = listed(answer.get("articles"), "articles") if answer else []
        urls = addresses(articles, "url")[: ask.search.max_results]
        return Reply(urls, next=note(mode=COUNT))
    if mode == COUNT:
        return _counts(answer)
    points = (
        (series, day, value, "percent")
        for series, day, value in _by_day(_timeline(answer)[0], fmean)
        if series  # one without a name is nobody's
    )
    return Reply(points=tuple(points))


def _complaint(text: str) -> Refusal:
    """Plain text, or a page, with status 200: what GDELT sends instead of an error."""
    plain = re.sub(r"<[^>]*>", " ", text)
    if "limit requests" in plain.lower():
        return Refusal("rate_limit", f"it says {said(plain)}", wait=PAUSE)
    if text.startswith("<"):
        return Refusal("html", f"it answered with a web page: {said(plain)}")
    return Refusal("query", f"it says {said(plain)}")


def _counts(answer: dict[str, Any]) -> Reply:
    given, is_whole = _timeline(answer)
    points = _by_day(given, sum)
    following = note(mode=SHARES)
    if not answer:
        return Reply((), 0, EXACT, following)
    listed(answer.get("timeline"), "counts")
    total = count(sum(value for _, _, value in points)) if is_whole else None
    kept = tuple((series or "articles", day, value, "articles") for series, day, value in points)
    return Reply((), total, NONE if total is None else EXACT, following, kept)


def _timeline(answer: dict[str, Any]) -> tuple[list[tuple[str, str, float]], bool]:
    """Return the points (series, day, value) that can be read, and whether those are all."""
    points, is_whole = [], True
    for series in rows(answer.get("timeline")):
        name = str(series.get("series") or "").removesuffix(" Volume Intensity")[:80]
        for point in rows(series.get("data")):
            day = re.match(r"(\d{4})(\d\d)(\d\d)", str(point.get("date", "")))
            value = _number(point.get("value"))
            if day and value is not None:
                points.append((name, "-".join(day.groups()), value))
            else:
                is_whole = False
    return points, is_whole


def _number(value: Any) -> float | None:
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}(\.[0-9]{1,18})?", value):
        value = float(value)
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return float(value) if is_number and 0 <= value < 2**63 else None


def _by_day(
    points: list[tuple[str, str, float]], of_day: Callable[[list[float]], float]
) -> list[tuple[str, str, float]]:
    """Short windows come in hours or quarters of one: a day's counts add up, shares average."""
    days: dict[tuple[str, str], list[float]] = {}
    for series, day, value in points:
        days.setdefault((series, day), []).append(value)
    return [(series, day, float(of_day(values))) for (series, day), values in days.items()]
