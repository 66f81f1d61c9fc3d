"""What is asked of a library, and what it answers: frozen values, no engine and no store."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from index.engine import Filters

if TYPE_CHECKING:
    from index.concordance import Line
    from index.engine import Query
    from index.explain import Reason
    from index.lexicon import Asked
    from index.snippet import Snippet
    from index.syntax import Node
    from store.model import StoredPage

ARTICLES = Filters()


class Question(NamedTuple):
    """What is asked: a parsed query, which pages count, how many hits to return.

    With ``any_word`` a page with any of the words matches, the most alike first. With
    ``dictionary`` words that the topic does not know are put into the other language by CC-CEDICT.
    With ``meaning`` and ``any_word`` a question in the other language also finds, by sentence
    embeddings, pages that mean what it does.
    ``facets``, ``in_context`` and ``explain`` ask for more of an answer, which then takes longer.
    ``only`` are the url_ids of a language that count; a language that is not in it has all.
    The url_ids ``but`` count in neither.
    """

    node: Node
    filters: Filters = ARTICLES
    limit: int = 10
    any_word: bool = False
    dictionary: bool = False
    meaning: bool = False
    facets: bool = False
    in_context: bool = False
    explain: bool = False
    only: Mapping[str, frozenset[int]] = MappingProxyType({})
    but: tuple[int, ...] = ()


class Hit(NamedTuple):
    """One page that matches, with its title and the piece of its text that does.

    ``lines`` are all its matches in context, ``reasons`` why it is where it is, if asked for.
    ``by_meaning``: none of the words is in it, its title or lead is near the question in meaning.
    """

    stored: StoredPage
    score: float
    title: Snippet
    snippet: Snippet
    lines: tuple[Line, ...] = ()
    reasons: tuple[Reason, ...] = ()
    by_meaning: bool = False

    @property
    def date(self) -> str:
        """The publication date, as precise as it is known; empty for an undated page."""
        published = self.stored.page.published
        return published.date if published else ""


class Answer(NamedTuple):
    """One language's answer: what it was asked, how many pages match, the best of them.

    ``undated`` is how many matching pages a date filter left out because they have no date.
    ``suggestion`` is a query that does match, where this one does not. ``facets`` are the matches
    by field and value, if asked for. ``meaning``: words and meaning ranked the hits together; the
    ``by_meaning`` pages that meaning alone found are not in ``total``.
    """

    asked: Asked
    total: int
    hits: tuple[Hit, ...]
    undated: int = 0
    suggestion: str = ""
    facets: Mapping[str, dict[str, int]] = MappingProxyType({})
    meaning: bool = False
    by_meaning: int = 0


class Ranked(NamedTuple):
    """What one language was asked, how many pages match, and the pages with their scores.

    ``query`` is None when nothing of the question can be searched in this language; ``any_word``:
    any of its words was enough; ``meaning``: the question's meaning counted, and ``by_meaning`` are
    the pages that have none of its words.
    """

    asked: Asked
    query: Query | None
    total: int
    best: Iterator[tuple[StoredPage, float]]
    any_word: bool = False
    meaning: bool = False
    by_meaning: frozenset[int] = frozenset()
