"""Charts: every bar where its number says, every chart with a name and a unit."""

from __future__ import annotations

import re
from xml.etree import ElementTree

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markupsafe import Markup

from report.render.chart import MIN_BAR, Pair, butterfly, columns, pair_bars, stack, ticks

counts = st.integers(0, 10**9)
# No label may be taken for a number that is none.
labels = st.text(max_size=9).filter(lambda text: not re.search("(?i)nan|inf", text))
pairs = st.lists(st.builds(Pair, labels, counts, counts), max_size=40)
last = st.builds(Pair, st.just("undated"), counts, counts)


def parsed(chart: Markup) -> ElementTree.Element:
    """Parse as XML, which is stricter than HTML: what passes is well formed."""
    root = ElementTree.fromstring(chart)
    assert root.get("role") == "img"
    assert [child.tag for child in root[:2]] == ["title", "desc"]
    assert all(child.text for child in root[:2])
    return root


def percent(element: ElementTree.Element, name: str) -> float:
    return float(element.attrib[name].removesuffix("%"))


def widths(root: ElementTree.Element, kind: str) -> list[float]:
    return [percent(e, "width") for e in root.iter("rect") if e.get("class") == kind]


def test_a_butterfly_has_english_left_and_chinese_right() -> None:
    root = parsed(butterfly(Pair("云", 10, 40), 40, "one work"))
    en, zh = root.iter("rect")
    assert (en.get("class"), zh.get("class")) == ("en", "zh")
    assert percent(en, "x") + percent(en, "width") == pytest.approx(50)
    assert percent(zh, "x") == 50
    assert percent(zh, "width") == pytest.approx(4 * percent(en, "width"))


@pytest.mark.parametrize("pair", [Pair("a", 0, 3), Pair("a", 3, 0), Pair("a", 0, 0)])
def test_a_zero_is_visible(pair: Pair) -> None:
    root = parsed(butterfly(pair, 3, "one work"))
    assert len(list(root.iter("rect"))) == (pair.en > 0) + (pair.zh > 0)
    assert [t.text for t in root.iter("text")] == ["0"] * ((pair.en == 0) + (pair.zh == 0))


def test_one_of_a_million_is_still_a_bar() -> None:
    root = parsed(butterfly(Pair("a", 1, 10**6), 10**6, "one work"))
    assert widths(root, "en") == [MIN_BAR]


@given(pairs, last)
def test_no_chart_leaves_its_frame(rows: list[Pair], end: Pair) -> None:
    most = max((max(row.en, row.zh) for row in rows), default=0)
    charts = [
        pair_bars(rows, "t", "u"),
        columns(rows, end, "t", "u"),
        *(butterfly(row, most, "u") for row in rows),
        stack([(f"s{i}", row.en) for i, row in enumerate(rows)], "t", "u"),
    ]
    for chart in charts:
        assert "nan" not in chart.lower()
        assert "inf" not in chart.lower()
        for rect in parsed(chart).iter("rect"):
            x, width = percent(rect, "x"), percent(rect, "width")
            assert x >= 0
            # The shortest bars may add up to a little more than the whole.
            assert x + width <= 100.01 + MIN_BAR * len(rows)
            assert float(rect.attrib["height"]) >= 0
            assert float(rect.attrib["y"]) >= 0


def test_the_undated_stand_apart_at_the_right() -> None:
    years = [Pair("2023", 1, 2), Pair("2024", 2, 4)]
    root = parsed(columns(years, Pair("undated", 4, 4), "t", "u"))
    labels = [t.text for t in root.iter("text") if t.get("class") == "tick"]
    assert labels == ["2023", "2024", "undated"]
    (line,) = (e for e in root.iter("line") if e.get("class") == "apart")
    xs = [percent(e, "x") for e in root.iter("rect")]
    assert [x > percent(line, "x1") for x in xs] == [False] * 4 + [True] * 2


def test_a_stack_is_as_long_as_its_parts() -> None:
    root = parsed(stack([("stored", 30), ("failed", 0), ("gone", 10)], "t", "u"))
    assert widths(root, "stored") == [75]
    assert widths(root, "gone") == [25]
    assert widths(root, "failed") == []


@given(st.integers(0, 10**12))
def test_ticks_are_few_and_round(most: int) -> None:
    values = ticks(most)
    assert values[0] == 0
    assert len(values) <= 5
    assert most == 0 or len(values) >= 2
    assert values[-1] <= most
