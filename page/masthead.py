"""The masthead: the short lines around the title, where a page gives its date and its source."""

from __future__ import annotations

import re

from page.density import is_prose
from page.furniture import bare, is_related_heading, same_title
from page.outline import Block, Outline

LINE = 160
"""Characters: longer blocks are text."""
_BEFORE, _AFTER = 3, 14  # blocks: bylines are within three of the title, tool bars may lie between
_COPYRIGHT = re.compile(r"©|copyright|版权|版權|备案|備案|ICP", re.I)
_NOT_LETTERS = re.compile(r"[\d\W_]+")
_LABELS = re.compile(
    r"来源|來源|日期|时间|時間|发布|發布|發佈|作者|编辑|浏览|published|posted|source|updated", re.I
)


def masthead(outline: Outline, title: str) -> list[Block]:
    """Return the short blocks from just before the title to the first text after it.

    On a page whose title is not in its body, those before the first text.
    """
    blocks, start = outline.blocks, _title_place(outline, title)
    near: list[Block] = []
    for index in range(max(0, start - _BEFORE), min(len(blocks), start + _AFTER)):
        block = blocks[index]
        if is_related_heading(block.text) or (index > start and _is_text(block)):
            break
        linked = block.linked > (0.95 if _LABELS.match(block.text) else 0.6)  # 来源：<a>…</a>
        if not linked and len(block.text) < 2 * LINE and not _COPYRIGHT.search(block.text):
            near.append(block)
    return near


def says_more(block: Block) -> bool:
    """Tell a line of text that happens to hold a date from a line that is about the page."""
    rest = _NOT_LETTERS.sub("", block.text)
    return len(rest) > (40 if rest.isascii() else 18) and not _LABELS.search(block.text)


def _is_text(block: Block) -> bool:
    return is_prose(block) and says_more(block) and len(block.text.encode()) > 60


def _title_place(outline: Outline, title: str) -> int:
    blocks, wanted = outline.blocks, bare(title)
    for index, block in enumerate(blocks):
        if wanted and block.linked < 0.5 and same_title(block.text, title):
            return index
    for index, block in enumerate(blocks):
        if block.tag == "h1" and bare(block.text) and bare(block.text) in wanted:
            return index
    text = next((i for i, block in enumerate(blocks) if _is_text(block)), len(blocks))
    return max(0, text - 4)
