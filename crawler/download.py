"""Scrapy's HTTP/1.1 with an end to a response's head.

Twisted reads header lines for as long as a server sends them, and DOWNLOAD_MAXSIZE counts bodies.
"""

from __future__ import annotations

from typing import Any

from scrapy import Request
from scrapy.core.downloader.handlers.http11 import (
    HTTP11DownloadHandler,
    _LenientHTTP11ClientFactory,
    _LenientHTTP11ClientProtocol,
)
from scrapy.crawler import Crawler
from scrapy.exceptions import DownloadCancelledError, DownloadFailedError
from scrapy.http import Response
from twisted.python.failure import Failure
from twisted.web._newclient import HEADER, STATUS

MAX_HEAD = 256 * 1024
"""Bytes of status lines and headers: what Chromium reads (kMaxHeaderBufSize)."""


class HeadTooLong(Exception):
    """A response began with more than MAX_HEAD bytes of headers."""


class HeadLimitingHandler(HTTP11DownloadHandler):
    """HTTP11DownloadHandler that cancels the download of a response whose head goes on and on."""

    def __init__(self, crawler: Crawler) -> None:
        super().__init__(crawler)
        self._pool._factory = _Factory

    async def download_request(self, request: Request) -> Response:
        """Download; raises DownloadCancelledError for a head that is too long."""
        try:
            return await super().download_request(request)
        except DownloadFailedError as error:
            if any(reason.check(HeadTooLong) for reason in getattr(error.__cause__, "reasons", ())):
                raise DownloadCancelledError(f"{request.url}: endless headers") from error
            raise


class _Protocol(_LenientHTTP11ClientProtocol):
    def request(self, request: Any) -> Any:
        self._head = 0
        return super().request(request)

    def dataReceived(self, data: bytes) -> None:
        super().dataReceived(data)  # type: ignore[no-untyped-call]
        if self._parser is None or self._parser.state not in (STATUS, HEADER):
            return
        self._head += len(data)
        if self._head > MAX_HEAD:
            assert self.transport is not None
            self._giveUp(Failure(HeadTooLong()))  # type: ignore[no-untyped-call]
            self.transport.abortConnection()


class _Factory(_LenientHTTP11ClientFactory):
    def buildProtocol(self, addr: Any) -> _Protocol:
        return _Protocol(self._quiescentCallback)  # type: ignore[no-untyped-call]
