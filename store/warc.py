"""Raw responses as evidence: WARC 1.1 files (ISO 28500:2017), written with warcio.

Every process writes files of its own, so a killed one leaves at worst a torn record at the end of
a file that nobody appends to, and no row points at it.
"""

from __future__ import annotations

import os
import secrets
import struct
import sys
import time
import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from http import HTTPStatus
from io import BytesIO
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from warcio.archiveiterator import ArchiveIterator
from warcio.exceptions import ArchiveLoadFailed
from warcio.recordloader import ArcWarcRecord
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from store.codings import codings, decoded

FOLDER = "warc"
MAX_BYTES = 1_000_000_000
"""A new file after this much: small enough to copy, the size Common Crawl's files have."""

_MEMBER = b"\x1f\x8b\x08\x00\x00\x00\x00\x00\x00\xff"
"""How a member begins: deflated, without a name, from no time and no system."""
_LEVEL = 6
_WORTH_STORING = 1_000  # bytes: status and headers are shorter

DAMAGED = (OSError, ValueError, EOFError, zlib.error, ArchiveLoadFailed)
"""What reading a damaged file may raise."""

# The body is kept as it was after chunked transfer was undone, so this header would be untrue.
_UNTRUE = {"transfer-encoding", "connection", "keep-alive"}


class _Member:
    """One record as one gzip member (RFC 1952). What is ``packed`` already is stored as it is.

    Deflating a compressed body again makes it no smaller and was a tenth of the time of storing a
    page. Blocks of both kinds may follow each other in a member.
    """

    def __init__(self, out: BinaryIO, packed: bool) -> None:
        self._out = out
        self._deflate = zlib.compressobj(_LEVEL, zlib.DEFLATED, -zlib.MAX_WBITS)
        self._packed = packed
        self._checksum = self._size = 0
        out.write(_MEMBER)

    def write(self, piece: bytes) -> None:
        """Add a piece of the record."""
        self._checksum = zlib.crc32(piece, self._checksum)
        self._size += len(piece)
        if self._packed and len(piece) >= _WORTH_STORING:
            self._out.write(self._deflate.flush(zlib.Z_FULL_FLUSH))  # ends at a whole byte
            stored = zlib.compressobj(0, zlib.DEFLATED, -zlib.MAX_WBITS)
            self._out.write(stored.compress(piece) + stored.flush(zlib.Z_FULL_FLUSH))
        else:
            self._out.write(self._deflate.compress(piece))

    def flush(self) -> None:
        """End the member: warcio flushes once, after the record."""
        self._out.write(self._deflate.flush())
        self._out.write(struct.pack("<LL", self._checksum, self._size & 0xFFFFFFFF))
        self._out.flush()


class _Writer(WARCWriter):  # type: ignore[misc]
    """warcio's writer, with members of ours."""

    def __init__(self, out: BinaryIO) -> None:
        super().__init__(out, gzip=False, warc_version="WARC/1.1")

    def append(self, record: ArcWarcRecord, packed: bool) -> None:
        """Append a record; ``packed`` says that its body is compressed."""
        self._write_warc_record(_Member(self.out, packed), record)


class WarcFiles:
    """An append-only series of WARC files in ``folder``; nothing is created before it is needed."""

    def __init__(self, folder: Path, software: str) -> None:
        self._folder = folder / FOLDER
        self._software = software
        self._stream: BinaryIO | None = None
        self._writer: _Writer | None = None
        self._name = ""

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def write(
        self,
        url: str,
        status: int,
        headers: Sequence[tuple[str, str]],
        body: bytes,
        *,
        address: str = "",
        at: str = "",
    ) -> tuple[str, int]:
        """Append one response; return the file's name and the record's offset.

        ``body`` is the payload as it was sent (still compressed if it was). The record is flushed
        to the operating system before this returns, so that a row may point at it.
        """
        stream, writer = self._open()
        offset = stream.tell()
        kept = [(name, value) for name, value in headers if name.lower() not in _UNTRUE]
        http = StatusAndHeaders(_status_line(status), kept, protocol="HTTP/1.1")
        extra = {"WARC-IP-Address": address} if address else {}
        if at:
            extra["WARC-Date"] = at
        record = writer.create_warc_record(
            url,
            "response",
            payload=BytesIO(body),
            length=len(body),
            http_headers=http,
            warc_headers_dict=extra,
        )
        packed = any(name.lower() == "content-encoding" for name, _ in kept)
        writer.append(record, packed)
        stream.flush()
        return self._name, offset

    def write_text(self, url: str, text: bytes, *, at: str) -> tuple[str, int]:
        """Append text that was extracted elsewhere, as an archive keeps it; as ``write`` does."""
        stream, writer = self._open()
        offset = stream.tell()
        record = writer.create_warc_record(
            url,
            "conversion",
            payload=BytesIO(text),
            length=len(text),
            warc_content_type="text/plain",
            warc_headers_dict={"WARC-Date": at},
        )
        writer.append(record, packed=False)
        stream.flush()
        return self._name, offset

    def close(self) -> None:
        """Sync and close the current file."""
        if self._stream is not None:
            self._stream.flush()
            os.fsync(self._stream.fileno())
            self._stream.close()
            self._stream = self._writer = None

    def _open(self) -> tuple[BinaryIO, _Writer]:
        if self._stream is not None and self._stream.tell() >= MAX_BYTES:
            self.close()
        if self._stream is None or self._writer is None:
            self._folder.mkdir(parents=True, exist_ok=True)
            stamp = time.strftime("%Y%m%d%H%M%S", time.gmtime())
            self._name = f"duizhao-{stamp}-{secrets.token_hex(4)}.warc.gz"
            self._stream = (self._folder / self._name).open("xb")
            self._writer = _Writer(self._stream)
            info = {"software": self._software, "format": "WARC File Format 1.1"}
            self._writer.append(self._writer.create_warcinfo_record(self._name, info), packed=False)
        return self._stream, self._writer


def _status_line(status: int) -> str:
    try:
        return f"{status} {HTTPStatus(status).phrase}"
    except ValueError:
        return f"{status} Unknown"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A raw response as it was kept: the record's URL and time, the head, the body.

    The body is decoded, not decompressed twice; ``is_cut`` where it is longer than was asked for.
    Text that an archive kept without its response has no head: ``head`` is "".
    """

    url: str
    at: str
    head: str
    media_type: str
    body: bytes
    is_cut: bool


def evidence(folder: Path, name: str, offset: int, most: int) -> Evidence:
    """Return the response at ``offset`` of a file, ``most`` bytes of its body.

    Raises as ``read`` does, and what a damaged file raises (see ``DAMAGED``).
    """
    with _record(folder, name, offset) as record:
        body = _body(record, most)
        headers = record.http_headers or record.rec_headers
        return Evidence(
            str(record.rec_headers.get_header("WARC-Target-URI")),
            str(record.rec_headers.get_header("WARC-Date")),
            _head(record.http_headers) if record.http_headers else "",
            (headers.get_header("Content-Type") or "").partition(";")[0].strip().lower(),
            body[:most],
            len(body) > most,
        )


def _head(http: StatusAndHeaders) -> str:
    lines = [f"{http.protocol} {http.statusline}", *(f"{k}: {v}" for k, v in http.headers)]
    return "\n".join(lines)


def read(folder: Path, name: str, offset: int) -> tuple[str, bytes]:
    """Return the URL and the decoded body of the response at ``offset`` of a file.

    Raises FileNotFoundError or ValueError when there is no such record.
    """
    with _record(folder, name, offset) as record:
        url = str(record.rec_headers.get_header("WARC-Target-URI"))
        return url, _body(record, sys.maxsize)


@contextmanager
def _record(folder: Path, name: str, offset: int) -> Iterator[ArcWarcRecord]:
    """What ``WarcFiles`` wrote at ``offset``: a response, or text that was extracted elsewhere."""
    with (folder / FOLDER / Path(name).name).open("rb") as stream:
        stream.seek(offset)
        record = next(iter(ArchiveIterator(stream)), None)
        if record is None or record.rec_type not in ("response", "conversion"):
            raise ValueError(f"{name}: no response at offset {offset}")
        yield record


def _body(record: ArcWarcRecord, most: int) -> bytes:
    """Return what was sent without its codings: warcio knows not all of them."""
    headers = record.http_headers.headers if record.http_headers else ()
    named = codings(value for name, value in headers if name.lower() == "content-encoding")
    return decoded(bytes(record.raw_stream.read()), named, most)
