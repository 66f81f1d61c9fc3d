"""A response as an archive keeps it → status, type and body, without chunks and codings."""

from __future__ import annotations

import io
import re
from dataclasses import dataclass

from warcio.bufferedreaders import ChunkedDataReader
from warcio.statusandheaders import StatusAndHeadersParser, StatusAndHeadersParserException

from page.plain import is_binary
from store.codings import CODINGS, codings, decoded

_STATUS = re.compile(rb"HTTP/\d(?:\.\d)?\s+(\d{3})\b")


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
    body = _body(stream, headers, max_bytes)
    return Response(int(status[1]), headers, body, named.get("content-type", ""))


def _body(stream: io.BytesIO, headers: tuple[tuple[str, str], ...], max_bytes: int) -> bytes:
    named = codings(value for name, value in headers if name.lower() == "content-encoding")
    if not set(named) <= CODINGS.keys():
        raise Unreadable("encoding")
    chunked = ("transfer-encoding", "chunked") in (
        (n.lower(), v.strip().lower()) for n, v in headers
    )
    sent = ChunkedDataReader(stream).read() if chunked else stream.read()
    try:
        body = decoded(sent, named, max_bytes)
    except ValueError as error:
        if is_binary(sent):
            raise Unreadable("encoding") from error
        body = sent  # Common Crawl once kept the header of what it had decoded
    if len(body) > max_bytes:
        raise Unreadable("too_large")
    return body
