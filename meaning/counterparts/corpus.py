"""The works of a store that may have a counterpart: those that name a concept of the topic.

A page on topic is looked for among all that name any concept, because a translation may use words
that the topic file lacks.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Set
from dataclasses import dataclass

from config.model import LANGUAGES, Topic
from index.lexicon import match_concepts, on_topic
from meaning.counterparts.model import Work
from page.model import HUB
from store.model import Removed, StoredPage
from store.works import cluster, sketch_of

KEPT = 6000
"""Characters of a text that are kept: what ``facts`` reads."""


@dataclass(frozen=True, slots=True)
class Part:
    """One page's text in one language; ``sketch`` is empty where it cannot be compared."""

    stored: StoredPage
    text: str
    concepts: frozenset[str]
    sketch: bytes

    @property
    def date(self) -> str:
        """The publication date, or ""."""
        return self.stored.page.published.date if self.stored.page.published else ""

    @property
    def order(self) -> tuple[bool, str, str, int]:
        """The earliest is the first page of a work; undated ones come last."""
        return (not self.date, self.date, self.stored.fetched_at, self.stored.url_id)


def works(
    pages: Iterable[StoredPage | Removed], topic: Topic, linked: Mapping[int, Set[str]]
) -> dict[str, tuple[Work, ...]]:
    """Return the works of each language, by the url_id of their first pages.

    ``linked`` names the other hosts that link to a page, by url_id.
    """
    match = match_concepts(topic)
    parts: dict[str, list[Part]] = {lang: [] for lang in LANGUAGES}
    for stored in pages:
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            # As the report counts: a page whose title is all it says in a language is one, too.
            if concepts := match(stored.page.said_in(lang), lang):
                text = text_in(stored, lang)[:KEPT]
                parts[lang].append(Part(stored, text, concepts, sketch_of(stored)))
    return {lang: _works(found, lang, topic, linked) for lang, found in parts.items()}


def text_in(stored: StoredPage, lang: str) -> str:
    """Return a page's text in a language, or "" where it has none."""
    page = stored.page
    return page.text_in(lang) if page.segments else page.text if page.lang == lang else ""


def title_in(stored: StoredPage, lang: str) -> str:
    """Return a page's title, or "" in another language than its main one."""
    return stored.page.title if stored.page.lang == lang else ""


def _works(
    parts: list[Part], lang: str, topic: Topic, linked: Mapping[int, Set[str]]
) -> tuple[Work, ...]:
    sketched = [part for part in parts if part.sketch]
    numbers = cluster([part.sketch for part in sketched])
    ids = (part.stored.url_id for part in sketched)
    known = dict(zip(ids, numbers, strict=True))
    groups: Mapping[object, list[Part]] = defaultdict(list)
    for part in parts:
        groups[known.get(part.stored.url_id, ("alone", part.stored.url_id))].append(part)
    made = (
        _work(sorted(group, key=lambda p: p.order), lang, topic, linked)
        for group in groups.values()
    )
    return tuple(sorted(made, key=lambda work: work.url_ids[0]))


def _work(group: list[Part], lang: str, topic: Topic, linked: Mapping[int, Set[str]]) -> Work:
    first = group[0]
    page, source = first.stored.page, first.stored.source
    core = {concept.id for concept in topic.concepts if concept.core}
    return Work(
        lang=lang,
        title=page.title if page.lang == lang else "",
        text=first.text,
        url_ids=tuple(part.stored.url_id for part in group),
        urls=tuple(part.stored.url for part in group),
        year=first.date[:4],
        date=first.date,
        source=source.id,
        source_name=source.name or first.stored.host,
        kind=source.kind,
        host=first.stored.host,
        fetched_at=first.stored.fetched_at,
        on_topic=any(on_topic(topic, part.concepts) for part in group),
        concepts=len(first.concepts),
        core=len(first.concepts & core),
        page_title=page.title,
        linked=len({host for part in group for host in linked.get(part.stored.url_id, ())}),
    )
