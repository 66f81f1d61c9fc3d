"""The checks of single values: each takes what TOML gave, and returns it as the model has it.

A check raises ``Wrong`` with a message that quotes the value and says what to write instead.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Collection, Iterable
from typing import TYPE_CHECKING, Any

from config.errors import shown

if TYPE_CHECKING:
    from ipaddress import IPv4Network, IPv6Network

Check = Callable[[Any], Any]


class Wrong(Exception):
    """A value that cannot be used."""


def nearest(name: str, names: Iterable[str]) -> str | None:
    """Return the one of ``names`` that was probably meant, or None."""
    import difflib  # only for what is wrong

    by_folded = {option.casefold().replace("-", "_"): option for option in names}
    close = difflib.get_close_matches(name.casefold().replace("-", "_"), by_folded, 1, 0.5)
    return by_folded[close[0]] if close else None


def hint(name: str, names: Collection[str]) -> str:
    """Return "did you mean …", or the names that would be right."""
    meant = nearest(name, names)
    if not names:
        return "there is none"
    return f"did you mean {meant!r}?" if meant else f"write one of {', '.join(names)}"


def any_text(value: Any) -> str:
    """Any string, as it is."""
    if not isinstance(value, str):
        raise Wrong(f"{shown(value)} is not text; write it in quotes")
    return value


def text(value: Any) -> str:
    """Words to show or to match: not empty, white space made single spaces."""
    words = " ".join(any_text(value).split())
    if not words:
        raise Wrong(f"{shown(value)} is empty; write some text")
    if not words.isprintable():
        raise Wrong(f"{shown(value)} holds a control character; remove it")
    return words


def term(value: Any) -> str:
    """A term to match: words with at least one letter or digit."""
    words = text(value)
    if not any(character.isalnum() for character in words):
        raise Wrong(f"{shown(value)} has no letter that could be matched; write a term")
    return words


def english_term(value: Any) -> str:
    """A term of English pages: no Chinese characters, which no English page would match."""
    words = term(value)
    if not words.isascii() and re.search(
        r"[\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]", words
    ):
        raise Wrong(f"{shown(value)} is Chinese; move it to zh_terms")
    return words


def identifier(value: Any) -> str:
    """A short name for files and tables: lower-case ASCII letters, digits and ``-_.``."""
    if not re.fullmatch(r"[a-z0-9][a-z0-9._-]{0,63}", any_text(value)):
        raise Wrong(f"{shown(value)} is no id; write at most 64 of a-z, 0-9 and -, like 'my-id'")
    return str(value)


def header_text(value: Any) -> str:
    """Text for an HTTP header: printable ASCII, at most 200 characters; may be empty."""
    if not re.fullmatch(r"[ -~]{0,200}", any_text(value)):
        raise Wrong(
            f"{shown(value)} cannot be sent in an HTTP header; write at most 200 ASCII characters"
        )
    return str(value)


def contact(value: Any) -> str:
    """A contact for the User-Agent header, where somebody can be reached; blanks are none."""
    given = header_text(value).strip()
    if given and not re.search(r"https?://[^\s/]|[\w-]\.[a-z]{2}", given, re.IGNORECASE):
        raise Wrong(
            f"{shown(value)} is no e-mail or web address; sites must be able to complain, give one"
        )
    return given


def user_agent(value: Any) -> str:
    """A User-Agent header that says who asks: ``{contact}`` and no other braces, and Duizhao.

    The latter is what sites call us in their robots.txt (RFC 9309, section 2.2.1).
    """
    header = header_text(value)
    if not header.strip() or re.search(r"[{}]", header.replace("{contact}", "")):
        raise Wrong(f"{shown(value)} is no user agent; write 'Duizhao/0.1 (+{{contact}})'")
    for part in ("{contact}", "Duizhao"):
        if part.casefold() not in header.casefold():
            raise Wrong(f"{shown(value)} lacks {part}; sites must see who is asking, add it")
    return header


def choice(*options: str) -> Check:
    """Return the check for one of a few words."""

    def check(value: Any) -> str:
        if any_text(value) not in options:
            meant = nearest(value, options)
            question = f"; did you mean {meant!r}?" if meant else ""
            raise Wrong(f"{shown(value)} is none of {', '.join(options)}{question}")
        return str(value)

    return check


def whole(low: int, high: int) -> Check:
    """Return the check for a whole number from ``low`` to ``high``."""

    def check(value: Any) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not low <= value <= high:
            raise Wrong(f"{shown(value)} is not a whole number from {low} to {high}")
        return value

    return check


def number(low: float, high: float) -> Check:
    """Return the check for a finite number from ``low`` to ``high``."""

    def check(value: Any) -> float:
        good = isinstance(value, int | float) and not isinstance(value, bool)
        # NaN and infinity fail the comparison; that of a huge int does not overflow.
        if not good or not low <= value <= high:
            raise Wrong(f"{shown(value)} is not a number from {low:g} to {high:g}")
        return float(value)

    return check


def flag(value: Any) -> bool:
    """Yes or no."""
    if not isinstance(value, bool):
        raise Wrong(f"{shown(value)} is neither true nor false; write one of them, unquoted")
    return value


def pattern(value: Any) -> str:
    """A regular expression of Python's ``re``."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # a pattern that may change its meaning still works
            re.compile(any_text(value))
    except (re.error, RecursionError, OverflowError) as error:
        raise Wrong(f"{shown(value)} is no regular expression ({error}); correct it") from error
    return str(value)


def network(value: Any) -> IPv4Network | IPv6Network:
    """An address or a CIDR block."""
    from ipaddress import ip_network  # a crawl's, not a search's

    try:
        return ip_network(any_text(value))
    except ValueError as error:
        raise Wrong(f"{shown(value)} is no network; write {_network_hint(value)}") from error


def _network_hint(value: str) -> str:
    from ipaddress import ip_network

    try:
        return f"'{ip_network(value, strict=False)}'"
    except ValueError:
        return "an address or a block like '10.1.0.0/16' or 'fd00::/8'"


def table(value: Any) -> dict[str, Any]:
    """A table, whatever it holds."""
    if not isinstance(value, dict):
        raise Wrong(f"{shown(value)} is not a table; write it under a [header] of its own")
    return value


def tables(value: Any) -> list[Any]:
    """An array, which ``config.tables`` reads item by item."""
    if isinstance(value, dict):
        raise Wrong("this is one table; write its header in double brackets, [[…]]")
    if not isinstance(value, list) or not value:
        raise Wrong(f"{shown(value)} holds no tables; write one or more [[…]] tables")
    return value
