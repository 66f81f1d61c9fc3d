"""The truth about the sample web."""

from __future__ import annotations

import re
from urllib.robotparser import RobotFileParser

import pytest

from samples import truth
from samples.content_reader import sites
from samples.serve import Served
from samples.web import build

ORIGINS = {site.id: f"http://127.0.0.1:{5000 + i}" for i, site in enumerate(sites())}
WEB = build(ORIGINS)
PAGES = truth.pages()
ANNOUNCEMENTS = re.compile(r"^/(robots\.txt|sitemap[\w.-]*|rss\.xml|atom\.xml)$")


def test_truth_covers_every_page_that_is_served() -> None:
    served = {
        (name, path)
        for name, built in WEB.items()
        for path in built.replies
        if not ANNOUNCEMENTS.match(path)
    }

    assert {(page.site, page.path) for page in PAGES} == served
    assert len(PAGES) == len(served)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: f"{page.site}:{page.path}")
def test_truth_is_what_is_served(page: truth.SamplePage) -> None:
    reply = WEB[page.site].reply(page.path)

    assert reply is not None
    assert reply.status == page.status
    text = reply.body.decode(page.charset)
    for paragraph in page.text.splitlines():
        # Links and escapes stand between the words of some paragraphs; their starts do not.
        assert paragraph[:8].split("[")[0] in text


def test_truth_about_robots_is_what_robots_txt_says() -> None:
    for site in sites():
        rules = RobotFileParser()
        rules.parse(site.robots.splitlines())
        for page in PAGES:
            if page.site == site.id:
                allowed = rules.can_fetch("duizhao", ORIGINS[site.id] + page.path)
                assert allowed == page.reachable, page


def test_kinds_and_states() -> None:
    assert {page.kind for page in PAGES} == {truth.ARTICLE, truth.HUB, truth.OTHER}
    assert {page.status for page in PAGES} == {200, 302, 404, 500}
    assert {page.lang for page in PAGES if page.kind == truth.ARTICLE} == {"en", "zh"}
    assert sum(not page.reachable for page in PAGES) >= 4
    assert any(page.routes == ("sitemap",) for page in PAGES)
    assert any(page.routes == ("feed",) for page in PAGES)


def test_references_lead_to_pages() -> None:
    known = {(page.site, page.path) for page in PAGES}
    for page in PAGES:
        for reference in (page.reprint_of, page.translation_of):
            assert reference is None or reference in known


def test_urls_come_from_the_server() -> None:
    with_urls = truth.pages(Served(ORIGINS))

    assert all(page.url == ORIGINS[page.site] + page.path for page in with_urls)
    assert all(page.url == "" for page in PAGES)


@pytest.mark.parametrize(
    ("path", "trapped"),
    [("/calendar?month=2031-01", True), ("/calendar", True), ("/art/2023/qs0301.html", False)],
)
def test_is_trap(path: str, trapped: bool) -> None:
    assert truth.is_trap(path) is trapped
