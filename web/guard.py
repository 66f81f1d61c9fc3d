"""Who may ask, and what a browser may do with an answer.

A page of any web site can send a browser to an address on loopback, and a name of its own can be
made to point there (DNS rebinding). So the name that was asked for must be loopback's own, and
what another site embeds or fetches is refused before anything is read; a link from it is not.
"""

from __future__ import annotations

import ipaddress
import re

from werkzeug.exceptions import BadRequest, Forbidden, MethodNotAllowed
from werkzeug.wrappers import Request, Response

METHODS = ("GET", "HEAD")
HOST = re.compile("(?P<name>\\[[0-9a-fA-F:]+\\]|[^:]+)(:[0-9]{1,5})?", re.ASCII)
NAMES = ("localhost", "127.0.0.1", "[::1]")
POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none';"
    " frame-ancestors 'none'"
)
# A copy from the web: also if a browser took it for a page, nothing in it would run or load.
SANDBOX = "default-src 'none'; sandbox; base-uri 'none'; frame-ancestors 'none'"
HEADERS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Cache-Control": "no-store",
    "Vary": "Accept-Language, Sec-Fetch-Site",
}


def is_loopback(host: str) -> bool:
    """Return whether an address, or the name ``localhost``, is this machine's own."""
    try:
        return host == "localhost" or ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return False


def check(request: Request, own: str = "") -> None:
    """Let a request in. Raises BadRequest, Forbidden or MethodNotAllowed.

    ``own`` is the address that is served, if it is not one of the usual three.
    """
    name = HOST.fullmatch(request.environ.get("HTTP_HOST", ""))
    if not name or name["name"].lower() not in (*NAMES, own):
        raise BadRequest("this page answers only to localhost, 127.0.0.1 and [::1]")
    if request.method not in METHODS:
        raise MethodNotAllowed(METHODS, "this page only shows; it takes nothing")
    site = request.headers.get("Sec-Fetch-Site", "none")
    if site in {"cross-site", "same-site"} and not _is_visit(request):
        raise Forbidden("another site's page may link to this one, and nothing else")


def _is_visit(request: Request) -> bool:
    """Whether a person followed a link: the whole window shows the answer."""
    mode, place = (request.headers.get(f"Sec-Fetch-{name}", "") for name in ("Mode", "Dest"))
    return mode == "navigate" and place == "document"


def protect(response: Response, policy: str = POLICY) -> Response:
    """Return an answer with what keeps a browser from doing anything but show it."""
    response.headers.setdefault("Content-Security-Policy", policy)
    for name, value in HEADERS.items():
        response.headers[name] = value
    return response
