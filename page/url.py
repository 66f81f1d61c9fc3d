"""The canonical URL: the key under which a page is known, however it was linked.

Built on w3lib's ``canonicalize_url`` (sorted query, normal percent-encoding, no fragment). What we
add is what a corpus needs: tracking and session parameters go, because the same page under ten
campaign names would be counted ten times.

Only ``&`` separates parameters, as in the URL Standard; ``;`` belongs to a value and is escaped
(``?a=1;b=2`` is ``?a=1%3Bb%3D2``). It stays so: a store cannot tell which of its keys was linked
with a bare one, so no migration could find its pages again under other keys.
"""

from __future__ import annotations

import functools
import re
from urllib.parse import SplitResult, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2000
"""Longer URLs are traps or data, not addresses; browsers and sitemaps stop near here too."""

# Parameters that never select content: campaign tags, click identifiers, session identifiers.
_DROPPED = re.compile(
    r"^(utm_\w+|fbclid|gclid|dclid|msclkid|yclid|igshid|mc_[ce]id|_ga|_gl|spm|scm|ref_src"
    r"|share_token|(j|php|asp)?sess(ion)?_?id|cfid|cftoken|aspsessionid\w*|wt\.mc_id)$",
    re.IGNORECASE,
)
_PATH_SESSION = re.compile(r";(jsessionid|phpsessid)=[^/?#]*", re.IGNORECASE)
_STRIPPED = re.compile(r"[\x00-\x20\x7f]+$|^[\x00-\x20\x7f]+|[\t\r\n]")
_DEFAULT_PORT = {"http": 80, "https": 443}
# Most links are canonical as they stand: nothing in them can be written in another way. A port of
# four digits is no default port and no impossible one.
_PLAIN_ORIGIN = re.compile(
    r"https?://[a-z0-9-]{1,63}(?:\.[a-z0-9-]{1,63}){0,8}(?::[1-9][0-9]{3})?(?=/)"
)
# Escapes of characters outside ASCII in capitals stay as they are; others may be undone.
_CHAR = "[A-Za-z0-9_-]|%[89A-F][0-9A-F]"
_PLAIN_PATH = re.compile(rf"(?:/(?:{_CHAR})(?:{_CHAR}|\.)*+)+/?")


def canonical(url: str, base: str = "") -> str | None:
    """Return the canonical key of an http(s) URL, or None where there is none.

    ``url`` may be relative to ``base``. None means: another scheme (``file:``, ``javascript:``),
    no host, a port that is no number, or more than ``MAX_LENGTH`` characters. User names and
    passwords are dropped. Idempotent.
    """
    plain = _as_it_stands(url, base)
    if plain is not None:
        return plain
    try:
        cleaned = _STRIPPED.sub("", url)
        return _canonical(urljoin(base, cleaned) if base else cleaned)
    except (ValueError, UnicodeError):
        return None


def _as_it_stands(url: str, base: str) -> str | None:
    """The answer where it is plain to see, at a tenth of the cost."""
    origin = _PLAIN_ORIGIN.match(base if url[:1] == "/" else url)
    path = url if url[:1] == "/" else url[origin.end() :] if origin else ""
    if origin is None or not _PLAIN_PATH.fullmatch(path):
        return None
    plain = origin[0] + path
    return plain if len(plain) <= MAX_LENGTH else None


@functools.lru_cache(maxsize=4_000)  # the same navigation is on every page of a site
def _canonical(url: str) -> str | None:
    if len(url) > MAX_LENGTH:
        return None
    parts = urlsplit(url)
    if parts.scheme not in _DEFAULT_PORT or not parts.hostname:
        return None
    path = _without_dots(_PATH_SESSION.sub("", parts.path).replace("\\", "/")) or "/"
    bare = urlunsplit((parts.scheme, _netloc(parts), path, _kept_query(parts.query), ""))
    from w3lib.url import canonicalize_url  # reads a fifth of what a search imports

    return canonicalize_url(bare)


def _netloc(parts: SplitResult) -> str:
    host = (parts.hostname or "").rstrip(".")
    if not host.isascii():
        host = host.encode("idna").decode("ascii")
    if not host or re.search(r"[\s<>\"{}|\\^`%]", host):
        raise ValueError(f"no host name: {host!r}")
    if ":" in host:
        host = f"[{host}]"
    port = parts.port
    return host if port in (None, _DEFAULT_PORT[parts.scheme]) else f"{host}:{port}"


def _kept_query(query: str) -> str:
    pieces = (piece for piece in query.split("&") if piece)
    return "&".join(piece for piece in pieces if not _DROPPED.match(piece.split("=", 1)[0]))


def _without_dots(path: str) -> str:
    """Remove dot segments (RFC 3986, section 5.2.4)."""
    if "/." not in path:
        return path
    kept: list[str] = []
    for segment in path.split("/"):
        if segment == "..":
            del kept[max(1, len(kept) - 1) :]
        elif segment != ".":
            kept.append(segment)
    if path.endswith(("/.", "/..")):
        kept.append("")
    return "/".join(kept)


def host_of(url: str) -> str:
    """Return ``host[:port]`` of a canonical URL: what politeness and budgets are kept by."""
    return url.partition("://")[2].partition("/")[0]
