"""Scrapy's decompression without its detour.

Scrapy 2.19 evaluates ``response.encoding`` on the still compressed body, so a charset detector
reads gzip bytes for every page. A plain Response has no encoding to evaluate. And it inflates gzip
through a file object, in pieces, where a body that is whole can be inflated at once. Who asks for
``identity`` wants the bytes as they lie there: part of an archive that a server calls ``x-gzip``
for its name cannot be inflated. Everything else is Scrapy's.
"""

from __future__ import annotations

import zlib

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.http import Response


class PlainHttpCompressionMiddleware(HttpCompressionMiddleware):
    """HttpCompressionMiddleware that is handed a plain Response, and inflates at once."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Decompress; raises IgnoreRequest beyond DOWNLOAD_MAXSIZE."""
        if request.headers.get("Accept-Encoding") == b"identity":
            return response
        if type(response) is not Response and "Content-Encoding" in response.headers:
            plain = Response(
                response.url,
                status=response.status,
                body=response.body,
                flags=response.flags,
                request=response.request,
                ip_address=response.ip_address,
                protocol=response.protocol,
            )
            plain.headers = response.headers  # given to the constructor they would be copied
            response = plain
        return super().process_response(request, response)

    @staticmethod
    def _decode(body: bytes, encoding: bytes, max_size: int) -> bytes:
        if encoding in (b"gzip", b"x-gzip") and (whole := inflated(body, max_size)) is not None:
            return whole
        return HttpCompressionMiddleware._decode(body, encoding, max_size)


def inflated(body: bytes, most: int) -> bytes | None:
    """Return what a gzip body holds; None unless it is one whole member of at most that size.

    ``most`` is in bytes, 0 for no limit. No more than that is inflated.
    """
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        held = inflate.decompress(body, most)
    except zlib.error:
        return None
    return held if inflate.eof and not inflate.unused_data else None
