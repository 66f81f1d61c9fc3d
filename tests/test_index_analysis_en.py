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
    ("an e- does not", "E-government", "0 egovernment/egovern"),
    ("nor with a special hyphen", "e\u2011government", "0 egovernment/egovern"),
    ("nor as a word of its own", "e government", "0 egovernment/egovern"),
    ("one word is the same", "egovernment", "0 egovernment/egovern"),
    ("i.e. is no prefix", "i.e. data", "0 i/i 1 e/e 2 data/data"),
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
    assert EN.phrase("digital government") == EN.phrase("Digital Governments")
    assert EN.phrase("digital government") != EN.phrase("digital governance")
    assert EN.bag("government") == EN.bag("governance")


def test_the_parts_of_a_prefixed_word_are_found_too() -> None:
    texts = {token.text for token in EN.tokens("e-services")}
    assert {"=eservice", "=service", "servic"} <= texts


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
