"""From a response or a failure to an outcome: one word a reason, stable, counted in the report."""

from __future__ import annotations

from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
    ResponseDataLossError,
    UnsupportedURLSchemeError,
)
from scrapy.http import Response

from crawler.items import Again, Item, Outcome
from crawler.middlewares.address import is_refusal
from crawler.middlewares.robots import HostBusy, RobotsForbidden, RobotsUnreachable
from crawler.retry_after import MAX_RETRY_AFTER, retry_after
from page import plain
from page.signature import is_pdf, media_type
from store.frontier import Lease

WAITS = "delay"

_HTML = ("text/html", "application/xhtml+xml")
_XML = ("application/xml", "text/xml", "application/rss+xml", "application/atom+xml")
_MAGIC = {
    b"\x89PNG": "image/png",
    b"\xff\xd8\xff": "image/jpeg",
    b"GIF8": "image/gif",
    b"PK\x03\x04": "application/zip",
    b"\xd0\xcf\x11\xe0": "application/msword",
}
# What a failure is called, and whether trying again may help.
_FAILURES: tuple[tuple[type[Exception], str, bool], ...] = (
    (CannotResolveHostError, "dns", True),
    (DownloadConnectionRefusedError, "refused", True),
    (DownloadTimeoutError, "timeout", True),
    (ResponseDataLossError, "truncated", True),
    (UnsupportedURLSchemeError, "scheme", False),
)


def of_failure(lease: Lease, error: BaseException, retry_delay: float) -> Item:
    """Return what becomes of a URL whose request ended in an error."""
    if isinstance(error, RobotsForbidden):
        return Outcome(lease, "skipped", "robots", fetched=False)
    if isinstance(error, RobotsUnreachable):
        return Again(lease, "robots_unreachable", error.wait, counts=False)
    if isinstance(error, HostBusy):
        return Again(lease, WAITS, error.wait, counts=False)
    if is_refusal(error):
        return Outcome(lease, "skipped", "address", fetched=False)
    if isinstance(error, DownloadCancelledError | IgnoreRequest):
        return Outcome(lease, "failed", "too_large")
    for kind, reason, temporary in _FAILURES:
        if isinstance(error, kind):
            return _again_or_failed(lease, reason, retry_delay, temporary)
    return _again_or_failed(lease, "connection", retry_delay, True)


def of_status(lease: Lease, response: Response, retry_delay: float, now: float) -> Item | None:
    """Return what becomes of a URL that answered with something else than a page; None: a page.

    ``now`` is a Unix time, for servers that say until when they want to be left alone.

    Redirects are not handled here: the spider follows them through the frontier.
    """
    status = response.status
    if 200 <= status < 300:
        return _of_content(lease, response)
    if status in (404, 410):
        return Outcome(lease, "gone", f"http_{status}")
    if status == 429 or status >= 500:
        delay = max(retry_delay, retry_after(response, now))
        return Again(lease, f"http_{status}", min(delay, MAX_RETRY_AFTER))
    return Outcome(lease, "failed", f"http_{status}")


def content_type(response: Response) -> str:
    """Return the Content-Type header as text."""
    return (response.headers.get("Content-Type") or b"").decode("latin-1")


def _of_content(lease: Lease, response: Response) -> Item | None:
    if not response.body.strip():
        return Outcome(lease, "skipped", "empty")
    if lease.role == "page" and is_pdf(response.body):
        return None
    said = media_type(content_type(response), response.body)
    seen = next((kind for magic, kind in _MAGIC.items() if response.body.startswith(magic)), "")
    if not seen and said == plain.KIND and plain.is_page(response.body, lease.key):
        return None
    if seen or (said and lease.role == "page" and said not in (*_HTML, *_XML)):
        return Outcome(lease, "skipped", f"type:{seen or said}"[:80])
    return None


def _again_or_failed(lease: Lease, reason: str, delay: float, temporary: bool) -> Item:
    return Again(lease, reason, delay) if temporary else Outcome(lease, "failed", reason)
