"""Columns by year: nothing is left out, nothing that is there is drawn as none, one scale."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from web.years import HEIGHT, MOST, columns, count, span

counts = st.dictionaries(
    st.one_of(st.just(""), st.integers(1900, 2030).map(str)), st.integers(1, 10_000), max_size=40
)


def heights(svg: str) -> list[int]:
    return [int(found) for found in re.findall(r'<rect [^>]*height="(\d+)"', svg)]


@given(counts, counts)
def test_every_dated_page_is_in_a_column(en: dict[str, int], zh: dict[str, int]) -> None:
    years = span([en, zh])
    assert len(years) <= MOST + 1
    for side in (en, zh):
        assert sum(count(side, year) for year in years) == sum(side.values()) - side.get("", 0)
    most = max((count(side, year) for side in (en, zh) for year in years), default=0)
    drawn = [h for side in (en, zh) for h in heights(columns(side, years, most, "en", "t"))]
    assert len(drawn) == sum(1 for side in (en, zh) for year in years if count(side, year))
    assert all(2 <= height <= HEIGHT for height in drawn)
    assert max(drawn, default=HEIGHT) == HEIGHT


def test_gaps_are_years_too() -> None:
    assert span([{"2019": 1}, {"2022": 1, "": 4}]) == ("2019", "2020", "2021", "2022")
    assert span([{"": 3}]) == ()
    assert span([{"1990": 1, "2024": 1}])[0] == "<1995"


def test_it_carries_no_style_and_escapes_its_name() -> None:
    svg = columns({"2020": 1}, ("2020",), 1, "zh", "<b>")
    assert "style" not in svg
    assert "&lt;b&gt;" in svg
