"""Bytes of an archive → captures, one after another, and a word for everything that is none.

FastWARC reads the records. What it cannot read costs that record: the next one is looked for, and
the damage is counted. Memory holds one record at a time, and none that is larger than a page may
be. ``At`` is a place to go on from: the start of a gzip member or record that can be read by
itself, and how many records after it to pass over (more than none only in files that were
compressed as a whole).
"""

from __future__ import annotations

import base64
import hashlib
import io
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from fastwarc.warc import ArchiveIterator, WarcRecordType

from crawler.archive.parts import GZIP, Part, Slice
from crawler.archive.response import Unreadable, read
from page import plain
from page.signature import is_pdf, media_type
from page.url import canonical

HTML = ("text/html", "application/xhtml+xml")
TYPES = (
    WarcRecordType.response
    | WarcRecordType.conversion
    | WarcRecordType.resource
    | (WarcRecordType.revisit)
)
SLACK = 100_000
"""Bytes of headers that a record may have beside its page."""
DAMAGE = (OSError, EOFError, zlib.error, ValueError, RuntimeError)
"""What FastWARC, and what reads with it, raise for bytes that are no record."""
_PROBE, _CHUNK = 4096, 1 << 20
_TAIL = 16
"""Bytes after the last record that are no damage: line ends, padding."""
_DATE = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d")
_HASHES = {"sha1": hashlib.sha1, "sha256": hashlib.sha256, "md5": hashlib.md5}


@dataclass(frozen=True, slots=True)
class At:
    """A place in a part from which reading can go on."""

    offset: int = 0
    skip: int = 0


@dataclass(frozen=True, slots=True)
class Capture:
    """A page as it was once fetched: canonical URL, when (ISO 8601 UTC), and what was sent.

    ``status`` is 0 for text that somebody else extracted (WET), whose ``body`` is that text.
    ``digest`` identifies the content.
    """

    key: str
    at: str
    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str
    digest: str


@dataclass(frozen=True, slots=True)
class Passed:
    """A record that is no page to keep: ``reason`` is one stable word."""

    reason: str
    key: str = ""


def captures(part: Part, start: At, max_bytes: int) -> Iterator[tuple[At, Capture | Passed]]:
    """Yield what a part holds from a place on, each with the place it begins at."""
    offset, skip, owed = start.offset, start.skip, False
    while offset < part.size:
        reached, last = offset, None
        try:
            for place, item in _run(part, offset, skip, max_bytes):
                if owed:
                    yield At(offset), Passed("damaged")
                    owed = False
                reached, last = max(reached, place.offset), item
                yield place, item
        except DAMAGE:
            following = _next_start(part, reached + 1)
            if last is None:
                yield At(offset), Passed("damaged")
            # Its beginning may be intact: then it is met once more, and counted there.
            owed = last is not None and last != Passed("damaged", last.key)
            offset, skip = (part.size if following is None else following), 0
        else:
            break
    if owed:
        yield At(part.size), Passed("damaged")


def _run(
    part: Part, offset: int, skip: int, max_bytes: int
) -> Iterator[tuple[At, Capture | Passed]]:
    """Read on from one place until the end, or until something cannot be read."""
    probe = Slice(part)
    packed = _peek(probe, offset, 2) == GZIP
    with io.BufferedReader(Slice(part), 1 << 18) as stream:
        stream.seek(offset)
        last, passed, end = offset, 0, part.size
        records = ArchiveIterator(stream, record_types=WarcRecordType.any_type, parse_http=False)
        for number, record in enumerate(records):
            where = int(record.stream_pos)
            if not packed:
                if number and where > end:  # FastWARC passes over what does not begin a record
                    yield At(last, passed), Passed("damaged")
                end = _end(probe, where, record.content_length)
            if number and _starts(probe, where, packed):
                last, passed = where, 0
            elif number:
                passed += 1
            if skip > 0:
                skip -= 1
                continue
            try:
                block = _block(record, max_bytes + SLACK)
                item = _item(record, block, max_bytes) if record.record_type & TYPES else None
            except DAMAGE:
                yield At(last, passed), Passed("damaged")
                raise
            if record.record_type == WarcRecordType.unknown:
                item = Passed("damaged")
            if item:
                yield At(last, passed), item
        if not packed and end + _TAIL < part.size:
            yield At(last, passed), Passed("damaged")
    probe.close()


def _end(probe: Slice, where: int, length: int) -> int:
    """Return where a record that is not compressed ends, its two empty lines included."""
    head = _peek(probe, where, _PROBE * 16)
    return where + max(0, head.find(b"\r\n\r\n")) + 4 + length + 4


def _starts(probe: Slice, where: int, packed: bool) -> bool:
    return _peek(probe, where, 5)[:2] == GZIP if packed else _peek(probe, where, 5) == b"WARC/"


def _peek(probe: Slice, where: int, length: int) -> bytes:
    probe.seek(where)
    return probe.read(length) or b""


def _next_start(part: Part, offset: int) -> int | None:
    """Return where the next readable record begins, None where there is none."""
    with Slice(part) as file:
        while offset < part.size:
            file.seek(offset)
            chunk = file.read(_CHUNK) or b""
            for found in re.finditer(rb"\x1f\x8b\x08|(?<=\n)WARC/1\.", chunk):
                if _is_record(_peek(file, offset + found.start(), _PROBE)):
                    return offset + found.start()
            if len(chunk) < _CHUNK:
                return None
            offset += _CHUNK - 8  # what is looked for may lie across two chunks
    return None


def _is_record(head: bytes) -> bool:
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 64)
        except zlib.error:
            return False
    return head.startswith(b"WARC/1.")


def _block(record: Any, most: int) -> bytes:
    """Return what a record holds, nothing of one that says that it has more than ``most`` bytes.

    Raises EOFError where the file ends before the record: it may have taken others for its own.
    """
    block = b"" if record.content_length > most else record.reader.read(most)
    if len(block) + record.reader.consume() < record.content_length:
        raise EOFError("a record says that it is longer than the file")
    return block


def _item(record: Any, block: bytes, max_bytes: int) -> Capture | Passed:
    """Return what one record is. Raises what FastWARC raises for damage."""
    target = str(record.headers.get("WARC-Target-URI") or "").strip("<> ")
    key = canonical(target) or ""
    if record.record_type == WarcRecordType.revisit:
        return Passed("revisit", key)
    if record.content_length > max_bytes + SLACK:
        return Passed("too_large", key)
    if "Content-Length" not in record.headers or not _is_intact(record, block):
        return Passed("damaged", key)
    at = _date(str(record.headers.get("WARC-Date") or ""))
    if not key or not at:
        return Passed("no_address" if not key else "no_date", key)
    if record.record_type == WarcRecordType.response:
        return _of_response(key, at, block, max_bytes)
    return _of_text(record, key, at, block)


def _date(said: str) -> str:
    """Return the second a record is of, as ISO 8601 UTC; empty where there is none such."""
    found = _DATE.match(said)
    try:
        return f"{datetime.fromisoformat(found[0]).isoformat()}Z" if found else ""
    except ValueError:
        return ""


def _is_intact(record: Any, block: bytes) -> bool:
    """True unless the record says what its bytes' digest is, and it is another."""
    said = str(record.headers.get("WARC-Block-Digest") or "")
    name, _, value = said.partition(":")
    if name.lower() not in _HASHES or not value:
        return True
    digest = _HASHES[name.lower()](block, usedforsecurity=False).digest()
    return value.lower() in (digest.hex(), base64.b32encode(digest).decode().lower().rstrip("="))


def _of_response(key: str, at: str, block: bytes, max_bytes: int) -> Capture | Passed:
    try:
        response = read(block, max_bytes)
    except Unreadable as error:
        return Passed(error.reason, key)
    if response.status != 200:
        return Passed("redirect" if 300 <= response.status < 400 else "status", key)
    kind = media_type(response.content_type, response.body)
    if not response.body.strip():
        return Passed("empty", key)
    written = kind == plain.KIND and plain.is_page(response.body, key)
    if not (is_pdf(response.body) or written) and kind and kind not in HTML:
        return Passed("type", key)
    digest = hashlib.sha256(response.body).hexdigest()
    return Capture(key, at, 200, response.headers, response.body, response.content_type, digest)


def _of_text(record: Any, key: str, at: str, block: bytes) -> Capture | Passed:
    """Text that was extracted by somebody else (WET), or a page kept without its response."""
    kind = str(record.headers.get("Content-Type") or "").split(";")[0].strip().lower()
    if not block.strip():
        return Passed("empty", key)
    digest = hashlib.sha256(block).hexdigest()
    if record.record_type == WarcRecordType.conversion and kind == plain.KIND:
        return Capture(key, at, 0, (), block, plain.KIND, digest)
    if kind in HTML or is_pdf(block):
        return Capture(key, at, 200, (("Content-Type", kind),), block, kind, digest)
    return Passed("type", key)
