"""The title: what the page calls itself, where its own sources agree, without the site's name."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from page.furniture import bare
from page.meta import metas
from page.outline import Outline, shown

_ORDER = (
    "articletitle",
    "og:title",
    "twitter:title",
    "citation_title",
    "dc.title",
    "dcterms.title",
)
_SITE = ("og:site_name", "sitename", "application-name")
_SEPARATOR = re.compile(r"(\s+[-–—|·•»:]+\s+|\s*[_|｜]+\s*|(?<=\S)[-–—]+(?=\S))")
_SITE_LIKE = re.compile(
    r"(?:网|網|站|频道|頻道|门户|門戶|平台|新闻|新聞|日报|日報|在线|政府|中心|百科|博客|论坛|\.com|\.cn)$",
    re.I,
)
_SHORTEST = 4  # UTF-8 bytes: two Chinese characters, or four letters
_MAX = 400
_MAX_PIECES = 21  # of a <title>, separators among them: more is no title, and takes quadratic time
_OWN_LINE = 12  # UTF-8 bytes: shorter lines are labels, tags and cells
_LINKED = 0.5  # share of link text from which a line is a menu's or a logo


def title_of(tree: HtmlElement, outline: Outline) -> str:
    """Return the title, or ``""``. The candidate that most other sources repeat wins.

    Chinese content systems' ``ArticleTitle`` is the title. Else the candidates, in order of trust:
    title meta tags, first-level headings, ``<title>`` without its site suffix, or the beginning of
    ``<title>`` that stands on the page as a line of its own. A name that the page declares to be
    the site's is no candidate.
    """
    meta = metas(tree)
    whole = shown(tree.findtext(".//title") or "")
    headings = [block.text for block in outline.blocks if block.tag == "h1"][:5]
    sites = {bare(meta[name]) for name in _SITE if name in meta}
    if bare(meta.get("articletitle", "")) not in {"", *sites}:
        return meta["articletitle"][:_MAX]
    named = [meta[name] for name in _ORDER if meta.get(name)]
    stripped = without_site(whole, sites, [*named, *headings])
    begun = (o for o in [*named, *headings] if bare(o) not in ("", bare(whole)))
    stated = any(bare(whole).startswith(bare(o)) for o in begun)
    lines = [] if stated else shown_beginning(whole, sites, outline)
    candidates = [
        c for c in [*named, *headings, stripped, *lines] if bare(c) and bare(c) not in sites
    ]
    if not candidates:
        return whole[:_MAX]
    sources = [bare(source) for source in [*named, *headings, whole, *lines]]
    return max(candidates, key=lambda c: _support(bare(c), sources))[:_MAX]


def _support(candidate: str, sources: list[str]) -> int:
    """How many sources are this candidate, or begin with it: the rest is a site's name."""
    return sum(source.startswith(candidate) for source in sources) if len(candidate) > 1 else 0


def shown_beginning(whole: str, sites: set[str], outline: Outline) -> list[str]:
    """Return the longest beginning of a ``<title>`` that is a line of the page, if there is one.

    Sites write "title_section_site", and the title alone in an element of no meaning. Where a line
    is the end of the ``<title>``, too, nobody can tell which of the two is the site's name.
    """
    pieces = _SEPARATOR.split(whole)
    if not 3 <= len(pieces) <= _MAX_PIECES:
        return []
    lines = {bare(block.text) for block in outline.blocks if block.linked < _LINKED}
    cuts = range(1, len(pieces), 2)
    ends = [end for cut in cuts if not _SITE_LIKE.search(end := "".join(pieces[cut + 1 :]))]
    if any(bare(end) in lines - sites for end in ends):
        return []
    beginnings = ("".join(pieces[:cut]) for cut in cuts)
    found = [b for b in beginnings if len(b.encode()) >= _OWN_LINE and bare(b) in lines - sites]
    return found[-1:]


def without_site(whole: str, sites: set[str], others: list[str]) -> str:
    """Return a ``<title>`` without the site's name at its end or beginning.

    The last part goes when the page says it is the site, or when it is short beside the rest and
    no other source of the title repeats it.
    """
    pieces = _SEPARATOR.split(whole)
    if len(pieces) < 3:
        return whole
    if bare(pieces[0]) in sites:
        return "".join(pieces[2:])
    if any(bare(other) == bare(whole) for other in others) and bare(pieces[-1]) not in sites:
        return whole
    head = "".join(pieces[:-2])
    if bare(pieces[-1]) in sites:
        return head
    # A hyphen without spaces is more often part of a Chinese title than before a site's name.
    tight = pieces[-2].strip("-–—") == "" and not pieces[-2][:1].isspace()
    long_enough = len(bare(head).encode()) >= _SHORTEST
    return head if long_enough and (not tight or _SITE_LIKE.search(pieces[-1])) else whole
