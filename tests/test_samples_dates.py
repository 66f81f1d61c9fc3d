"""The spellings of a date on the sample sites."""

from __future__ import annotations

from samples.dates import http_date, styles


def test_every_style() -> None:
    assert styles("2023-05-06") == {
        "iso": "2023-05-06",
        "zh_date": "2023年5月6日",
        "gb_date": "2023年05月06日",
        "roc_date": "民國112年5月6日",
        "us_date": "May 6, 2023",
        "uk_date": "6 May 2023",
    }


def test_an_undated_page_has_the_same_fields_all_empty() -> None:
    assert styles("").keys() == styles("2023-05-06").keys()
    assert set(styles("").values()) == {""}


def test_http_date() -> None:
    assert http_date("2023-05-06") == "Sat, 06 May 2023 00:00:00 GMT"
