"""The quick way from text to tokens gives those of the units, whatever the text is."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import ANALYZERS, Token
from index.analysis.strip import spread

PIECES = ["数字", "政府", "數", "5G", "app", "Open data", "e-government", "e ", "m-", "gov't"]
PIECES += [
    "U.S.",
    "Mr.",
    "etc. ",
    "i.e. ",
    "’s",
    "''",
    "…",
    "……",
    "café",
    "é",
    "2019.5",
    "か",
    "각",
]
PIECES += [
    *" 　，。.?!;:·+-_()\n\t\x85'ʼ\u0301\u00ad\u2028",
    "\r\n",
    "\n\n",
    ". \n",
    "각",
    "x" * 300,
]


@pytest.mark.parametrize("lang", list(ANALYZERS))
@settings(max_examples=400, deadline=None)
@given(text=st.lists(st.one_of(st.sampled_from(PIECES), st.text()), max_size=16).map("".join))
def test_both_ways_give_the_same_tokens(lang: str, text: str) -> None:
    texts, places = spread(ANALYZERS[lang].stored(text))
    expected = ANALYZERS[lang].tokens(text)
    assert Counter(map(Token, places, texts)) == Counter(expected)
    held = defaultdict(list)
    for token, place in zip(texts, places, strict=True):
        held[token].append(place)
    assert all(found == sorted(found) for found in held.values()), "engines need them in order"


@pytest.mark.parametrize("lang", list(ANALYZERS))
def test_words_of_apostrophes_are_words(lang: str) -> None:
    """U+02BC is a letter: what is left of ʼ’s without its possessive is nothing."""
    for size in range(1, 6):
        for signs in product("ʼ’'sx", repeat=size):
            for text in ("".join(signs), f"数字{''.join(signs)} b"):
                texts, places = spread(ANALYZERS[lang].stored(text))
                assert Counter(map(Token, places, texts)) == Counter(ANALYZERS[lang].tokens(text))
                assert all(texts)
