"""Reading aids: facets, suggestions, matches in context, reasons, pages alike."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from index.compiler import compiled
from index.concordance import Line, lines
from index.explain import named
from index.grammar import QueryError
from index.lexicon import Lexicon
from index.library import Library
from index.opening import open_library
from index.query import parse
from index.question import Answer, Question
from index.snippet import atoms
from tests.memory_store import PRESS, TOPIC, stored
from tests.stored_pages import keep

PAGES = [
    stored(
        1, 1, "推进数字政府建设，城市大脑上线。", title="数字政府", date="2024-06-01", script="hans"
    ),
    stored(2, 2, "數字政府服務。", host="www.gov.tw", script="hant", date="2023"),
    stored(3, 3, "数字政府建设与数字经济。上海的数字政府。", script="hans"),
    stored(4, 4, "Digital government in practice.", "en", title="Practice", date="2022"),
    stored(5, 5, "The city brain of Hangzhou: a city brain.", "en", source=PRESS, date="2022-03"),
    stored(6, 6, "Another city brain, in practice.", "en", source=PRESS),
    stored(7, 7, "An e-government, finely made.", "en"),
]


@pytest.fixture(scope="module", params=["tantivy", "whoosh"])
def library(
    tmp_path_factory: pytest.TempPathFactory, request: pytest.FixtureRequest
) -> Iterator[Library]:
    folder: Path = tmp_path_factory.mktemp("aids")
    keep(folder, PAGES)
    with open_library(folder, request.param, pytest.fail) as opened:
        yield opened


def ask(library: Library, query: str, lang: str, **options: object) -> Answer:
    question = Question(parse(query), **options)  # type: ignore[arg-type]
    return library.ask(question, lang, Lexicon(TOPIC))


def test_facets_count_the_matches(library: Library) -> None:
    found = ask(library, "数字政府", "zh", facets=True).facets
    assert found["year"] == {"": 1, "2023": 1, "2024": 1}
    assert found["script"] == {"hans": 2, "hant": 1}
    assert found["kind"] == {"government": 3}
    assert found["concept"] == {"dg": 3, "brain": 1}
    english = ask(library, "practice", "en", facets=True).facets
    assert english["source"] == {"gov": 1, "press": 1}
    assert ask(library, "practice", "en").facets == {}


def test_many_matches_have_concepts_where_the_engine_counts_them_quickly(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.facets.FEW", 1)
    found = ask(library, "数字政府", "zh", facets=True).facets
    quickly = library.indexes["zh"].engine.counts_within
    assert found.get("concept") == ({"dg": 3, "brain": 1} if quickly else None)
    assert found["kind"] == {"government": 3}


def test_facets_count_only_the_pages_that_are_left(library: Library) -> None:
    found = ask(library, "数字政府", "zh", facets=True, only={"zh": frozenset({1, 4})})
    assert found.total == 1
    assert found.facets["year"] == {"2024": 1}
    assert found.facets["concept"] == {"dg": 1, "brain": 1}
    none = ask(library, "数字政府", "zh", facets=True, only={"zh": frozenset()})
    assert (none.total, none.hits) == (0, ())
    assert not any(none.facets.values())


@pytest.mark.parametrize(
    ("query", "lang", "suggested"),
    [
        ("goverment", "en", "government"),
        ("Digital Goverment", "en", "Digital government"),
        ("e-goverment", "en", "egovernment"),
        ("ﬁnely goverment", "en", "ﬁnely government"),
        ("数字政符", "zh", "数字政府"),
        ("敉字政府", "zh", "数字政府"),
        ("城巿大脑", "zh", "城市大脑"),
        ("xqzvbn", "en", ""),
        ("甲乙丙丁", "zh", ""),
        ("practice", "en", ""),
    ],
)
def test_did_you_mean(library: Library, query: str, lang: str, suggested: str) -> None:
    answer = library.ask(Question(parse(query)), lang)
    assert answer.suggestion.strip('"').casefold() == suggested.casefold()
    assert bool(answer.total) == (query == "practice")


def test_every_match_in_context(library: Library) -> None:
    hits = ask(library, "数字政府", "zh", in_context=True).hits
    found = {hit.stored.url[-1]: [line.keyword for line in hit.lines] for hit in hits}
    assert found == {
        "1": ["数字政府", "数字政府"],
        "2": ["數字政府"],
        "3": ["数字政府", "数字政府"],
    }


def test_lines_sort_by_the_nearest_words() -> None:
    query = compiled(parse("政府"), "zh")
    assert query
    found = list(lines("数字政府建设\n电子政府，\n数位政府采购", query, "zh"))
    by_left = sorted(found, key=lambda line: line.key("left"))
    assert [line.left for line in by_left] == ["数位", "电子", "数字"]
    by_right = sorted(found, key=lambda line: line.key("right"))
    assert [line.right for line in by_right] == ["，", "建设", "采购"]
    english = [Line("the old", "city", "Brain now"), Line("a new", "city", "atlas")]
    assert sorted(english, key=lambda line: line.key("right"))[0].right == "atlas"
    assert sorted(english, key=lambda line: line.key("left"))[0].left == "a new"


def test_why_a_page_is_there(library: Library) -> None:
    (hit,) = ask(library, "title:数字政府 AND 城市大脑", "zh", explain=True).hits
    said = {reason.asked: (reason.pages, reason.in_title, reason.in_text) for reason in hit.reasons}
    assert said == {"数字政府": (1, 1, 0), "城市大脑": (1, 0, 1)}
    (english,) = ask(library, "hangzhou", "en", explain=True).hits
    assert [reason.in_text for reason in english.reasons] == [1]


@pytest.mark.parametrize(
    ("query", "lang", "asked"),
    [
        ("hangzhou", "en", "hangzhou-"),  # a stem
        ('"city brain"', "en", "city brain"),
        ("hang*", "en", "hang*"),
        ("5g", "en", "5g"),
        ("app", "zh", "app"),  # in Chinese texts a Latin word has no stem
        ("ap*", "zh", "ap*"),
        ("apq~1", "zh", "apq~1"),
        ('"open app"~2', "zh", "open app (near)"),
        ('"第一章 总则"', "zh", "第一章 总则"),
    ],
)
def test_what_was_asked_is_named_as_a_reader_knows_it(query: str, lang: str, asked: str) -> None:
    found = compiled(parse(query), lang)
    assert found
    assert [named(atom, lang) for atom in atoms(found)] == [asked]


def test_pages_alike(library: Library) -> None:
    url = "https://www.gov.cn/5"
    found = library.find(Question(parse("x")), "en", Lexicon(TOPIC), url)
    assert [page.url[-1] for page, _ in found.best] == ["6"]
    other = library.find(Question(parse("x")), "zh", Lexicon(TOPIC), url)
    assert [page.url[-1] for page, _ in other.best] == ["1"]
    with pytest.raises(QueryError, match=r"no page is stored at 'https://nowhere/'"):
        library.find(Question(parse("x")), "en", None, "https://nowhere/")


@pytest.mark.parametrize("only", [{}, {"en": frozenset({6})}, {"en": frozenset({5, 6})}], ids=str)
def test_a_page_is_not_counted_among_those_like_it(
    library: Library, only: dict[str, frozenset[int]]
) -> None:
    question = Question(parse("x"), facets=True, only=only)
    found = library.find(question, "en", Lexicon(TOPIC), "https://www.gov.cn/5")
    answer = library.answer(found, question, "en")
    assert [hit.stored.url_id for hit in answer.hits] == [6]
    assert answer.total == 1
    assert answer.facets["source"] == {"press": 1}
