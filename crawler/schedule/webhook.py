"""Tells a web address how a run went. Its URL may hold a secret, so it is never shown or logged."""

from __future__ import annotations

import http.client
import urllib.error
import urllib.request
from urllib.parse import urlsplit

VARIABLE = "DUIZHAO_WEBHOOK"
"""The environment variable that holds the URL: a secret belongs in no file of the project."""
SECONDS = 10.0


class _NoRedirects(urllib.request.HTTPRedirectHandler):
    def redirect_request(self, *args: object, **kwargs: object) -> None:
        return None


def post(url: str, body: str) -> str:
    """Send JSON by POST; return "" or, without naming the URL, what went wrong. Never raises."""
    try:
        if urlsplit(url).scheme not in ("http", "https"):
            return f"the webhook is no http(s) address; correct {VARIABLE}"
        headers = {"Content-Type": "application/json; charset=utf-8", "User-Agent": "Duizhao/0.1"}
        request = urllib.request.Request(url, body.encode(), headers, method="POST")  # noqa: S310
        with urllib.request.build_opener(_NoRedirects).open(request, timeout=SECONDS):
            return ""
    except urllib.error.HTTPError as error:
        error.close()
        return f"the webhook answered {error.code}"
    except (OSError, ValueError, http.client.HTTPException) as error:
        return f"the webhook could not be reached ({type(error).__name__})"
