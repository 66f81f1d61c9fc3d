"""The reading list: the most prominent works without a counterpart, as a reader is shown them."""

from __future__ import annotations

from dataclasses import dataclass

from meaning.counterparts.model import Found, Work
from meaning.counterparts.prominence import prominence, ranked


@dataclass(frozen=True, slots=True)
class Listed:
    """A work of the list; ``archived`` is where a copy may be kept, ``linked`` counts hosts."""

    lang: str
    title: str
    url: str
    archived: str
    source: str
    kind: str
    date: str
    prominence: float
    reprints: int
    linked: int
    concepts: int
    core: int


def reading_list(found: Found, lang: str, limit: int) -> list[Listed]:
    """Return the works of a language that have no counterpart, the most prominent first."""
    return [_listed(work) for work in ranked(found.alone(lang), limit)]


def _listed(work: Work) -> Listed:
    return Listed(
        lang=work.lang,
        title=work.name,
        url=work.urls[0],
        archived=work.archived,
        source=work.source_name,
        kind=work.kind,
        date=work.date,
        prominence=round(prominence(work), 2),
        reprints=work.reprints,
        linked=work.linked,
        concepts=work.concepts,
        core=work.core,
    )
