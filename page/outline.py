"""Tree → outline: the page's blocks of text in reading order, and the regions that hold them.

One walk over the tree gives everything that the readers of main text, kind, title, date and origin
need; none of them touches the tree again. A block is what a reader sees as one paragraph: a
paragraph, heading, list item, table cell, or the text between two line breaks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml.html import HtmlElement

from page.charset import clean

# Never main text: not shown, or controls. Forms are walked: old ASP.NET pages are one form.
_SKIPPED_TEXT = """
script style noscript template head svg iframe object embed canvas audio video map button
select option textarea input dialog datalist applet noframes nav menu
"""
SKIPPED = frozenset(_SKIPPED_TEXT.split())
MISUSED = frozenset(("nav", "menu", "textarea"))
"""Of these, what authors put whole articles into."""
_PREFORMATTED = ("pre", "textarea")
_INLINE_TEXT = """
a abbr acronym b bdi bdo big cite code data del dfn em font i img ins kbd label mark meter
nobr o:p output picture progress q rp rt ruby s samp small span strike strong sub sup time tt
u var wbr st1:chsdate st1:chmetcnv
"""
_INLINE = frozenset(_INLINE_TEXT.split())
_LEAVES_TEXT = """
p h1 h2 h3 h4 h5 h6 li dt dd td th pre figcaption caption summary
"""
_LEAVES = frozenset(_LEAVES_TEXT.split())
_MAX_DEPTH = 120  # three Python frames each; real pages nest less than half as deep
_HIDDEN = re.compile(r"display\s*:\s*none", re.I)
# A line break in the markup between two Chinese characters is no space (CSS Text 4, 4.1.3).
_WIDE = "\u2e80-\u9fff\uac00-\ud7a3\uf900-\ufaff\uff00-\uffef"
_WIDE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t]*[\r\n]\\s*(?=[{_WIDE}])")
_NUMBERS = re.compile(r"[\d\s./:()（）\[\]年月日-]+")


@dataclass(slots=True)
class Block:
    """A paragraph: its text, how many of its characters are link text, and its innermost tag.

    ``linked`` is the share of link text, in [0, 1], where digits and dates do not count.
    ``name`` is the element's own id and class, ``time`` a ``<time datetime>`` inside it, ``prose``
    and ``value`` the answers of ``page.density`` once it was asked.
    """

    text: str
    links: int
    tag: str
    region: int
    name: str = ""
    time: str = ""
    linked: float = 0.0
    prose: bool | None = None
    value: float | None = None


@dataclass(slots=True)
class Region:
    """An element that holds blocks ``start`` to ``end`` (exclusive); ``name``: its id and class."""

    tag: str
    name: str
    parent: int
    start: int
    end: int = 0


@dataclass(slots=True)
class Outline:
    """Blocks in reading order; regions in document order, so a region follows its parent.

    ``elements`` are the regions' own elements, for the one reader that wants a tree.
    """

    blocks: list[Block] = field(default_factory=list)
    regions: list[Region] = field(default_factory=list)
    elements: list[HtmlElement] = field(default_factory=list)

    def text(self, start: int = 0, end: int | None = None) -> str:
        """Return the text of a range of blocks, one a line."""
        return "\n".join(block.text for block in self.blocks[start:end])


def outline(tree: HtmlElement, skipped: frozenset[str] = SKIPPED) -> Outline:
    """Return the outline of a document's body, without the elements of the ``skipped`` tags."""
    walker = _Walker(skipped)
    body = tree.find("body")
    walker.region(tree if body is None else body, "body")
    return walker.result


class _Walker:
    """Collects text until a block boundary; recursion ends at ``_MAX_DEPTH`` nested elements."""

    def __init__(self, skipped: frozenset[str]) -> None:
        self.skipped = skipped
        self.result = Outline()
        self.pieces: list[str] = []
        self.links = 0
        self.anchored = 0
        self.depth = 0
        self.time = ""
        self.parent = -1
        self.leaf = ""
        self.name = ""

    def region(self, element: HtmlElement, tag: str) -> None:
        """Read a part of the page: what is in it belongs to a region of its own."""
        regions, outer = self.result.regions, (self.parent, self.leaf, self.name)
        self.flush()
        self.parent, self.leaf, self.name = len(regions), tag, _name(element)
        regions.append(Region(tag, self.name, outer[0], len(self.result.blocks)))
        self.result.elements.append(element)
        self.children(element)
        self.flush()
        regions[self.parent].end = len(self.result.blocks)
        self.parent, self.leaf, self.name = outer

    def children(self, element: HtmlElement) -> None:
        """Read what is in an element; below the greatest depth as plain text."""
        if self.depth > _MAX_DEPTH:
            return self.add("".join(element.itertext()))
        self.depth += 1
        if text := element.text:  # each look makes a string
            self.add(text)
        for child in element:
            tag = child.tag
            if isinstance(tag, str) and tag not in self.skipped:
                self.element(child, tag)
            if text := child.tail:
                self.add(text)
        self.depth -= 1
        return None

    def element(self, element: HtmlElement, tag: str) -> None:
        """Read an element as its tag asks; hidden ones are passed over."""
        if (style := element.get("style")) and _HIDDEN.search(style):
            return
        if tag == "a":
            self.anchor(element)
        elif tag == "br" or tag == "hr":
            self.flush()
        elif tag in _INLINE or ":" in tag:
            if tag == "time" and not self.time:
                self.time = element.get("datetime", "")
            self.children(element)
        elif tag in _LEAVES:
            self.leaf_block(element, tag)
        else:
            self.region(element, tag)

    def anchor(self, element: HtmlElement) -> None:
        """Read a link; its text counts as linked."""
        self.anchored += 1
        self.children(element)
        self.anchored -= 1

    def leaf_block(self, element: HtmlElement, tag: str) -> None:
        """Read a paragraph, a heading or the like; a cell or an item with elements is a region."""
        if len(element) and tag in ("td", "li", "dd", "th"):
            return self.region(element, tag)
        outer = (self.leaf, self.name)
        self.flush()
        self.leaf, self.name = tag, _name(element)
        self.children(element)
        self.flush()
        self.leaf, self.name = outer
        return None

    def add(self, text: str) -> None:
        """Add text to the block that is being read; in ``pre`` every line is a block."""
        if self.leaf in _PREFORMATTED and "\n" in text:
            for line in text.split("\n"):
                self.add(line)
                self.flush()
            return
        if self.pieces or not text.isspace():  # what a block begins with is not shown
            self.pieces.append(text)
            if self.anchored:
                self.links += len(text.strip())

    def flush(self) -> None:
        """End the block that is being read."""
        if self.pieces:
            text = shown("".join(self.pieces))
            if text:
                block = Block(text, self.links, self.leaf, self.parent, self.name, self.time)
                if self.links:
                    letters = len(_NUMBERS.sub("", text))
                    block.linked = min(1.0, self.links / max(1, letters))
                self.result.blocks.append(block)
            self.pieces = []
            self.links = 0
        self.time = ""


def _name(element: HtmlElement) -> str:
    own, kind = element.get("id"), element.get("class")
    if own is None and kind is None:
        return ""
    return f"{own or ''} {kind or ''}".strip().lower()


def shown(text: str) -> str:
    """Return a text as a reader sees it: cleaned and spaced."""
    text = spaced(text)
    return text if text.isprintable() else spaced(clean(text))


def spaced(text: str) -> str:
    """Return a text with its white space as a browser shows it: runs are one space, ends none."""
    if "\n" in text and not text.isascii():
        text = _WIDE_BREAK.sub("", text.strip())
    return " ".join(text.split())
