"""The checks of addresses: URLs to enter a source by, and the names of its hosts."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

from config.checks import Wrong, any_text
from config.errors import shown

LONGEST = 2000  # as in page.url: no crawl would keep a longer one
_DEFAULT_PORT = {"http": 80, "https": 443}
_LABELS = re.compile(r"[a-z0-9_]([a-z0-9_-]{0,62}\.)*[a-z0-9_-]{0,62}")


def url(value: Any) -> str:
    """An absolute http(s) URL with a host and without a user name or password."""
    text = any_text(value)
    if re.search(r"[\s\x00-\x1f\x7f\\]", text) or not text.isprintable() or len(text) > LONGEST:
        raise Wrong(f"{shown(value)} is no URL; write one without spaces, 2,000 letters at most")
    try:
        parts = urlsplit(text)
        host_of(parts)
    except ValueError as error:
        raise Wrong(f"{shown(value)} is no URL ({error}); correct it") from error
    if parts.username is not None or parts.password is not None:
        # Not quoted: a password should not end in a log.
        raise Wrong("a URL with a user name or password; only public pages are read, remove it")
    return text


def host(value: Any) -> str:
    """A host name with an optional port, lower case, as ASCII."""
    text = any_text(value)
    if re.search(r"[\s/@?#\\*]", text) or not text.isprintable():
        raise Wrong(f"{shown(value)} is no host name; write one like 'www.example.org'")
    try:
        return host_of(urlsplit(f"https://{text}"))
    except ValueError as error:
        raise Wrong(f"{shown(value)} is no host name ({error}); correct it") from error


def host_of(parts: SplitResult) -> str:
    """Return ``host[:port]`` in ASCII, without a scheme's own port.

    Raises ValueError for another scheme than http or https, no host, an impossible name or port.
    """
    if parts.scheme not in _DEFAULT_PORT:
        raise ValueError("only http:// and https:// are crawled")
    name = _ascii((parts.hostname or "").rstrip("."))
    port = parts.port
    return name if port in (None, _DEFAULT_PORT[parts.scheme]) else f"{name}:{port}"


def _ascii(name: str) -> str:
    if ":" in name:
        return f"[{name}]"  # urlsplit has checked that an IPv6 address is well formed
    try:
        ascii_name = name if name.isascii() else name.encode("idna").decode("ascii")
    except UnicodeError as error:
        raise ValueError("its host cannot be a name") from error
    if not name:
        raise ValueError("it names no host")
    if not _LABELS.fullmatch(ascii_name):
        raise ValueError("its host cannot be a name")
    return ascii_name
