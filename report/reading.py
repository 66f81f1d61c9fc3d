"""The reading list: the works that say most about the topic, in each language."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from config.model import LANGUAGES, Topic
from report.model import Reading
from report.survey import Document

LENGTH = 15
PER_SOURCE = 3
"""At most so many of one source, or one prolific site would be the whole list."""


def reading(documents: Sequence[Document], topic: Topic) -> tuple[Reading, ...]:
    """Return up to 15 works a language, at most three a source.

    The order is: more core concepts, more concepts, more reprints, newer, then by URL.
    """
    core = frozenset(concept.id for concept in topic.concepts if concept.core)
    copies = Counter(document.work for document in documents if document.reprint)
    firsts = [document for document in documents if not document.reprint]
    firsts.sort(key=lambda d: d.url)
    firsts.sort(key=lambda d: d.date, reverse=True)
    firsts.sort(key=lambda d: _weight(d, core, copies), reverse=True)
    return tuple(
        _entry(document, copies)
        for lang in LANGUAGES
        for document in _varied([d for d in firsts if d.lang == lang])
    )


def _weight(document: Document, core: frozenset[str], copies: Counter[int]) -> tuple[int, int, int]:
    return (len(document.concepts & core), len(document.concepts), copies[document.work])


def _varied(ranked: Sequence[Document]) -> list[Document]:
    taken: Counter[str] = Counter()
    chosen: list[Document] = []
    for document in ranked:
        if taken[document.source.id] < PER_SOURCE and len(chosen) < LENGTH:
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
