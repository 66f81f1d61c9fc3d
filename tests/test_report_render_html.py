"""The page: what it says where, its policy, its languages, its links."""

from __future__ import annotations

from pathlib import Path

import lxml.html
import pytest

from report.render.html import host, ratio, share
from store.model import Account, Run
from tests.report_html import parsed
from tests.report_store import PRESS, MemoryStore, a_page, files_of

LIMITS = (("max_pages_per_source", "gov", 123),)
RUN = Run(7, "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", "limit", "{}", 9, None, LIMITS)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> lxml.html.HtmlElement:
    pages = [
        *(a_page(i, "Digital government", "en", title=f"English {i}") for i in range(1, 7)),
        *(a_page(10 + i, title=f"中文 {i}") for i in range(20)),
        a_page(50, title="繁體", script="hant", url="javascript:alert(1)", source=PRESS),
    ]
    account = Account(40, 27, 0, 3, 0, 10, (("skipped", "robots", 3),))
    store = MemoryStore(pages, {1: ("sitemap",)}, (RUN,), account)
    return parsed(files_of(store, tmp_path_factory.mktemp("report")).html.read_text("utf-8"))


def test_the_policy_allows_nothing_but_inline_style(page: lxml.html.HtmlElement) -> None:
    (policy,) = page.xpath("//meta[@http-equiv='Content-Security-Policy']/@content")
    rules = [rule.strip() for rule in policy.split(";")]
    assert rules[:3] == ["default-src 'none'", "style-src 'unsafe-inline'", "img-src data:"]


def test_the_caution_stands_before_every_chart(page: lxml.html.HtmlElement) -> None:
    order = [e.tag for e in page.iter("aside", "svg")]
    assert order[0] == "aside"
    caution = page.xpath("//aside")[0].text_content()
    for word in ("not an estimate", "sources", "limits", "routes", "audit sample", "uncertainty"):
        assert word in caution


def test_chinese_is_marked_as_chinese(page: lxml.html.HtmlElement) -> None:
    marked = {bdi.text: bdi.get("lang") for bdi in page.xpath("//ol//bdi[@lang]")}
    assert marked["English 1"] == "en"
    assert marked["中文 1"] == "zh-Hans"
    assert marked["繁體"] == "zh-Hant"


def test_only_web_links_are_live(page: lxml.html.HtmlElement) -> None:
    assert page.xpath("//a[.//bdi[text()='English 1']]/@href") == ["https://example.org/1"]
    assert page.xpath("//bdi[text()='繁體']")
    assert not page.xpath("//a[.//bdi[text()='繁體']]")


def test_every_chart_has_a_name_and_a_unit_and_a_table(page: lxml.html.HtmlElement) -> None:
    charts = page.xpath("//svg")
    assert len(charts) > 20
    for chart in charts:
        assert chart.xpath("./title")[0].text
        assert "unit" in chart.xpath("./desc")[0].text
    for figure in page.xpath("//figure"):
        assert figure.xpath("./figcaption")[0].text_content().strip()
        near = figure.xpath(".//table | following-sibling::*[position() <= 1]//table")
        assert near


@pytest.mark.parametrize(
    "term", ["page", "article, hub", "on topic", "work", "reprint", "route", "frame", "log₂"]
)
def test_every_figure_is_defined(page: lxml.html.HtmlElement, term: str) -> None:
    assert term in [dt.text for dt in page.xpath("//dl/dt")]


def test_limits_name_the_source_and_what_is_left(page: lxml.html.HtmlElement) -> None:
    (section,) = page.xpath("//section[@id='crawl']")
    text = section.text_content()
    for word in ("中国政府网", "123", "forbidden by robots.txt", "ended at a limit"):
        assert word in text


def test_lengths_are_not_compared(page: lxml.html.HtmlElement) -> None:
    assert "Lengths are not compared across the languages" in page.text_content()


@pytest.mark.parametrize(
    ("log2", "said"), [(None, "–"), (2.04, "+2.0"), (-1.26, "−1.3"), (0.0, "0.0"), (-0.01, "0.0")]
)
def test_ratios_in_words(log2: float | None, said: str) -> None:
    assert ratio(log2) == said


@pytest.mark.parametrize(
    ("count", "total", "said"), [(0, 0, "–"), (0, 9, "0 %"), (1, 999, "<1 %"), (1, 3, "33 %")]
)
def test_shares_in_words(count: int, total: int, said: str) -> None:
    assert share(count, total) == said


@pytest.mark.parametrize(("url", "said"), [("https://a.cn/x", "a.cn"), ("http://[", ""), ("", "")])
def test_hosts(url: str, said: str) -> None:
    assert host(url) == said


def test_a_run_that_goes_on_has_cut_nothing_yet(tmp_path: Path) -> None:
    running = Run(8, "2026-01-02T00:00:00Z", "", "running", "{}", 0, None, ())
    store = MemoryStore([a_page(1)], {}, (RUN, running))
    text = parsed(files_of(store, tmp_path).html.read_text("utf-8")).text_content()
    assert "These limits cut run 7" in text
