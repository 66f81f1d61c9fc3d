"""Which pages a search keeps: those that explain a concept, those without a counterpart."""

from __future__ import annotations

from collections.abc import Collection
from pathlib import Path

from config.names import LANGUAGES
from config.subject import Topic
from meaning.counterparts.find import kept as kept_counterparts
from meaning.explained.book import kept as kept_book


class NotMade(Exception):
    """What is asked for has not been made at this revision of the store."""

    exit_code = 3


def selection(
    data: Path,
    revision: int,
    topic: Topic,
    *,
    explained: bool,
    no_counterpart: bool,
    concepts: Collection[str] = (),
) -> dict[str, frozenset[int]]:
    """Return the url_ids that are left of each language. Raises NotMade, which says what to run.

    A page explains one of ``concepts``, or any where none is given. A page without a counterpart is
    one of a work on topic that has none.
    """
    chosen: dict[str, list[frozenset[int]]] = {lang: [] for lang in LANGUAGES}
    if explained:
        book = kept_book(data, revision, topic)
        if book is None:
            raise NotMade("which pages explain is not known yet; run `duizhao explained` first")
        for lang in LANGUAGES:
            chosen[lang].append(book.explaining(lang, concepts))
    if no_counterpart:
        found = kept_counterparts(data, revision, topic)
        if found is None:
            raise NotMade("counterparts are not known yet; run `duizhao counterparts` first")
        for lang in LANGUAGES:
            alone = found.alone(lang)
            chosen[lang].append(frozenset(i for work in alone for i in work.url_ids))
    return {lang: frozenset.intersection(*sets) for lang, sets in chosen.items() if sets}
