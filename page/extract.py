"""Main text: which blocks of a page are its text.

Two readers choose blocks. For Chinese, Japanese and Korean the region of highest value (see
``page.density``), where a known container may stand in for it. For other scripts trafilatura
votes, and what it lost between the blocks it kept is put back (see ``page.mending``). Either way
the text is made from the same blocks, so it is complete within its region and in reading order.
"""

from __future__ import annotations

from dataclasses import dataclass

from lxml.html import HtmlElement

from page.containers import known_container
from page.density import asides, best_region, is_prose, region_values
from page.furniture import (
    is_edge_line,
    is_label_line,
    is_related_heading,
    opens_with_clock,
    same_title,
)
from page.masthead import says_more
from page.mending import mended
from page.outline import Outline, Region
from page.script import mostly_wide
from page.vote import vote

_HEAD = 12  # blocks: a title line further down than this is a heading of the text
_LOOSE = 0.8  # share of link text from which a block at the edge of the text is no part of it
_ENOUGH = 0.35
"""Share of the best region's prose below which trafilatura's choice is not believed."""


@dataclass(frozen=True, slots=True)
class Extraction:
    """The main text, one block a line, and the indices of its blocks in the outline.

    ``scraps``: the page has no prose, and the text is what stands outside links. ``beside`` tells
    of every block of the outline whether it stands beside the main text.
    """

    text: str
    blocks: tuple[int, ...]
    scraps: bool = False
    beside: tuple[bool, ...] = ()


def extract(tree: HtmlElement, outline: Outline, title: str = "") -> Extraction:
    """Return the main text of a page; an empty one where there is none. Uses the tree up."""
    if not outline.blocks:
        return Extraction("", ())
    beside = asides(outline)
    chosen = read_by_density(outline, beside, title)
    if not _is_wide(outline):
        voted = mended(outline, vote(tree, outline, beside), beside, title)
        if _prose_size(outline, voted) >= _ENOUGH * _prose_size(outline, chosen):
            chosen = voted
    scraps = not chosen
    chosen = chosen or _scraps(outline, beside)
    text = "\n".join(outline.blocks[i].text for i in chosen)
    return Extraction(text, tuple(chosen), scraps, tuple(beside))


def _scraps(outline: Outline, beside: list[bool]) -> list[int]:
    """What there is on a page without prose: its text outside links, so that nothing is lost."""
    blocks = outline.blocks
    return [i for i, out in enumerate(beside) if not out and not blocks[i].links]


def _is_wide(outline: Outline) -> bool:
    """Tell whether a page's visible prose is Chinese, Japanese or Korean."""
    texts = [block.text for block in outline.blocks if is_prose(block)]
    return mostly_wide("\n".join(texts or [block.text for block in outline.blocks])[:200_000])


def _prose_size(outline: Outline, chosen: list[int]) -> int:
    return sum(len(outline.blocks[i].text) for i in chosen if is_prose(outline.blocks[i]))


def read_by_density(outline: Outline, beside: list[bool], title: str) -> list[int]:
    """Return the block indices of the most valuable region, without its furniture."""
    worth = region_values(outline, beside)
    best = best_region(worth)
    known = known_container(outline, worth, best)
    region = outline.regions[best if known is None else known]
    return within(outline, region, beside, title)


def within(outline: Outline, region: Region, beside: list[bool], title: str) -> list[int]:
    """Return the blocks of a region that are text: its head, its tail and its asides cut off."""
    blocks = outline.blocks
    kept = [
        i
        for i in range(region.start, region.end)
        if not beside[i] and not is_label_line(blocks[i].text)
    ]
    kept = without_head(outline, kept, title)
    return without_tail(outline, kept)


def without_head(outline: Outline, kept: list[int], title: str) -> list[int]:
    """Drop what precedes the text: everything up to the last title, date or source line.

    What says something before such a line stays: a lead, or the note under which a law was passed.
    """
    blocks, cut = outline.blocks, 0
    for place, index in enumerate(kept[:_HEAD]):
        block = blocks[index]
        if is_edge_line(block) or same_title(block.text, title) or block.tag == "h1":
            cut = place + 1
        elif is_prose(block):
            break
    head = [i for i in kept[:cut] if _is_lead(outline, i, title)]
    rest = kept[cut:]
    if opens_with_clock([blocks[i] for i in rest]):
        rest.pop(0)
    while rest and blocks[rest[0]].linked > _LOOSE and not is_prose(blocks[rest[0]]):
        rest.pop(0)
    return head + rest


def _is_lead(outline: Outline, index: int, title: str) -> bool:
    block = outline.blocks[index]
    if is_edge_line(block) or same_title(block.text, title) or block.tag == "h1":
        return False
    return is_prose(block) or (says_more(block) and block.linked < _LOOSE)


def without_tail(outline: Outline, kept: list[int]) -> list[int]:
    """Drop what follows the text: lists of other articles, editors, sharing, loose links."""
    blocks = outline.blocks
    last_prose = next((p for p in reversed(range(len(kept))) if _is_body(outline, kept[p])), -1)
    for place in range(max(0, last_prose - 1), len(kept)):
        if is_related_heading(blocks[kept[place]].text) and place > last_prose:
            kept = kept[:place]
            break
    while kept and (is_edge_line(blocks[kept[-1]]) or blocks[kept[-1]].linked > _LOOSE):
        kept.pop()
    return kept


def _is_body(outline: Outline, index: int) -> bool:
    return is_prose(outline.blocks[index]) and not is_edge_line(outline.blocks[index])
