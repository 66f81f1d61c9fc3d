"""Asks for what is already held only if it has changed (RFC 9110, section 13)."""

from __future__ import annotations

from typing import Self

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.http import Response

from crawler.session import session_of
from store import visits

_HEADERS = ("If-None-Match", "If-Modified-Since")


class ConditionalMiddleware:
    """Sends back the validators that a URL's last answer came with.

    Both, where both are known: RFC 9110, section 13.1.3, has the ETag win, and a server that knows
    only dates has the date.
    """

    def __init__(self, crawler: Crawler) -> None:
        self._crawler = crawler

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Self:
        """Return the middleware of a crawler."""
        return cls(crawler)

    def process_request(self, request: Request) -> None:
        """Add the conditions to a request for something that is held."""
        lease = request.meta.get("lease")
        if lease is None or request.meta.get("is_robots"):
            return
        known = visits.validators(session_of(self._crawler).store.db, lease.url_id)
        for header, value in zip(_HEADERS, known, strict=True):
            if value:
                request.headers[header] = value


def is_conditional(response: Response) -> bool:
    """True when the request behind a response named what is held: only then 304 is an answer."""
    request = response.request
    return request is not None and any(header in request.headers for header in _HEADERS)
