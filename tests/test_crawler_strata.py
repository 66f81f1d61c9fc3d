"""Equal effort: what language to expect, and whose turn it is."""

from __future__ import annotations

from collections import Counter

import pytest

from config.model import Source
from crawler.strata import LEAD, UNKNOWN, Balance, Strata
from page.model import Page
from store.frontier import Found, Lease

SOURCES = [
    Source("zh", "中文", ("zh",), "press"),
    Source("both", "Both", ("en", "zh"), "government"),
]


def found(key: str, source: str = "both", anchor: str = "") -> Found:
    return Found(f"http://{key}", key.split("/")[0], source, "links", anchor=anchor)


def lease(key: str, source: str = "both", lang: str = "") -> Lease:
    return Lease(1, f"http://{key}", key.split("/")[0], source, "page", 0, 0, 0, 0.0, lang)


def page(lang: str) -> Page:
    return Page("", "", "", "", lang, "article")


@pytest.mark.parametrize(
    ("item", "lang"),
    [
        (found("a.gov/en/x"), "en"),
        (found("a.gov/zh-hant/x"), "zh"),
        (found("english.gov.cn/x", "zh"), "en"),  # an address says more than its source
        (found("www.gov.cn/x"), ""),  # .cn names no language
        (found("a.gov/x?lang=en"), "en"),
        (found("a.gov/en/zh/x"), ""),
        (found("a.gov/x", "zh"), "zh"),
        (found("a.gov/x", anchor="数字政府"), "zh"),
        (found("a.gov/x", anchor="Building a digital government"), "en"),
        (found("a.gov/x", anchor="PDF"), ""),
        (found("a.gov/%E6%95%B0%E5%AD%97"), "zh"),
    ],
)
def test_the_language_expected(item: Found, lang: str) -> None:
    assert Strata(SOURCES).expected(item) == lang


def test_a_folder_is_believed_once_its_pages_agree() -> None:
    strata = Strata(SOURCES)
    for n in range(9):
        assert strata.of(lease(f"a.gov/news/{n}"), page("zh")) == ("zh", "government")
    assert strata.expected(found("a.gov/news/x", anchor="An English title here")) == "zh"
    assert strata.expected(found("a.gov/other/x", anchor="An English title here")) == "en"


def test_a_fetch_without_a_page_counts_where_it_was_expected() -> None:
    strata = Strata(SOURCES)
    assert strata.of(lease("a.gov/x", lang="en"), None) == ("en", "government")
    assert strata.of(lease("a.gov/x", "zh"), None) == ("zh", "press")
    assert strata.of(lease("a.gov/x"), None) == (UNKNOWN, "government")
    assert strata.of(lease("a.gov/x"), page("es")) == ("other", "government")


def test_a_host_that_no_source_names_is_of_unknown_kind() -> None:
    strata = Strata(SOURCES)
    assert strata.of(lease("b.org/x", "found:b.org"), page("en")) == ("en", UNKNOWN)
    assert strata.kind("found:b.org") == UNKNOWN
    assert strata.kind("gone") == ""


def spend(balance: Balance, left: Counter[tuple[str, str]], turns: int) -> Counter[tuple[str, str]]:
    """Fetch what is allowed, the richest stratum first, which is what must not win."""
    spent: Counter[tuple[str, str]] = Counter()
    for _ in range(turns):
        balance.left(left)
        allowed = [s for s, count in left.most_common() if count and balance.allows(s)]
        if not allowed:
            break
        balance.sent(allowed[0])
        balance.spent(allowed[0])
        balance.back(allowed[0])
        left[allowed[0]] -= 1
        spent[allowed[0]] += 1
    return spent


def test_languages_and_kinds_within_them_get_the_same() -> None:
    strata = [("zh", "press"), ("zh", "blog"), ("en", "press"), ("en", "blog"), ("en", "party")]
    left = Counter({stratum: 1000 * (n + 1) for n, stratum in enumerate(strata)})
    spent = spend(Balance(), left, 1200)
    for stratum, count in spent.items():
        assert count == pytest.approx(600 / (2 if stratum[0] == "zh" else 3), abs=LEAD)


def test_a_kind_that_is_used_up_leaves_its_share_to_the_others_of_its_language() -> None:
    left = Counter({("zh", "press"): 1000, ("zh", "blog"): 10, ("en", "press"): 1000})
    spent = spend(Balance(), left, 400)
    assert spent["zh", "blog"] == 10
    assert abs(spent["zh", "press"] + 10 - spent["en", "press"]) <= LEAD


def test_the_crawl_ends_with_the_language_that_has_less() -> None:
    left = Counter({("zh", "press"): 1000, ("en", "press"): 25, (UNKNOWN, "press"): 0})
    spent = spend(Balance(), left, 2000)
    assert spent["en", "press"] == 25
    assert spent["zh", "press"] <= 25 + LEAD


def test_what_came_back_corrects_what_was_expected() -> None:
    balance = Balance()
    for _ in range(10):  # expected English, and it was Chinese
        balance.sent(("en", "press"))
        balance.spent(("zh", "press"))
        balance.back(("en", "press"))
    assert not balance.allows(("zh", "press"))
    assert balance.allows(("en", "press"))
    assert not balance.allows((UNKNOWN, "press"))
