"""What each language's index holds of a page."""

from __future__ import annotations

import pytest

from index.analysis import ANALYZERS
from index.document import days, documents, sites
from tests.memory_store import stored

DAYS = [
    ("2024-06-01", (20240601, 20240601)),
    ("2024-02", (20240201, 20240229)),
    ("2023-02", (20230201, 20230228)),
    ("2024", (20240101, 20241231)),
    ("", (0, 0)),
    ("2024-13", (0, 0)),
    ("2024-00", (0, 0)),
    ("2024-02-30", (0, 0)),
    ("2024-06-00", (0, 0)),
    ("0000", (0, 0)),
    ("2024-6-1", (0, 0)),
    ("yesterday", (0, 0)),
]


@pytest.mark.parametrize(("date", "expected"), DAYS)
def test_days(date: str, expected: tuple[int, int]) -> None:
    assert days(date) == expected


def test_sites_are_the_host_and_what_is_above_it() -> None:
    assert sites("www.Zj.gov.cn") == ("www.zj.gov.cn", "zj.gov.cn", "gov.cn", "cn")
    assert sites("localhost") == ("localhost",)
    assert sites("a.gov.cn:8080") == ("a.gov.cn:8080", "a.gov.cn", "gov.cn", "cn")
    assert sites("[2001:db8::1]:80") == ("[2001:db8::1]:80", "[2001:db8::1]")
    assert sites("[2001:db8::1]") == ("[2001:db8::1]",)


def words(lang: str, text: str) -> str:
    return ANALYZERS[lang].stored(text)


def test_a_bilingual_page_is_in_both_with_its_own_part() -> None:
    page = stored(
        1, 1, segments=[("zh", "数字政府"), ("en", "Digital"), ("zh", "上海")], title="题"
    )
    parts = documents(page)
    assert parts["zh"].body == words("zh", "数字政府\n上海")
    assert parts["en"].body == words("en", "Digital")
    assert parts["zh"].title == words("zh", "题")
    assert parts["en"].title == ""


TITLES = [
    # (why, page's language, segments' languages, title, who gets it)
    ("its own language", "zh", "zh en", "Digital government", "en"),
    ("the page's where there is no such text", "zh", "zh", "Digital government", "zh"),
    ("a Chinese title of an English page", "en", "en", "数字政府", "en"),
    ("mixed: the greater part", "zh", "zh en", "数字政府 in Shanghai city", "en"),
    ("signs only: the page's", "zh", "zh en", "2024", "zh"),
    ("no title", "zh", "zh", "", ""),
    ("a page in neither", "ja", "ja", "日本", ""),
]


@pytest.mark.parametrize(("why", "lang", "held", "title", "to"), TITLES, ids=[c[0] for c in TITLES])
def test_the_title_goes_to_one_language(
    why: str, lang: str, held: str, title: str, to: str
) -> None:
    text = {"zh": "数字政府", "en": "Digital", "ja": "デジタル"}
    page = stored(1, 1, lang=lang, segments=[(x, text[x]) for x in held.split()], title=title)
    page_in = documents(page)
    assert {name for name, document in page_in.items() if document.title} == set(to.split())


def test_a_page_without_text_is_found_by_its_title() -> None:
    assert set(documents(stored(1, 1, "", "zh", title="数字政府"))) == {"zh"}
    assert documents(stored(1, 1, "", "zh")) == {}


def test_what_filters_see() -> None:
    document = documents(stored(7, 1, "文", date="2024-06", kind="hub", script="hant"))["zh"]
    assert (document.first_day, document.last_day) == (20240601, 20240630)
    assert (document.source, document.kind, document.region) == ("gov", "government", "mainland")
    assert (document.page_kind, document.script, document.url_id) == ("hub", "hant", 7)
