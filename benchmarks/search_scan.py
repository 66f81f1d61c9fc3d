"""What a query means, read from the text itself: no index, no token, no position of the engine's.

A plain scan of every page, as slow as it is simple, from what the documents say of the language
(``index/query.py``, ``index/analysis/{en,zh}.py``): which words there are in a line, which of them
are one word, and where a phrase ends. The definitions themselves are shared with the index: what
``fold`` makes equal, which characters are Chinese, the Snowball stem, a noun's singular.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from collections import Counter
from collections.abc import Callable
from itertools import pairwise, permutations, product

from rapidfuzz.distance import OSA

from benchmarks.search_asked import All, Asked, Leaf, Limit, Some
from benchmarks.search_lines import (
    CHINESE,
    END,
    GLUE,
    LATIN,
    WORD,
    Line,
    Text,
    Vocabulary,
    forms,
    plain,
    read_en,
    read_zh,
)
from index.analysis.en import singular
from page.model import HUB
from store.model import StoredPage


def matches(asked: Asked, text: Text) -> bool:
    """Return whether a page's part is what is asked for."""
    match asked:
        case All(wanted, without):
            found = all(matches(one, text) for one in wanted)
            return found and not any(matches(one, text) for one in without)
        case Some(wanted):
            return any(matches(one, text) for one in wanted)
        case Limit(name, value):
            return has(text.stored, name, value)
        case Leaf(_, _, only, _):
            may, sought = compiled(asked, text.lang)
            names = [only] if only else ["title", "body"]
            held = [name for name in names if may(text.words(name))]
            return any(sought(line) for name in held for line in text.lines(name))


def has(stored: StoredPage, name: str, value: str) -> bool:
    """Return whether a page has a property."""
    if name == "site":
        return f".{stored.host}".endswith(f".{value}")
    if name == "date":
        published = stored.page.published
        return bool(published) and within(published.date if published else "", value)
    held = {"kind": stored.source.kind, "source": stored.source.id, "region": stored.region}
    return held.get(name, stored.page.script) == value


def within(date: str, span: str) -> bool:
    """Return whether any day of a date lies in a span, both as precise as they are."""
    first, _, last = span.partition("..") if ".." in span else (span, "", span)
    late = not first or date[: len(first)] >= first[: len(date)]
    return late and (not last or date[: len(last)] <= last[: len(date)])


Test = tuple[Callable[[Vocabulary], bool], Callable[[Line], bool]]


@functools.lru_cache(maxsize=64)
def compiled(leaf: Leaf, lang: str) -> Test:
    """Return what tells whether some words can have what a leaf asks for, and whether a line has.

    The second is the definition; the first only spares reading where a word of it is missing.
    """
    text, kind = plain(leaf.text), leaf.kind
    one = len(WORD.findall(text)) == 1 and not CHINESE.match(text)
    if kind == "near":
        groups = list(product(*(_said(part, lang) for part in leaf.text.split())))
        flat = [tuple(word for row in rows for word in row) for rows in groups]
        strings = () if lang == "en" else tuple(map(_written, leaf.text.split()))
        may = _hold(flat) if lang == "en" else _have([strings])
        return (
            may,
            lambda line: (
                all(one in line.string for one in strings)
                and any(_near(line, rows, leaf.distance) for rows in groups)
            ),
        )
    if kind == "fuzzy" and CHINESE.match(text):
        pieces = _whole_pieces(text, leaf.distance)
        return _have(pieces), lambda line: _nearly(line, text, leaf.distance)
    if kind == "fuzzy":
        return _single(functools.partial(_is_spelt, _form(text, lang), leaf.distance))
    if kind == "prefix":
        return _single(_begins(_bare(text), lang))
    if kind == "word" and lang == "en" and one:
        stem = forms(text)[1]
        return lambda words: stem in words.stems, _anything
    if lang == "zh":
        return _string(leaf.text)
    rows = _said(leaf.text, lang)
    return _hold(rows), lambda line: any(True for row in rows for _ in line.places(row))


def _anything(_: object) -> bool:
    return True


def _single(is_one: Callable[[str], bool]) -> Test:
    """A single word is in a text or it is not: no line needs to be read."""
    return lambda words: any(map(is_one, words.exact)), _anything


def _hold(rows: list[tuple[str, ...]]) -> Callable[[Vocabulary], bool]:
    return lambda words: any(words.exact.issuperset(row) for row in rows)


def _have(groups: list[tuple[str, ...]]) -> Callable[[Vocabulary], bool]:
    return lambda words: any(all(one in words.lines for one in group) for group in groups)


def _said(text: str, lang: str) -> list[tuple[str, ...]]:
    """A phrase as the words that must follow each other, in each way to spell it."""
    if lang == "zh":
        return [tuple(word.exact for word in next(iter(read_zh(_trimmed(plain(text))))).words)]
    spelt = dict.fromkeys((plain(text), GLUE.sub(r"\1\2", plain(text))))
    return [tuple(word.exact for word in next(read_en(one)).words) for one in spelt]


def _form(text: str, lang: str) -> str:
    return forms(plain(text))[0] if lang == "en" else plain(text)


def _bare(word: str) -> str:
    return re.sub("['\u2019\u02bc]", "", word)


def _trimmed(text: str) -> str:
    """A phrase without the punctuation around it; a symbol (+, #) belongs to what it follows."""
    start, end = 0, len(text)
    while start < end and _loose(text[start]):
        start += 1
    while end > start and _loose(text[end - 1]):
        end -= 1
    return text[start:end]


def _loose(character: str) -> bool:
    symbol = unicodedata.category(character).startswith("S") or character in "#%&@"
    return not (symbol or character.isalnum() or CHINESE.match(character))


def _written(text: str) -> str:
    """A Chinese phrase as it stands in a line."""
    return next(iter(read_zh(_trimmed(plain(text))))).string


def _string(text: str) -> Test:
    wanted = _written(text)
    edges = LATIN.match(wanted[0]), LATIN.match(wanted[-1])
    pattern = re.escape(wanted)
    if edges[0]:
        pattern = f"(?<!{LATIN.pattern[:-1]}){pattern}"
    if edges[1]:
        pattern = f"{pattern}(?!{LATIN.pattern[:-1]})"
    whole = re.compile(pattern)
    return _have([(wanted,)]), lambda line: bool(whole.search(line.string))


def _begins(start: str, lang: str) -> Callable[[str], bool]:
    """A word begins so, in the singular or in the plural."""
    ends = ("", "s", "es") if lang == "en" else ()
    plurals = {singular(start + end) for end in ends if not singular(start + end).startswith(start)}
    return lambda word: word.startswith(start) or word in plurals


def _is_spelt(form: str, distance: int, word: str) -> bool:
    return word[:1] == form[:1] and OSA.distance(word, form) <= distance


@functools.lru_cache(maxsize=64)
def _whole_pieces(wanted: str, distance: int) -> list[tuple[str, ...]]:
    """Pieces one of which is left whole by so few mistakes."""
    size = len(wanted) // (distance + 1)
    return [(wanted[n * size : (n + 1) * size],) for n in range(distance + 1)]


def _nearly(line: Line, wanted: str, distance: int) -> bool:
    """Whether as many units have all of these characters in their places but ``distance``."""
    if not any(piece in line.string for piece, *_ in _whole_pieces(wanted, distance)):
        return False
    held = Counter(at - n for n, one in enumerate(wanted) for at in line.at(one))
    least = len(wanted) - distance
    return least <= 0 or any(count >= least for count in held.values())


def _near(line: Line, wanted: tuple[tuple[str, ...], ...], distance: int) -> bool:
    """Whether phrases stand in any order, apart, with so many units or fewer among them."""
    found = [list(line.places(one)) for one in wanted]
    for order in permutations(found):
        for spans in product(*order):
            gaps = [right[0] - left[1] for left, right in pairwise(spans)]
            if min(gaps) >= 0 and sum(gaps) <= distance:
                between = line.words[spans[0][0] : spans[-1][1]]
                if END not in between:
                    return True
    return False


def is_shown(stored: StoredPage) -> bool:
    """Return whether a page counts where lists of links do not."""
    return stored.page.kind != HUB
