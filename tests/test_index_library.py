"""A library answers both languages from an index at the store's revision."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from index.build import catch_up
from index.engine import Filters
from index.errors import IndexBusy, NothingIndexed
from index.lexicon import Lexicon
from index.lock import writing
from index.opening import open_library
from index.query import parse
from index.question import Answer, Question
from store import NoStore, open_store
from tests.damage import put_anew
from tests.memory_store import TOPIC, stored
from tests.stored_pages import keep

PAGES = [
    stored(1, 1, "推进数字政府建设。", title="数字政府", date="2024-06-01"),
    stored(2, 2, "Digital government in practice.", "en", title="Practice", date="2022"),
    stored(3, 3, "数位政府", host="www.gov.tw"),
    stored(4, 4, "数字政府 列表", kind="hub"),
]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    keep(tmp_path, PAGES)
    return tmp_path


def ask(data: Path, query: str, lang: str, **options: object) -> Answer:
    question = Question(parse(query), **options)  # type: ignore[arg-type]
    with open_library(data, "tantivy", pytest.fail) as library:
        return library.ask(question, lang, Lexicon(TOPIC))


def urls(answer: Answer) -> list[str]:
    return sorted(hit.stored.url for hit in answer.hits)


def test_both_languages_answer(data: Path) -> None:
    assert urls(ask(data, "数字政府", "en")) == ["https://www.gov.cn/2"]
    chinese = ask(data, "digital government", "zh")
    assert urls(chinese) == ["https://www.gov.cn/1", "https://www.gov.tw/3"]
    assert chinese.asked.translated


def test_a_hit_says_where_and_when(data: Path) -> None:
    (hit,) = ask(data, "建设", "zh").hits
    assert (hit.title.text, hit.date, hit.stored.source.name) == (
        "数字政府",
        "2024-06-01",
        "中国政府网",
    )
    assert [hit.snippet.text[start:end] for start, end in hit.snippet.marks] == ["建设"]


def test_undated_pages_are_counted_where_a_date_leaves_them_out(data: Path) -> None:
    answer = ask(data, "政府", "zh", filters=Filters(since=20240101))
    assert (answer.total, answer.undated) == (1, 1)
    assert ask(data, "政府", "zh").undated == 0


@pytest.mark.parametrize(("counted", "undated"), [({1, 3}, 1), ({1}, 0), (set(), 0)])
def test_undated_pages_are_counted_only_among_those_that_count(
    data: Path, counted: set[int], undated: int
) -> None:
    only = {"zh": frozenset(counted)}
    answer = ask(data, "政府", "zh", filters=Filters(since=20240101), only=only)
    assert (answer.total, answer.undated) == (len(counted & {1}), undated)


def test_any_word_will_do(data: Path) -> None:
    assert ask(data, "数字 经济 上海", "zh").total == 0
    answer = ask(data, "数字 经济 上海 NOT site:a.org", "zh", any_word=True)
    assert answer.total == 2
    assert answer.asked.text == "(数字 OR 经济 OR 上海) AND NOT site:a.org"


def test_the_limit_is_of_hits_not_of_the_count(data: Path) -> None:
    answer = ask(data, "政府", "zh", limit=1)
    assert (answer.total, len(answer.hits)) == (2, 1)


def test_new_pages_are_found_at_once(data: Path) -> None:
    assert ask(data, "新闻", "zh").total == 0
    keep(data, [stored(9, 9, "新闻")])
    assert ask(data, "新闻", "zh").total == 1


def test_a_damaged_index_is_made_anew(data: Path) -> None:
    ask(data, "政府", "zh")
    for path in (data / "index").rglob("*.term"):
        put_anew(path, b"")
    assert ask(data, "政府", "zh").total == 2


def test_another_writer_is_waited_out_with_older_results(data: Path) -> None:
    ask(data, "政府", "zh")
    keep(data, [stored(9, 9, "新政府")])
    said: list[str] = []
    with writing(data / "index"), open_library(data, "tantivy", said.append) as library:
        assert library.ask(Question(parse("政府")), "zh").total == 2
    assert re.match(r"process \d+ on .*, which is at revision \d of \d;", said[0])


def test_another_writer_and_no_index_is_an_error(data: Path) -> None:
    (data / "index").mkdir()
    with (
        writing(data / "index"),
        pytest.raises(IndexBusy, match="is writing the index"),
        open_library(data, "tantivy", pytest.fail),
    ):
        pass


def test_no_store_and_no_pages(tmp_path: Path) -> None:
    with pytest.raises(NoStore), open_library(tmp_path, "tantivy", pytest.fail):
        pass
    keep(tmp_path, [stored(1, 1, "デジタル", "ja")])
    with (
        pytest.raises(NothingIndexed, match="duizhao crawl"),
        open_library(tmp_path, "tantivy", pytest.fail),
    ):
        pass


def test_both_engines_answer_the_same_from_a_real_store(data: Path) -> None:
    with open_store(data) as store:
        held = {engine: catch_up(store, data / "index", engine) for engine in ("tantivy", "whoosh")}
    assert held["tantivy"] == held["whoosh"]
