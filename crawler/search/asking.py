"""What a service is asked: one query at one point of its answer."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol
from urllib.parse import urlencode

from config.model import Search
from crawler.search.reply import Reply
from store.claims import Wanted

SERVICE = "search_service"
"""The mark of a request in ``meta``: it is no page, so robots.txt has no say in it."""
MAX_REQUESTS = 400
"""Requests of one query: no service needs so many for what a query may bring."""
PATIENCE = 90.0
"""Seconds; a service that wants to be left alone for longer is asked in a later run."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One query at one point: ``at`` is "" at its beginning."""

    search: Search
    wanted: Wanted
    at: str = ""

    @property
    def base(self) -> str:
        """The service's address for the query's language."""
        return self.search.url(self.wanted.lang)

    @property
    def phrase(self) -> str:
        """The words as a phrase: quoted, as every service here understands it."""
        return '"' + self.wanted.words.replace('"', " ").strip() + '"'


class Service(Protocol):
    """What a module here offers."""

    def address(self, ask: Ask) -> str:
        """Return the URL of the next request, without any key."""
        ...

    def read(self, ask: Ask, status: int, body: bytes) -> Reply:
        """Return what a response says. Raises Refusal."""
        ...


def with_query(base: str, *pairs: tuple[str, object]) -> str:
    """Return a URL with a query; values are percent-encoded as UTF-8."""
    return f"{base}?{urlencode([(name, str(value)) for name, value in pairs])}"
