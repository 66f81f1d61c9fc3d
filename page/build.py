"""Bytes → Page: every part of this room, in order; a PDF's text takes the same way."""

from __future__ import annotations

import html
import re

from lxml.html import HtmlElement

from page.charset import Decoded, decode
from page.dates import published
from page.density import prose_size
from page.extract import Extraction, extract
from page.fingerprint import content_hash, sketch
from page.kind import kind_of
from page.language import Languages, languages
from page.links import leads
from page.missing import is_missing
from page.model import ARTICLE, Page
from page.origin import origin
from page.outline import MISUSED, SKIPPED, Outline, outline
from page.parse import Parsed, parse
from page.region import region_of
from page.signature import is_markup, is_pdf
from page.title import title_of
from page.url import host_of

_PLAIN = re.compile(r"\s*text/plain\b", re.I)
_ENOUGH = 40  # characters: a shorter text has no language of its own
_LITTLE = 200  # bytes of prose: a page with less may have its text where no text belongs
_GLIMPSE = 20_000  # characters of the whole page, where the main text is too short to tell


def build(body: bytes, url: str, *, content_type: str = "", now: str = "") -> Page:
    """Return what a fetched HTML, PDF or plain text document is. Pure, and never fails.

    ``url`` is the address it came from, ``content_type`` the HTTP header's value, ``now`` an ISO
    date after which no date is believed. What went wrong is in ``Page.flags``:
    ``charset_suspect``, ``truncated`` (too long, and cut), ``extraction_empty`` (no main text); of
    a PDF ``no_text`` (only images), ``pdf_encrypted``, ``pdf_damaged`` (in whole or in part).
    """
    if is_pdf(body):
        return _of_pdf(body, url, now)
    decoded = decode(body, content_type)
    plain = _PLAIN.match(content_type) is not None and not is_markup(body)
    return _of_html(decoded, _markup(decoded.text, plain), url, now)


def _markup(text: str, plain: bool) -> str:
    """Text without a tag, or that is said to be plain, as markup that keeps its lines."""
    if plain:
        return f"<pre>{html.escape(text, quote=False)}"
    return text if "<" in text else f"<pre>{text}"


def _outline(tree: HtmlElement) -> Outline:
    """The outline; of a page with next to no text, with what stands in menus and fields."""
    lines = outline(tree)
    little = prose_size(lines, _LITTLE)
    if little >= _LITTLE or next(tree.iter(*MISUSED), None) is None:
        return lines
    whole = outline(tree, SKIPPED - MISUSED)
    return whole if prose_size(whole) >= little + 2 * _LITTLE else lines


def _of_html(decoded: Decoded, markup: str, url: str, now: str) -> Page:
    parsed = parse(markup)
    leading = leads(parsed.tree, url, now, decoded.charset)
    lines = _outline(parsed.tree)
    title = title_of(parsed.tree, lines)
    date = published(parsed.tree, lines, title, url, now)
    extraction = extract(parsed.tree, lines, title)  # the last reader of the tree
    spoken = _languages(extraction.text, title, lines)
    region, region_confidence = region_of(host_of(url), spoken.lang, spoken.script)
    return Page(
        url=url,
        charset=decoded.charset,
        charset_suspect=decoded.suspect,
        title=title,
        text=extraction.text,
        kind=kind_of(lines, extraction, url),
        lang=spoken.lang,
        lang_confidence=spoken.confidence,
        segments=spoken.segments,
        shares=spoken.shares,
        script=spoken.script,
        published=date,
        region=region,
        region_confidence=region_confidence,
        origin=origin(lines, title),
        canonical=leading.canonical,
        links=leading.links,
        feeds=leading.feeds,
        noindex=leading.noindex,
        nofollow=leading.nofollow,
        missing=is_missing(title, extraction.text),
        content_hash=content_hash(extraction.text),
        sketch=sketch(extraction.text),
        flags=_flags(decoded, parsed, extraction),
    )


def _of_pdf(body: bytes, url: str, now: str) -> Page:
    from page.pdf import read  # 20 MB that most workers never need

    document = read(body)
    tree = parse(document.as_html()).tree
    lines = outline(tree)
    text = "\n".join(document.paragraphs)
    spoken = languages(text or document.title)
    region, region_confidence = region_of(host_of(url), spoken.lang, spoken.script)
    return Page(
        url=url,
        charset="",
        title=document.title,
        text=text,
        kind=ARTICLE,
        lang=spoken.lang,
        lang_confidence=spoken.confidence,
        segments=spoken.segments if text else (),
        shares=spoken.shares if text else (),
        script=spoken.script,
        published=published(tree, lines, document.title, url, now, document.created),
        region=region,
        region_confidence=region_confidence,
        origin=origin(lines, document.title),
        links=leads(tree, url).links,
        content_hash=content_hash(text),
        sketch=sketch(text),
        flags=document.flags,
    )


def _languages(text: str, title: str, lines: Outline) -> Languages:
    """The text's languages; the language alone of the whole page where the text is too short."""
    found = languages(text)
    if sum(len(segment.text) for segment in found.segments) >= _ENOUGH:
        return found
    glimpse = languages(f"{title}\n{lines.text()[:_GLIMPSE]}")
    return Languages(glimpse.lang, glimpse.confidence, found.segments, found.shares, found.script)


def _flags(decoded: Decoded, parsed: Parsed, extraction: Extraction) -> tuple[str, ...]:
    flags = {
        "charset_suspect": decoded.suspect,
        "truncated": parsed.truncated,
        "extraction_empty": not extraction.text,
    }
    return tuple(flag for flag, raised in flags.items() if raised)
