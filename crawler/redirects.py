"""Where a redirect points."""

from __future__ import annotations

import re

from scrapy.http import Response


def location(response: Response) -> str:
    """Return the Location header; its bytes are UTF-8, or percent-encoded as they are."""
    raw: bytes = response.headers.get("Location") or b""
    try:
        return raw.decode("utf-8")
    except UnicodeDecodeError:
        return re.sub(rb"[\x80-\xff]", lambda byte: b"%%%02X" % byte[0][0], raw).decode("ascii")
