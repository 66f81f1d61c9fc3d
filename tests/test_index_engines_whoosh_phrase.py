"""Tokens that stand as a phrase has them: told from their places as by trying every start."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import Token
from index.engines.whoosh_phrase import Row, standing
from index.proximity import arrangements

TEXT = st.lists(st.sampled_from("甲乙丙丁"), min_size=1, max_size=30)
PHRASE = st.lists(st.sampled_from("甲乙丙丁"), min_size=2, max_size=4)
GAPS = st.lists(st.integers(1, 3), min_size=4, max_size=4)


def told(text: list[str], rows: tuple[Row, ...]) -> bool:
    held = {t.text: [n for n, one in enumerate(text) if one == t.text] for t in rows[0]}
    return all(held.values()) and standing(rows)(held)


def tried(text: list[str], rows: tuple[Row, ...]) -> bool:
    there = {Token(place, one) for place, one in enumerate(text)}
    return any(
        all(Token(start + token.at, token.text) in there for token in row)
        for row in rows
        for start in range(-len(text), len(text))
    )


@settings(max_examples=200, deadline=None)
@given(text=TEXT, phrase=PHRASE, gaps=GAPS)
def test_a_phrase_with_gaps(text: list[str], phrase: list[str], gaps: list[int]) -> None:
    row = tuple(Token(sum(gaps[:n]), one) for n, one in enumerate(phrase))
    assert told(text, (row,)) == tried(text, (row,))


@settings(max_examples=200, deadline=None)
@given(text=TEXT, phrase=PHRASE, distance=st.integers(0, 3))
def test_words_near_each_other(text: list[str], phrase: list[str], distance: int) -> None:
    rows = arrangements([(Token(0, one),) for one in phrase], distance)
    assert told(text, rows) == tried(text, rows)
