"""How long a server asks to be left alone."""

from __future__ import annotations

import email.utils

from scrapy.http import Response

MAX_RETRY_AFTER = 24 * 3600.0
"""A server may ask for ten years; a crawl that runs every day looks again after one."""


def retry_after(response: Response, now: float) -> float:
    """Return the seconds a Retry-After header asks for, in either of its forms (RFC 9110)."""
    value = (response.headers.get("Retry-After") or b"").decode("latin-1").strip()
    if value.isdecimal():
        return float(value[:12])
    parsed = email.utils.parsedate_tz(value)
    if parsed is None:
        return 0.0
    try:
        return max(0.0, email.utils.mktime_tz(parsed) - now)
    except (OverflowError, ValueError):
        return 0.0
