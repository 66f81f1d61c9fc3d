"""An address as people read it."""

from __future__ import annotations

import re
import unicodedata
from urllib.parse import quote, unquote_to_bytes

_ESCAPES = re.compile("(?:%[89A-Fa-f][0-9A-Fa-f])+")


def readable(url: str) -> str:
    """Return a URL as people read it: 數位創新 for %E6%95%B8…; ``canonical`` leads back to the key.

    Only letters and digits that run from left to right are written out. What is not UTF-8 stays.
    """
    return _ESCAPES.sub(_written_out, url) if "%" in url else url


def _written_out(escapes: re.Match[str]) -> str:
    try:
        text = unquote_to_bytes(escapes[0]).decode("utf-8")
    except UnicodeDecodeError:
        return escapes[0]
    shown = (c if c.isalnum() and unicodedata.bidirectional(c) == "L" else quote(c) for c in text)
    return "".join(shown)
