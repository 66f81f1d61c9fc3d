"""The sieve lets no line with a term fall through."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from config.model import Topic
from index.analysis import ANALYZERS
from index.analysis.unit import normal
from index.lexicon import match_concepts
from index.sieve import Sieve
from index.terms import TermFinder, terms_of
from tests.memory_store import concept

TOPIC = Topic(
    "t",
    "t",
    "t",
    (
        concept("a", ["open data", "e-government", "data"], ["甲"]),
        concept("b", ["city services act", "open egovernment"], ["乙"]),
        concept("c", ["people's policies", "gov't act", "café services", "5G"], ["丙"]),
        concept("d", ["X-y act", "series", "boss's act", "ms city"], ["丁"]),
    ),
)
TERMS = terms_of(TOPIC, "en")
PIECES = ["open", "Data", "cities", "city", "services", "act", "e", "government", "egovernment"]
PIECES += ["people", "policy", "Policies", "gov't", "govt", "caf", "café", "5G", "x", "y", "boss"]
PIECES += ["bosses", "series", "serie", "m", "s", "es", "ies"]
PIECES += [*"  -’'ʼ数,é_“\t\n\u2028\u2011\u00ad\u0301", " ", "'s", ". ", "\r\n"]


@settings(max_examples=600, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=16).map("".join))
def test_no_term_falls_through(text: str) -> None:
    finder, sieve = TermFinder(TERMS), Sieve(TERMS)
    split = ANALYZERS["en"].split
    whole = {hit.term for hit in finder.find(split(normal(text)))}
    kept = {hit.term for line in sieve.kept(normal(text)) for hit in finder.find(split(line))}
    assert kept == whole


@settings(max_examples=300, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), max_size=24).map("".join))
def test_concepts_are_those_of_the_whole_text_analysed(text: str) -> None:
    units = ANALYZERS["en"].units(text)
    found = frozenset(hit.term.concept for hit in TermFinder(TERMS).find(units))
    assert match_concepts(TOPIC)(text, "en") == found


def test_most_lines_are_sieved_out() -> None:
    text = normal("Open minds.\nCity data\nNothing here\nAn open-data act")
    assert Sieve(TERMS).kept(text) == ["city data", "an open-data act"]
    without = tuple(term for term in TERMS if term.text != "data")
    assert Sieve(without).kept(text) == ["an open-data act"]
