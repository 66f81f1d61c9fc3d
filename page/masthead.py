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
# A forum's first post is signed: <a>name</a> 发表于 2021-03-05. Longer links are headlines.
_NAME, _WIDE_NAME = 40, 16
_DATE = 8  # characters outside the link: no date is shorter
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_LABELS = re.compile(
    r"来源|來源|日期|时间|時間|发布|發布|發佈|作者|编辑|浏览|published|posted|source|updated", re.I
)


def masthead(outline: Outline, title: str) -> list[Block]:
    """Return the short blocks from just before the title to the first text after it.

    On a page whose title is not in its body, those before the first text.
    """
    blocks, start = outline.blocks, _title_place(outline, title)
    near: list[Block] = []
    dated: list[Block] = []
    for index in range(max(0, start - _BEFORE), min(len(blocks), start + _AFTER)):
        block = blocks[index]
        if is_related_heading(block.text) or (index > start and is_text(block)):
            break
        linked = block.linked > (0.95 if _LABELS.match(block.text) else 0.6)  # 来源：<a>…</a>
        if linked and _is_dated(block):
            dated.append(block)
        if linked and not (index > start and dated == [block] and _is_name(block)):
            continue
        if len(block.text) < 2 * LINE and not _COPYRIGHT.search(block.text):
            near.append(block)
    # Of several links with dates each is an item of a list, and none is who wrote this.
    return near if len(dated) < 2 else [block for block in near if block is not dated[0]]


def _is_dated(block: Block) -> bool:
    """Tell a link with a date beside it."""
    return len(block.text) - block.links >= _DATE and _YEAR.search(block.text) is not None


def _is_name(block: Block) -> bool:
    wide = len(block.text.encode("utf-8", "replace")) > 1.5 * len(block.text)
    return block.links <= (_WIDE_NAME if wide else _NAME)


def says_more(block: Block) -> bool:
    """Tell a line of text that happens to hold a date from a line that is about the page."""
    rest = _NOT_LETTERS.sub("", block.text)
    return len(rest) > (40 if rest.isascii() else 18) and not _LABELS.search(block.text)


def is_text(block: Block) -> bool:
    """Tell a paragraph of text that is more than a line about the page."""
    return is_prose(block) and says_more(block) and len(block.text.encode()) > 60


def _title_place(outline: Outline, title: str) -> int:
    blocks, wanted = outline.blocks, bare(title)
    for index, block in enumerate(blocks):
        if wanted and block.linked < 0.5 and same_title(block.text, title):
            return index
    for index, block in enumerate(blocks):
        if block.tag == "h1" and bare(block.text) and bare(block.text) in wanted:
            return index
    text = next((i for i, block in enumerate(blocks) if is_text(block)), len(blocks))
    return max(0, text - 4)
