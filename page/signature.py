"""What bytes are, by their first ones: servers mislabel files."""

from __future__ import annotations

_PDF = b"%PDF-"
_WITHIN = 1024
"""Bytes in which the signature may begin: readers allow for what mail gateways put before it."""


def is_pdf(body: bytes) -> bool:
    """Tell a PDF file, whatever the server calls it."""
    place = body[: _WITHIN + len(_PDF)].find(_PDF)
    # An HTML page may speak of the signature; a PDF does not open with markup.
    return place == 0 or (place > 0 and body.lstrip()[:1] != b"<")
