"""PDF → what a page is made of: title, paragraphs, date, links. Policy is published in PDFs.

A PDF has lines, not paragraphs. Lines that fill the column go on in the next one, without a space
in Chinese; running heads and page numbers go. Where a line says what an HTML page would say beside
its title (来源：, 发布时间：), it is read by the same readers, so nothing about it is told twice.
"""

from __future__ import annotations

import io
import logging
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from html import escape
from itertools import pairwise

import pypdf

from page.datetext import read_stamp
from page.furniture import bare
from page.model import Published
from page.script import weight

MAX_PAGES = 500
MAX_CHARACTERS = 2_000_000
_EDGE = 2  # lines at the top and bottom of a page where running heads and numbers stand
_FULL = 0.85  # of the column: a line so long goes on in the next
_TITLE_LINES = 3
_MAX_TITLE = 200
_CREATED = 0.4  # a file may have been made long after its text, or before it was published
_NUMBER = re.compile(
    r"[\s\-–—·]*(?:第\s*)?(?:page\s*)?(?:\d{1,4}|[ivxlc]{1,6})(?:\s*页|\s*頁)?"
    r"(?:\s*(?:/|of|共)\s*\d{1,4}(?:\s*页|\s*頁)?)?[\s\-–—·]*",
    re.I,
)
_DIGITS = re.compile(r"\d+")
_ITEM = re.compile(
    r"[（(]?[一二三四五六七八九十百]{1,3}[）)、.]|第[一二三四五六七八九十百零\d]+[章节節条條编編款]"
    r"|[（(]?\d{1,2}(?:[）)、]|\.(?:\d+\.?)*\s)|[•●◆■▪–—-]\s|[（(][a-z][）)]\s"
)
_WIDE = re.compile(r"[⺀-鿿豈-﫿＀-｠\U00020000-\U0003ffff]")
_NO_TITLE = re.compile(
    r"\.(?:docx?|wps|pdf|indd|xlsx?|pptx?)$|^(?:untitled|无标题|未命名)|^\W*$", re.I
)
_PRINTER = re.compile(r"^microsoft (?:word|powerpoint|excel) - ", re.I)


@dataclass(frozen=True, slots=True)
class Document:
    """What was read of a PDF; ``flags`` as ``Page.flags``.

    ``created`` is the file's own date, which is only a hint; ``links`` are addresses as written.
    """

    title: str = ""
    paragraphs: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    created: Published | None = None
    flags: tuple[str, ...] = ()

    def as_html(self) -> str:
        """Return the document as a plain page, for the readers of dates, sources and links."""
        lines = [*self.paragraphs]
        if bare(self.title) not in map(bare, lines[:_TITLE_LINES]):
            lines.insert(0, self.title)
        body = "".join(f"<p>{escape(line)}</p>" for line in lines)
        links = "".join(f'<a href="{escape(link)}">.</a>' for link in self.links)
        head = f"<title>{escape(self.title)}</title>"
        return f"<html><head>{head}</head><body>{body}{links}</body></html>"


def read(body: bytes) -> Document:
    """Return what a PDF holds. Never fails: ``pdf_damaged``, ``pdf_encrypted``, ``no_text`` (only
    images, or nothing), ``truncated`` (too long, and cut) are flags."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it warns of every flaw of a file
    try:
        reader = pypdf.PdfReader(io.BytesIO(body))
        if reader.is_encrypted and not reader.decrypt(""):
            return Document(flags=("pdf_encrypted",))
        return _document(reader)
    except Exception:
        # pypdf raises errors of some twenty kinds for broken files, RecursionError among them.
        return Document(flags=("pdf_damaged",))


def _document(reader: pypdf.PdfReader) -> Document:
    sheets: list[list[str]] = []
    links: dict[str, None] = {}
    size = damaged = 0
    count = len(reader.pages)
    for number in range(min(count, MAX_PAGES)):
        try:
            sheet = reader.pages[number]
            lines = [clean(line) for line in (sheet.extract_text() or "").splitlines()]
            links.update(dict.fromkeys(_links(sheet)))
        except Exception:  # one bad page must not cost the others
            damaged += 1
            continue
        sheets.append([line for line in lines if line])
        size += sum(map(len, lines))
        if size > MAX_CHARACTERS:
            break
    paragraphs = tuple(joined(without_edges(sheets)))
    flags = {
        "no_text": not damaged and not any(c.isalpha() for line in paragraphs for c in line),
        "pdf_damaged": bool(damaged),
        "truncated": size > MAX_CHARACTERS or count > MAX_PAGES,
    }
    raised = tuple(flag for flag, is_so in flags.items() if is_so)
    if "no_text" in raised:
        return Document(_declared(reader), flags=raised)
    return Document(_title(reader, paragraphs), paragraphs, tuple(links), _created(reader), raised)


def clean(line: str) -> str:
    """Return a line without what shows nothing; lone halves of surrogate pairs go too."""
    shown = "".join(c for c in line if c.isprintable() or c == "\t")
    return " ".join(shown.encode("utf-8", "ignore").decode().split())


def without_edges(sheets: list[list[str]]) -> list[str]:
    """Return all lines but page numbers and what heads or foots several pages alike."""
    edges = Counter(
        key
        for lines in sheets
        for key in {_key(line) for line in (*lines[:_EDGE], *lines[-_EDGE:])}
    )
    often = max(3, len(sheets) // 3)  # left and right pages may have heads of their own
    kept = []
    for lines in sheets:
        for place, line in enumerate(lines):
            at_edge = place < _EDGE or place >= len(lines) - _EDGE
            if not (at_edge and (_NUMBER.fullmatch(line) or edges[_key(line)] >= often)):
                kept.append(line)
    return kept


def _key(line: str) -> str:
    return _DIGITS.sub("0", bare(line)) or line


def joined(lines: list[str]) -> Iterable[str]:
    """Yield paragraphs: a line that fills the column goes on, unless an item of a list follows."""
    if not lines:
        return
    widths = sorted(map(_width, lines))
    column = widths[int(0.9 * (len(widths) - 1))]
    paragraph = lines[0]
    for before, line in pairwise(lines):
        if _width(before) >= _FULL * column and not _ITEM.match(line):
            paragraph = _glued(paragraph, line)
        else:
            yield paragraph
            paragraph = line
    yield paragraph


def _glued(left: str, right: str) -> str:
    if _WIDE.match(left[-1]) or _WIDE.match(right[0]):
        return left + right
    if left.endswith(("-", "\u2010", "\u00ad")) and left[-2:-1].isalpha() and right[0].islower():
        return left[:-1] + right
    return f"{left} {right}"


def _width(line: str) -> int:
    return len(line) + len(_WIDE.findall(line))


def _title(reader: pypdf.PdfReader, paragraphs: tuple[str, ...]) -> str:
    """The declared title where the text repeats it, else what is written largest on page one."""
    declared = _declared(reader)
    start = bare("".join(paragraphs[:20]))
    if declared and bare(declared) in start:
        return declared
    largest = _largest(reader)
    return largest or declared or paragraphs[0][:_MAX_TITLE]


def _declared(reader: pypdf.PdfReader) -> str:
    metadata = reader.metadata
    said = clean(str(metadata.title)) if metadata and metadata.title else ""
    said = _PRINTER.sub("", said)
    return "" if _NO_TITLE.search(said) else said[:_MAX_TITLE]


def _largest(reader: pypdf.PdfReader) -> str:
    """The text of the largest type on the first page, where it is a heading and not all of it."""
    pieces: list[tuple[float, str]] = []

    def visit(text: str, _: list[float], matrix: list[float], __: object, size: float) -> None:
        if text.strip():
            height = abs(matrix[3]) or abs(matrix[1]) or 1.0
            pieces.append((round(size * height, 1), clean(text)))

    reader.pages[0].extract_text(visitor_text=visit)
    # A single letter in large type is an initial, a few figures are a number of an issue.
    worth = [size for size, text in pieces if weight(text) >= 1.5]
    if not worth or max(worth) == min(worth):
        return ""
    title = ""
    for size, text in pieces:
        if size == max(worth):
            title = _glued(title, text) if title and text else title or text
        elif title:
            break
    return title[:_MAX_TITLE]


def _created(reader: pypdf.PdfReader) -> Published | None:
    made = reader.metadata.creation_date if reader.metadata else None
    date = read_stamp(made.date().isoformat()) if made else ""
    return Published(date, "pdf:CreationDate", _CREATED) if date else None


def _links(sheet: pypdf.PageObject) -> Iterable[str]:
    for reference in sheet.get("/Annots") or ():
        note = reference.get_object()
        action = note.get("/A")
        address = action.get_object().get("/URI") if action else None
        if isinstance(address, str):
            yield clean(address)
