"""When a page was published: where the page says so, and how far that source is to be believed.

Sources in order of trust: meta tags, JSON-LD, ``<time>`` beside the title, a labelled line, a bare
date line beside the title, the URL. Never the text itself, comments, copyright lines or lists of
other articles: a page that does not date itself stays undated. To add a source, write a generator
of ``Published`` and put it into ``_SOURCES``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

from lxml.html import HtmlElement

from page.datetext import FIRST_WEB_YEAR, read_date, read_stamp
from page.density import is_prose
from page.furniture import bare, is_related_heading, same_title
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
    r"(?:(?:发布|發布|發佈|发稿|发文|发表|刊登|公布|公佈|上传|录入|刊載|张贴|成文|印发)\s*(?:时间|時間|日期|于|於)"
    r"|(?<![一-鿿])(?:时间|時間|日期)|发表于|發表於"
    r"|(?:published|posted|date posted|publication date|release date|first published|date)(?:\s+on)?)\s*[:：]?\s*",
    re.I,
)
_UPDATED = re.compile(r"更新|修订|修訂|updated|modified|reviewed|edited|截止|有效|expires|event", re.I)
_COPYRIGHT = re.compile(r"©|copyright|版权|版權|备案|ICP", re.I)
_NEAR = 14  # blocks after the title: bylines are within three, tool bars may stand between
_LINE = 160  # characters: longer blocks are text
_URL_DAY = re.compile(
    r"/((?:19|20)\d\d)[/-](0?[1-9]|1[0-2])[/-](0?[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|/t((?:19|20)\d\d)(0[1-9]|1[0-2])(0[1-9]|[12]\d|3[01])_"
    r"|/((?:19|20)\d\d)-?(0[1-9]|1[0-2])/?(0[1-9]|[12]\d|3[01])(?=[/_.-]|$)"
    r"|/((?:19|20)\d\d)-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])(?=\D)"
)
_URL_MONTH = re.compile(r"/((?:19|20)\d\d)[/-]?(0[1-9]|1[0-2])/")


@dataclass(frozen=True, slots=True)
class _Evidence:
    """What the sources read."""

    tree: HtmlElement
    outline: Outline
    title: str
    url: str


def published(
    tree: HtmlElement, outline: Outline, title: str, url: str, now: str = ""
) -> Published | None:
    """Return the most trusted date that is possible, or None.

    ``now`` is an ISO date: later dates are refused (one day is allowed for time zones). Dates
    before 1990, when there was no web, are believed only of meta tags: laws carry their own.
    """
    evidence = _Evidence(tree, outline, title, url)
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
        if not _is_listed(item) and isinstance(stamp := item.get("datePublished"), str):
            if date := read_stamp(stamp):
                yield Published(date, "json-ld", 0.95)


def _is_listed(item: dict[str, Any]) -> bool:
    """Tell a comment or review, whose date is not the page's."""
    return str(item.get("@type", "")) in ("Comment", "Review", "Answer", "UserComments")


def _from_time(evidence: _Evidence) -> Iterator[Published]:
    for block in _near_title(evidence):
        if block.time and len(block.text) < _LINE and not _UPDATED.search(block.text):
            if date := read_stamp(block.time):
                yield Published(date, "time", 0.9)


def _from_label(evidence: _Evidence) -> Iterator[Published]:
    for block in _near_title(evidence):
        match = _LABEL.search(block.text[:_LINE])
        if match and len(block.text) < 2 * _LINE and (date := read_date(block.text[match.end() :], 24)):
            yield Published(date, "label", 0.9)


def _from_byline(evidence: _Evidence) -> Iterator[Published]:
    for block in _near_title(evidence):
        if len(block.text) < _LINE and not is_prose_line(block) and not _UPDATED.search(block.text):
            if date := read_date(block.text, _LINE):
                yield Published(date, "byline", 0.75)


def is_prose_line(block: Block) -> bool:
    """Tell a line of text that has a date in it from a line that is a date."""
    rest = re.sub(r"[\d\W_]+", "", block.text)
    limit = 40 if rest.isascii() else 24
    return len(rest) > limit and not _LABEL.search(block.text)


def _from_url(evidence: _Evidence) -> Iterator[Published]:
    path = urlsplit(evidence.url).path
    if match := _URL_DAY.search(path):
        year, month, day = (part for part in match.groups() if part is not None)
        if date := read_stamp(f"{year}-{int(month):02d}-{int(day):02d}"):
            yield Published(date, "url", 0.7)
    elif match := _URL_MONTH.search(path):
        yield Published(f"{match.group(1)}-{match.group(2)}", "url", 0.5)


def _near_title(evidence: _Evidence) -> list[Block]:
    """Short blocks from just before the title to the first prose after it, or a few if none.

    A page whose title is not found in its body has its byline before the first prose.
    """
    blocks, start = evidence.outline.blocks, _title_place(evidence)
    near: list[Block] = []
    for block in blocks[max(0, start - 3) : start + _NEAR]:
        if is_related_heading(block.text) or (near and _is_text(block) and block.tag != "h1"):
            break
        if block.linked < 0.6 and not _COPYRIGHT.search(block.text):
            near.append(block)
    return near


def _is_text(block: Block) -> bool:
    return is_prose(block) and is_prose_line(block) and len(block.text) > 60


def _title_place(evidence: _Evidence) -> int:
    blocks, title = evidence.outline.blocks, evidence.title
    for index, block in enumerate(blocks):
        if block.linked < 0.5 and title and same_title(block.text, title):
            return index
    wanted = bare(title)
    for index, block in enumerate(blocks):
        if block.tag == "h1" and bare(block.text) and bare(block.text) in wanted:
            return index
    prose = next((i for i, b in enumerate(blocks) if _is_text(b)), None)
    return len(blocks) if prose is None else max(0, prose - 4)


_SOURCES = (_from_metas, _from_json_ld, _from_time, _from_label, _from_byline, _from_url)
