"""Files of addresses → what to fetch: CSV, plain text, OPML, browser bookmarks.

Pure: bytes in, entries and problems out. Lists come from spreadsheets, feed readers and browsers of
every age, in UTF-8, UTF-16 or a Chinese encoding; a row that names no address is a problem with its
line, never the end of the list. Nothing that a list names is opened but by the crawl itself.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from pathlib import PurePath

from lxml import etree

from config.counted import counted
from crawler.sitemap import escaped
from page.url import canonical

MAX_BYTES = 100_000_000
MAX_ENTRIES = 1_000_000
NAMES = (
    "url",
    "link",
    "href",
    "address",
    "website",
    "web site",
    "uri",
    "网址",
    "链接",
    "網址",
    "連結",
)
"""Headings of a column of addresses, folded to lower case."""
_ADDRESS = re.compile(r"https?://[^\s<>\"'，。；、！？）】》“”‘’]+", re.IGNORECASE)
_BARE = re.compile(r"(?:[\w-]+\.)+[a-z]{2,24}(?::\d{1,5})?(?:/\S*)?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Entry:
    """One address of a list: its canonical key, its role (``page`` or ``feed``), its line."""

    key: str
    role: str
    line: int


@dataclass(frozen=True, slots=True)
class Problem:
    """A row that names no address: its line, and what is wrong with it."""

    line: int
    what: str


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list holds: each address once, in its order, and what was passed over."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    repeated: int = 0


class NotAList(Exception):
    """A file that cannot be read as a list; the message says why and what to do."""

    exit_code = 2


def read(body: bytes, name: str, column: str = "") -> Listed:
    """Return what a list holds. Its kind is told by its content first, then by its name.

    ``column`` names the CSV column that holds the addresses; without it, it is found by its
    heading or its content. Raises NotAList when there is no such column, or the file is no text.
    """
    text = re.sub(r"\r\n?", "\n", _decoded(body, name))  # spreadsheets on old Macs end lines by \r
    kind = _kind(text, name)
    if kind == "csv":
        return _collected(_csv(text, name, column))
    readers = {"opml": _opml, "bookmarks": _bookmarks, "text": _plain}
    return _collected(readers[kind](text))


def _decoded(body: bytes, name: str) -> str:
    if len(body) > MAX_BYTES:
        raise NotAList(f"{name}: is larger than {MAX_BYTES // 1_000_000} MB; split it")
    for mark, encoding in ((codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16")):
        if body.startswith(mark):
            return body.decode(encoding, "replace")
    if b"\x00" in body[:4096]:
        return _unmarked(body, name)
    try:
        return body.decode("utf-8-sig")
    except UnicodeDecodeError:
        # A stylesheet for spreadsheets may declare nothing: what is not UTF-8 is told by its bytes.
        from page.charset import decode  # its tables are the workers'

        return decode(body, "text/plain").text


def _unmarked(body: bytes, name: str) -> str:
    """Decode UTF-16 that begins without its mark, as some database tools export it."""
    from page.charset import wide

    with suppress(UnicodeDecodeError):
        text = body.decode(codec) if (codec := wide(body)) else "\0"
        if "\0" not in text:
            return text
    raise NotAList(f"{name}: is no text; give a CSV, TXT, OPML or bookmarks file")


def _kind(text: str, name: str) -> str:
    head = text[:2000].lstrip().lower()
    if not head.startswith("<"):  # else a cell that quotes a page would make a table one
        head = ""
    if "<opml" in head:
        return "opml"
    if "netscape-bookmark-file" in head or re.search(r"<(?:!doctype html|html|dl|a\s+href)", head):
        return "bookmarks"
    suffix = PurePath(name).suffix.lower()
    return "csv" if suffix in (".csv", ".tsv") else "text"


def _plain(text: str) -> Iterator[Entry | Problem]:
    """An address a line; what follows it is a remark, so is a line that begins with #."""
    for line, row in enumerate(text.splitlines(), 1):
        if row.strip() and not row.lstrip().startswith("#"):
            yield _entry(row, line)


def _csv(text: str, name: str, column: str) -> Iterator[Entry | Problem]:
    dialect = _dialect(text)
    lines = csv.reader(io.StringIO(text), delimiter=dialect)
    csv.field_size_limit(1_000_000)
    where: int | None = None
    line = 0
    for cells, line in _rows(lines):
        if isinstance(cells, str):
            yield Problem(line, cells)
        elif any(cell.strip() for cell in cells):
            if where is None:
                where, is_heading = _column(cells, name, column)
                if is_heading:
                    continue
            yield _entry(cells[where] if where < len(cells) else "", line)
    if (within := lines.line_num - line) > 0 and text.count('"') % 2:
        what = "opens a quote mark that is not closed; lines below that are lost in it"
        yield Problem(line, f"{what}: {within}")


def _rows(reader: Iterator[list[str]]) -> Iterator[tuple[list[str] | str, int]]:
    """Rows with the line each begins at; a row that is no CSV is its error."""
    while True:
        line = getattr(reader, "line_num", 0) + 1
        try:
            yield next(reader), line
        except StopIteration:
            return
        except csv.Error as error:
            yield f"is no CSV ({error})", line


def _dialect(text: str) -> str:
    """The separator: the one that the first line has most of."""
    first = text.lstrip().split("\n", 1)[0]
    return max(",;\t|", key=lambda mark: (first.count(mark), mark == ","))


def _column(cells: list[str], name: str, wanted: str) -> tuple[int, bool]:
    """Return which column holds the addresses, and whether this row is the heading."""
    heads = [" ".join(cell.split()).casefold() for cell in cells]
    if wanted:
        if wanted.casefold() in heads:
            return heads.index(wanted.casefold()), True
        known = ", ".join(repr(cell.strip()[:30]) for cell in cells[:10])
        raise NotAList(f"{name}:1: has no column {wanted!r}; its first row is {known}")
    for position, cell in enumerate(cells):
        if _ADDRESS.search(cell):
            return position, False
    for heading in NAMES:
        if heading in heads:
            return heads.index(heading), True
    if len(cells) == 1:
        return 0, not _BARE.fullmatch(cells[0].strip())
    known = ", ".join(repr(cell.strip()[:30]) for cell in cells[:10])
    raise NotAList(f"{name}:1: which column holds the addresses? name one in column: {known}")


def _opml(text: str) -> Iterator[Entry | Problem]:
    """A reader's subscriptions: feeds to read, and the pages they belong to."""
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, huge_tree=False, recover=True, load_dtd=False
    )
    plain = re.sub(r"^\s*<\?xml[^>]*\?>", "", text)
    try:
        root = etree.fromstring(escaped(plain).encode(), parser)
    except (etree.XMLSyntaxError, ValueError):  # nothing of it can be recovered
        root = None
    if root is None:
        yield Problem(1, "begins what is no OPML")
        return
    for outline in root.iter("{*}outline"):
        attributes = {str(name).lower(): str(value) for name, value in outline.attrib.items()}
        line = outline.sourceline or 0
        for attribute, role in (("xmlurl", "feed"), ("htmlurl", "page"), ("url", "page")):
            if value := attributes.get(attribute):
                yield _entry(value, line, role)
        if not attributes.keys() & {"xmlurl", "htmlurl", "url"} and not len(outline):
            yield Problem(line, "names no address")


def _bookmarks(text: str) -> Iterator[Entry | Problem]:
    """A browser's export: every link; bookmarklets and browser pages are passed over."""
    pattern = re.compile(r"<a\s[^>]*?\bhref\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s>]+))", re.I)
    line, at = 1, 0
    for found in pattern.finditer(text):
        line += text.count("\n", at, found.start())
        at = found.start()
        address = next(group for group in found.groups() if group is not None)
        yield _entry(address.replace("&amp;", "&"), line)


def _entry(text: str, line: int, role: str = "page") -> Entry | Problem:
    """Return the address in a text; a bare host name is one, too."""
    found = _ADDRESS.search(text)
    first = text.split(maxsplit=1)[0] if text.strip() else ""
    address = found[0] if found else f"https://{first}" if _BARE.fullmatch(first) else ""
    key = canonical(address) if address else None
    if key is None:
        return Problem(line, f"{_short(text)} is no http(s) address")
    return Entry(key, role, line)


def _short(text: str) -> str:
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[:200]).split())
    return repr(shown if len(shown) <= 60 else f"{shown[:59]}…")


def _collected(rows: Iterator[Entry | Problem]) -> Listed:
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    repeated = 0
    for row in rows:
        if isinstance(row, Problem):
            problems.append(row)
        elif row.key in entries:
            repeated += 1
        elif len(entries) < MAX_ENTRIES:
            entries[row.key] = row
        else:
            problems.append(Problem(row.line, f"is past the first {MAX_ENTRIES:,} addresses"))
    return Listed(tuple(entries.values()), tuple(problems), repeated)


def summary(name: str, listed: Listed, shown: int) -> str:
    """Return what a list holds as one line, with the first rows that were passed over."""
    line = f"list {name}: {counted(len(listed.entries), 'address', 'addresses')}"
    if listed.repeated:
        line += f", {listed.repeated} of them more than once"
    if listed.problems:
        first = "; ".join(f"line {p.line}: {p.what}" for p in listed.problems[:shown])
        more = "; …" if len(listed.problems) > shown else ""
        line += f", {counted(len(listed.problems), 'row')} passed over ({first}{more})"
    return line
