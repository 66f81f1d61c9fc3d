"""Which queries a day asks: in pairs, so that each language gets the same effort."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from config.model import LANGUAGES, Concept, Search, Source, Topic
from config.services import SERVICES, TERMS
from store.claims import Wanted

ENGLISH_ONLY = ("gdelt",)
"""Services that search translations into English: Chinese pages, too, are asked for in English."""


def plan(search: Search, topic: Topic, sources: Sequence[Source]) -> list[Wanted]:
    """Return the queries of one search, English and Chinese alternating.

    Of each concept as many terms are asked in one language as in the other: the fewer of the two
    lists, ``search.terms`` at most. Of hosts likewise, over all sources of a language; hosts of
    bilingual sources are asked about once and belong to neither (``lang`` is "").
    """
    if SERVICES[search.service].asks == TERMS:
        return [wanted for concept in topic.concepts for wanted in _terms(search, concept)]
    return list(_hosts(search, sources))


def _terms(search: Search, concept: Concept) -> Iterator[Wanted]:
    if search.concepts and concept.id not in search.concepts:
        return
    english = search.service in ENGLISH_ONLY
    lists = [concept.terms("en" if english else lang) for lang in LANGUAGES]
    for pair in list(zip(*lists, strict=False))[: search.terms]:
        for lang, words in zip(LANGUAGES, pair, strict=True):
            yield Wanted(search.id, search.service, concept.id, lang, words)


def _hosts(search: Search, sources: Sequence[Source]) -> Iterator[Wanted]:
    by_lang: dict[str, list[str]] = {lang: [] for lang in (*LANGUAGES, "")}
    for source in sources:
        lang = source.langs[0] if len(source.langs) == 1 else ""
        by_lang[lang] += [host for host in source.hosts if host not in by_lang[lang]]
    english, chinese = (by_lang[lang] for lang in LANGUAGES)
    for pair in list(zip(english, chinese, strict=False))[: search.hosts]:
        for lang, host in zip(LANGUAGES, pair, strict=True):
            yield Wanted(search.id, search.service, "", lang, host)
    for host in by_lang[""][: search.hosts]:
        yield Wanted(search.id, search.service, "", "", host)
