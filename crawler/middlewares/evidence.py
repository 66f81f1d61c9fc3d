"""Keeps each response as it came over the wire, before anything is decompressed or decided."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.items import Raw
from crawler.session import session_of
from store.schema import utc

KEY = "raw_response"


class EvidenceMiddleware:
    """Puts a Raw into ``request.meta``; must stand nearest to the network."""

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep status, headers, body and address."""
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        address = str(response.ip_address or "")
        at = utc(session_of(self._crawler).clock())
        request.meta[KEY] = Raw(response.status, headers, response.body, address, at)
        return response
