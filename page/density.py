"""Which region of a page holds its main text: the one whose blocks are worth most together.

Every block is worth its text if it reads like prose, and costs if it is links or a scrap. A
region is worth the sum; the best one is the maximum subtree. This is maximum subsequence
segmentation (Pasternack and Roth, 2009) on the element tree instead of the token stream. Values
are counted in UTF-8 bytes, so that a Han character weighs as much as the half word it is.
"""

from __future__ import annotations

import re

from page.outline import Block, Outline

_PROSE = re.compile(r"[。！？；，、：…]|[.!?,;:](?:\s|$|[\"'”’)])")
# Names that sites give to what surrounds an article. A region so named counts for nothing, unless
# it holds most of the page: then the name is the site's, not the region's.
_ASIDE = re.compile(
    r"(?:^|[\s_-])(?:footer|foot|copyright|comments?|commentlist|disqus|respond|sidebar|side-?bar|aside"
    r"|related|relate|recommend(?:ed|s)?|relevant|hot|rank(?:ing|list)?|breadcrumbs?|crumbs?|share|sharing"
    r"|social|login|nav|navbar|menu|cookie|consent|newsletter|subscribe|promo|advert|ads?|banner"
    r"|pagination|pager|toolbar|popup|modal|tags?|friend-?links?|newslist|news_list|more-?news)"
    r"(?:$|[\s_-])|statement|disclaimer|xiangguan|tuijian|pinglun|comment|recommend|relatednews|copyright",
)
_ASIDE_TAGS = frozenset(("footer", "aside"))
_SCRAP_COST = 15.0
_MOSTLY = 0.6


def block_value(block: Block) -> float:
    """Return what a block adds to the region that holds it."""
    size = len(block.text.encode("utf-8", "replace"))
    linked = block.linked
    if linked > 0.5:
        return -min(size, 120.0)
    if block.tag in ("h1", "h2", "h3", "h4", "h5", "h6"):
        return 0.0
    if _PROSE.search(block.text) and size > 20 or size > 160:
        return size * (1.0 - 2.0 * linked)
    return -_SCRAP_COST


def values(outline: Outline) -> list[float]:
    """Return each block's value; what stands in a region beside the text is worth nothing."""
    found = [block_value(block) for block in outline.blocks]
    total = sum(value for value in found if value > 0)
    for start, end in asides(outline):
        inside = sum(value for value in found[start:end] if value > 0)
        if inside < _MOSTLY * total:
            found[start:end] = [min(value, -1.0) for value in found[start:end]]
    return found


def asides(outline: Outline) -> list[tuple[int, int]]:
    """Return the block ranges of regions that their tag or name puts beside the main text."""
    return [
        (region.start, region.end)
        for region in outline.regions
        if region.end > region.start
        and (region.tag in _ASIDE_TAGS or (region.name and _ASIDE.search(region.name)))
    ]


def best_region(outline: Outline, found: list[float]) -> int:
    """Return the index of the region of highest value; of equals, the innermost."""
    sums = [0.0]
    for value in found:
        sums.append(sums[-1] + value)
    worth = [sums[region.end] - sums[region.start] for region in outline.regions]
    return max(range(len(worth)), key=lambda index: (worth[index], index))
