"""A strip says the same as the tokens it was made of."""

from __future__ import annotations

from collections import Counter, defaultdict

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import ANALYZERS, Token
from index.analysis.strip import EMPTY, MORE, laid, slot, spread, texts

STRIPS = [
    # (why, language, text, strip)
    ("a character, its pair; the last has none", "zh", "数字", "数 数字 字 --"),
    ("a word of another script is in the second slot", "zh", "5G网", "-- 5g 网 --"),
    ("marks are in the first", "zh", "文，C#", "文 -- , -- -- c # --"),
    ("a space between characters", "zh", "政 府", "政 -- __ -- 府 --"),
    ("a word's own form, and its stem", "en", "Open cities", "=open open =city citi"),
    ("two words that are also one", "en", "m-pay", "=m\t=mpay m\tmpay =pay\t=mpay pay\tmpay"),
    ("what has no token", "en", " . ", ""),
    ("nothing", "zh", "", ""),
]


@pytest.mark.parametrize(("why", "lang", "text", "strip"), STRIPS, ids=[c[0] for c in STRIPS])
def test_strips(why: str, lang: str, text: str, strip: str) -> None:
    assert ANALYZERS[lang].stored(text) == strip
    assert texts(strip) == set(spread(strip).texts)


def test_a_sentence_ends_with_slots_that_hold_nothing() -> None:
    strip = ANALYZERS["en"].stored("end. begin").split(" ")
    assert strip[:2] == ["=end", "end"]
    assert set(strip[2:-2]) == {EMPTY}
    assert len(strip) == 2 * (1 + 100 + 1)


@pytest.mark.parametrize("lang", list(ANALYZERS))
@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=60))
def test_a_token_tells_its_slot(lang: str, text: str) -> None:
    """An engine that stores slots for positions finds a phrase's tokens where ``slot`` says."""
    for place, held in enumerate(ANALYZERS[lang].stored(text).split(" ")):
        if held not in {EMPTY, ""}:
            assert {slot(token) for token in held.split(MORE)} == {place % 2}


@settings(max_examples=200, deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.sampled_from(["数", "数字", "=a", "a", ","]))))
def test_what_is_laid_is_spread_again(pairs: list[tuple[int, str]]) -> None:
    tokens = [Token(*pair) for pair in pairs]
    found, places = spread(laid(tokens, 10))
    assert Counter(map(Token, places, found)) == Counter(tokens)
    held = defaultdict(list)
    for text, place in zip(found, places, strict=True):
        held[text].append(place)
    assert all(at == sorted(at) for at in held.values())
