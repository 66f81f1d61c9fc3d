"""Properties of a page in a query: ``site:``, ``kind:``, ``region:``, ``script:``, ``date:``."""

from __future__ import annotations

import re
import unicodedata

from config.names import ALL_KINDS, REGIONS
from index.document import days
from index.syntax import About, Is, Node, When

SCRIPTS = ("hans", "hant", "mixed")
ALLOWED = {"kind": ALL_KINDS, "region": REGIONS, "script": SCRIPTS}
LABEL = "[^\\W_](?:[\\w-]*[^\\W_])?"
HOST = re.compile(f"(?:{LABEL}\\.)*{LABEL}(?::[0-9]{{1,5}})?")
RANGE = re.compile("(?P<from>[0-9-]*)\\.\\.(?P<to>[0-9-]*)")


class PropertyError(ValueError):
    """A value that a property cannot have; the text says which it can."""


def property_of(name: str, value: str) -> Node:
    """Return the part of a query that asks for a property. Raises PropertyError."""
    if name == "date":
        return _when(value)
    if name == "concept":
        return About(value)
    if name == "source":
        return Is(name, value)
    if name == "site":
        return Is(name, host(value))
    for allowed in ALLOWED[name]:
        if _plain(allowed) == _plain(value):
            return Is(name, allowed)
    raise PropertyError(f"no {name} is called {value!r}; there are {', '.join(ALLOWED[name])}")


def _plain(value: str) -> str:
    """Case does not matter, and a hyphen may stand for a space: ``region:hong-kong``."""
    return value.casefold().replace("-", " ").replace("_", " ")


def host(value: str) -> str:
    """Return a host or domain, perhaps with a port, as pages' are kept. Raises PropertyError."""
    name = unicodedata.normalize("NFKC", value).lower().strip(".")
    try:
        if HOST.fullmatch(name):
            return name.encode("idna").decode()
    except UnicodeError:
        pass
    raise PropertyError(f"{value!r} is no host or domain; write it as in site:gov.cn")


def _when(value: str) -> When:
    span = RANGE.fullmatch(value)
    start, end = (span["from"], span["to"]) if span else (value, value)
    since, until = days(start)[0], days(end)[1]
    if (start and not since) or (end and not until) or not (since or until):
        advice = "write 2021, 2021-05, 2021-05-01 or a range such as 2019..2022"
        raise PropertyError(f"{value!r} is no date; {advice}")
    if since and until and since > until:
        raise PropertyError(f"{start} is later than {end}")
    return When(value, since, until)
