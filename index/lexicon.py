"""The topic's words, put to two uses: asking the other language, and counting concepts.

A query that names a concept of the topic, in either language, is put to the other language in
that language's own words. The language it was asked in gets it literally: synonyms would change
the question. What was done is part of the answer, so it can be shown.
"""

from __future__ import annotations

from collections.abc import Callable, Collection
from typing import NamedTuple

from config.names import LANGUAGES
from config.subject import Concept, Topic
from index.analysis import ANALYZERS
from index.analysis.unit import normal
from index.grammar import QueryError
from index.syntax import About, AllOf, AnyOf, Node, Quoted, Without, Words, any_of, shown
from index.terms import ChineseTerms, Found, TermFinder, Terms, terms_of, wordings

OTHERS_NEEDED = 2  # concepts that are not core and still put a page on topic together


class Asked(NamedTuple):
    """What one language is asked.

    ``concepts`` are the ids of the topic's concepts recognised in the query; ``translated`` is
    true when a term was replaced by this language's own words, ``any_word`` when one will do.
    ``as_written`` are words of the other language for which no translation is asked.
    """

    node: Node
    concepts: tuple[str, ...] = ()
    translated: bool = False
    any_word: bool = False
    as_written: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The question as a query string."""
        return shown(any_of(self.node) if self.any_word else self.node)


class Lexicon:
    """A topic's terms, ready to be recognised in queries."""

    def __init__(self, topic: Topic) -> None:
        self.concepts: dict[str, Concept] = {concept.id: concept for concept in topic.concepts}
        self._terms = [Terms(topic, lang) for lang in LANGUAGES]

    def recognised(self, text: str) -> list[Found]:
        """Return the terms in a query's text, the longest where they overlap, in order."""
        found = [hit for terms in self._terms for hit in terms.find(normal(text))]
        kept: list[Found] = []
        for hit in sorted(found, key=lambda hit: (hit.start - hit.end, hit.start)):
            if all(hit.end <= other.start or hit.start >= other.end for other in kept):
                kept.append(hit)
        return sorted(kept, key=lambda hit: hit.start)

    def concept(self, name: str) -> str:
        """Return the id of a concept, given by its id or a name. Raises QueryError."""
        for concept in self.concepts.values():
            if normal(name) in {normal(known) for known in (concept.id, concept.en, concept.zh)}:
                return concept.id
        from difflib import get_close_matches  # only for a name that is wrong

        near = get_close_matches(name, self.concepts, n=3) or sorted(self.concepts)[:3]
        advice = f"the topic has {', '.join(near)}, …"
        raise QueryError(f"no concept is called {name!r}; {advice}", piece=name)

    def own(self, concepts: Collection[str], lang: str) -> frozenset[str]:
        """Return every wording of concepts in one language."""
        return frozenset(text for one in concepts for text in wordings(self.concepts[one], lang))

    def in_words_of(self, concept: str, lang: str) -> Node:
        """Return the query for a concept in one language: any of its wordings."""
        texts = [Quoted(text) for text in wordings(self.concepts[concept], lang)]
        return texts[0] if len(texts) == 1 else AnyOf(tuple(texts))


def expand(node: Node, lexicon: Lexicon, lang: str) -> Asked:
    """Return what the index of ``lang`` is asked for a query in either language."""
    match node:
        case AllOf(parts):
            return _together(AllOf, [expand(part, lexicon, lang) for part in parts])
        case AnyOf(parts):
            return _together(AnyOf, [expand(part, lexicon, lang) for part in parts])
        case Without(part):
            inner = expand(part, lexicon, lang)
            return Asked(Without(inner.node), inner.concepts, inner.translated)
        case About(name):
            concept = lexicon.concept(name)
            return Asked(lexicon.in_words_of(concept, lang), (concept,))
        case Words() | Quoted():
            return _leaf(node, lexicon, lang)
        case _:
            return Asked(node)


def named(node: Node, lexicon: Lexicon) -> frozenset[str]:
    """Return the ids of the concepts that a query asks for, without those that it excludes."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return frozenset(concept for part in parts for concept in named(part, lexicon))
        case Without():
            return frozenset()
        case _:
            return frozenset(expand(node, lexicon, "en").concepts)


def _together(kind: type[AllOf] | type[AnyOf], asked: list[Asked]) -> Asked:
    parts: list[Node] = []
    for one in asked:
        parts += one.node.parts if isinstance(one.node, kind) else [one.node]
    concepts = dict.fromkeys(concept for one in asked for concept in one.concepts)
    return Asked(kind(tuple(parts)), tuple(concepts), any(one.translated for one in asked))


def _leaf(leaf: Words | Quoted, lexicon: Lexicon, lang: str) -> Asked:
    hits = lexicon.recognised(leaf.text)
    concepts = tuple(dict.fromkeys(hit.term.concept for hit in hits))
    foreign = [hit for hit in hits if hit.term.lang != lang]
    if isinstance(leaf, Words) and lang == "en":
        # A known term is a phrase: Chinese terms are, and like is to be counted with like.
        foreign = hits
    if not foreign:
        return Asked(leaf, concepts)
    parts = _replaced(leaf, foreign, lexicon, lang)
    node = parts[0] if len(parts) == 1 else AllOf(tuple(parts))
    return Asked(node, concepts, any(hit.term.lang != lang for hit in foreign))


def _replaced(leaf: Words | Quoted, hits: list[Found], lexicon: Lexicon, lang: str) -> list[Node]:
    """The leaf's known terms in this language's words, and what is left of it as it stands."""
    text = normal(leaf.text)
    parts: list[Node] = []
    start = 0
    for hit in [*hits, None]:
        rest = text[start : hit.start if hit else len(text)].strip()
        if any(character.isalnum() for character in rest):
            parts.append(type(leaf)(rest, leaf.field))
        if hit is None:
            break
        own = hit.term.lang == lang
        known = Quoted(text[hit.start : hit.end]) if own else _in(lexicon, hit, lang)
        parts.append(_in_field(known, leaf.field))
        start = hit.end
    return parts


def _in(lexicon: Lexicon, hit: Found, lang: str) -> Node:
    return lexicon.in_words_of(hit.term.concept, lang)


def _in_field(node: Node, field: str) -> Node:
    match node:
        case AnyOf(parts):
            return AnyOf(tuple(_in_field(part, field) for part in parts))
        case Quoted(text):
            return Quoted(text, field)
        case _:
            return node


Matcher = Callable[[str, str], frozenset[str]]


def match_concepts(topic: Topic) -> Matcher:
    """Return the function that finds a topic's concepts: (text, language) → concept ids.

    A concept is found where a search for one of its wordings would hit. The language names the
    words to look for: ``en`` or ``zh``; of another language nothing is found.
    """
    from index.sieve import Sieve  # which a search does without

    english = terms_of(topic, "en")
    finder, sieve = TermFinder(english), Sieve(english)
    chinese = ChineseTerms(terms_of(topic, "zh"))

    def matcher(text: str, lang: str) -> frozenset[str]:
        if lang == "en":
            found: set[str] = set()
            for line, concepts in sieve.lines(normal(text)):
                if not concepts <= found:
                    found |= {hit.term.concept for hit in finder.find(ANALYZERS[lang].split(line))}
            return frozenset(found)
        return chinese.concepts(normal(text)) if lang == "zh" else frozenset()

    return matcher


def on_topic(topic: Topic, concepts: Collection[str]) -> bool:
    """Return whether these concepts put a page on topic: a core one, or two others."""
    if len(set(concepts)) >= OTHERS_NEEDED:  # first, as it is told from the concepts alone
        return True
    return any(concept.core and concept.id in concepts for concept in topic.concepts)
