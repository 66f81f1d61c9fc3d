"""Strings from the web, made harmless: characters that no format may carry, links that may live."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

REPLACEMENT = "\ufffd"

_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029]+")
# Bidirectional controls can show a text in another order than it has; surrogates and
# non-characters cannot be written as UTF-8 or XML; tag characters hide text altogether.
_DECEIVING = re.compile(
    "[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff\ufdd0-\ufdef\ufffe\uffff"
    "\ud800-\udfff\U000e0000-\U000e007f]"
)
_FORMULA = ("=", "+", "-", "@", "＝", "＋", "－", "＠")
_URL = re.compile(r"https?://[^\s\\\x00-\x20\x7f-\xa0<>\"]+", re.IGNORECASE)


def plain(text: str) -> str:
    """Return a text on one line without control, bidirectional or unwritable characters.

    Runs of control characters become one space, the others U+FFFD. Idempotent.
    """
    if text.isprintable():  # all of these are "Other" or separators: none is printable
        return text
    return _DECEIVING.sub(REPLACEMENT, _CONTROLS.sub(" ", text))


def cell(text: str) -> str:
    """Return a text that no spreadsheet reads as a formula: an apostrophe is put before one."""
    if text[:1].isalnum() and text.isprintable():  # as nearly all are: a report has millions
        return text
    clean = plain(text)
    danger = clean.lstrip().startswith(_FORMULA) or text.startswith(("\t", "\r"))
    return f"'{clean}" if danger else clean


def uncell(text: str) -> str:
    """Return the text of which ``cell`` made this one, as far as a cell shows it."""
    return text[1:] if text[:1] == "'" and cell(text[1:]) == text else text


def link(url: str) -> str:
    """Return a URL that may be a live link, or "": http(s), with a host, without credentials."""
    if not _URL.fullmatch(url) or plain(url) != url:
        return ""
    try:
        parts = urlsplit(url)
        live = bool(parts.hostname) and "@" not in parts.netloc
    except ValueError:
        return ""
    return url if live else ""
