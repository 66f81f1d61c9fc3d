"""The sieve lets no line with a term fall through."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from config.model import Topic
from index.analysis import ANALYZERS
from index.analysis.unit import normal
from index.sieve import Sieve
from index.terms import TermFinder, terms_of
from tests.memory_store import concept

TERMS = terms_of(
    Topic(
        "t",
        "t",
        "t",
        (
            concept("a", ["open data", "e-government", "data"], ["甲"]),
            concept("b", ["city services act", "open egovernment"], ["乙"]),
        ),
    ),
    "en",
)
PIECES = ["open", "Data", "cities", "city", "services", "act", "e", "government", "egovernment"]
PIECES += [" ", " ", " ", "-", "'s", "’", "'", "数", ". ", "\n", ",", "é", "_"]


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_no_term_falls_through(text: str) -> None:
    finder, sieve = TermFinder(TERMS), Sieve(TERMS)
    split = ANALYZERS["en"].split
    whole = {hit.term for hit in finder.find(split(normal(text)))}
    kept = {hit.term for line in sieve.kept(normal(text)) for hit in finder.find(split(line))}
    assert kept == whole


def test_most_lines_are_sieved_out() -> None:
    text = normal("Open minds.\nCity data\nNothing here\nAn open-data act")
    assert Sieve(TERMS).kept(text) == ["city data", "an open-data act"]
    without = tuple(term for term in TERMS if term.text != "data")
    assert Sieve(without).kept(text) == ["an open-data act"]
