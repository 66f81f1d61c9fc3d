"""A page fetched again beside the one that is held."""

from __future__ import annotations

import pytest

from crawler.rereading import COUNTED, NEWS, NOTHING, reread
from page.fingerprint import content_hash
from page.model import Page, Published
from store.model import SourceRow, StoredPage

THEN, NOW = "2026-11-20T08:00:00Z", "2026-11-24T08:00:00Z"


def a_page(text: str, title: str = "通知", date: str = "2024-01-05") -> Page:
    given = {"published": Published(date, "meta", 0.9), "content_hash": content_hash(text)}
    return Page("http://a.cn/1", "utf-8", title, text, "zh", "article")._replace(**given)  # type: ignore[arg-type]


HELD = a_page("罚款1000元以下。\n阅读：1234")


@pytest.mark.parametrize(
    ("page", "found"),
    [
        (a_page("罚款1000元以下。\n阅读：1300"), NOTHING),
        (a_page("罚款2000元以下。\n阅读：1300"), NEWS),
        (a_page("罚款1000元以下。\n阅读：1300", title="关于罚款的通知"), COUNTED),
        (a_page("罚款1000元以下。\n阅读：1300", date="2024-01-06"), COUNTED),
        (HELD, NEWS),  # by its hash it has not changed; ``save`` sees that it is the same
    ],
)
def test_what_is_new(page: Page, found: str) -> None:
    source = SourceRow("a", "A", ("zh",), "press", "mainland")
    held = StoredPage(1, 1, 1, HELD.url, "a.cn", source, THEN, HELD)
    assert reread(held, page, NOW) == found
    assert reread(None, page, NOW) == NEWS


def test_a_page_dated_by_the_day_of_the_visit_is_not_new() -> None:
    source = SourceRow("a", "A", ("zh",), "press", "mainland")
    before = HELD._replace(published=Published(THEN[:10], "text", 0.5))
    held = StoredPage(1, 1, 1, HELD.url, "a.cn", source, THEN, before)
    again = a_page("罚款1000元以下。\n阅读：1300", date=NOW[:10])
    assert reread(held, again, NOW) == NOTHING
