"""What a section of the report is made of. A section gives blocks; ``render.html`` draws them.

Strings are text and are escaped; ``Markup`` is our own and made by ``Say.rich`` or ``bdi``.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from report.render.inert import link
from report.render.say import safe

Value = str | int | Markup
"""A table's cell; an int is printed with its thousands apart."""


@dataclass(frozen=True, slots=True)
class Prose:
    """A paragraph; ``kind`` is a class of ``page.css`` (``note``, ``nodata``, ``caution``)."""

    text: str | Markup
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside a section."""

    text: str | Markup


@dataclass(frozen=True, slots=True)
class Bullets:
    """A list; ``numbered`` ones are in an order."""

    items: tuple[str | Markup, ...]
    numbered: bool = False
    kind: str = "prose"


@dataclass(frozen=True, slots=True)
class Terms:
    """Words and what they mean."""

    items: tuple[tuple[str | Markup, str | Markup], ...]


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its head, and the class of its cells (``count``, ``en count``, ``when``, …)."""

    head: str | Markup
    kind: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """A table. The first column heads its row. With ``fold`` it is closed until asked for."""

    columns: tuple[Column, ...]
    rows: tuple[tuple[Value, ...], ...]
    caption: str = ""
    fold: str = ""
    kinds: tuple[str, ...] = ()
    """Classes of rows, by place; shorter is fine (``suppressed``, ``sum``)."""

    def kind(self, place: int) -> str:
        """Return the class of a row."""
        return self.kinds[place] if place < len(self.kinds) else ""


@dataclass(frozen=True, slots=True)
class Figure:
    """A chart with what it says in words and as a table; without ``svg`` the table is open."""

    caption: str | Markup
    alt: str
    svg: Markup | None
    table: Table


@dataclass(frozen=True, slots=True)
class Side:
    """Blocks beside each other, a column each."""

    columns: tuple[tuple[Block, ...], ...]


Block = Prose | Heading | Bullets | Terms | Table | Figure | Side | Markup


@dataclass(frozen=True, slots=True)
class Section:
    """One section: ``nav`` is its short name in the contents, "" to leave it out there."""

    id: str
    title: str | Markup
    blocks: tuple[Block, ...] = field(default=())
    nav: str = ""


def bdi(text: str, lang: str = "") -> Markup:
    """Return a stranger's words, isolated from ours and in their own language's font."""
    if lang:
        return Markup('<bdi lang="{}">{}</bdi>').format(lang, safe(text))
    return Markup("<bdi>{}</bdi>").format(safe(text))


def anchor(url: str, text: str, lang: str = "") -> Markup:
    """Return a link to the open web where the URL may be one, else the bare words."""
    words = bdi(text or url, lang)
    live = link(url)
    if not live:
        return words
    return Markup('<a href="{}" rel="noreferrer noopener nofollow">{}</a>').format(live, words)


def nothing(text: str) -> Prose:
    """Return what stands where a section has no data."""
    return Prose(text, "nodata")
