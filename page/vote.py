"""Trafilatura's opinion: which blocks of the outline it takes for main text.

Its output cannot be traced to elements, so it is matched by text, without spaces. Only the fast
mode: the default mode costs half as much again and gains nothing (English F1 .960 against .962).

It is shown only the parts of a page that have prose outside asides. That halves its time, and it
chooses better where no list of links can be mistaken for text.
"""

from __future__ import annotations

import functools
import logging
from collections.abc import Callable, Sequence
from typing import Any

from lxml import etree
from lxml.html import HtmlElement

from page.density import is_prose
from page.outline import SKIPPED, Outline

MAX_ELEMENTS = 20_000
"""Beyond this trafilatura is not asked: its time grows with the square (50,000 ``<p>``: 26 s)."""
MAX_CHARS = 1_000_000
# Short items of a list or table are part of a text without being prose.
_KEPT = frozenset(("ul", "ol", "dl", "table", "tbody", "tr", "td", "th", "li", "dd", "blockquote"))
_COUNT = etree.XPath("count(//*)")
_SHORT = 25  # characters: shorter blocks must be a whole line of its output, not part of one


def vote(tree: HtmlElement, outline: Outline, beside: Sequence[bool]) -> list[int]:
    """Return the indices of the blocks that trafilatura keeps. ``tree`` is used up."""
    chars = sum(len(block.text) for block in outline.blocks)
    if chars > MAX_CHARS or _COUNT(tree) > MAX_ELEMENTS:
        return []
    _lighten(tree, outline, beside)
    text = _text(tree)
    # It writes list items as "- item" and table rows as "| cell | cell |".
    pieces = (cell for line in text.split("\n") for cell in line.removeprefix("- ").split("|"))
    lines = {_squeezed(piece) for piece in pieces}
    whole = _squeezed(text)
    return [i for i, b in enumerate(outline.blocks) if _found(_squeezed(b.text), lines, whole)]


def _lighten(tree: HtmlElement, outline: Outline, beside: Sequence[bool]) -> None:
    """Empty the elements that the outline skips, and the regions without prose."""
    etree.strip_elements(tree, *SKIPPED - {"head", "script"}, etree.Comment, with_tail=False)
    for script in tree.iter("script"):
        if script.get("type") != "application/ld+json":  # it says whether this is a forum
            script.clear(keep_tail=True)
    prose = [0]
    for block, out in zip(outline.blocks, beside, strict=True):
        prose.append(prose[-1] + (is_prose(block) and not out))
    emptied: set[int] = set()
    for index, region in enumerate(outline.regions if prose[-1] else ()):
        if region.parent in emptied:
            emptied.add(index)
        elif prose[region.end] == prose[region.start] and region.tag not in _KEPT:
            emptied.add(index)
            outline.elements[index].clear(keep_tail=True)


def _found(text: str, lines: set[str], whole: str) -> bool:
    return bool(text) and (text in lines or (len(text) >= _SHORT and text in whole))


def _squeezed(text: str) -> str:
    return "".join(text.split())


def _text(tree: HtmlElement) -> str:
    extractor = _extractor()  # not in the try: English is not to be read worse without a word
    try:
        document = extractor(tree)
    except Exception:  # it fails on odd trees in many ways; then the density reader decides
        logging.getLogger(__name__).debug("trafilatura failed", exc_info=True)
        return ""
    return (document.text or "") if document is not None else ""


@functools.cache
def _extractor() -> Callable[..., Any]:
    from trafilatura import bare_extraction  # 32 MB, and Chinese pages never need it
    from trafilatura.settings import Extractor

    # Made once: it reads a configuration each time, which takes a twentieth as long as a page.
    options = Extractor(output_format="python", fast=True, comments=False)
    # It reports every page without text as an error; here that is an ordinary answer.
    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return functools.partial(bare_extraction, options=options)
