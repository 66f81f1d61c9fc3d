"""Snippets: the right piece, the right places in it, and nothing that acts on a terminal."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.analysis.offsets import aligned
from index.analysis.unit import normal
from index.compiler import compiled
from index.query import parse
from index.snippet import (
    _found,
    _units,
    _units_by_form,
    atoms,
    clean,
    counts,
    found_in,
    marked,
    read,
    snippet,
)


def found(text: str, query: str, lang: str) -> list[str]:
    """The marked parts of a text's snippet."""
    made = compiled(parse(query), lang)
    assert made
    piece = snippet(text, made, lang)
    return [piece.text[start:end] for start, end in piece.marks]


MARKS = [
    # (why, text, query, language, what is marked)
    ("Traditional as written", "推進「數字政府」建設", "数字政府", "zh", ["數字政府"]),
    ("full-width as written", "５Ｇ　网络和ＡＩ", "5g网络", "zh", ["５Ｇ　网络"]),
    ("touching marks are one", "数字政府数字政府", "数字政府", "zh", ["数字政府数字政府"]),
    ("each phrase", "一网通办与数字政府", "一网通办 数字政府", "zh", ["一网通办", "数字政府"]),
    ("not a part of a phrase", "数字与政府", "数字政府", "zh", []),
    ("an ending", "The digital services act", "service", "en", ["services"]),
    ("a compound", "New e-government laws", "egovernment", "en", ["e-government"]),
    ("a prefix", "Governors govern", "gov*", "en", ["Governors", "govern"]),
    ("not what is excluded", "open data, closed data", "open NOT shut", "en", ["open"]),
    ("a ligature is longer when folded", "The ﬁnal oﬃce is open", "office", "en", ["oﬃce"]),
    ("a character that is several when folded", "某㈱与½", "株 1", "zh", ["㈱", "½"]),
    ("a character that gains a mark when folded", "an İ here", "i", "en", ["İ"]),
    ("only in the title: nothing", "Nothing here", "title:digital", "en", []),
]


@pytest.mark.parametrize(
    ("why", "text", "query", "lang", "expected"), MARKS, ids=[c[0] for c in MARKS]
)
def test_marks(why: str, text: str, query: str, lang: str, expected: list[str]) -> None:
    assert found(text, query, lang) == expected


def test_the_paragraph_with_most_of_the_query_is_shown() -> None:
    text = "数字经济\n" + "无关。" * 50 + "\n开头，数字政府与一网通办。\n一网通办"
    query = compiled(parse("数字政府 一网通办"), "zh")
    assert query
    assert snippet(text, query, "zh").text == "开头，数字政府与一网通办。"


def test_a_space_in_a_chinese_phrase_is_seen_in_any_width() -> None:
    query = compiled(parse('"第一章 总则"'), "zh")
    assert query
    piece = snippet("第一章\n某市条例　第一章　总则", query, "zh")
    assert [piece.text[start:end] for start, end in piece.marks] == ["第一章　总则"]
    assert counts("第一章\n某市条例　第一章　总则", atoms(query), "zh").total() == 1


@pytest.mark.parametrize(
    ("lang", "word", "filler", "most"), [("zh", "政府", "文", 68), ("en", "city", "word ", 170)]
)
def test_a_long_paragraph_is_cut_around_the_match(
    lang: str, word: str, filler: str, most: int
) -> None:
    query = compiled(parse(word), lang)
    assert query
    piece = snippet(filler * 500 + word + " " + filler * 500, query, lang)
    assert piece.text[0] == piece.text[-1] == "…"
    assert len(piece.text) <= most
    assert [piece.text[start:end] for start, end in piece.marks] == [word]


def test_one_endless_word_does_not_flood_the_screen() -> None:
    query = compiled(parse("a"), "en")
    assert query
    assert len(snippet("x" * 10_000, query, "en").text) <= 402


HOSTILE = "a\x1b[31mb\x07\u202ec\u2066d\u200be\x9bf\u2028g\ud800h"


def test_nothing_in_it_acts_on_a_terminal() -> None:
    assert clean(HOSTILE) == "a [31mb cde f g h"
    query = compiled(parse("c"), "en")
    assert query
    for piece in (marked(HOSTILE, query, "en"), snippet(HOSTILE, query, "en")):
        assert piece.text.isprintable()


@given(st.text(alphabet=st.characters(exclude_categories=["Cs"])))
def test_places_in_a_folded_text_are_places_in_the_text(text: str) -> None:
    folded, places = aligned(text)
    assert len(places) == len(folded) + 1
    assert places == sorted(places)
    assert places[-1] == len(text)


@given(st.text(alphabet="aé数數ﬁ１　,e\u0301“\u200b"))
def test_folding_by_clusters_is_folding(text: str) -> None:
    assert aligned(text)[0] == normal(text)


WORDS = """open Data cities city e-government egovernment gov't govt hope hoping happy happiness
    ties tie dying sensibility sensible agencies agency relational o'neil oneil"""
PIECES = {
    "en": [*WORDS.split(), *" \n-\u00ad", " ", " ", ". ", "数字", "’s"],
    "zh": [*"数字政府數城市 　，\n+\u200bＡ", "5G", "app"],
}
ENGLISH = """open|hope|happiness|"egovernment city"|govt|"e-government"|tie|die|sensible agency|cit*
    |"open data"~3|egov*|oneil|relate|dat~1|egoverment~1|sensable~2"""
ASKED = {
    "en": ENGLISH.split("|"),
    "zh": [
        "数字政府",
        "5g数字",
        '"城市 数字"~5',
        "app",
        "ap*",
        "apq~1",
        '"数字 政府"',
        "a",
        "城市 政府",
    ],
}


@pytest.mark.parametrize("lang", list(PIECES))
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_no_paragraph_that_matches_is_passed_over(lang: str, data: st.DataObject) -> None:
    text = "".join(data.draw(st.lists(st.sampled_from(PIECES[lang]), max_size=24)))
    query = compiled(parse(data.draw(st.sampled_from(ASKED[lang]))), lang)
    assert query
    quick = snippet(text, query, lang)
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("index.hints.hints", lambda atom, lang: [])
        assert snippet(text, query, lang) == quick


@pytest.mark.parametrize("lang", list(PIECES))
@settings(max_examples=200, deadline=None)
@given(data=st.data())
def test_a_line_has_as_many_matches_without_its_units(lang: str, data: st.DataObject) -> None:
    line = normal("".join(data.draw(st.lists(st.sampled_from(PIECES[lang]), max_size=24))))
    if len(line.splitlines()) > 1:
        return
    query = compiled(parse(data.draw(st.sampled_from(ASKED[lang]))), lang)
    assert query
    asked = atoms(query)
    by_units = _found(_units_by_form(_units(line, lang), asked), asked)
    assert found_in(line, asked, lang) == Counter(atom for atom, _, _ in by_units)


@settings(deadline=None)
@given(st.text("aÅß数ﬁ…ｱﾞ\u0301\u00ad①İ", max_size=12))
def test_places_are_the_same_however_they_are_found(text: str) -> None:
    """A mark at the end, which changes no other place, takes the long way."""
    whole, places = aligned(text)
    longer, others = aligned(f"{text}x\u0323")
    assert longer.startswith(whole)
    assert places[:-1] == others[: len(whole)]
    assert len(places) == len(whole) + 1


@given(st.text("aß数數 …İ\n\r\x1c\u2028\u0301\u0323ｱﾞ\u200b\x00", max_size=40))
def test_a_text_is_read_as_its_lines_are_one_by_one(text: str) -> None:
    lines = text.splitlines()
    assert [line.written for line in read(text)] == lines
    assert [line.plain for line in read(text)] == [normal(clean(line)) for line in lines]


@pytest.mark.parametrize("after", range(30, 70))
def test_a_match_at_the_end_is_shown_whole(after: int) -> None:
    """So that no stump of a word is marked: «养»… of 养老服务."""
    text = f"养老服务{'的' * after}养老服务{'了' * 100}"
    assert set(found(text, "养老服务", "zh")) == {"养老服务"}
