"""Keeps each response as it came over the wire, before anything is decompressed or decided."""

from __future__ import annotations

from scrapy import Request
from scrapy.http import Response

from crawler.items import Raw
from store.schema import utc

KEY = "raw_response"


class EvidenceMiddleware:
    """Puts a Raw into ``request.meta``; must stand nearest to the network."""

    def process_response(self, request: Request, response: Response) -> Response:
        """Keep status, headers, body and address."""
        headers = tuple(
            (name.decode("latin-1"), value.decode("latin-1"))
            for name, values in response.headers.items()
            for value in values
        )
        address = str(response.ip_address or "")
        request.meta[KEY] = Raw(response.status, headers, response.body, address, utc())
        return response
