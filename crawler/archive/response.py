"""A response as an archive keeps it → status, type and body; warcio undoes the transfer."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from warcio.bufferedreaders import BufferedReader, ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")
CODINGS = ("gzip", "deflate", "br")


class Unreadable(Exception):
    """A response that cannot be read; ``reason`` is one stable word."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Response:
    """One response, decoded; ``body`` holds ``max_bytes`` at most."""

    status: int
    headers: tuple[tuple[str, str], ...]
    body: bytes
    content_type: str


def read(block: bytes, max_bytes: int) -> Response:
    """Return the response in a record's block.

    Raises Unreadable: ``not_http``, ``encoding`` (one nobody here knows, or damaged),
    ``too_large``.
    """
    status = _STATUS.match(block)
    if status is None:
        raise Unreadable("not_http")
    stream = io.BytesIO(block)
    try:
        parsed = StatusAndHeadersParser(["HTTP/"]).parse(stream)
    except (StatusAndHeadersParserException, EOFError, UnicodeError) as error:
        raise Unreadable("not_http") from error
    headers = tuple((str(name), str(value)) for name, value in parsed.headers)
    named = {name.lower(): value for name, value in headers}
    body = _body(stream, named, max_bytes)
    return Response(int(status[1]), headers, body, named.get("content-type", ""))


def _body(stream: io.BytesIO, headers: dict[str, str], max_bytes: int) -> bytes:
    coding = headers.get("content-encoding", "").strip().lower()
    coding = {"x-gzip": "gzip", "identity": "", "none": ""}.get(coding, coding)
    if coding and coding not in CODINGS:
        raise Unreadable("encoding")
    chunked = headers.get("transfer-encoding", "").strip().lower() == "chunked"
    try:
        if chunked:
            reader = ChunkedDataReader(stream, decomp_type=coding or None)
        else:
            reader = BufferedReader(stream, decomp_type=coding or None) if coding else stream
        return _bounded(reader, max_bytes)
    except Unreadable:
        raise
    except Exception as error:  # warcio raises just that where a coding's library is not there
        raise Unreadable("encoding") from error


def _bounded(reader: io.BytesIO, max_bytes: int) -> bytes:
    pieces, size = [], 0
    while piece := reader.read(65_536):
        pieces.append(piece)
        size += len(piece)
        if size > max_bytes:
            raise Unreadable("too_large")
    return b"".join(pieces)
