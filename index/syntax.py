"""A query as it was written: the same tree for both languages, before any analysis.

`query.parse` makes it from a string, `lexicon.expand` puts a topic's words into it, and
`compiler.compiled` turns it into what an engine answers.
"""

from __future__ import annotations

from typing import NamedTuple

from index.kind import kind

CHARACTERS_END = "\u2e7f"  # what lies beyond is written without spaces and needs no quotation marks


@kind
class Words(NamedTuple):
    """Words that must all be there, each run of Chinese characters as it stands."""

    text: str
    field: str = ""


@kind
class Quoted(NamedTuple):
    """Words that must stand together."""

    text: str
    field: str = ""


@kind
class Beginning(NamedTuple):
    """A word that begins so (``gov*``)."""

    text: str
    field: str = ""


@kind
class Misspelt(NamedTuple):
    """A word, or a run of Chinese characters, with up to ``distance`` mistakes (``goverment~1``).

    A mistake in a word is a letter too many, missing, wrong or swapped with its neighbour; in
    Chinese a wrong character.
    """

    text: str
    distance: int
    field: str = ""


@kind
class Close(NamedTuple):
    """Words in any order with at most ``distance`` others among them (``"cloud city"~5``)."""

    text: str
    distance: int
    field: str = ""


@kind
class Foreign(NamedTuple):
    """A word of the other language, with what it may be in this one and how plausible that is."""

    text: str
    options: tuple[tuple[str, float], ...]
    field: str = ""


@kind
class About(NamedTuple):
    """A concept of the topic, by its id, in all its wordings (``concept:smart-city``)."""

    concept: str


@kind
class Is(NamedTuple):
    """A page's property: ``site``, ``kind``, ``region``, ``script`` or ``source``, and its value.

    (``site:gov.cn``: the host, or a domain above it.)
    """

    name: str
    value: str


@kind
class When(NamedTuple):
    """A page's date, as written (``2019..2022``, ``2021-05``, ``..2020``), and its days."""

    text: str
    since: int
    until: int


@kind
class AllOf(NamedTuple):
    """Every part must match; a ``Without`` among them must not."""

    parts: tuple[Node, ...]


@kind
class AnyOf(NamedTuple):
    """At least one part must match."""

    parts: tuple[Node, ...]


@kind
class Without(NamedTuple):
    """The part must not match; stands in an ``AllOf`` beside something that must."""

    part: Node


Leaf = Words | Quoted | Beginning | Misspelt | Close
Property = Is | When
Node = Leaf | Foreign | About | Property | AllOf | AnyOf | Without


def shown(node: Node, inner: bool = False) -> str:
    """Return the tree as a query string that a reader (and the parser) understands."""
    match node:
        case Words(text, field):
            return _field(field, f"({text})" if field and " " in text else text)
        case Quoted(text, field):
            return _field(field, f'"{text}"' if _needs_quotes(text) else text)
        case Beginning(text, field):
            return _field(field, f"{text}*")
        case Misspelt(text, distance, field):
            return _field(field, f"{text}~{distance}")
        case Close(text, distance, field):
            return _field(field, f'"{text}"~{distance}')
        case Foreign(_, options, field):
            return _joined(" OR ", tuple(Quoted(text, field) for text, _ in options), True)
        case About(concept):
            return f"concept:{concept}"
        case Is(name, value):
            return _field(name, f'"{value}"' if " " in value else value)
        case When(text):
            return f"date:{text}"
        case Without(part):
            return f"NOT {shown(part, inner=True)}"
        case AllOf(parts):
            return _joined(" AND ", parts, inner)
        case AnyOf(parts):
            return _joined(" OR ", parts, inner)


def leaves(node: Node) -> tuple[Leaf, ...]:
    """Return what the tree asks for, in order, without what it excludes."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in leaves(part))
        case Without() | Foreign() | About() | Is() | When():
            return ()
        case _:
            return (node,)


def excluded(node: Node) -> tuple[Leaf, ...]:
    """Return the words that the tree excludes, in order, whatever they are excluded from."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return tuple(leaf for part in parts for leaf in excluded(part))
        case Without(part):
            return (*leaves(part), *excluded(part))
        case _:
            return ()


def foreign_words(node: Node) -> tuple[Foreign, ...]:
    """Return what was put into this language by dictionary, in order."""
    match node:
        case AllOf(parts) | AnyOf(parts):
            return tuple(word for part in parts for word in foreign_words(part))
        case Foreign():
            return (node,)
        case _:
            return ()


def properties(node: Node) -> tuple[Node, ...]:
    """Return the parts that every answer must satisfy and that no words are asked for in."""
    match node:
        case AllOf(parts):
            return tuple(kept for part in parts for kept in properties(part))
        case Is() | When() | Without():
            return (node,)
        case _:
            return ()


def any_of(node: Node) -> Node:
    """Return a question of which any word will do: those words, and what must hold all the same."""
    words: list[Node] = [Words(w, leaf.field) for leaf in leaves(node) for w in leaf.text.split()]
    parts = tuple(dict.fromkeys([*words, *foreign_words(node)]))
    loose = AnyOf(parts) if len(parts) > 1 else next(iter(parts), node)
    held = properties(node)
    return AllOf((loose, *held)) if held and loose is not node else loose


def _joined(word: str, parts: tuple[Node, ...], inner: bool) -> str:
    text = word.join(shown(part, inner=len(parts) > 1) for part in parts)
    return f"({text})" if inner and len(parts) > 1 else text


def _needs_quotes(text: str) -> bool:
    return any(character <= CHARACTERS_END for character in text)


def _field(field: str, text: str) -> str:
    return f"{field}:{text}" if field else text
