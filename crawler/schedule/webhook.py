"""Tells a web address how a run went. Its URL may hold a secret, so it is never shown or logged."""

from __future__ import annotations

import http.client
import threading
import urllib.error
import urllib.request
from urllib.parse import urlsplit

VARIABLE = "DUIZHAO_WEBHOOK"
"""The environment variable that holds the URL: a secret belongs in no file of the project."""
SECONDS = 10.0
"""For the whole of it, however slowly an answer drips in."""


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def post(url: str, body: str, seconds: float = SECONDS) -> str:
    """Send JSON by POST; return "" or, without naming the URL, what went wrong. Never raises."""
    said: list[str] = []
    # Time limits of sockets are a byte's, so the whole is waited for from outside.
    sender = threading.Thread(target=lambda: said.append(_post(url, body, seconds)), daemon=True)
    sender.start()
    sender.join(seconds + 1)
    return said[0] if said else f"the webhook did not answer within {seconds:.0f} seconds"


def _post(url: str, body: str, seconds: float) -> str:
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            return f"the webhook is no http(s) address; correct {VARIABLE}"
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Duizhao/0.1"}
        request = urllib.request.Request(url, body.encode(), headers, method="POST")  # noqa: S310
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=seconds):
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return f"the webhook answered {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"the webhook could not be reached ({type(error).__name__})"
