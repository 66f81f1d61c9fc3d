"""Plain text: whether it is a page that somebody wrote to be read.

Servers call plain text what they know no other name for, so bytes are believed more than labels.
"""

from __future__ import annotations

import re
from urllib.parse import urlsplit

KIND = "text/plain"
_LOOKED_AT = 1445
"""Bytes: the resource header of the MIME Sniffing Standard (section 5.2)."""
_BINARY = re.compile(rb"[\x00-\x08\x0b\x0e-\x1a\x1c-\x1f]")
"""Its binary data bytes (section 3): they are in no text, but in one of two bytes a character."""
_TWO_BYTES = (b"\xff\xfe", b"\xfe\xff")
_FOR_MACHINES = re.compile(
    r"/(?:(?:robots|ads|app-ads|security|humans|llms|llms-full)\.txt|\.well-known/.*)",
    re.IGNORECASE,
)
_ADDRESS = re.compile(rb"https?://\S+", re.IGNORECASE)


def is_page(body: bytes, url: str) -> bool:
    """Tell a text to read from bytes that are none, data, and what a site tells robots.

    Of the last: robots.txt and its like by their addresses, a sitemap by its lines, which "contain
    no information other than the list of URLs" (sitemaps.org).
    """
    if is_binary(body):
        return False
    text = body.removeprefix(b"\xef\xbb\xbf").strip()
    if (text[:1], text[-1:]) in ((b"{", b"}"), (b"[", b"]")):  # JSON, an error of an API as a rule
        return False
    if _FOR_MACHINES.fullmatch(urlsplit(url).path):
        return False
    return not all(_ADDRESS.fullmatch(line.strip()) for line in text.splitlines() if line.strip())


def is_binary(body: bytes) -> bool:
    """Tell bytes that are no text in any charset."""
    return bool(_BINARY.search(body[:_LOOKED_AT])) and not body.startswith(_TWO_BYTES)
