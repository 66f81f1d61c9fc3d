"""Scrapy's decompression without its detour, and with the decoder that reads the evidence later.

Scrapy 2.19 evaluates ``response.encoding`` on the still compressed body, so a charset detector
reads gzip bytes for every page. A plain Response has no encoding to evaluate. Who asks for
``identity`` wants the bytes as they lie there: part of an archive that a server calls ``x-gzip``
for its name cannot be inflated. Of robots.txt the beginning counts, and who reads it decodes no
more than that. Everything else is Scrapy's.
"""

from __future__ import annotations

from scrapy import Request, Spider
from scrapy.downloadermiddlewares.httpcompression import HttpCompressionMiddleware
from scrapy.exceptions import IgnoreRequest
from scrapy.http import Response

from store.codings import CODINGS, codings, decoded


class PlainHttpCompressionMiddleware(HttpCompressionMiddleware):
    """HttpCompressionMiddleware that is handed a plain Response, and decodes as the store does."""

    def process_response(
        self, request: Request, response: Response, spider: Spider | None = None
    ) -> Request | Response:
        """Decompress; raises IgnoreRequest beyond DOWNLOAD_MAXSIZE."""
        if request.headers.get("Accept-Encoding") == b"identity" or request.meta.get("is_robots"):
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

    def _handle_encoding(
        self, body: bytes, content_encoding: list[bytes], max_size: int
    ) -> tuple[bytes, list[bytes]]:
        named = codings(value.decode("latin-1") for value in content_encoding)
        plain = decoded(body, named, max_size)
        if len(plain) > max_size:
            raise IgnoreRequest(f"more than {max_size} bytes, decompressed")
        return plain, [name.encode("latin-1") for name in named if name not in CODINGS]
