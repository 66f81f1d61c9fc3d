"""Sitemaps and feeds: every format, and everything a stranger may send instead."""

from __future__ import annotations

import gzip
import time
from collections import Counter
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from config.load import load
from crawler import scope, sitemap
from crawler.scope import Scope
from crawler.sitemap import Entries, looks_like_listing, read
from crawler.spiders import base
from crawler.spiders.site import SiteSpider
from page.links import MAX_FEEDS
from page.url import canonical
from store import open_store, runs
from store.frontier import Lease
from store.owner import owner_name
from tests.crawling import configuration, crawl, outcomes
from tests.hostile_site import Site, article, running
from tests.test_crawler_visiting import make_due

BASE = "http://a.cn/sitemap.xml"
MEGABYTE = 1 << 20
NS = "xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'"
URLSET = (
    f"<?xml version='1.0'?><urlset {NS}><url><loc> http://a.cn/数字 </loc><lastmod>2024</lastmod>"
    "</url><url><loc>/b?utm_source=x</loc></url></urlset>"
)
INDEX = f"<sitemapindex {NS}><sitemap><loc>http://a.cn/1.xml.gz</loc></sitemap></sitemapindex>"
RSS = "<rss version='2.0'><channel><link>http://a.cn/</link><item><title>t</title><link>http://a.cn/1</link></item></channel></rss>"
ATOM = (
    "<feed xmlns='http://www.w3.org/2005/Atom'><link href='http://a.cn/feed' rel='self'/><entry>"
    "<link rel='edit' href='/edit'/><link href='http://a.cn/2'/></entry></feed>"
)
RDF = "<rdf:RDF xmlns:rdf='http://www.w3.org/1999/02/22-rdf-syntax-ns#' xmlns='http://purl.org/rss/1.0/'><item><link>http://a.cn/3</link></item></rdf:RDF>"


@pytest.mark.parametrize(
    ("text", "pages", "sitemaps"),
    [
        (URLSET, ("http://a.cn/%E6%95%B0%E5%AD%97", "http://a.cn/b"), ()),
        (INDEX, (), ("http://a.cn/1.xml.gz",)),
        (RSS, ("http://a.cn/1",), ()),
        (ATOM, ("http://a.cn/2",), ()),
        (RDF, ("http://a.cn/3",), ()),
        ("http://a.cn/1\nhttp://a.cn/2\n", ("http://a.cn/1", "http://a.cn/2"), ()),
        ("\ufeff  \n" + URLSET[21:], ("http://a.cn/%E6%95%B0%E5%AD%97", "http://a.cn/b"), ()),
    ],
)
def test_formats(text: str, pages: tuple[str, ...], sitemaps: tuple[str, ...]) -> None:
    body = text.encode()
    expected = Entries(pages, sitemaps)
    assert read(body, BASE, MEGABYTE) == expected
    assert read(gzip.compress(body), BASE, MEGABYTE) == expected


@pytest.mark.parametrize(
    ("text", "pages"),
    [
        (
            "<feed xmlns='http://www.w3.org/2005/Atom' xml:base='http://b.cn/blog/'><entry>"
            "<link href='1.html'/></entry><entry xml:base='2024/'><link href='2.html'/></entry>"
            "<entry><link xml:base='/x/' href='3.html'/></entry>"
            "<entry xml:base='javascript:x'><link href='4.html'/></entry></feed>",
            ("blog/1.html", "blog/2024/2.html", "x/3.html", "blog/4.html"),
        ),
        (
            "<rss><channel><item><guid>http://b.cn/1</guid></item>"
            "<item><link/><guid isPermaLink='true'> http://b.cn/2 </guid></item>"
            "<item><guid isPermaLink='false'>http://b.cn/no</guid></item>"
            "<item><guid>17</guid></item><item><guid>tag:b.cn,2024:1</guid></item>"
            "<item><guid>http://b.cn/?p=3</guid><link>http://b.cn/3</link></item>"
            "<item><atom:link xmlns:atom='http://www.w3.org/2005/Atom' href='http://b.cn/4'/></item>"
            "<item><a:link xmlns:a='http://www.w3.org/2005/Atom' rel='replies' href='/no'/>"
            "<guid>http://b.cn/5</guid></item></channel></rss>",
            ("1", "2", "3", "4", "5"),
        ),
    ],
)
def test_feeds_that_give_addresses_in_another_way(text: str, pages: tuple[str, ...]) -> None:
    assert read(text.encode(), BASE, MEGABYTE).pages == tuple(f"http://b.cn/{p}" for p in pages)


def test_an_item_of_many_names_costs_no_time() -> None:
    begun = time.process_time()
    read(b"<rss><item>" + b"<guid>7</guid>" * 200_000, BASE, 10 * MEGABYTE)
    assert time.process_time() - begun < 5


def test_a_declared_charset_is_heeded() -> None:
    text = f"<?xml version='1.0' encoding='gb2312'?><urlset {NS}><url><loc>http://a.cn/政</loc></url></urlset>"
    assert read(text.encode("gb2312"), BASE, MEGABYTE).pages == ("http://a.cn/%E6%94%BF",)


def _feed(label: str, titles: str, codec: str) -> bytes:
    items = "".join(
        f"<item><title>{c}</title><link>http://a.cn/{n}</link></item>" for n, c in enumerate(titles)
    )
    return f"<?xml version='1.0' encoding='{label}'?><rss>{items}</rss>".encode(codec)


@pytest.mark.parametrize(
    "body",
    [
        _feed("gb2312", "数镕堃政", "gb18030"),  # characters that the declared set lacks
        _feed("gbk", "数字政府", "gb18030").replace("字".encode("gbk"), b"\xd7"),  # half of one
        _feed("big5", "數裏粧政", "big5hkscs"),
        _feed("utf-8", "数字政府", "gb18030"),
        _feed("utf-16", "数字政府", "utf-8"),
        _feed("utf-16", "数字政府", "utf-16"),
        _feed("GB_2312-80", "数字政府", "gb18030"),
        b"<br />\n<b>Warning</b>: mysql<br />\n" + _feed("utf-8", "1234", "utf-8"),
        b"Notice: undefined index\n" + _feed("utf-8", "1234", "utf-8"),
        gzip.compress(_feed("gb2312", "数镕堃政", "gb18030")),
    ],
)
def test_a_feed_that_does_not_keep_its_word_loses_nothing(body: bytes) -> None:
    assert read(body, BASE, MEGABYTE).pages == tuple(f"http://a.cn/{n}" for n in range(4))


@pytest.mark.parametrize(
    ("given", "meant"),
    [
        ("/a?x=1&y=2", "/a?x=1&y=2"),
        ("/a?x=1&amp;y=2", "/a?x=1&y=2"),
        ("/a?x=1&#38;y=2", "/a?x=1&y=2"),
        ("<![CDATA[http://a.cn/a?x=1&y=2]]>", "/a?x=1&y=2"),
        ("/a?copy=1&copy=2&lt=3", "/a?copy=1&copy=2&lt=3"),
    ],
)
def test_an_ampersand_that_nobody_escaped_stays_one(given: str, meant: str) -> None:
    body = f"<urlset><url><loc>{given}</loc></url></urlset>".encode()
    assert read(body, BASE, MEGABYTE).pages == (f"http://a.cn{meant}",)


def test_a_page_is_no_listing_and_an_empty_listing_is_one() -> None:
    for page in ("<!DOCTYPE html><html><p>404</html>", "<?xml version='1.0'?><html xmlns='x'/>"):
        assert read(page.encode(), BASE, MEGABYTE) == Entries(problem="no sitemap or feed")
    for empty in ("<urlset/>", "<rss><channel/></rss>", f"<sitemapindex {NS}></sitemapindex>"):
        assert read(empty.encode(), BASE, MEGABYTE) == Entries()


def test_a_file_that_was_packed_in_parts_is_read_whole() -> None:
    parts = [b"http://a.cn/0\nhttp://a.cn/1\n", b"http://a.cn/2\n"]
    packed = b"".join(map(gzip.compress, parts))
    whole = tuple(f"http://a.cn/{n}" for n in range(3))
    assert read(packed, BASE, MEGABYTE).pages == whole
    assert read(packed + bytes(512), BASE, MEGABYTE).pages == whole, "as a tape pads it"
    assert read(packed[:-4], BASE, MEGABYTE).pages == whole, "and cut short"
    bombs = gzip.compress(b" " * MEGABYTE) * 2
    assert "more than" in read(bombs, BASE, MEGABYTE).problem


def test_only_addresses_are_taken_of_a_text() -> None:
    body = b'{"items": [{"url": "http://a.cn/1"}], "see": "x://y"}'
    assert read(body, BASE, MEGABYTE) == Entries(problem="no addresses in it")


def test_a_section_that_never_ends_costs_no_time() -> None:
    begun = time.process_time()
    read(b"<urlset>" + b"<![CDATA[" * 500_000, BASE, 10 * MEGABYTE)
    assert time.process_time() - begun < 5


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<html><p>404",
        b"\x1f\x8b\x08broken",
        gzip.compress(b"<urlset>" + b" " * 3 * MEGABYTE, mtime=0),
        b"<!DOCTYPE x [<!ENTITY a SYSTEM 'file:///etc/passwd'>]><urlset><url><loc>&a;</loc></url></urlset>",
        b"<!DOCTYPE x ["
        + b"".join(
            b"<!ENTITY a%d '%s'>" % (n, b"&a%d;" % (n - 1) * 10 if n else b"ha") for n in range(12)
        )
        + b"]><urlset><url><loc>http://a.cn/&a11;</loc></url></urlset>",
        b"<urlset><url><loc>file:///etc/passwd</loc></url><url><loc>javascript:x</loc></url></urlset>",
        b"just words, no addresses",
    ],
)
def test_nothing_useful_is_nothing(body: bytes) -> None:
    entries = read(body, BASE, MEGABYTE)
    assert not entries.sitemaps
    assert all("passwd" not in page and "haha" not in page for page in entries.pages)
    assert not [page for page in entries.pages if page != "http://a.cn/"]


def test_an_endless_sitemap_is_cut_and_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sitemap, "MAX_ENTRIES", 10)
    body = (
        "<urlset>" + "".join(f"<url><loc>http://a.cn/{n}</loc></url>" for n in range(50))
    ).encode()
    entries = read(body, BASE, MEGABYTE)
    assert (len(entries.pages), entries.capped) == (10, True)


@given(st.binary(max_size=400))
def test_no_bytes_raise(body: bytes) -> None:
    for made in (body, b"<urlset>" + body, b"\x1f\x8b" + body):
        entries = read(made, BASE, MEGABYTE)
        listed = (*entries.pages, *entries.sitemaps)
        assert all(canonical(url) == url for url in listed), "an address that can be asked, or none"


def test_listings_are_told_from_pages() -> None:
    assert all(looks_like_listing(text.encode()) for text in (URLSET, INDEX, RSS, ATOM, RDF))
    assert not looks_like_listing(b"<!DOCTYPE html><html><body>sitemap and rss")


def test_a_source_has_so_many_sitemaps_and_so_many_feeds_whoever_names_them(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(scope, "MAX_LISTINGS", 3)
    site = "http://127.0.0.1:1"
    file = configuration(tmp_path, Site(port=1), source=f'feed = ["{site}/mine"]')
    judge = Scope(load(file))
    routes = ["robots", "sitemap", "redirect", "", "autodiscovery"]
    for role, room in (("sitemap", 3), ("feed", 2)):  # what is configured has its place
        keys = [f"{site}/{role}{n}" for n in range(5)]
        found = [judge.found(key, by, role=role) for key, by in zip(keys, routes, strict=True)]
        assert [(each.state, each.reason) for each in found] == [
            *[("pending", "")] * room,
            *[("skipped", "sitemap_limit")] * (5 - room),
        ]
        assert [each.again for each in found] == [True] * room + [False] * (5 - room)
        assert judge.found(keys[0], "links", role=role).state == "pending", "it is one of them"
    assert judge.found(f"{site}/mine", "feed", role="feed").state == "pending"
    assert judge.found(f"{site}/page", "links").state == "pending"
    assert judge.found("http://b.cn/1", "list:x", role="feed").state == "pending"


def test_a_crawl_reads_no_more_of_them_in_any_run_and_says_so(tmp_path: Path) -> None:
    site, data, most = Site(), tmp_path / "data", scope.MAX_LISTINGS
    links = "".join(
        f'<link rel=alternate type=application/atom+xml href="/f{n}">' for n in range(60)
    )
    site.html("/", article("home").replace(b"<head>", b"<head>" + links.encode()))
    with running(site):
        named = "".join(f"Sitemap: {site.base}/s{n}\n" for n in range(most + 2))
        site.robots = named.encode()
        file = configuration(tmp_path, site)
        for _ in range(2):
            site.seen.clear()
            crawl(file, data)
            make_due(data)
            asked = Counter(path[:2] for path in site.seen if path[1:])
            assert (asked["/s"], asked["/f"]) == (most, MAX_FEEDS)
            with open_store(data) as store:
                assert ("max_listings", "s0", 2) in store.runs()[-1].limits
    assert outcomes(data, site.base)[f"/s{most}"] == ("skipped", "sitemap_limit")


def test_the_addresses_of_all_sitemaps_of_a_source_are_capped_together(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(base, "MAX_LISTED", 5)
    spider = SiteSpider()
    spider._listed_by, spider._left_out = Counter(), Counter()
    with open_store(tmp_path, create=True) as store:
        run = runs.start(store.db, owner_name(), "{}")
        spider.session = SimpleNamespace(store=store, run_id=run)  # type: ignore[assignment]
        lease = Lease(1, "http://a.cn/1.xml", "a.cn", "a", "sitemap", 1, 0, 0)
        assert spider._within(lease, ("1", "2", "3")) == ("1", "2", "3")
        assert spider._within(lease, ("4", "5", "6")) == ("4", "5")
        assert spider._within(lease, ("7", "8")) == ()
        assert spider._within(replace(lease, source="b"), ("9",)) == ("9",), "each source its own"
        assert runs.runs(store.db)[-1].limits == (("max_listed", "a", 3),)


def test_looking_at_comments_takes_no_time() -> None:
    start = time.monotonic()
    assert not looks_like_listing(b"<!--a-->" * 250 + b"<html>")
    assert looks_like_listing(b"<?xml version='1.0'?><!-- a --><!DOCTYPE rss>\n<rss>")
    assert not looks_like_listing(b"<html><!-- <rdf:RDF> --><head><feed-back>")
    assert time.monotonic() - start < 1
