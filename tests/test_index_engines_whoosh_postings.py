"""Postings are read once, kept for the next query, and never more than there is room for."""

from __future__ import annotations

from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from index.engines.whoosh import Whoosh
from index.engines.whoosh_postings import NOTHING, Places, Postings, places
from tests.index_corpus import document


@given(st.lists(st.integers(0, 2**31), max_size=20))
def test_places_come_back(at: list[int]) -> None:
    value = Places().encode(at)
    assert list(places(value)) == list(Places().decode_positions(value)) == at
    assert Places().decode_frequency(value) == len(at)


def test_what_is_kept_has_a_bound(tmp_path: Path) -> None:
    engine = Whoosh(tmp_path)
    engine.write([document(n, "zh", "数字政府，政府数字") for n in range(3)])
    ((leaf, _),) = engine.searcher.leaf_searchers()
    roomy, tight = Postings(), Postings(kept=10)
    for postings in (roomy, tight):
        first = postings.of(leaf.reader(), "body", "数字")
        assert list(first.numbers) == [0, 1, 2]
        assert list(first.counts) == [2, 2, 2]
        assert [list(places(value)) for value in first.values] == [[0, 7]] * 3
        assert postings.of(leaf.reader(), "body", "字数") == NOTHING
        assert (postings.of(leaf.reader(), "body", "数字") is first) == (postings is roomy)
    engine.close()
