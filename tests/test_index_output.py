"""Output: complete for programs, readable for people, inert in both."""

from __future__ import annotations

import csv
import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len
from rich.console import Console

from index.compiler import compiled
from index.concordance import Line, lines
from index.engine import Filters
from index.lexicon import Asked
from index.output import plain
from index.output.inquiry import Inquiry
from index.output.pieces import heading
from index.output.records import COLUMNS, as_csv, as_json, escaped, inert
from index.output.table import show
from index.output.terminal import Terminal
from index.query import parse
from index.question import Answer, Hit, Question
from index.snippet import marked, snippet
from store.model import SourceRow
from tests.memory_store import stored

NASTY = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2",
    "@SUM(1)",
    "\t=1",
    "\r=1",
    "＝1+1",
    "＋1",
    "－1",
    "＠x",
    "[bold]x[/bold]",
    "[link=javascript:alert(1)]x[/link]",
    "a\x1b[31mb",
    "a\x9b31mb",
    "\u202egnp.exe",
    '<script>alert("1")</script>',
    'a"b,c\nd',
]


def hit(text: str, number: int = 1, lang: str = "zh") -> Hit:
    source = SourceRow("s", text, (lang,), "press", "other")
    page = stored(number, 1, text, lang, title=text, source=source, date="2024-06")
    query = compiled(parse("x 1"), lang)
    assert query
    return Hit(page, 1.5, marked(text, query, lang), snippet(text, query, lang))


def inquiry(*texts: str, undated: int = 0) -> Inquiry:
    node = parse("x")
    hits = tuple(hit(text, number) for number, text in enumerate(texts, 1))
    answers = {
        "en": Answer(Asked(node), len(hits), hits),
        "zh": Answer(Asked(node, ("dg",), True), 12, hits, undated),
    }
    return Inquiry("x", Question(node, Filters(since=20240101)), answers)


def printed(asked: Inquiry, width: int, terminal: bool = False) -> str:
    console = Console(
        file=io.StringIO(), width=width, force_terminal=terminal, highlight=False, color_system=None
    )
    show(asked, console)
    assert isinstance(console.file, io.StringIO)
    return console.file.getvalue()


@pytest.mark.parametrize("texts", [(), ("x 数字 1",), tuple(NASTY), ("x " * 90, "")])
def test_plain_text_is_what_the_table_prints_into_a_file(texts: tuple[str, ...]) -> None:
    asked, stream = inquiry(*texts, undated=3), io.StringIO()
    assert plain.suffices(asked, stream, {})
    plain.show(asked, stream)
    assert stream.getvalue() == printed(asked, plain.COLUMNS)


def test_who_wants_columns_or_colours_gets_a_table() -> None:
    asked, stream = inquiry("x"), io.StringIO()
    assert not plain.suffices(asked, stream, {"FORCE_COLOR": "1"})
    assert not plain.suffices(asked, stream, {"COLUMNS": "160"})
    aligned = asked._replace(question=asked.question._replace(facets=True))
    assert not plain.suffices(aligned, stream, {})


def test_no_columns_are_an_unknown_number_of_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "0")
    console = Terminal(file=io.StringIO())
    show(inquiry("x"), console)
    assert "English" in console.file.getvalue()  # type: ignore[attr-defined]


def rows(asked: Inquiry) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(as_csv(asked), newline="")))


@pytest.mark.parametrize("text", NASTY)
def test_no_cell_is_a_formula(text: str) -> None:
    for row in rows(inquiry(text)):
        assert list(row) == list(COLUMNS)
        assert not any(cell.startswith(tuple("=+-@\t\r＝＋－＠")) for cell in row.values())


@pytest.mark.parametrize("text", NASTY)
@pytest.mark.parametrize("width", [80, 140])
def test_nothing_from_the_web_acts_on_the_terminal(text: str, width: int) -> None:
    out = printed(inquiry(text), width)
    assert all(line.isprintable() for line in out.split("\n"))


def test_markup_is_text() -> None:
    assert "[bold]x[/bold]" in printed(inquiry("[bold]x[/bold]"), 80).replace("«x»", "x")


@pytest.mark.parametrize("text", NASTY)
def test_nothing_acts_in_a_terminal_that_shows_json_or_csv(text: str) -> None:
    for out in (as_json(inquiry(text)), as_csv(inquiry(text))):
        assert all(line.isprintable() for line in out.replace("\r\n", "\n").split("\n"))


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaped_json_says_the_same(text: str) -> None:
    written = escaped(json.dumps(text, ensure_ascii=False))
    assert json.loads(written) == text
    assert not set(written) & set("\x7f\x9b\u202e\u2066\u2028\u200f\ufeff")


@pytest.mark.parametrize(
    ("value", "cell"),
    [
        ("  =1+1", "'  =1+1"),
        ("a\r\n=b\x1b[31m\u202e", "a\n=b [31m"),
        (None, ""),
        (-2, -2),
        ("二〇二四", "二〇二四"),
    ],
)
def test_cells(value: object, cell: object) -> None:
    assert inert(value) == cell


@given(st.text(max_size=30))
def test_json_says_what_was_found(text: str) -> None:
    record = json.loads(as_json(inquiry(text)))
    (found,) = record["languages"]["zh"]["hits"]
    assert found["title"] == hit(text).title.text
    assert found["marks"] == [list(mark) for mark in hit(text).snippet.marks]


def test_json_is_complete() -> None:
    record = json.loads(as_json(inquiry("数字", undated=3)))
    assert list(record) == ["query", "similar", "literal", "any", "filters", "languages"]
    assert record["filters"] == {"since": 20240101, "until": None, "hubs": False}
    chosen = json.loads(as_json(inquiry("数字")._replace(selected=("explained",))))["filters"]
    assert chosen["explained"] is True
    assert "no_counterpart" not in chosen
    side = record["languages"]["zh"]
    assert (side["total"], side["undated_left_out"], side["translated"]) == (12, 3, True)
    assert side["hits"][0] | {"score": 0, "snippet": "", "marks": []} == {
        "lang": "zh",
        "rank": 1,
        "score": 0,
        "by_meaning": False,
        "url_id": 1,
        "title": "数字",
        "url": "https://www.gov.cn/1",
        "date": "2024-06",
        "source": "s",
        "source_name": "数字",
        "kind": "press",
        "region": "other",
        "region_confidence": 1.0,
        "page_kind": "article",
        "script": "",
        "snippet": "",
        "marks": [],
    }


def test_csv_has_one_row_a_hit_in_order() -> None:
    found = rows(inquiry("数字", "x y"))
    assert [(row["lang"], row["rank"], row["title"]) for row in found] == [
        ("en", "1", "数字"),
        ("en", "2", "x y"),
        ("zh", "1", "数字"),
        ("zh", "2", "x y"),
    ]


def test_the_table_says_how_and_how_many() -> None:
    out = printed(inquiry("a x b", undated=3), 80)
    assert "English 1 page · 中文 12 pages" in out
    assert "en: x  (no term of the topic in it: asked as it stands)" in out
    assert "zh: x\n" in out
    assert "undated pages that match are left out: 3 中文" in out
    assert "a «x» b" in out
    assert "2024-06" in out


def test_pages_found_by_meaning_alone_are_said_beside_the_count() -> None:
    answer = inquiry("x").answers["zh"]._replace(meaning=True, by_meaning=9)
    assert heading("zh", answer) == "中文: best 1 of 12 and 9 by meaning"


def test_a_wide_terminal_shows_the_languages_side_by_side() -> None:
    wide, narrow = printed(inquiry("x"), 140, terminal=True), printed(inquiry("x"), 80)
    both = [line for line in wide.splitlines() if "English: best" in line]
    assert "中文: best 1 of 12" in both[0]
    assert not any("English: best" in line and "中文" in line for line in narrow.splitlines())


def test_an_undated_page_says_so() -> None:
    one = hit("x")
    page = one.stored._replace(page=one.stored.page._replace(published=None))
    node = parse("x")
    answers = {"en": Answer(Asked(node), 1, (one._replace(stored=page),))}
    assert "undated" in printed(Inquiry("x", Question(node), answers), 80)


def test_a_narrow_terminal_breaks_lines_beside_the_number() -> None:
    out = printed(inquiry("x数字政府" * 30 + " word" * 20), 40, terminal=True)
    hits = out[out.index("English: best") :].splitlines()[1:]
    assert hits[0].startswith("  1. x数字政府")
    assert all(cell_len(line) <= 40 for line in hits)
    assert all(line.startswith(("     ", "中文", "  1.")) or not line.strip() for line in hits)


def test_matches_in_context_are_aligned_and_name_their_pages() -> None:
    texts = ("前面的文字 x 後面", "ｆｕｌｌ　ｗｉｄｔｈ x y", "a\u0301bc x", "👍👍 x z", "x 。")
    found = inquiry(*texts)
    answers = {
        lang: answer._replace(
            hits=tuple(one._replace(lines=in_context(one)) for one in answer.hits)
        )
        for lang, answer in found.answers.items()
    }
    asked = found.question._replace(in_context=True)
    out = printed(found._replace(answers=answers, question=asked), 70)
    english = out.split("中文 ──")[0].splitlines()
    matches = [
        line for line in (f"{one} " for one in english) if " x " in line and " · " not in line
    ]
    places = {cell_len(line[: line.index(" x ") + 1]) for line in matches}
    assert {place for place in places if place > 20} == {max(places)}
    assert [line for line in english if line.startswith("   1  前面的文字 x 後面 · ")]
    assert all(cell_len(line) <= 70 for line in english)


def in_context(one: Hit) -> tuple[Line, ...]:
    query = compiled(parse("x"), "zh")
    assert query
    return tuple(lines(one.stored.page.text, query, "zh"))


def test_what_was_not_translated_is_told_in_every_form() -> None:
    asked = Asked(parse("税 NOT health"), as_written=("NOT health",))
    told = inquiry("x")._replace(answers={"zh": Answer(asked, 0, ())})
    line = "中文: asked as written, for want of a sure translation: NOT health"
    assert line in printed(told, 120)
    assert json.loads(as_json(told))["languages"]["zh"]["as_written"] == ["NOT health"]
    assert "for want of" not in printed(told._replace(similar=True), 120)
