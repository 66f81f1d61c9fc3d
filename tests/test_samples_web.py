"""The built sample web: every byte that would be served."""

from __future__ import annotations

import gzip
import re
from html import unescape
from urllib.parse import urlsplit

import pytest
from lxml import etree

from samples import endless
from samples.announce import GZIPPED_SITEMAP
from samples.content_reader import sites
from samples.render import fill
from samples.truth import BLOCKED
from samples.web import Built, build

ORIGINS = {site.id: f"http://127.0.0.1:{5000 + i}" for i, site in enumerate(sites())}
WEB = build(ORIGINS)
HTML = [
    pytest.param(built, path, id=f"{name}:{path}")
    for name, built in WEB.items()
    for path, reply in built.replies.items()
    if reply.type.startswith("text/html") and reply.status == 200 and reply.body
]
DELIBERATELY_BROKEN = {"/2019/01/01/lost-post/", "/broken/statistics"}


def _text(built: Built, path: str) -> str:
    return built.replies[path].body.decode(built.site.charset)


@pytest.mark.parametrize(("built", "path"), HTML)
def test_every_link_leads_somewhere(built: Built, path: str) -> None:
    for href in re.findall(r'href="([^"]*)"', _text(built, path)):
        link = unescape(href)
        if link in BLOCKED or link.startswith(("javascript:", "mailto:", "#")):
            continue
        parts = urlsplit(link)
        target = built
        if parts.netloc:
            origin = f"{parts.scheme}://{parts.netloc}"
            (target,) = (b for name, b in WEB.items() if ORIGINS[name] == origin)
        found = target.reply(link.removeprefix(ORIGINS[target.site.id]))
        assert found is not None, link
        assert found.status < 400 or parts.path in DELIBERATELY_BROKEN, link


@pytest.mark.parametrize("built", WEB.values(), ids=WEB.keys())
def test_every_article_but_the_orphans_is_linked_on_its_site(built: Built) -> None:
    linked = {
        unescape(href)
        for path, reply in built.replies.items()
        if reply.type.startswith("text/html")
        for href in re.findall(r'href="([^"]*)"', _text(built, path))
    }

    assert {a.path for a in built.site.articles if not a.orphan} <= linked


def test_orphans_are_linked_from_nowhere() -> None:
    orphans = [(site, a) for site in sites() for a in site.articles if a.orphan]
    assert len(orphans) >= 3
    for site, article in orphans:
        assert site.sitemap or site.feed
        for built in WEB.values():
            for path, reply in built.replies.items():
                if reply.type.startswith("text/html"):
                    assert article.path not in _text(built, path)


def test_a_wrong_charset_claim_would_garble_the_page() -> None:
    """The lying sites really lie: what they claim is not what they send."""
    liars = [b for b in WEB.values() if b.site.meta_charset == "gb2312"]
    assert len(liars) == 3
    for built in liars:
        pages = [r.body for r in built.replies.values() if r.type.startswith("text/html")]
        with pytest.raises(UnicodeDecodeError):
            b"".join(pages).decode(built.site.meta_charset)


def test_the_script_in_the_title_is_inert() -> None:
    page = _text(WEB["policy-digest"], "/a/10120.html")

    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "<script>alert" not in page


def test_an_undated_page_has_no_date_of_its_own() -> None:
    page = _text(WEB["linhai-gov"], "/zwgk/ggsm.html")

    assert "PubDate" not in page
    assert "发布时间" not in page


def test_only_the_page_that_asks_for_it_is_noindex() -> None:
    marked = [
        path
        for built in WEB.values()
        for path, reply in built.replies.items()
        if b'name="robots" content="noindex"' in reply.body
    ]

    assert marked == ["/a/10126.html"]


@pytest.mark.parametrize(
    ("style", "site", "path"),
    [
        ('name="PubDate" content="2023-05-06', "linhai-gov", "/zwgk/202305/t20230506_1832.html"),
        ("发布时间：2023年3月1日", "qingshan-city", "/art/2023/qs0301.html"),
        ('<time datetime="2023-03-02">', "qingshan-en", "/news/2023/no-certificate-city"),
        ('"datePublished": "2022-11-30"', "meridian", "/analysis/who-pays-for-the-cloud"),
        ('published_time" content="2023-08-14', "harbour-post", "/en/policy/iam-smart-queue"),
        ("發布日期：民國112年5月6日", "dongao-gov", "/news/1120506.html"),
        ("By Daniel Marsh, May 6, 2023", "slow-lane", "/2023/05/06/one-app-nine-counters/"),
        ("发表于 2023年07月23日", "old-street", "/p/mama-learns-linhaiban.html"),
        ("Published: 15 September 2022", "ppopa", "/publications/regional-survey-2022"),
        ("来源：林海日报", "policy-digest", "/a/10063.html"),
        ("來源：林海日報", "policy-digest", "/tw/20301.html"),
        ("Source: Meridian Institute", "policy-digest", "/en/30007.html"),
    ],
)
def test_date_and_source_styles(style: str, site: str, path: str) -> None:
    assert style in _text(WEB[site], path)


def test_the_date_of_the_newspaper_is_in_its_url_alone() -> None:
    page = _text(WEB["linhai-daily"], "/2023/0508/c1001.html")
    article = page[page.index("rm_txt") : page.index("tjyd")]

    assert not re.search(r"2023[-年/]", article)


@pytest.mark.parametrize(
    ("site", "path"),
    [
        ("qingshan-city", "/sitemap.xml"),
        ("qingshan-en", "/sitemap.xml"),
        ("qingshan-en", GZIPPED_SITEMAP),
        ("linhai-daily", "/rss.xml"),
        ("harbour-post", "/atom.xml"),
    ],
)
def test_announcements_are_well_formed_and_true(site: str, path: str) -> None:
    body = WEB[site].replies[path].body
    tree = etree.fromstring(gzip.decompress(body) if path.endswith(".gz") else body)
    values = [*tree.itertext(), *(str(v) for e in tree.iter() for v in e.attrib.values())]
    found = [v.strip() for v in values if v.strip().startswith(ORIGINS[site])]

    assert found
    for url in found:
        assert WEB[site].reply(url.removeprefix(ORIGINS[site])) is not None


@pytest.mark.parametrize(
    ("target", "page"),
    [
        ("/a/10021.html?utm_source=x", "/a/10021.html"),
        ("/a/10021.html;jsessionid=AB12", "/a/10021.html"),
        ("/?PHPSESSID=1", "/"),
    ],
)
def test_variants_are_the_same_page(target: str, page: str) -> None:
    assert WEB["policy-digest"].reply(target) == WEB["policy-digest"].replies[page]


def test_paged_lists_are_chosen_by_their_query() -> None:
    dongao = WEB["dongao-gov"]

    assert dongao.reply("/news/index.html?page=1") != dongao.reply("/news/index.html")


def test_the_calendar_has_no_end() -> None:
    seen: set[str] = set()
    target = endless.FIRST
    for _ in range(200):
        page = endless.month_page(target)
        assert page is not None
        seen.add(target)
        target = re.findall(r'href="(/calendar[^"]*)"', page)[1]

    assert len(seen) == 200
    assert target == "/calendar?month=2041-01"


@pytest.mark.parametrize("query", ["", "?month=", "?month=2024-13", "?month=abc", "?m=2024-01"])
def test_the_calendar_refuses_what_is_no_month(query: str) -> None:
    assert endless.month_page(endless.PATH + query) is None


def test_building_twice_gives_the_same_bytes() -> None:
    assert build(ORIGINS) == WEB


def test_fill_leaves_out_lines_with_an_empty_field() -> None:
    template = "<p>$title</p>\n<p>${iso}T00:00</p>\n<p>$title $iso</p>\nend"

    assert fill(template, {"title": "题", "iso": ""}) == "<p>题</p>\nend"
