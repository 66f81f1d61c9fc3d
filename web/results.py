"""A search as its page shows it: each language's answer, its years, and links to other askings."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from itertools import islice

from markupsafe import Markup

from index.lexicon import Lexicon
from index.library import Library
from index.output.inquiry import NAMES
from index.question import Answer
from index.syntax import foreign_words
from web import years
from web.asking import MOST_PAGES, PER_PAGE, Asking
from web.words import word

SOURCES = 8  # of the pages, by number


@dataclass(frozen=True, slots=True)
class Side:
    """One language's column. ``note`` is the word for how the query was put into it."""

    lang: str
    name: str
    answer: Answer
    note: str
    translated: tuple[tuple[str, tuple[str, ...]], ...]
    chart: Markup
    by_year: tuple[tuple[str, int], ...]
    by_source: tuple[tuple[str, int], ...]
    undated: int


def answers(library: Library, asking: Asking, lexicon: Lexicon) -> dict[str, Answer]:
    """Return both languages' answers, with the hits of the asking's page. Raises QueryError."""
    skipped = (asking.page - 1) * PER_PAGE
    question = asking.question(skipped + PER_PAGE)
    known = None if asking.mode == "literal" else lexicon
    found = {}
    for lang in NAMES:
        ranked = library.find(question, lang, known, asking.like or None)
        shown = ranked._replace(best=islice(ranked.best, skipped, None))
        found[lang] = library.answer(shown, question._replace(limit=PER_PAGE), lang)
    return found


def sides(found: Mapping[str, Answer], asking: Asking, ui: str) -> tuple[Side, ...]:
    """Return the columns, their years over the same span and on the same scale."""
    counts = {lang: answer.facets.get("year", {}) for lang, answer in found.items()}
    drawn = years.span(counts.values())
    most = max((years.count(c, year) for c in counts.values() for year in drawn), default=0)
    made = []
    for lang, answer in found.items():
        by_year = tuple((year, years.count(counts[lang], year)) for year in drawn)
        title = f"{NAMES[lang]}: {word('by_year', ui)}"
        made.append(
            Side(
                lang,
                NAMES[lang],
                answer,
                _note(answer, asking),
                tuple(
                    (foreign.text, tuple(text for text, _ in foreign.options))
                    for foreign in foreign_words(answer.asked.node)
                ),
                years.columns(counts[lang], drawn, most, lang, title),
                by_year,
                tuple(islice(answer.facets.get("source", {}).items(), SOURCES)),
                counts[lang].get("", 0),
            )
        )
    return tuple(made)


def _note(answer: Answer, asking: Asking) -> str:
    if asking.like:
        return "telling"
    if foreign_words(answer.asked.node):
        return "by_dictionary"
    if asking.mode == "literal":
        return "as_typed"
    if answer.asked.translated:
        return "by_terms"
    return "as_typed" if answer.asked.concepts else "no_term"


def values(found: Mapping[str, Answer], field: str) -> dict[str, tuple[int, ...]]:
    """Return how many matches each value of a filter has, by language."""
    known = dict.fromkeys(one for answer in found.values() for one in answer.facets.get(field, {}))
    return {
        one: tuple(answer.facets.get(field, {}).get(one, 0) for answer in found.values())
        for one in known
    }


def pager(found: Mapping[str, Answer], asking: Asking) -> dict[str, str]:
    """Return the addresses of the pages before and after; "" where there is none."""
    longest = max(answer.total + answer.by_meaning for answer in found.values())
    before, after = asking.page > 1, asking.page * PER_PAGE < longest
    return {
        "previous": asking.but(page=asking.page - 1).address() if before else "",
        "next": asking.but(page=asking.page + 1).address()
        if after and asking.page < MOST_PAGES
        else "",
        "is_last": "yes" if after and asking.page == MOST_PAGES else "",
    }
