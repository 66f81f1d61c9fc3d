"""One stored page as its page shows it: the text with the query's matches, and its versions."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass

from config.model import LANGUAGES
from index.engine import Query
from index.grammar import QueryError
from index.lexicon import Lexicon
from index.library import Library
from index.snippet import Snippet, marked
from store.model import StoredPage
from store.records import Version
from web.asking import Asking
from web.render import tag

LONGEST = 300_000  # characters of a text


@dataclass(frozen=True, slots=True)
class Part:
    """A run of paragraphs in one language, with its matches marked."""

    tag: str
    paragraphs: tuple[Snippet, ...]


@dataclass(frozen=True, slots=True)
class Detail:
    """A page, or the version of it that was asked for (``version``; None is the current one)."""

    stored: StoredPage
    title: Snippet
    parts: tuple[Part, ...]
    is_cut: bool
    concepts: tuple[str, ...]
    versions: tuple[Version, ...]
    version: Version | None = None


def detail(
    stored: StoredPage,
    versions: tuple[Version, ...],
    version: Version | None,
    queries: dict[str, Query],
    concepts_in: Callable[[str, str], frozenset[str]],
) -> Detail:
    """Return what is shown of a page."""
    page = stored.page
    title, whole = (version.title, version.text) if version else (page.title, page.text)
    own = (version.lang if version else page.lang) or "und"
    segments = [(s.lang, s.text) for s in page.segments] if version is None else [(own, whole)]
    concepts = {
        concept for lang, text in [(own, title), *segments] for concept in concepts_in(text, lang)
    }
    return Detail(
        stored,
        _marked(title, queries, own),
        tuple(_parts(segments or [(own, whole)], queries, page.script)),
        len(whole) > LONGEST,
        tuple(sorted(concepts)),
        versions,
        version,
    )


def queries(library: Library, asking: Asking, lexicon: Lexicon) -> dict[str, Query]:
    """Return what each language's text is searched for; nothing for a query that is wrong."""
    if not asking.q.strip():
        return {}
    known = None if asking.mode == "literal" else lexicon
    try:
        asked = {lang: library.rank(asking.question(1), lang, known) for lang in LANGUAGES}
    except QueryError:
        return {}
    return {lang: ranked.query for lang, ranked in asked.items() if ranked.query is not None}


def _parts(
    segments: list[tuple[str, str]], queries: dict[str, Query], script: str
) -> Iterator[Part]:
    left = LONGEST
    for lang, text in segments:
        if left <= 0:
            return
        lines = [line for line in text[:left].splitlines() if line.strip()]
        yield Part(tag(lang, script), tuple(_marked(line, queries, lang) for line in lines))
        left -= len(text)


def _marked(text: str, queries: dict[str, Query], lang: str) -> Snippet:
    query = queries.get(lang)
    return marked(text, query, lang) if query is not None else Snippet(text)
