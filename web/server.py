"""The listening socket and the server on it: loopback, a few threads, ends with Ctrl-C."""

from __future__ import annotations

import logging
import socket
from collections.abc import Callable
from typing import Any

from waitress.server import create_server

from web.guard import is_loopback

THREADS = 4
BACKLOG = 64
LONGEST = 16_384  # bytes of a request's head; a query has 500 characters
IDLE = 60  # seconds after which a silent connection is closed


class CannotServe(Exception):
    """The address cannot be listened on; the message says why and what to do."""

    exit_code = 2


def listen(host: str, port: int) -> socket.socket:
    """Return a socket that listens on loopback; port 0 takes a free one. Raises CannotServe."""
    if not is_loopback(host):
        raise CannotServe(
            f"{host}: this page has no accounts, so it is served to this machine alone;"
            " give 127.0.0.1, ::1 or localhost"
        )
    address = host.strip("[]")
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    place = socket.socket(family, socket.SOCK_STREAM)
    place.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        place.bind((address, port))
        place.listen(BACKLOG)  # from here on a browser is let in, and waits
    except OSError as error:
        place.close()
        reason = (error.strerror or str(error)).lower()
        raise CannotServe(
            f"{host}:{port}: cannot be listened on ({reason}); choose another with --port,"
            " or --port 0 for any that is free"
        ) from error
    return place


def url(place: socket.socket) -> str:
    """Return the address that a browser opens."""
    host, port = place.getsockname()[:2]
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"


def serve(application: Callable[..., Any], place: socket.socket) -> None:
    """Answer requests until Ctrl-C."""
    # A browser that closes a connection early is no news; a bug in a page is printed by the page.
    logging.getLogger("waitress").setLevel(logging.ERROR)
    server = create_server(
        application,
        sockets=[place],
        threads=THREADS,
        ident="",
        max_request_header_size=LONGEST,
        max_request_body_size=LONGEST,
        channel_timeout=IDLE,
        clear_untrusted_proxy_headers=True,
    )
    try:
        server.run()
    finally:
        server.close()
