"""Where a page leads: links, its canonical address, its feeds, and what it asks of robots."""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import quote

from lxml.html import HtmlElement

from page import directives
from page.model import VERSION, Link
from page.outline import shown
from page.url import canonical

MAX_LINKS = 2_000
"""Per page: more is a trap or a sitemap in HTML, and the crawl has budgets to keep."""
MAX_FEEDS = 50
"""Per page: sites have one for each of their sections, or for each of their pages."""
_MAX_ANCHOR = 200
_FOREIGN = re.compile(r"[^\x00-\x7f]+")
_ORIGIN = re.compile(r"https?://[^/?#]+", re.I)
_FEED = re.compile(r"^application/(?:rss|atom|rdf)\+xml|^application/feed\+json", re.I)
_REFRESH = re.compile(r"^\s*\d*(?:\.\d*)?\s*[;,]\s*(?:url\s*=\s*)?[\"']?\s*([^\"'>\s]+)", re.I)


_known = functools.lru_cache(maxsize=4_000)(canonical)
"""The same navigation is on every page of a site."""


@dataclass(frozen=True, slots=True)
class Leads:
    """All that a page says about addresses; URLs are absolute canonical keys."""

    links: tuple[Link, ...]
    canonical: str
    feeds: tuple[str, ...]
    noindex: bool
    nofollow: bool


def leads(tree: HtmlElement, url: str, today: str = "", charset: str = "utf-8") -> Leads:
    """Return what a page at ``url`` links to and declares. Of equal links the first counts.

    ``today`` is an ISO date, for pages that ask to be forgotten after one; ``charset`` is what the
    page was read in.
    """
    base = _base(tree, url)
    origin = _ORIGIN.match(base)
    site = f"{origin[0]}/" if origin else base  # a path from the root needs no more of its base
    found: dict[str, Link] = {}
    for href, anchor, nofollow in _references(tree):
        href = _as_sent(href, charset)
        absolute = href.startswith(("http://", "https://"))  # joining would change nothing
        key = _known(href, "" if absolute else site if href[0] == "/" else base)
        if key is not None and key not in found:
            found[key] = Link(key, _anchor(anchor), nofollow, anchor.tag == "iframe")
            if len(found) >= MAX_LINKS:
                break
    asked = _robots(tree, today)
    return Leads(
        links=tuple(found.values()),
        canonical=_canonical(tree, base, charset),
        feeds=_feeds(tree, base),
        noindex=directives.NOINDEX in asked,
        nofollow=directives.NOFOLLOW in asked,
    )


def _as_sent(href: str, charset: str) -> str:
    """Return a link with its query as a browser sends it: in the page's charset.

    WHATWG URL Standard, query state; a path is sent as UTF-8 all the same. Servers of pages in GBK
    read their queries as GBK.
    """
    path, mark, query = href.partition("?")
    if not mark or query.isascii() or not charset or charset.startswith("utf"):
        return href
    sent = _FOREIGN.sub(lambda found: quote(found[0], "", charset, "xmlcharrefreplace"), query)
    return f"{path}?{sent}"


def _base(tree: HtmlElement, url: str) -> str:
    """The address that relative links start from: ``<base href>``, itself relative to the URL."""
    for element in tree.iter("base"):
        href = element.get("href", "")
        if href and (base := canonical(href, url)) is not None:
            return base
    return url


def _references(tree: HtmlElement) -> Iterator[tuple[str, HtmlElement, bool]]:
    for element in tree.iter("a", "area", "frame", "meta", "link"):
        if element.tag == "link":
            if _is_version(element):
                yield element.get("href", ""), element, False
            continue
        if element.tag == "meta":
            if element.get("http-equiv", "").lower() == "refresh":
                match = _REFRESH.match(element.get("content", ""))
                if match:
                    yield match.group(1), element, False
            continue
        href = element.get("src" if element.tag == "frame" else "href", "")
        if href and not href.startswith(("#", "javascript:", "mailto:", "data:", "tel:")):
            yield href, element, "nofollow" in element.get("rel", "").lower()
    for element in tree.iter("iframe"):  # after the links: of equal addresses the first counts
        if src := element.get("src", "").strip():
            yield src, element, False


def _is_version(element: HtmlElement) -> bool:
    """True for ``<link rel="alternate" hreflang="zh">``: the page in another language."""
    kinds = element.get("rel", "").lower().split()
    named = element.get("hreflang", "").lower().startswith(("en", "zh"))
    return named and "alternate" in kinds and bool(element.get("href"))


def _anchor(element: HtmlElement) -> str:
    """What a reader sees of a link: its text, else its title, else its picture's description."""
    if element.tag == "link":
        return f"{VERSION}{element.get('hreflang', '').lower()}"[:_MAX_ANCHOR]
    text = shown("".join(element.itertext())) if element.tag == "a" else ""
    if not text:
        picture = element.find(".//img")
        text = element.get("title") or element.get("alt") or ""
        text = shown(text or (picture.get("alt", "") if picture is not None else ""))
    return text[:_MAX_ANCHOR]


def _canonical(tree: HtmlElement, base: str, charset: str) -> str:
    for element in tree.iter("link"):
        if "canonical" in element.get("rel", "").lower().split() and element.get("href"):
            return canonical(_as_sent(element.get("href", ""), charset), base) or ""
    return ""


def _feeds(tree: HtmlElement, base: str) -> tuple[str, ...]:
    hrefs = [
        element.get("href", "")
        for element in tree.iter("link")
        if "alternate" in element.get("rel", "").lower() and _FEED.match(element.get("type", ""))
    ]
    keys = (canonical(href, base) for href in hrefs if href)
    return tuple(dict.fromkeys(key for key in keys if key is not None))[:MAX_FEEDS]


def _robots(tree: HtmlElement, today: str) -> set[str]:
    contents = [
        element.get("content", "")
        for element in tree.iter("meta")
        if directives.is_ours(element.get("name", ""))
    ]
    return directives.in_meta(contents, today)
