"""What of a loose question is worth marking in a text: not the words that are in every text."""

from __future__ import annotations

import functools

from index.analysis import ANALYZERS
from index.crossing import EMPTY
from index.engine import And, Best, Or, Query, Term


def worth_marking(query: Query, lang: str) -> Query:
    """Return a question by any word without the words that say nothing.

    In Chinese also without single characters where pairs of them are asked for: 数 and 字 are in
    many words that are not 数字. A question of nothing else is returned as it is.
    """
    match query:
        case And(parts, without, bonus):
            return And(tuple(worth_marking(part, lang) for part in parts), without, bonus)
        case Or(parts):
            pairs = any(_is_pair(part) for part in parts)
            kept = tuple(one for part in parts if (one := _telling(part, lang, pairs)))
            return Or(kept) if kept else query
    return query


def _telling(part: Query, lang: str, pairs: bool) -> Query | None:
    match part:
        case Term(text):
            single = pairs and len(text) == 1 and not text.isascii()
            return None if single or text in _silent(lang) else part
        case Best(options):
            kept = tuple((one, w) for one, w in options if _telling(one, lang, pairs))
            return Best(kept) if kept else None
    return part


def _is_pair(part: Query) -> bool:
    return isinstance(part, Term) and len(part.text) == 2 and not part.text.isascii()


@functools.cache
def _silent(lang: str) -> frozenset[str]:
    """The words that say nothing, as the tokens that a question has of them."""
    return frozenset(token for word in EMPTY for token in ANALYZERS[lang].bag(word))
