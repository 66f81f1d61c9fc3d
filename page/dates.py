"""When a page was published: where the page says so, and how far that source is to be believed.

Sources in order of trust: meta tags, JSON-LD, ``<time>`` beside the title, a labelled line, a bare
date line beside the title, the URL, the file's own date. Never the text itself, comments, copyright
lines or lists of other articles: a page that does not date itself stays undated. To add a source,
write a generator of ``Published`` and put it into ``_SOURCES``.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from page.datetext import FIRST_WEB_YEAR, read_date, read_republic, read_stamp
from page.furniture import bare
from page.masthead import LINE, masthead, says_more
from page.meta import json_ld, metas
from page.model import Published
from page.outline import Block, Outline

_METAS = (
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publishtime",
    "publish_time",
    "publisheddate",
    "article:published_time",
    "og:published_time",
    "og:article:published_time",
    "datepublished",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dc.date",
    "dcterms.date",
    "dc.terms.date",
    "citation_date",
    "citation_publication_date",
    "citation_online_date",
    "parsely-pub-date",
    "sailthru.date",
    "cxenseparse:recs:publishtime",
    "article.published",
    "weibo: article:create_at",
    "weibo:article:create_at",
    "firstpublishedtime",
    "originalpublicationdate",
    "createdate",
    "date",
)
_LABEL = re.compile(
    r"(?:(?:发布|發布|發佈|发稿|发文|發文|发表|發表|刊登|公布|公佈|公告|上传|上版|录入|刊載|张贴|張貼)"
    r"\s*(?:时间|時間|日期|于|於)"
    r"|(?<![一-鿿])(?:时间|時間|日期)"
    # Not the date in "last updated", nor a closing date.
    r"|\b(?:(?:first )?published|posted|date posted|publication date|release date"
    r"|(?<![a-z] )date)\b(?:\s+on\b)?"
    r")\s*[:：]?\s*",
    re.I,
)
# Of government papers, which state both; a paper is put on the web days or years after.
_SIGNED = re.compile(r"(?:成文|印发|印發)\s*(?:时间|時間|日期|于|於)\s*[:：]?\s*")
_UPDATED = re.compile(
    r"更新|修订|修訂|updated|modified|reviewed|edited|截止|有效|expires|event|closing|deadline"
    r"|今天是|今日是",
    re.I,
)
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|/t((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_"
    r"|/((?:19|20)\d\d)[-/]?(0[1-9]|1[0-2])/?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|/((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=\D)"
)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])/")


@dataclass(frozen=True)
class _Evidence:
    """What the sources read."""

    tree: HtmlElement
    outline: Outline
    title: str
    url: str
    created: Published | None

    @functools.cached_property
    def masthead(self) -> list[Block]:
        """The short lines around the title."""
        return masthead(self.outline, self.title)


def published(
    tree: HtmlElement,
    outline: Outline,
    title: str,
    url: str,
    now: str = "",
    created: Published | None = None,
) -> Published | None:
    """Return the most trusted date that is possible, or None.

    ``now`` is an ISO date: later dates are refused (one day is allowed for time zones). Dates
    before 1990, when there was no web, are believed only of meta tags: laws carry their own.
    ``created`` is the date of the file itself, where it has one.
    """
    evidence = _Evidence(tree, outline, title, url, created)
    for source in _SOURCES:
        for found in source(evidence):
            if _possible(found, now):
                return found
    return None


def _possible(found: Published, now: str) -> bool:
    if now and found.date > _next_day(now[:10])[: len(found.date)]:
        return False
    return found.source.startswith("meta:") or int(found.date[:4]) >= FIRST_WEB_YEAR


def _next_day(day: str) -> str:
    """A bound for "not in the future" that allows for time zones; need not be a real date."""
    return f"{day[:8]}{int(day[8:10]) + 1:02d}" if re.fullmatch(r"\d{4}-\d\d-\d\d", day) else day


def _from_metas(evidence: _Evidence) -> Iterator[Published]:
    meta = metas(evidence.tree)
    for name in _METAS:
        if name in meta and (date := read_stamp(meta[name])):
            yield Published(date, f"meta:{name}", 0.95 if name != "date" else 0.8)


def _from_json_ld(evidence: _Evidence) -> Iterator[Published]:
    for item in json_ld(evidence.tree):
        date = "" if _is_listed(item) else read_stamp(str(item.get("datePublished", "")))
        if date:
            yield Published(date, "json-ld", 0.95)


def _is_listed(item: dict[str, Any]) -> bool:
    """Tell a comment or review, whose date is not the page's."""
    return str(item.get("@type", "")) in ("Comment", "Review", "Answer", "UserComments")


def _from_time(evidence: _Evidence) -> Iterator[Published]:
    for block in evidence.masthead:
        is_byline = len(block.text) < LINE and not _UPDATED.search(block.text)
        date = read_stamp(block.time) if is_byline else ""
        if date:
            yield Published(date, "time", 0.9)


def _from_label(evidence: _Evidence) -> Iterator[Published]:
    near = evidence.masthead
    texts = [*(block.text for block in near), ""]
    for label in (_LABEL, _SIGNED):
        for text, following in pairwise(texts):
            match = label.search(text[:LINE])
            if not match:
                continue
            rest = text[match.end() :] or following  # in a table, a label has a cell of its own
            if date := read_date(rest, 24) or read_republic(rest):
                yield Published(date, "label", 0.9)


def _from_byline(evidence: _Evidence) -> Iterator[Published]:
    for block in evidence.masthead:
        # A title may name a day of its own: "Weekly tips, November 9".
        is_byline = len(block.text) < LINE and bare(block.text) != bare(evidence.title)
        if is_byline and says_more(block):
            continue
        if is_byline and not _UPDATED.search(block.text) and (date := read_date(block.text, LINE)):
            yield Published(date, "byline", 0.75)


def _from_url(evidence: _Evidence) -> Iterator[Published]:
    path = urlsplit(evidence.url).path
    if match := _URL_DAY.search(path):
        year, month, day = (part for part in match.groups() if part is not None)
        if date := read_stamp(f"{year}-{int(month):02d}-{int(day):02d}"):
            yield Published(date, "url", 0.7)
    elif match := _URL_MONTH.search(path):
        yield Published(f"{match.group(1)}-{match.group(2)}", "url", 0.5)


def _from_file(evidence: _Evidence) -> Iterator[Published]:
    if evidence.created:
        yield evidence.created


_SOURCES = (
    *(_from_metas, _from_json_ld, _from_time, _from_label, _from_byline, _from_url),
    _from_file,
)
