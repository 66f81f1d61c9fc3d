"""English analysis: exact forms and stems, and where a phrase ends."""

from __future__ import annotations

import pytest

from index.analysis import ANALYZERS
from index.analysis.en import singular

EN = ANALYZERS["en"]

UNITS = [
    # (why, text, units as "position exact/scored")
    ("forms and stems", "Digital governments", "0 digital/digit 1 government/govern"),
    ("possessives and apostrophes", "China’s don't", "0 china/china 1 dont/dont"),
    ("a hyphen parts words", "open-government", "0 open/open 1 government/govern"),
    ("an e- too", "E-government", "0 e/e 1 government/govern"),
    ("one word is one", "egovernment", "0 egovernment/egovern"),
    ("a comma does not end a phrase", "open, data", "0 open/open 1 data/data"),
    ("a sentence does", "Open. Data", "0 open/open 101 data/data"),
    ("a question does", "Open? Data", "0 open/open 101 data/data"),
    ("a line does, once with its stop", "Open.\nData", "0 open/open 101 data/data"),
    ("an abbreviation does not", "Dr. Data of the U.S. Army", None),
    ("full-width", "Ｏｐｅｎ　ｄａｔａ", "0 open/open 1 data/data"),
    ("Chinese in it is by character", "(数字)", "0 数/数 1 字/字"),
    ("numbers", "3.5 covid-19", "0 3/3 1 5/5 2 covid/covid 3 19/19"),
    ("a soft hyphen is nothing", "govern\u00adment", "0 government/govern"),
]


@pytest.mark.parametrize(("why", "text", "expected"), UNITS, ids=[case[0] for case in UNITS])
def test_units(why: str, text: str, expected: str | None) -> None:
    units = EN.units(text)
    if expected is None:
        assert [unit.at for unit in units] == list(range(len(units)))
    else:
        said = " ".join(f"{u.at} {u.exact.removeprefix('=')}/{u.scored}" for u in units)
        assert said == expected


def test_a_phrase_keeps_government_and_governance_apart() -> None:
    assert EN.phrases("digital government") == EN.phrases("Digital Governments")
    assert EN.phrases("digital government") != EN.phrases("digital governance")
    assert set(EN.bag("government")) & set(EN.bag("governance")) == {"govern"}


SPELLINGS = ["e-services", "E\u2011Services", "e services", "e–service", "eservices"]


@pytest.mark.parametrize("text", SPELLINGS)
@pytest.mark.parametrize("asked", SPELLINGS)
def test_each_spelling_of_a_prefixed_word_finds_the_others(text: str, asked: str) -> None:
    there = set(EN.tokens(f"all {text} here"))
    assert any(
        all((token.at + shift, token.text) in there for token in row)
        for row in EN.phrases(asked)
        for shift in range(5)
    )


@pytest.mark.parametrize("text", SPELLINGS)
@pytest.mark.parametrize("asked", SPELLINGS)
@pytest.mark.parametrize("said", ["all {} here", "{} {} now", "all {} or {} now"])
def test_so_it_does_between_other_words(text: str, asked: str, said: str) -> None:
    there = set(EN.tokens(said.format(text, text)))
    assert any(
        all((token.at + shift, token.text) in there for token in row)
        for row in EN.phrases(said.format(asked, asked))
        for shift in range(5)
    )


def test_few_words_are_looked_for_as_two() -> None:
    assert len(EN.phrases("each egovernment")) == len(EN.phrases("in the city hall")) == 1
    assert len(EN.phrases(" ".join(["every"] * 50))) == 4


@pytest.mark.parametrize(
    "text", ["i.e. services", "one-e-services", "vitamin e for", "the services"]
)
def test_what_is_no_prefix(text: str) -> None:
    assert not any("eservice" in token.text for token in EN.tokens(text))
    assert len(EN.phrases(text)) == 1


NUMBERS = [
    ("services", "service"),
    ("cities", "city"),
    ("processes", "process"),
    ("boxes", "box"),
    ("branches", "branch"),
    ("dashes", "dash"),
    ("heroes", "hero"),
    ("analysis", "analysis"),
    ("status", "status"),
    ("access", "access"),
    ("news", "news"),
    ("gas", "gas"),
    ("ties", "tie"),
    ("data", "data"),
]


@pytest.mark.parametrize(("plural", "expected"), NUMBERS)
def test_singular(plural: str, expected: str) -> None:
    assert singular(plural) == expected
    assert singular(expected) == expected
