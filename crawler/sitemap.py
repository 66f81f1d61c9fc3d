"""Sitemaps, sitemap indexes and feeds: bytes → the URLs they list.

Runs in a worker process, like everything that parses what a stranger sent. Entities are not
resolved and trees are not huge: lxml's limits hold, and decompression stops at a cap. Listings are
seldom checked by those who send them, so what a reader of feeds forgives is forgiven here: a label
of another charset, a bare ampersand, a server's warning before the first tag.
"""

from __future__ import annotations

import re
import zlib
from dataclasses import dataclass

from lxml import etree

from page.url import canonical

MAX_ENTRIES = 50_000
"""The sitemap protocol's own limit for one file."""
MAX_PARTS = 100
"""Files that were packed apart and put together are one (RFC 1952), but a hundred thousand empty
ones are an attack."""


# The root element, past byte order mark, declaration, comments and doctype. Not anywhere in the
# head: pages have licences in RDF there, and elements of their own making.
_LISTING = re.compile(
    rb"(?:\xef\xbb\xbf)?(?>\s+|<\?.*?\?>|<!--.*?-->|<!doctype[^>]*>)*+"
    rb"<(?:[\w-]+:)?(?:urlset|sitemapindex|rss|feed|rdf)[\s/>]",
    re.IGNORECASE | re.DOTALL,
)
_ROOT = re.compile(r"(?:.*:)?(?:urlset|sitemapindex|rss|feed|rdf)", re.IGNORECASE)
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)
_BEGINNING = re.compile(
    r"<\?xml\b|<(?:[\w-]+:)?(?:urlset|sitemapindex|rss|feed|rdf)[\s/>]", re.IGNORECASE
)
_XML_BASE = "{http://www.w3.org/XML/1998/namespace}base"
_BARE = re.compile(
    r"<!\[CDATA\[.*?(?:\]\]>|\Z)|&(?!(?:[a-z][\w.-]*|#\d+|#x[0-9a-f]+);)",
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
    from page.charset import decode  # its tables are the workers'

    try:
        text = decode(_inflated(body, max_bytes)).text.lstrip()
    except (zlib.error, ValueError) as error:
        return Entries(problem=f"gzip: {error}")
    beginning = _BEGINNING.search(text, 0, 5000)
    if beginning is None and text[:1] != "<":
        return _text(text, url)
    parser = etree.XMLParser(
        resolve_entities=False,
        no_network=True,
        huge_tree=False,
        recover=True,
        load_dtd=False,
        encoding="utf-8",
    )
    markup = escaped(text[beginning.start() if beginning else 0 :])
    try:
        root = etree.fromstring(markup.encode(), parser)
    except (etree.XMLSyntaxError, ValueError) as error:
        return Entries(problem=f"xml: {error}")
    if root is None:
        return Entries(problem="xml: empty")
    found = _xml(root, url)
    if found.pages or found.sitemaps or _ROOT.fullmatch(_local(root)):
        return found
    return Entries(problem="no sitemap or feed")  # a page that says 404, as a rule


def escaped(text: str) -> str:
    """Return XML whose bare ampersands are escaped: a lenient parser would cut addresses there."""
    return _BARE.sub(lambda found: "&amp;" if found[0] == "&" else found[0], text)


def _inflated(body: bytes, max_bytes: int) -> bytes:
    if body[:2] != b"\x1f\x8b":
        return body
    plain = b""
    for _ in range(MAX_PARTS):
        stream = zlib.decompressobj(wbits=31)
        plain += stream.decompress(body, max_bytes - len(plain) + 1)
        if len(plain) > max_bytes:
            raise ValueError(f"more than {max_bytes} bytes decompressed")
        body = stream.unused_data
        if body[:2] != b"\x1f\x8b":
            break
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
        key = canonical(target, _base(element, url)) if target else None
        if key:
            (sitemaps if inside == "sitemap" else pages)[key] = None
    return Entries(tuple(pages), tuple(sitemaps))


def _local(element: etree._Element) -> str:
    """Return the tag without its namespace; QName refuses what a lenient parser lets through."""
    return str(element.tag).rpartition("}")[2]


def _target(element: etree._Element, name: str, inside: str) -> str:
    """Return the address an element gives: <loc>, RSS <link>, or Atom <link href>.

    An RSS <item> without a <link> gives its <guid>.
    """
    if name == "loc" and inside in ("url", "sitemap"):
        return (element.text or "").strip()
    if name == "link" and inside in ("item", "entry"):
        named = element.get("href", "").strip() if _leads_there(element) else ""
        return (element.text or "").strip() or named if inside == "item" else named
    return _permalink(element) if name == "item" else ""


def _leads_there(link: etree._Element) -> bool:
    """True for an Atom link to the entry itself, and not to its comments, its feed or a file."""
    return str(link.get("rel", "alternate")) == "alternate"


def _permalink(item: etree._Element) -> str:
    """Return the <guid> of an RSS item that has no <link>.

    It is an address unless it says ``isPermaLink="false"`` (RSS 2.0, guid); many that say nothing
    hold a number or a name.
    """
    guid = ""
    for child in item.iterchildren(etree.Element):
        name = _local(child)
        if name == "link" and _target(child, name, "item"):
            return ""
        if name == "guid" and str(child.get("isPermaLink", "true")).strip().lower() != "false":
            guid = guid or (child.text or "").strip()
    return guid if _ADDRESS.match(guid) else ""


def _base(element: etree._Element, url: str) -> str:
    """Return what an address in an element is relative to (XML Base, RFC 4287 section 2)."""
    given = [each.get(_XML_BASE) for each in (element, *element.iterancestors())]
    for base in reversed([str(base) for base in given if base]):
        url = canonical(base, url) or url
    return url


def _text(text: str, url: str) -> Entries:
    lines = text.split()
    given = (line for line in lines[:MAX_ENTRIES] if _ADDRESS.match(line))
    keys = [key for line in given if (key := canonical(line, url))]
    if not keys:
        return Entries(problem="no addresses in it")
    return Entries(tuple(dict.fromkeys(keys)), capped=len(lines) > MAX_ENTRIES)
