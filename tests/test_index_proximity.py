"""Words near each other: every way they may stand, and no other."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis import ANALYZERS, Token
from index.proximity import MOST, Span, arrangements, spans, starts, ways, widest


def parts(words: list[str]) -> list[tuple[Token, ...]]:
    return [ANALYZERS["zh"].phrases(word)[0] for word in words]


def test_two_words_in_either_order() -> None:
    rows = arrangements(parts(["云", "数字"]), 1)
    assert {tuple(sorted(row)) for row in rows} == {
        (Token(0, "云"), Token(1, "数字")),
        (Token(0, "云"), Token(2, "数字")),
        (Token(0, "数字"), Token(2, "云")),
        (Token(0, "数字"), Token(3, "云")),
    }


@settings(deadline=None)
@given(count=st.integers(2, 5), distance=st.integers(0, 8))
def test_there_are_as_many_ways_as_the_formula_says(count: int, distance: int) -> None:
    if ways(count, distance) > 2 * MOST:
        return
    rows = arrangements(parts(list("甲乙丙丁戊")[:count]), distance)
    assert len(rows) == ways(count, distance)
    for row in rows:
        places = [token.at for token in row]
        assert len(set(places)) == count
        assert max(places) - min(places) < count + distance


def test_the_widest_is_the_last_that_is_bounded() -> None:
    for count in (3, 4, 5):
        assert ways(count, widest(count)) <= MOST < ways(count, widest(count) + 1)
    assert widest(6) == -1


def test_two_words_are_a_span_either_way_and_one_with_itself() -> None:
    assert spans(arrangements(parts(["云", "甲"]), 5)) == (
        Span("云", "甲", 1, 6),
        Span("甲", "云", 1, 6),
    )
    itself = spans(arrangements(parts(["云", "云"]), 5))
    assert itself == (Span("云", "云", 1, 6),)
    assert list(starts(itself[0], [3, 9, 30], [3, 9, 30])) == [(3, 9)]
    assert spans(arrangements(parts(["云", "甲", "乙"]), 1)) is None
