"""Sitemaps, sitemap indexes and feeds: bytes → the URLs they list.

Runs in a worker process, like everything that parses what a stranger sent. Entities are not
resolved and trees are not huge: lxml's limits hold, and decompression stops at a cap.
"""

from __future__ import annotations

import codecs
import re
import zlib
from dataclasses import dataclass

from lxml import etree

from page.url import canonical

MAX_ENTRIES = 50_000
"""The sitemap protocol's own limit for one file."""


# The root element, past byte order mark, declaration, comments and doctype. Not anywhere in the
# head: pages have licences in RDF there, and elements of their own making.
_LISTING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)*+"
    rb"<(?:[\w-]+:)?(?:urlset|sitemapindex|rss|feed|rdf)[\s>]",
    re.IGNORECASE | re.DOTALL,
)


@dataclass(frozen=True, slots=True)
class Entries:
    """What a listing lists: pages, and further sitemaps. ``capped`` when some were left out."""

    pages: tuple[str, ...] = ()
    sitemaps: tuple[str, ...] = ()
    capped: bool = False
    problem: str = ""


def looks_like_listing(body: bytes) -> bool:
    """True when bytes begin as a sitemap or feed does."""
    return _LISTING.match(body[:2000]) is not None


def read(body: bytes, url: str, max_bytes: int) -> Entries:
    """Return the URLs of a sitemap (XML, gzip or plain text), sitemap index, RSS or Atom feed."""
    try:
        plain = _inflated(body, max_bytes).removeprefix(codecs.BOM_UTF8).lstrip()
    except (zlib.error, ValueError) as error:
        return Entries(problem=f"gzip: {error}")
    if plain[:1] != b"<":
        return _text(plain, url)
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    try:
        root = etree.fromstring(plain, parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Entries(problem=f"xml: {error}")
    return Entries(problem="xml: empty") if root is None else _xml(root, url)


def _inflated(body: bytes, max_bytes: int) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    stream = zlib.decompressobj(wbits=31)
    plain = stream.decompress(body, max_bytes)
    if stream.unconsumed_tail:
        raise ValueError(f"more than {max_bytes} bytes decompressed")
    return plain


def _xml(root: etree._Element, url: str) -> Entries:
    pages: dict[str, None] = {}
    sitemaps: dict[str, None] = {}
    for element in root.iter(etree.Element):
        if len(pages) + len(sitemaps) >= MAX_ENTRIES:
            return Entries(tuple(pages), tuple(sitemaps), capped=True)
        parent = element.getparent()
        name, inside = _local(element), "" if parent is None else _local(parent)
        target = _target(element, name, inside)
        key = canonical(target, url) if target else None
        if key:
            (sitemaps if inside == "sitemap" else pages)[key] = None
    return Entries(tuple(pages), tuple(sitemaps))


def _local(element: etree._Element) -> str:
    """Return the tag without its namespace; QName refuses what a lenient parser lets through."""
    return str(element.tag).rpartition("}")[2]


def _target(element: etree._Element, name: str, inside: str) -> str:
    """Return the address an element gives: <loc>, RSS <link>, or Atom <link href>."""
    if name == "loc" and inside in ("url", "sitemap"):
        return (element.text or "").strip()
    if name == "link" and inside == "item":
        return (element.text or "").strip()
    if name == "link" and inside == "entry" and element.get("rel", "alternate") == "alternate":
        return element.get("href", "").strip()
    return ""


def _text(plain: bytes, url: str) -> Entries:
    lines = plain.decode("utf-8", "replace").split()
    keys = [key for line in lines[:MAX_ENTRIES] if "://" in line and (key := canonical(line, url))]
    if not keys:
        return Entries(problem="no addresses in it")
    return Entries(tuple(dict.fromkeys(keys)), capped=len(lines) > MAX_ENTRIES)
