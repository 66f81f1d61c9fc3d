"""Dates: how people write them, and which of a page's dates is its own."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.build import build
from page.datetext import numeral, read_date, read_stamp

TEXT = (
    "<p>为了规范政务服务，推进数字政府建设，制定本办法。本办法自2001年1月1日起施行，适用于本市。</p>"
    * 5
)
URL = "http://example.org/a.html"

WRITTEN = [
    ("2024年6月1日", "2024-06-01"),
    ("2024 年 06 月 01 日 09:30", "2024-06-01"),
    ("２０２４年６月１日", "2024-06-01"),
    ("二〇二四年六月一日", "2024-06-01"),
    ("二○二四年十二月三十一日", "2024-12-31"),
    ("二零二四年十一月廿日", "2024-11-20"),
    ("民國113年6月1日", "2024-06-01"),
    ("中華民國 113 年 6 月 1 日", "2024-06-01"),
    ("中華民國一百一十三年六月一日", "2024-06-01"),
    ("民國八十九年十二月三十一日", "2000-12-31"),
    ("民國一百零五年五月", "2016-05"),
    ("民國元年一月一日", "1912-01-01"),
    ("13/06/2024", "2024-06-13"),
    ("06.13.2024", "2024-06-13"),
    ("2024年6月", "2024-06"),
    ("2024-06-01T10:00:00+08:00", "2024-06-01"),
    ("2024/6/1", "2024-06-01"),
    ("2024.06.01", "2024-06-01"),
    ("Apr 8, 2016", "2016-04-08"),
    ("Sept. 8, 2016", "2016-09-08"),
    ("April 8th 2016", "2016-04-08"),
    ("8 April 2016", "2016-04-08"),
    ("Fri, 08 Apr 2016 10:00:00 GMT", "2016-04-08"),
    ("Sat Jun 01 09:30:00 CST 2024", "2024-06-01"),  # java.util.Date
    ("二O二四年六月一日", "2024-06-01"),
    ("二０二四年六月一日", "2024-06-01"),
    ("2024-02-30", ""),
    ("2024年13月1日", ""),
    ("01/06/2024", ""),  # two days, by country
    ("电话 2024-6-12345", ""),
    ("version 12024-06-01", ""),
    ("no date here", ""),
]


@pytest.mark.parametrize(("text", "date"), WRITTEN)
def test_reads_written_dates(text: str, date: str) -> None:
    assert read_date(text) == date


@pytest.mark.parametrize(
    ("stamp", "date"),
    [
        ("20240601", "2024-06-01"),
        ("20240601093000", "2024-06-01"),
        ("2024-06", "2024-06"),
        ("2024", "2024"),
        ("1717200000", "2024-06-01"),
        ("1717200000000", "2024-06-01"),
        ("20241301", ""),
        ("", ""),
    ],
)
def test_reads_stamps(stamp: str, date: str) -> None:
    assert read_stamp(stamp) == date


@given(st.dates())
def test_every_iso_day_is_read(day: object) -> None:
    text = str(day)
    assert read_stamp(text) == (text if text[:2] in ("19", "20") else "")


@pytest.mark.parametrize(
    ("text", "value"),
    [("十", 10), ("廿三", 23), ("三十一", 31), ("二〇二四", 2024), ("一百零九", 109), ("113", 113)],
)
def test_numerals(text: str, value: int) -> None:
    assert numeral(text) == value


META = '<meta name="PubDate" content="1982-12-04 09:30">'
LD = (
    '<script type="application/ld+json">{"@graph":[{"@type":"WebSite"},'
    '{"@type":"Article","datePublished":"2020-05-06T00:00Z"}]}</script>'
)
COMMENT_LD = (
    '<script type="application/ld+json">{"@type":"Comment","datePublished":"2020-05-06"}</script>'
)
DATED = '{"@type":"Article","url":"https://a.b//c","datePublished":"2020-05-06T00:00Z"}'
SLOPPY_LD = [
    f'<script type="application/ld+json">{text}</script>'
    for text in (
        f"//<![CDATA[\n{DATED}\n//]]>",
        f"/*<![CDATA[*/{DATED}/*]]>*/",
        f"<![CDATA[{DATED}]]>",
        f"<!--\n{DATED}\n-->",
        f"/* of the article */ {DATED}",
        DATED.replace(',"date', ', // when\n"date'),
        DATED.replace("}", ",}"),
        DATED.replace("}", ',"keywords":["/* , ] */", "b", ], }'),
    )
]
BLOG_LD = (
    '<script type="application/ld+json">{"@type":"Blog","blogPost":['
    '{"@type":"BlogPosting","datePublished":"2020-05-06"}]}</script>'
)
STATED = (
    "<tr><td>成文日期：</td><td>2022年4月30日</td></tr>"
    "<tr><td>发布日期：</td><td>2023年5月1日</td></tr>"
)
PAGES = [
    # head, before the text, after the text, URL, date and source
    (META, "", "", URL, ("1982-12-04", "meta:pubdate")),
    (LD, "", "", URL, ("2020-05-06", "json-ld")),
    *((head, "", "", URL, ("2020-05-06", "json-ld")) for head in SLOPPY_LD),
    (COMMENT_LD, "", "", URL, None),
    (BLOG_LD, "", "", URL, None),
    (
        "",
        '<p>Published on <time datetime="2015-06-25">June</time></p>',
        "",
        URL,
        ("2015-06-25", "time"),
    ),
    ("", "<div>发布时间：2024-06-01 09:30　来源：新华社</div>", "", URL, ("2024-06-01", "label")),
    ("", "<div>發布日期：113年</div><div>民國113年6月1日</div>", "", URL, ("2024-06-01", "byline")),
    ("", "<div>發布日期：113-06-01　點閱數：12</div>", "", URL, ("2024-06-01", "label")),
    ("", "<div>發布日期：113/06/01</div>", "", URL, ("2024-06-01", "label")),
    ("", "<div>發布日期：113年6月1日</div>", "", URL, ("2024-06-01", "label")),
    ("", "<div>上版日期：113-06-01</div>", "", URL, ("2024-06-01", "label")),
    ("", "<div>公告日期：113/06/01</div>", "", URL, ("2024-06-01", "label")),
    ("", "<div>发布日期：18-03-08</div>", "", URL, None),
    ("", "<div>成文日期：2022年4月30日</div>", "", URL, ("2022-04-30", "label")),
    ("", f"<table>{STATED}</table>", "", URL, ("2023-05-01", "label")),
    ("", "<dl><dt>Published</dt><dd>1 May 2023</dd></dl>", "", URL, ("2023-05-01", "label")),
    # A forum's first post, signed; a list of links with dates beside them.
    (
        "",
        "<p><a href=/u>张三丰的粉丝</a> 发表于 2021-3-5 10:22</p>",
        "",
        URL,
        ("2021-03-05", "label"),
    ),
    ("", "<p><a href=/u>张三</a> 2021-3-5</p>", "", URL, ("2021-03-05", "byline")),
    (
        "",
        "<p>by <a href=/u>Alexander Smith-Worthington</a> » Mon Mar 15, 2021 10:22 am</p>",
        "",
        URL,
        ("2021-03-15", "byline"),
    ),
    ("", "<p><a href=/u>张三</a> 2021-3-5<p><a href=/n>停水的通知</a> 2021-3-6", "", URL, None),
    ("", "<p><a href=/n>某市关于进一步推进数字政府建设的通知</a> 2021-3-6</p>", "", URL, None),
    ("", "<p><a href=/n>2021-3-6 停水</a></p>", "", URL, None),
    ("", "<p>Last updated: 3 June 2024</p>", "", URL, None),
    ("", "<p>Closing date: 3 June 2024</p>", "", URL, None),
    ("", "<div>今天是2024年6月1日 星期六</div>", "", URL, None),
    ("", "<p class=byline>Apr 8, 2016</p>", "", URL, ("2016-04-08", "byline")),
    ("", "", "", "http://example.org/2014/04/01/a", ("2014-04-01", "url")),
    ("", "", "", "http://example.org/202406/t20240601_77.html", ("2024-06-01", "url")),
    ("", "", "", "http://example.org/2014/04/a", ("2014-04", "url")),
    ("", "<div>时间：2099-01-01</div>", "", URL, None),
    ("", "<div>时间：1975-01-01</div>", "", URL, None),
    ("", "<div>更新日期：2024-01-01</div>", "", URL, None),
    (
        "",
        "",
        "<p>© 2003-01-01 版权所有</p><ul><li><a href=/b>另一篇</a> 2019-01-01</ul>",
        URL,
        None,
    ),
    ("", "", "<div class=comment><p>时间：2019-01-01</p></div>", URL, None),
    ("", "", "", URL, None),
]


@pytest.mark.parametrize(("head", "before", "after", "url", "expected"), PAGES)
def test_a_page_is_dated_by_what_it_says_of_itself(
    head: str, before: str, after: str, url: str, expected: tuple[str, str] | None
) -> None:
    title = "某市政务服务办法"
    html = f"<title>{title}</title>{head}<body><h1>{title}</h1>{before}<div>{TEXT}</div>{after}"
    page = build(html.encode(), url, now="2026-01-01")
    found = page.published and (page.published.date, page.published.source)
    assert found == expected


def test_a_day_named_in_the_title_is_not_the_date() -> None:
    title = "Tips, November 9, 2016"
    html = f"<title>{title}</title><h1>{title}</h1><p>{'Some text, here. ' * 30}"
    assert build(html.encode(), URL).published is None


def test_today_elsewhere_may_be_tomorrow_here() -> None:
    html = '<meta name="pubdate" content="2026-01-02"><p>text'
    assert build(html.encode(), URL, now="2026-01-01").published is not None
    assert build(html.encode(), URL, now="2025-12-31").published is None
