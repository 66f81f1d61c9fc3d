"""What bytes are, by their first ones: servers mislabel files."""

from __future__ import annotations

import re

_PDF = b"%PDF-"
_WITHIN = 1024
"""Bytes in which the signature may begin: readers allow for what mail gateways put before it."""
_MEDIA_TYPE = re.compile(r"[a-z0-9.+-]+/[a-z0-9.+-]+")  # else a reason would be a stranger's words
_MARKUP = re.compile(rb"<(?:!doctype\s+html|html|head|body|title|meta)\b", re.IGNORECASE)


def media_type(said: str, body: bytes) -> str:
    """Return the media type that a Content-Type header names, in lower case.

    ``""`` where nothing is said, or what names no type (``charset=gbk``, ``html``) stands before
    markup; ``unknown`` where it stands before something else.
    """
    kind = re.split(r"[;,\s]", said.strip().lower(), maxsplit=1)[0]
    if not kind or _MEDIA_TYPE.fullmatch(kind):
        return kind
    return "" if is_markup(body) else "unknown"


def is_markup(body: bytes) -> bool:
    """Tell an HTML document by a tag that only such documents begin with."""
    return _MARKUP.search(body[:_WITHIN]) is not None


def is_pdf(body: bytes) -> bool:
    """Tell a PDF file, whatever the server calls it."""
    place = body[: _WITHIN + len(_PDF)].find(_PDF)
    # An HTML page may speak of the signature; a PDF does not open with markup.
    return place == 0 or (place > 0 and body.lstrip()[:1] != b"<")
