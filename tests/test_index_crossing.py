"""Words that the topic does not know, put into the other language by dictionary."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.crossing import MOST, as_written, crossed, has_foreign
from index.dictionary import dictionary
from index.grammar import QueryError
from index.query import parse
from index.syntax import AllOf, Foreign, Node, Words, foreign_words, shown

COMMON = {"税": 9, "发票": 5, "政府": 90, "机关": 7, "invoice": 4, "bill": 2, "tax": 8}


def put(query: str, lang: str, known: dict[str, int] = COMMON) -> Node:
    return crossed(parse(query), lang, dictionary(), lambda text: known.get(text, 0))


def options(node: Node) -> dict[str, list[str]]:
    return {word.text: [text for text, _ in word.options] for word in foreign_words(node)}


def test_every_word_becomes_what_the_other_language_uses() -> None:
    assert options(put("the tax invoice", "zh")) == {
        "tax": ["tax", "税"],  # Chinese pages have this word as it stands, too
        "invoice": ["invoice", "发票"],
    }
    assert options(put("發票", "en")) == {"发票": ["invoice", "bill"]}


def test_what_the_dictionary_does_not_know_stays() -> None:
    node = put("Zorblax tax", "zh")
    assert isinstance(node, AllOf)
    assert Words("zorblax") in node.parts


def test_translations_that_no_page_has_are_left_out() -> None:
    assert options(put("tax", "zh", {"税": 1})) == {"tax": ["税"]}
    assert options(put("tax", "zh", {})) == {}


def test_operators_and_exact_phrases_stay() -> None:
    node = put('"open data" AND tax NOT invoice', "zh")
    assert shown(node) == '"open data" AND ("tax" OR 税) AND NOT invoice'


@pytest.mark.parametrize(
    ("query", "lang", "stayed"),
    [
        ('"open data" AND tax NOT invoice', "zh", ('"open data"', "NOT invoice")),
        ("税 NOT (health OR 健康)", "zh", ("NOT health",)),
        ("Zorblax tax", "zh", ("zorblax",)),
        ("Zorblax 税", "zh", ("zorblax",)),
        ("tax NOT 发票", "en", ("NOT 发票",)),
        ('tax "政府信息公开制度化"', "en", ("政府信息公开制度化",)),
        ("tax 政府 NOT 机关", "zh", ()),
        ("goverment~1 税", "zh", ("goverment~1",)),
    ],
)
def test_what_stayed_as_written_is_told(query: str, lang: str, stayed: tuple[str, ...]) -> None:
    assert as_written(put(query, lang), lang) == stayed


def test_latin_words_that_are_a_terms_own_are_not_told_of() -> None:
    assert as_written(parse('"iam smart" OR app'), "zh", {"iam smart"}) == ("app",)


def test_a_quoted_entry_of_the_dictionary_crosses_both_ways() -> None:
    known = {"invoice": 4, "bill": 2}
    assert options(put('"发票"', "en", known)) == {"发票": ["invoice", "bill"]}
    assert options(put('"tax"', "zh"))["tax"] == ["tax", "税"]


@pytest.mark.parametrize("query", ["数字政府 5G", "政府 AND 上海"])
def test_a_language_s_own_words_stay(query: str) -> None:
    assert put(query, "zh") == parse(query)
    assert not has_foreign(parse("政府"), "zh")
    assert has_foreign(parse("政府 tax"), "zh")
    assert has_foreign(parse("政府"), "en")


@settings(deadline=None, max_examples=100)
@given(st.text("tax invoice the 政府發票5G。()\"'", max_size=30), st.sampled_from(["en", "zh"]))
def test_any_query_can_be_crossed_and_shown(text: str, lang: str) -> None:
    try:
        parse(text)
    except QueryError:
        return
    node = put(text, lang)
    assert all(0 < len(word.options) <= MOST + 1 for word in foreign_words(node))
    assert all(isinstance(word, Foreign) for word in foreign_words(node))
    assert shown(node)
