"""The title: what the page calls itself, where its own sources agree, without the site's name."""

from __future__ import annotations

import re

from lxml.html import HtmlElement

from page.density import is_prose
from page.furniture import bare, is_edge_line
from page.masthead import is_text
from page.meta import metas
from page.outline import Block, Outline, shown

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
# What editors write where an author named nothing, without spaces and in lower case.
_NO_TITLE = re.compile(
    r"(?:无标题|無標題|未命名|新建|新增)(?:文档|文件|文檔|网页|網頁|页面|頁面|页|頁|html)?\d*"
    r"|untitled(?:document|page)?\d*|new(?:page|document)\d*|document\d?|notitle|无题文档\d*"
)
# Who owns a page is named behind or before these; a page's title never is.
_OWNED = re.compile(
    r"(?:©|\(c\)|copyright|版权所有|版權所有|主办(?:单位|方)?|主辦(?:單位)?)"
    r"(?:[\W\d_]|copyright|版权所有|by\b|the\b|归|属于)*",
    re.I,
)
_OWNER = 8  # UTF-8 bytes: shorter names may be any word
_FOOT = 30  # blocks from the end of a page in which its owner is named
_ABOVE = 8  # blocks above the text in which its title stands
_NUMBER = re.compile(r"^[（(【\[]|[〔\[【（(](?:19|20)\d\d[〕\]】）)]第?\d+号")  # 某政发〔2021〕3号
_LONGEST_LINE = 200  # characters
_LOWER = ("h2", "h3")
_HEADINGS = ("h1", *_LOWER, "h4")
_SHORTEST = 4  # UTF-8 bytes: two Chinese characters, or four letters
_MAX = 400
_MAX_PIECES = 21  # of a <title>, separators among them: more is no title, and takes quadratic time
_OWN_LINE = 12  # UTF-8 bytes: shorter lines are labels, tags and cells
_LINKED = 0.5  # share of link text from which a line is a menu's or a logo


def title_of(tree: HtmlElement, outline: Outline) -> str:
    """Return the title, or ``""``. The candidate that most other sources repeat wins.

    Chinese content systems' ``ArticleTitle`` is the title. Else the candidates, in order of trust:
    title meta tags, first-level headings, ``<title>`` without its site suffix, or the beginning of
    ``<title>`` that stands on the page as a line of its own. A name that is the site's, as the page
    declares or as its last lines say who owns it, is no candidate, and neither is an editor's word
    for a page without a title. Where nothing is left, it is the line above the text.
    """
    meta = metas(tree)
    whole = shown(tree.findtext(".//title") or "")
    whole = "" if is_placeholder(whole) else whole
    headings = [block.text for block in outline.blocks if block.tag == "h1"][:5]
    owners = _owners(outline, [*headings, *_SEPARATOR.split(whole)[:_MAX_PIECES:2]])
    sites = {bare(meta[name]) for name in _SITE if name in meta} | owners
    named = [meta[name] for name in _ORDER if meta.get(name) and not is_placeholder(meta[name])]
    if meta.get("articletitle") in named[:1] and bare(named[0]) not in {"", *sites}:
        return named[0][:_MAX]
    stripped = without_site(whole, sites, [*named, *headings])
    begun = (o for o in [*named, *headings] if bare(o) not in ("", bare(whole)))
    stated = any(bare(whole).startswith(bare(o)) for o in begun)
    lines = [] if stated else shown_beginning(whole, sites, outline)
    candidates = [
        c for c in [*named, *headings, stripped, *lines] if bare(c) and bare(c) not in sites
    ]
    if not candidates:
        is_title = bare(whole) not in {"", *owners}
        return (whole if is_title else _above_the_text(outline, sites) or whole)[:_MAX]
    sources = [bare(source) for source in [*named, *headings, whole, *lines]]
    return max(candidates, key=lambda c: _support(bare(c), sources))[:_MAX]


def is_placeholder(title: str) -> bool:
    """Tell what an editor calls a page that its author gave no title."""
    return _NO_TITLE.fullmatch(bare(title)) is not None


def _owners(outline: Outline, candidates: list[str]) -> set[str]:
    """Return those that the page's last lines name as who owns it."""
    names = [name for name in candidates if len(name.encode()) >= _OWNER]
    found: set[str] = set()
    for block in outline.blocks[-_FOOT:]:
        here = [bare(name) for name in names if name in block.text]  # patterns cost more
        if here and (match := _OWNED.search(block.text[:_MAX])):
            before, after = bare(block.text[: match.start()]), bare(block.text[match.end() :])
            found |= {n for n in here if n and (after.startswith(n) or before.endswith(n))}
    return found


def _above_the_text(outline: Outline, sites: set[str]) -> str:
    """Return the heading above the page's first text, or else the line; ``""`` where none is."""
    blocks = outline.blocks
    first = next((i for i, block in enumerate(blocks) if is_text(block)), 0)
    above = [
        block
        for block in blocks[max(0, first - _ABOVE) : first]
        if block.linked < _LINKED
        and bare(block.text) not in sites
        and len(block.text.encode()) >= _OWN_LINE
        and len(block.text) <= _LONGEST_LINE
        and not (is_prose(block) or is_edge_line(block) or _NUMBER.search(block.text))
    ]
    headings = [block for block in above if block.tag in _HEADINGS]
    highest = min((block.tag for block in headings), default="")
    ranked = [block.text for block in headings if block.tag == highest] or [b.text for b in above]
    return ranked[-1] if ranked else ""


def _support(candidate: str, sources: list[str]) -> int:
    """How many sources are this candidate, or begin with it: the rest is a site's name."""
    return sum(source.startswith(candidate) for source in sources) if len(candidate) > 1 else 0


def shown_beginning(whole: str, sites: set[str], outline: Outline) -> list[str]:
    """Return the longest beginning of a ``<title>`` that is a line of the page, if there is one.

    Sites write "title_section_site", and the title alone in an element of no meaning. Where a line
    is the end of the ``<title>``, too, nobody can tell which of the two is the site's name.
    """
    pieces = _SEPARATOR.split(whole)
    if len(pieces) == 1 and bare(whole) not in sites and _is_lower_heading(whole, outline):
        return [whole]
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


def _is_lower_heading(whole: str, outline: Outline) -> bool:
    """Tell a <title> that is a heading below a first one: that one is the site's name."""
    if _SITE_LIKE.search(whole):
        return False
    tags = [b.tag for b in outline.blocks if b.tag == "h1" or _is_heading(b, whole)]
    return tags[:1] == ["h1"] and len(tags) > 1


def _is_heading(block: Block, title: str) -> bool:
    return block.tag in _LOWER and block.linked < _LINKED and bare(block.text) == bare(title)


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
