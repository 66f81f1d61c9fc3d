"""The reading list: the works that say most about the topic, in each language."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from config.model import LANGUAGES, Topic
from report.model import Reading
from report.survey import Document

Weight = tuple[str, tuple[int, int, int]]
"""A language, and how many core concepts, concepts and reprints a work of it has."""
LENGTH = 15
PER_SOURCE = 3
"""At most so many of one source, or one prolific site would be the whole list."""


def reading(documents: Sequence[Document], topic: Topic) -> tuple[Reading, ...]:
    """Return up to 15 works a language, at most three a source.

    The order is: more core concepts, more concepts, more reprints, newer, then by URL.
    """
    core = frozenset(concept.id for concept in topic.concepts if concept.core)
    copies = Counter(document.work for document in documents if document.reprint)
    weighed: defaultdict[Weight, list[Document]] = defaultdict(list)
    for document in documents:
        if not document.reprint:
            concepts = document.concepts
            weight = (len(concepts & core), len(concepts), copies[document.work])
            weighed[document.lang, weight].append(document)
    return tuple(
        _entry(document, copies)
        for lang in LANGUAGES
        for document in _varied(_ranked(weighed, lang))
    )


def _ranked(weighed: Mapping[Weight, list[Document]], lang: str) -> Iterator[Document]:
    """Yield a language's works in order; only those of a weight that is asked for are sorted."""
    for weight in sorted((weight for weight in weighed if weight[0] == lang), reverse=True):
        alike = sorted(weighed[weight], key=lambda d: d.url)
        yield from sorted(alike, key=lambda d: d.date, reverse=True)


def _varied(ranked: Iterable[Document]) -> list[Document]:
    taken: Counter[str] = Counter()
    chosen: list[Document] = []
    for document in ranked:
        if len(chosen) == LENGTH:
            break
        if taken[document.source.id] < PER_SOURCE:
            taken[document.source.id] += 1
            chosen.append(document)
    return chosen


def _entry(document: Document, copies: Counter[int]) -> Reading:
    return Reading(
        lang=document.lang,
        script=document.script,
        title=document.title,
        url=document.url,
        source=document.source.name or document.host,
        date=document.date,
        concepts=len(document.concepts),
        copies=copies[document.work],
    )
