"""Links, base, canonical address, feeds, robots."""

from __future__ import annotations

import pytest

from page.links import MAX_LINKS, Leads, leads
from page.model import Link
from page.parse import parse

URL = "http://example.org/dir/page.html"


def read(html: str) -> Leads:
    return leads(parse(html).tree, URL)


def test_links_are_absolute_keys_and_the_first_counts() -> None:
    html = (
        '<a href="a?utm_source=x">一 <b>号</b></a> <a href="/dir/a">again</a>'
        '<a rel="external NoFollow" href="//b.example/">b</a> <a href="#top">top</a>'
        '<a href="javascript:void(0)">js</a> <a href="mailto:x@y.z">m</a> <a href="file:///etc">f</a>'
    )
    assert read(html).links == (
        Link("http://example.org/dir/a", "一 号"),
        Link("http://b.example/", "b", nofollow=True),
    )


@pytest.mark.parametrize(
    ("charset", "query"),
    [
        ("utf-8", "?c=%E6%94%BF&p=1"),
        ("", "?c=%E6%94%BF&p=1"),
        ("utf-16-le", "?c=%E6%94%BF&p=1"),
        ("gb18030", "?c=%D5%FE&p=1"),
        ("big5", "?c=%ACF&p=1"),
        ("windows-1252", "?c=%26%2325919%3B&p=1"),
    ],
)
def test_a_query_is_sent_in_the_charset_of_its_page_and_a_path_is_not(
    charset: str, query: str
) -> None:
    html = '<link rel="canonical" href="/政?c=政&p=1"><a href="/政?c=政&p=1">政</a>'
    found = leads(parse(html).tree, URL, charset=charset)
    assert found.links[0].url == f"http://example.org/%E6%94%BF{query}"
    assert found.canonical == found.links[0].url


def test_base_is_resolved_against_the_page() -> None:
    html = '<base href="/other/"><a href="x">x</a><link rel="canonical" href="y">'
    found = read(html)
    assert (found.links[0].url, found.canonical) == (
        "http://example.org/other/x",
        "http://example.org/other/y",
    )


def test_pictures_frames_areas_and_refreshes_lead_somewhere() -> None:
    html = (
        '<meta http-equiv="Refresh" content="5; URL=\'/next\'"><a href="/p"><img alt="图"></a>'
        '<map><area href="/area" alt="区"></map>'
    )
    assert {link.url.rsplit("/", 1)[1]: link.anchor for link in read(html).links} == {
        "next": "",
        "p": "图",
        "area": "区",
    }
    frames = read("<html><frameset><frame src='/left.htm'></frameset></html>")
    assert [link.url for link in frames.links] == ["http://example.org/left.htm"]


def test_what_a_page_shows_in_a_frame_is_found_and_marked() -> None:
    html = (
        "<iframe src='list.htm?c=政' title='最新政策'></iframe><iframe src='about:blank'></iframe>"
        "<iframe srcdoc='x'></iframe><iframe src='/both'></iframe><a href='/both'>both</a>"
        "<noscript><iframe src='https://ads.example/ns.html'></iframe></noscript>"
    )
    assert read(html).links == (
        Link("http://example.org/both", "both"),
        Link("http://example.org/dir/list.htm?c=%E6%94%BF", "最新政策", framed=True),
        Link("https://ads.example/ns.html", framed=True),
    )


def test_feeds() -> None:
    html = (
        '<link rel="alternate" type="application/rss+xml" href="/feed.xml">'
        '<link rel="alternate" type="application/atom+xml; charset=utf-8" href="/atom">'
        '<link rel="alternate" hreflang="zh" href="/zh">'
    )
    assert read(html).feeds == ("http://example.org/feed.xml", "http://example.org/atom")


def test_robots() -> None:
    found = read('<meta name="ROBOTS" content="NOINDEX,follow"><meta name="robots" content="none">')
    assert (found.noindex, found.nofollow) == (True, True)
    assert not read('<meta name="robots" content="index, follow">').noindex


def test_links_are_capped() -> None:
    html = "".join(f'<a href="/{i}">{i}</a>' for i in range(MAX_LINKS + 50))
    assert len(read(html).links) == MAX_LINKS
