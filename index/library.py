"""A store with its indexes, open for questions: both languages are asked the same thing at once."""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from itertools import chain, islice
from typing import TYPE_CHECKING

from index.analysis import ANALYZERS
from index.compiler import compiled, likeness, limited
from index.crossing import as_written, crossed, has_foreign
from index.engine import Among, And, Filters, Hits, Query, Term
from index.grammar import QueryError
from index.indexes import Indexes
from index.lexicon import Asked, Lexicon, expand
from index.marking import worth_marking
from index.passage import WEIGHT, best_passage, idf
from index.pointing import pointed
from index.question import Answer, Hit, Question, Ranked
from index.semantic.meaning import Meaning
from index.snippet import atoms, marked, snippet
from index.syntax import AnyOf, Node, Words, foreign_words, leaves
from index.telling import telling
from store.model import Reader, StoredPage

if TYPE_CHECKING:
    from index.concordance import Line
    from index.explain import Reason

LOOKED_AT = 30  # hits that are ranked by their best sentence too
FUSED = 50  # of them, those whose order meaning has a say in
SHOWN = 10  # of the words that tell what a page is about, the first


class Library:
    """An open store and its indexes.

    What only some questions ask for is imported when it is asked for.
    """

    def __init__(self, store: Reader, indexes: Indexes, meaning: Meaning | None = None) -> None:
        self.store = store
        self.indexes = indexes
        self.meaning = meaning or Meaning()

    @property
    def size(self) -> int:
        """The number of pages in the larger index."""
        return max(volume.count() for volume in self.indexes.volumes.values())

    def find(
        self,
        question: Question,
        lang: str,
        lexicon: Lexicon | None = None,
        similar_to: str | None = None,
    ) -> Ranked:
        """Return what matches the question or, given a URL, the pages most like the one there.

        Raises QueryError where no page is stored at that URL.
        """
        if similar_to is None:
            return self.rank(question, lang, lexicon)
        page = self.store.find(similar_to)
        if page is None:
            raise QueryError(f"no page is stored at {similar_to!r}; give the URL of one that is")
        return self.alike(page, question, lang, lexicon)

    def ask(self, question: Question, lang: str, lexicon: Lexicon | None = None) -> Answer:
        """Return one language's answer; without a lexicon the query is put as it stands."""
        return self.answer(self.rank(question, lang, lexicon), question, lang, lexicon)

    def answer(
        self, ranked: Ranked, question: Question, lang: str, lexicon: Lexicon | None = None
    ) -> Answer:
        """Return ranked pages as an answer, with what the question asks for of each."""
        query, filters = ranked.query, question.filters
        if query is None:
            return Answer(ranked.asked, 0, ())
        if ranked.any_word:
            question = question._replace(any_word=True)
        best = islice(ranked.best, question.limit)
        having = self._having(lang)
        return Answer(
            ranked.asked,
            ranked.total,
            tuple(self._hit(hit, ranked, query, lang, question, having) for hit in best),
            self._undated(query, lang, question),
            "" if ranked.total else self._suggested(ranked.asked.node, lang, filters),
            self._facets(query, question, lang, lexicon) if question.facets else {},
            ranked.meaning,
            len(ranked.by_meaning),
        )

    def rank(self, question: Question, lang: str, lexicon: Lexicon | None = None) -> Ranked:
        """Return what one language is asked and its pages, best first, without snippets."""
        with pointed(question.node):
            asked = expand(question.node, lexicon, lang) if lexicon else Asked(question.node)
            if question.dictionary:
                node = self._crossed(question, asked.node, lang)
                own = lexicon.own(asked.concepts, lang) if lexicon else frozenset()
                asked = asked._replace(node=node, as_written=as_written(node, lang, own))
            asked = asked._replace(any_word=question.any_word)
            query = (likeness if question.any_word else compiled)(asked.node, lang)
            if query is None:
                return Ranked(asked, None, 0, iter(()))
            if question.but:
                query = And((query,), without=(Among(question.but),))
            found = self._found(query, question, lang)
        best = self._pages(found)
        if question.any_word:
            best = self._by_passage(best, query, lang)
            if question.meaning and has_foreign(question.node, lang) and self.meaning.has(lang):
                ranked = Ranked(asked, query, found.total, best)
                return self._by_meaning(ranked, query, question, lang)
        return Ranked(asked, query, found.total, best)

    def _facets(
        self, query: Query, question: Question, lang: str, lexicon: Lexicon | None
    ) -> dict[str, dict[str, int]]:
        from index.facets import facets

        engine, filters = self.indexes[lang].engine, question.filters
        if lang in question.only:
            chosen = engine.ids(query, filters) & question.only[lang]
            query = And((query, Among(tuple(sorted(chosen)))))
        return facets(engine, query, filters, lang, lexicon)

    def _found(self, query: Query, question: Question, lang: str) -> Hits:
        volume, only = self.indexes[lang], question.only.get(lang)
        if only is None:
            return volume.search(
                query,
                question.filters,
                max(question.limit, FUSED if question.meaning else LOOKED_AT),
            )
        every = volume.search(query, question.filters, max(volume.count(), 1))
        best = tuple(hit for hit in every.best if hit[0] in only)
        return Hits(len(best), best)

    def _by_meaning(self, ranked: Ranked, query: Query, question: Question, lang: str) -> Ranked:
        """The first hits, and pages near the question in meaning, in one order."""
        held = {stored.url_id: stored for stored, _ in islice(ranked.best, FUSED)}
        text = " ".join(leaf.text for leaf in leaves(question.node))

        def admitted(ids: tuple[int, ...]) -> frozenset[int]:
            wanted = limited(Among(ids), question.node, lang)
            found = self.indexes[lang].ids(wanted, question.filters)
            return found.difference(question.but) & question.only.get(lang, found)

        first = dict(self.meaning.fused(text, lang, list(held), admitted))
        pages = (
            (stored, score)
            for url_id, score in first.items()
            if (stored := held.get(url_id) or self.store.page(url_id))
        )
        others = ((stored, score) for stored, score in ranked.best if stored.url_id not in first)
        having = And((query, Among(tuple(first))))
        by_meaning = frozenset(first) - self.indexes[lang].ids(having, question.filters)
        return ranked._replace(best=chain(pages, others), meaning=True, by_meaning=by_meaning)

    def alike(
        self, page: StoredPage, question: Question, lang: str, lexicon: Lexicon | None = None
    ) -> Ranked:
        """Return the pages most like a page, by the words that tell what it is about.

        In the page's other language by its concepts and, with a dictionary, by those words.
        """
        text = f"{page.page.title}\n{page.page.text}"
        own = "zh" if page.page.lang == "zh" else "en"
        words = telling(self.indexes[own].engine, text, own, by_dictionary=question.dictionary)
        node: Node = Words(" ".join(words))
        named: list[str] = []
        if lang != own and lexicon:
            known = dict.fromkeys(found.term.concept for found in lexicon.recognised(text))
            named = [getattr(lexicon.concepts[concept], lang) for concept in known]
            wordings = tuple(lexicon.in_words_of(concept, lang) for concept in known)
            node = AnyOf((node, *wordings))
        wanted = question._replace(node=node, any_word=True, but=(page.url_id,))
        ranked = self.rank(wanted, lang)
        if ranked.query is None:
            return ranked
        if lang != own:
            words = [*named, *(word.options[0][0] for word in foreign_words(ranked.asked.node))]
        asked = Asked(Words(" ".join(dict.fromkeys(words[:SHOWN]))))
        return ranked._replace(asked=asked, any_word=True)

    def _suggested(self, node: Node, lang: str, filters: Filters) -> str:
        from index.concordance import lines
        from index.suggest import suggestion

        engine = self.indexes[lang].engine

        def found(query: Query) -> Iterator[Line]:
            for stored, _ in self._pages(engine.search(query, Filters(hubs=True), LOOKED_AT)):
                yield from lines(_text(stored, lang), query, lang)

        return suggestion(engine, node, lang, filters, found)

    def _crossed(self, question: Question, node: Node, lang: str) -> Node:
        """The question with its words of the other language in this one's, where there are any."""
        if not has_foreign(node, lang):
            return node
        from index.dictionary import dictionary

        engine = self.indexes[lang].engine

        @functools.cache
        def frequency(text: str) -> int:
            rows = ANALYZERS[lang].phrases(text)
            return max((min(engine.frequency(t.text) for t in row) for row in rows), default=0)

        return crossed(node, lang, dictionary(), frequency)

    def _pages(self, found: Hits) -> Iterator[tuple[StoredPage, float]]:
        for url_id, score in found.best:
            if stored := self.store.page(url_id):
                yield stored, score

    def _by_passage(
        self, best: Iterator[tuple[StoredPage, float]], query: Query, lang: str
    ) -> Iterator[tuple[StoredPage, float]]:
        """The first hits in a new order: what their best sentence has of the words counts too."""
        weights = self._weights(query, lang)
        looked_at = [
            (stored, score + WEIGHT * best_passage(_text(stored, lang), weights, lang))
            for stored, score in islice(best, LOOKED_AT)
        ]
        yield from sorted(looked_at, key=lambda hit: (-hit[1], hit[0].url_id))
        yield from best

    def _weights(self, query: Query, lang: str) -> dict[str, float]:
        engine = self.indexes[lang].engine
        every = engine.count()
        texts = {atom.text for atom in atoms(query) if isinstance(atom, Term)}
        return {text: idf(every, engine.frequency(text)) for text in texts}

    def _hit(
        self,
        found: tuple[StoredPage, float],
        ranked: Ranked,
        query: Query,
        lang: str,
        question: Question,
        having: Callable[[Query], int],
    ) -> Hit:
        stored, score = found
        title, text = stored.page.title, _text(stored, lang)
        shown = worth_marking(query, lang) if question.any_word else query
        return Hit(
            stored,
            score,
            marked(title, shown, lang),
            snippet(text, shown, lang),
            _lines((title, text), shown, lang) if question.in_context else (),
            _reasons(having, query, (title, text), lang) if question.explain else (),
            by_meaning=stored.url_id in ranked.by_meaning,
        )

    def _having(self, lang: str) -> Callable[[Query], int]:
        """How many pages of an index have an atom: what each hit of an answer is explained by."""
        engine = self.indexes[lang].engine

        @functools.cache
        def total(atom: Query) -> int:
            return engine.search(atom, Filters(hubs=True), 0).total

        return total

    def _undated(self, query: Query, lang: str, question: Question) -> int:
        filters = question.filters
        if not (filters.since or filters.until):
            return 0
        every, dated = filters._replace(since=0, until=0), filters._replace(since=1, until=0)
        volume, only = self.indexes[lang], question.only.get(lang)
        if only is not None:
            return len((volume.ids(query, every) - volume.ids(query, dated)) & only)
        return volume.search(query, every, 0).total - volume.search(query, dated, 0).total


def _lines(texts: tuple[str, str], query: Query, lang: str) -> tuple[Line, ...]:
    from index.concordance import lines

    return tuple(chain.from_iterable(lines(text, query, lang) for text in texts))


def _reasons(
    having: Callable[[Query], int], query: Query, texts: tuple[str, str], lang: str
) -> tuple[Reason, ...]:
    from index.explain import reasons

    return reasons(having, query, *texts, lang)


def _text(stored: StoredPage, lang: str) -> str:
    return stored.page.text_in(lang) or stored.page.text
