"""Article or hub: whether a page has a text of its own, or leads to pages that have.

Home pages, sections and indexes are hubs. They are crawled for their links, and a search term in
one of their headlines is no page about it.
"""

from __future__ import annotations

from statistics import median
from urllib.parse import urlsplit

from page.density import is_prose
from page.extract import Extraction
from page.model import ARTICLE, HUB
from page.outline import Block, Outline
from page.script import counts, weight

_LITTLE = 18.0
"""Words outside links: less beside many links is a slogan or a footer. On the development pages the
shortest article has 31, and no list has more than 4."""
_MANY_LINKS = 8
_FEW = 3  # headlines: one or two are a menu, or what a notice refers to
_FOOT_WORDS = 60.0  # a foot has fewer; what has more is believed to be a text
_PARTING = 2  # headlines under a heading: one alone may be what a short notice is about
_LINKED = 0.6
_TEASERS = 4
_TEASER = 300  # characters: the summary under a headline is shorter
_HOME_WORDS = 400.0


def kind_of(outline: Outline, extraction: Extraction, url: str) -> str:
    """Return ``article`` or ``hub``."""
    words = _words(outline, extraction)
    headlines = [_is_headline(block) for block in outline.blocks]
    if words < _LITTLE or extraction.scraps:
        links = sum(block.linked > _LINKED for block in outline.blocks)
        return HUB if sum(headlines) >= _FEW or links >= _MANY_LINKS else ARTICLE
    if words < _FOOT_WORDS and _only_a_foot(outline, extraction, headlines):
        return HUB
    if is_home(url) and any(headlines) and words < _HOME_WORDS:
        return HUB
    return HUB if _is_teaser_list(outline, extraction, headlines) else ARTICLE


def _words(outline: Outline, extraction: Extraction) -> float:
    """Words outside links in the main text."""
    blocks = (outline.blocks[i] for i in extraction.blocks if not extraction.beside[i])
    own = [block for block in blocks if block.linked < _LINKED or not block.links]
    sizes = counts([block.text for block in own])  # at once: a block at a time takes longer
    return sum(
        (wide / 2 + words) * (1.0 - block.linked)
        for (wide, words), block in zip(sizes, own, strict=True)
    )


def _only_a_foot(outline: Outline, extraction: Extraction, headlines: list[bool]) -> bool:
    """Tell prose that headlines part from the page's heading: a site's address, its terms."""
    blocks = outline.blocks
    first = next((i for i in extraction.blocks if is_prose(blocks[i])), 0)
    heading = max((i for i in range(first) if blocks[i].tag == "h1"), default=-1)
    between = sum(headlines[heading + 1 : first])
    return between >= (_PARTING if heading >= 0 else _FEW)


def is_home(url: str) -> bool:
    """Tell the address of a site's front page."""
    parts = urlsplit(url)
    return not parts.query and parts.path.lower() in ("", "/", "/index.html", "/index.htm")


def _is_headline(block: Block) -> bool:
    return block.linked > _LINKED and weight(block.text) >= 3.0


def _is_teaser_list(outline: Outline, extraction: Extraction, headlines: list[bool]) -> bool:
    """Tell a list of headlines with a summary each: most prose directly follows a headline."""
    blocks, first, last = outline.blocks, extraction.blocks[0], extraction.blocks[-1]
    prose = [i for i in range(first, last + 1) if is_prose(blocks[i])]
    after = sum(any(headlines[max(0, i - 2) : i]) for i in prose)
    if after < _TEASERS or after * 2 < len(prose):
        return False
    return median(len(blocks[i].text) for i in prose) < _TEASER
