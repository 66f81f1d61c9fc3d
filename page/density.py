"""Which region of a page holds its main text: the one whose blocks are worth most together.

Every block is worth its text if it reads like prose, and costs if it is links or a scrap. A
region is worth the sum; the best one is the maximum subtree. This is maximum subsequence
segmentation (Pasternack and Roth, 2009) on the element tree instead of the token stream. Values
are counted in UTF-8 bytes, so that a Han character weighs as much as the half word it is.
"""

from __future__ import annotations

import math
import re
from itertools import accumulate

from page.outline import Block, Outline

_PROSE = re.compile(r"[。！？；，、：…]|[.!?,;:](?:\s|$|[\"'”’)])")
# Names that sites give to what surrounds an article. A region so named counts for nothing, unless
# it holds most of the page: then the name is the site's, not the region's.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|copyright|legal|imprint|comments?|commentlist|disqus|respond|sidebar|side-?bar|aside"
    r"|related|relate|recommend(?:ed|s)?|relevant|hot|rank(?:ing|list)?|breadcrumbs?|crumbs?|share|sharing"
    r"|social|login|nav|navbar|menu|cookie|consent|newsletter|subscribe|promo|advert|ads?|banner"
    r"|pagination|pager|toolbar|popup|modal|tags?|friend-?links?|newslist|news_list|more-?news)"
    r"(?:$|[\s_-])|statement|disclaimer|xiangguan|tuijian|pinglun|comment|recommend|relatednews|copyright",
)
_ASIDE_TAGS = frozenset(("footer", "aside"))
_FOOT = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|copyright|legal|imprint|breadcrumbs?|cookie|consent)(?:$|[\s_-])"
)
_FOOT_PROSE = 1_500  # bytes: a foot with more of the page's prose than this is a misnamed body
_HEADINGS = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))
_SCRAP_COST = 15.0
_LINKS_COST = 120.0
_MOSTLY = 0.6


def is_prose(block: Block) -> bool:
    """Tell text that reads like sentences and is not mostly links."""
    if block.prose is None:  # asked a dozen times of every block
        block.prose = _reads_like_prose(block)
    return block.prose


def _reads_like_prose(block: Block) -> bool:
    if block.linked > 0.5 or block.tag in _HEADINGS:
        return False
    size = _bytes(block.text)
    return size > 160 or (size > 20 and _PROSE.search(block.text) is not None)


def _bytes(text: str) -> int:
    return len(text) if text.isascii() else len(text.encode("utf-8", "replace"))


def prose_size(outline: Outline, enough: float = math.inf) -> float:
    """Return how much prose a page has outside links, in bytes, or ``enough`` or more."""
    size = 0.0
    for block in outline.blocks:
        if is_prose(block):
            size += _bytes(block.text) * (1.0 - block.linked)
            if size >= enough:
                break
    return size


def block_value(block: Block) -> float:
    """Return what a block adds to the region that holds it."""
    if block.value is None:  # asked by every sum
        block.value = _worth(block)
    return block.value


def _worth(block: Block) -> float:
    size = _bytes(block.text)
    if block.linked > 0.5:
        return -min(size, _LINKS_COST)
    if is_prose(block):
        return size * (1.0 - 2.0 * block.linked)
    return 0.0 if block.tag in _HEADINGS else -_SCRAP_COST


def asides(outline: Outline) -> list[bool]:
    """Return for each block whether its region stands beside the main text, by tag or name."""
    beside = [False] * len(outline.blocks)
    sums = _sums([max(0.0, block_value(block)) for block in outline.blocks])
    for region in outline.regions:
        if not (region.tag in _ASIDE_TAGS or (region.name and _ASIDE.search(region.name))):
            continue
        prose = sums[region.end] - sums[region.start]
        foot = region.tag == "footer" or _FOOT.search(region.name) is not None
        if prose <= _MOSTLY * sums[-1] or (foot and prose < _FOOT_PROSE):
            beside[region.start : region.end] = [True] * (region.end - region.start)
    return beside


def best_region(worth: list[float]) -> int:
    """Return the index of the region of highest value; of equals, the innermost."""
    return max(range(len(worth)), key=lambda index: (worth[index], index))


def region_values(outline: Outline, beside: list[bool]) -> list[float]:
    """Return the value of every region; what stands beside the main text cannot add to it."""
    found = [block_value(block) for block in outline.blocks]
    sums = _sums([min(v, -1.0) if out else v for v, out in zip(found, beside, strict=True)])
    return [sums[region.end] - sums[region.start] for region in outline.regions]


def _sums(numbers: list[float]) -> list[float]:
    return list(accumulate(numbers, initial=0.0))
