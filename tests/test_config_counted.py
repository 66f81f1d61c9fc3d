"""Counts in messages."""

from __future__ import annotations

import pytest

from config.counted import counted


@pytest.mark.parametrize(
    ("n", "nouns", "said"),
    [
        (1, ("page",), "1 page"),
        (0, ("page",), "0 pages"),
        (1200, ("page",), "1,200 pages"),
        (1, ("query is", "queries are"), "1 query is"),
        (2, ("query is", "queries are"), "2 queries are"),
    ],
)
def test_a_number_and_its_noun_agree(n: int, nouns: tuple[str, ...], said: str) -> None:
    assert counted(n, *nouns) == said
