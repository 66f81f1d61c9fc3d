"""What trafilatura lost: headings, speaker lines, tables and quotations between what it kept.

A block between two kept ones is put back when it stands in the same markup as they do: in a
region that holds a kept block, or in one without a name. Regions with names are the site's
template (captions, sharing, related articles), regions without are what the author wrote.
"""

from __future__ import annotations

from page.density import is_prose
from page.furniture import (
    is_edge_line,
    is_label_line,
    is_related_heading,
    opens_with_clock,
    same_title,
)
from page.outline import Outline

_PLAIN_TAGS_TEXT = """
ul ol li table tbody thead tr td th dl dd dt blockquote pre p
"""
_PLAIN_TAGS = frozenset(_PLAIN_TAGS_TEXT.split())


def mended(outline: Outline, voted: list[int], beside: list[bool], title: str) -> list[int]:
    """Return the voted blocks with their losses put back and title and date lines removed."""
    voted = _trimmed(outline, voted, title)
    if not voted:
        return []
    homes = {outline.blocks[i].region for i in voted if is_prose(outline.blocks[i])}
    homes = _with_twins(outline, homes or {outline.blocks[i].region for i in voted})
    chosen = set(voted)
    first, last = _extent(outline, voted, homes)
    for index in range(first, last + 1):
        if index not in chosen and not beside[index] and _belongs(outline, index, homes, title):
            chosen.add(index)
    return _trimmed(outline, sorted(chosen), title)


def _with_twins(outline: Outline, homes: set[int]) -> set[int]:
    """The regions, and those of the same tag and name: templates cut long articles into several."""
    regions = outline.regions
    names = {(regions[i].tag, regions[i].name) for i in homes if regions[i].name}
    return homes | {i for i, r in enumerate(regions) if (r.tag, r.name) in names}


def _extent(outline: Outline, voted: list[int], homes: set[int]) -> tuple[int, int]:
    """From the first to the last kept block, and on over neighbours in the same regions."""
    first, last = voted[0], voted[-1]
    blocks = outline.blocks
    while first > 0 and blocks[first - 1].region in homes and blocks[first - 1].linked < 0.5:
        first -= 1
    while last + 1 < len(blocks) and _inside(outline, last + 1, homes):
        last += 1
    twins = [i for i, b in enumerate(blocks) if b.region in homes and is_prose(b)]
    return min([first, *twins]), max([last, *twins])


def _inside(outline: Outline, index: int, homes: set[int]) -> bool:
    """Tell whether a block stands in one of the regions, or in plain markup inside one."""
    regions = outline.regions
    at = outline.blocks[index].region
    while at not in homes:
        region = regions[at]
        if region.parent < 0 or region.name or region.tag not in _PLAIN_TAGS:
            return False
        at = region.parent
    return True


def _belongs(outline: Outline, index: int, homes: set[int], title: str) -> bool:
    block = outline.blocks[index]
    if is_label_line(block.text) or is_related_heading(block.text):
        return False
    if same_title(block.text, title) or block.tag == "h1":
        return False
    return _inside(outline, index, homes)


def _trimmed(outline: Outline, chosen: list[int], title: str) -> list[int]:
    """Without title, date and source lines at the beginning and sharing lines at the end."""
    blocks = outline.blocks

    def loose(index: int) -> bool:
        block = blocks[index]
        return is_edge_line(block) or same_title(block.text, title) or block.linked > 0.8

    start, end = 0, len(chosen)
    if opens_with_clock([blocks[i] for i in chosen]):
        start += 1
    while start < end and (loose(chosen[start]) or blocks[chosen[start]].tag == "h1"):
        start += 1
    while end > start and loose(chosen[end - 1]):
        end -= 1
    return chosen[start:end]
