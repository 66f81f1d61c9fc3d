"""A raw response from the archive as plain text, or as a file to keep: never as a page."""

from __future__ import annotations

import codecs

from werkzeug.exceptions import NotFound
from werkzeug.wrappers import Response

from index.snippet import clean
from store import Store, StoreError
from store.model import StoredPage
from store.warc import DAMAGED, Evidence
from web.guard import SANDBOX, protect

MOST = 20_000_000  # bytes of a body
TEXTUAL = ("text/", "application/xhtml", "application/xml", "application/json", "application/rss")


class EvidenceDamaged(StoreError):
    """The archived copy cannot be read."""


def answer(stored: StoredPage, evidence: Evidence) -> Response:
    """Return a response as text with its head, or a body that is no text as a download."""
    if evidence.media_type.startswith(TEXTUAL) or not evidence.media_type:
        head = f"{_lines(evidence.head)}\n\n" if evidence.head else ""
        text = head + _decoded(evidence.body, stored.page.charset)
        note = f"\n\n[cut here: the body has more than {MOST} bytes]" if evidence.is_cut else ""
        shown = Response(f"{text}{note}", content_type="text/plain; charset=utf-8")
    else:
        shown = Response(evidence.body, content_type="application/octet-stream")
        ending = "pdf" if evidence.media_type == "application/pdf" else "bin"
        name = f"duizhao-{stored.url_id}.{ending}"
        shown.headers["Content-Disposition"] = f'attachment; filename="{name}"'
    return protect(shown, SANDBOX)


def found(store: Store, stored: StoredPage) -> Evidence:
    """Return the evidence for a page. Raises NotFound, EvidenceDamaged."""
    if not stored.warc_file:
        raise NotFound("no raw response is kept for this page")
    try:
        evidence = store.evidence(stored, MOST)
    except FileNotFoundError:
        raise NotFound(f"warc/{stored.warc_file} is not there any more") from None
    except DAMAGED as error:
        place = f"warc/{stored.warc_file} at {stored.warc_offset}"
        raise EvidenceDamaged(f"{place} cannot be read ({error}); run `duizhao verify`") from error
    if evidence.url != stored.url:
        raise EvidenceDamaged(f"the record is another page's: {evidence.url}")
    return evidence


def _lines(head: str) -> str:
    return "\n".join(clean(line) for line in head.splitlines())


def _decoded(body: bytes, charset: str) -> str:
    try:
        codecs.lookup(charset or "utf-8")
    except LookupError:
        charset = "utf-8"
    return body.decode(charset or "utf-8", "replace")
