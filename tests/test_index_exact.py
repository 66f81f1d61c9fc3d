"""What is found is what a plain scan of real texts finds; and nothing in a query can break it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks.meaning_pages import samples
from benchmarks.search_exact import Author, differences, scanned, written
from benchmarks.search_fuzz import ask, hostile, well_said
from benchmarks.search_lines import Text
from benchmarks.search_pages import texts
from config.load import load
from index.engines import ENGINES
from index.grammar import MAX_LENGTH, QueryError
from index.lexicon import Lexicon
from index.library import Library
from index.opening import open_library
from index.query import parse
from index.question import Question
from tests.stored_pages import keep

EVERY = 4  # of the samples' pages one in so many: enough to have everything in it
SEED = 7


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exact")
    keep(folder, [page for _, page in list(samples())[::EVERY]])
    return folder


@pytest.fixture(scope="module")
def held(place: Path) -> dict[str, list[Text]]:
    return texts(place)


@pytest.fixture(scope="module", params=ENGINES)
def library(request: pytest.FixtureRequest, place: Path) -> Iterator[Library]:
    with open_library(place, request.param, lambda _: None) as opened:
        yield opened


def test_what_is_found_is_what_a_plain_scan_finds(
    library: Library, held: dict[str, list[Text]]
) -> None:
    asked = written(Author(held, SEED), 120)
    expected = [(query, scanned(held, tree)) for tree, query in asked]
    assert sum(any(sets.values()) for _, sets in expected) > len(expected) / 2
    assert differences(library.indexes, expected) == []


def test_hostile_queries_are_answered_or_refused_in_one_way(
    library: Library, held: dict[str, list[Text]]
) -> None:
    source = hostile(Author(held, SEED), SEED)
    outcome = ask(library, [next(source) for _ in range(40)], Lexicon(load(None).topic), SEED)
    assert outcome.uncaught == []
    assert outcome.badly_said == []
    assert 5 < outcome.refused < outcome.asked - 5


TOO_MUCH = [
    # (query, what is said, what the caret stands under)
    (" ".join(f"{c}a*" for c in "abcdefghijklmnopq"), "16 words with", "qa*"),
    ("人" * 30 + "~2", "more than 300 phrases", "人"),
    (" OR ".join(f'"a{n} b c"~5' for n in range(6)), "more than 300 phrases", '"a2'),
    ("x NOT (" + "y~1 " * 17 + ")", "16 words with", "y~1 )"),
    ("人 " + "标题：ga* " * 16 + "标题：a*", "16 words with", "a*"),
]


@pytest.mark.parametrize(("query", "said", "at"), TOO_MUCH, ids=[c[0][:12] for c in TOO_MUCH])
def test_a_query_asks_for_so_much_work_and_no_more(query: str, said: str, at: str) -> None:
    with pytest.raises(QueryError, match=said) as caught:
        parse(query)
    assert query[caught.value.place :].startswith(at)


def test_of_a_long_query_the_wrong_place_is_shown() -> None:
    with pytest.raises(QueryError) as caught:
        parse("数" * (MAX_LENGTH + 1000))
    first, line, caret = str(caught.value).split("\n")
    assert first == "query: 1500 characters are too many; 500 are the most"
    assert line == "  …" + "数" * 100 + "…"
    assert caret == " " * (2 + 1 + 2 * 60) + "^"


def test_what_only_the_index_knows_is_said_under_its_place_too(
    library: Library, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.expansion.MOST", 3)
    with pytest.raises(QueryError) as caught:
        library.ask(Question(parse("data OR Th*")), "en")
    assert str(caught.value).split("\n")[1:] == ["  data OR Th*", "          ^"]
    assert "th stands for over 3 words" in str(caught.value)
    with pytest.raises(QueryError) as caught:
        library.ask(Question(parse("this OR th*")), "en")
    assert str(caught.value).endswith("\n          ^")
    with pytest.raises(QueryError) as caught:
        library.ask(Question(parse("x concept:nothing")), "en", Lexicon(load(None).topic))
    assert well_said(str(caught.value))
    assert str(caught.value).endswith("\n  x AND concept:nothing\n                ^")


def test_a_plural_begins_as_it_is_written(library: Library, held: dict[str, list[Text]]) -> None:
    def found(query: str) -> int:
        return library.ask(Question(parse(query)), "en").total

    assert found("policie*") == found("policies*") == found("policies") > 0
    assert found("pol*") >= found("poli*") >= found("policie*")
