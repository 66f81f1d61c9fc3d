"""Main text: complete, and nothing but the text; hubs and articles; title and origin."""

from __future__ import annotations

import sys

import pytest

from page.build import build
from page.model import ARTICLE, HUB, Page
from page.outline import outline
from page.parse import parse
from page.vote import _extractor, vote

ZH = "<p>为了加快推进数字政府建设，提升政务服务水平，根据有关法律，结合本市实际，制定本办法。</p>"
EN = (
    "<p>We have been working with agencies across the government to design services that people "
    "can use, and this post describes what we learned from the first year of that work.</p>"
)
NAV = '<div id="top"><a href="/">首页</a> <a href="/news">新闻</a> <a href="/law">法律</a></div>'
RELATED = (
    '<div class="aside"><h3>相关阅读</h3><ul><li><a href="/1">一网通办的通知</a> 2020-01-01</li>'
    '<li><a href="/2">another article about open government</a></li></ul></div>'
)
FOOT = '<div id="footer"><p>主办单位：信息中心　京ICP备00000000号　版权所有</p></div>'


def page(body: str, title: str = "某办法", head: str = "") -> Page:
    html = f"<html><head><title>{title}_信息网</title>{head}</head><body>{body}</body></html>"
    return build(html.encode(), "http://example.org/a/1.html")


CHINESE = [
    # the same text in the markup of several content systems
    '<div class="TRS_Editor" id="UCAP-CONTENT">{}</div>',
    '<div class="wrap"><div class="box"><div id="zoom">{}</div></div></div>',
    "<table><tr><td><a href=/x>左栏链接</a></td><td>{}</td></tr></table>",
    "<form><div class=con><span>{}</span></div></form>",
    "<article><div>{}</div></article>",
]


@pytest.mark.parametrize("shell", CHINESE)
def test_chinese_text_is_complete_and_nothing_else(shell: str) -> None:
    text = f"<h2>第一章　总则</h2>{ZH * 3}<p>2009年10月1日 施行</p><ul><li>公开</li></ul>{ZH}"
    masthead = (
        "<h1>某办法</h1><div>发布时间：2024-06-01 09:30　来源：信息中心　【字体：大 中 小】</div>"
    )
    body = (
        f"{NAV}<div>{masthead}{shell.format(text)}<p>（责任编辑：admin）</p></div>{RELATED}{FOOT}"
    )
    found = page(body).text.split("\n")
    paragraph = ZH[3:-4]
    assert found == ["第一章 总则", *[paragraph] * 3, "2009年10月1日 施行", "公开", paragraph]


def test_paragraphs_made_of_line_breaks() -> None:
    line = ZH[3:-4]
    assert page(f"{NAV}<div>{line}<br><br>　　{line}<br/>{line}</div>").text == "\n".join(
        [line] * 3
    )


def test_a_line_break_in_the_markup_is_no_space_in_chinese() -> None:
    assert (
        "一网通办的政务"
        in page(f"<div>{ZH}<p>推进一网\n  通办的政务服务，方便群众。</p>{ZH}</div>").text
    )


def test_transcripts_keep_their_speakers() -> None:
    lines = "".join(f"<h3>Audrey Tang:</h3>{EN}<h3>記者：</h3><p>好。</p>" for _ in range(4))
    found = page(f"{NAV}<section><h2>2020-03-24 某办法</h2>{lines}</section>{RELATED}").text
    assert found.count("Audrey Tang:") == found.count("記者：") == found.count("好。") == 4
    assert "2020-03-24" not in found


def test_english_text_is_complete_and_nothing_else() -> None:
    parts = (
        f"{EN * 2}<h2>What we did</h2>{EN}<blockquote><p>It was a good year.</p></blockquote>"
        "<ul><li>open source</li><li>plain language</li></ul>"
        "<table><tr><th>Service</th><td>Login</td></tr></table><pre>git clone\nmake</pre>"
        f'<p><a href="/r">A report that we wrote</a></p>{EN}'
    )
    body = f'<main><h1>Our year</h1><p class="byline">Apr 8, 2016</p>{parts}</main>{RELATED}{FOOT}'
    found = page(NAV + body, title="Our year").text.split("\n")
    short = [line for line in found if len(line) < 60]
    assert short == [
        "What we did",
        "It was a good year.",
        "open source",
        "plain language",
        "Service",
        "Login",
        "git clone",
        "make",
        "A report that we wrote",
    ]
    assert len(found) - len(short) == 4


def test_mixed_pages_keep_both_languages() -> None:
    found = page(f"{NAV}<div class=c>{(ZH + EN) * 4}</div>{FOOT}")
    assert [segment.lang for segment in found.segments] == ["zh", "en"] * 4


def test_a_long_article_cut_into_boxes_is_one_text() -> None:
    boxes = "".join(f'<div class="grid body">{EN * 4}</div><div class=ad></div>' for _ in range(3))
    assert page(f"<article>{boxes}</article>").text.count("first year") == 12


def test_hidden_text_and_scripts_are_not_text() -> None:
    found = page(
        f"<div>{ZH * 3}<p style='display: none'>隐藏，的文字。</p><script>一()</script></div>"
    )
    assert "隐藏" not in found.text
    assert "一()" not in found.text


ITEMS = "".join(
    f'<li><a href="/{i}">关于第{i}号政务服务的通知公告</a> <span>2020-01-01</span></li>'
    for i in range(20)
)
TEASERS = "".join(
    f'<div><h3><a href="/{i}">A headline about service {i}</a></h3>{EN}</div>' for i in range(8)
)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (f"<ul>{ITEMS}</ul>", HUB),
        (f"<div>{TEASERS}</div>", HUB),
        (ZH, ARTICLE),
        (f"<div>{ZH * 2}</div>{RELATED}", ARTICLE),
        (EN, ARTICLE),
        (f"<div>{EN}<ul>{ITEMS}</ul>{EN * 6}</div>", ARTICLE),
        ("<p>通知", ARTICLE),
        ("", ARTICLE),
    ],
)
def test_kind(body: str, kind: str) -> None:
    assert page(NAV + body + FOOT).kind == kind


def test_a_front_page_with_a_welcome_is_a_hub() -> None:
    html = f"<title>信息网</title>{NAV}{ZH * 3}<ul>{ITEMS}</ul>"
    assert build(html.encode(), "http://example.org/").kind == HUB


@pytest.mark.parametrize(
    ("whole", "head", "heading", "title"),
    [
        ("某办法_信息网", "", "", "某办法"),
        ("某办法-转载网", "", "某办法", "某办法"),
        ("S 來訪 – Transcripts", '<meta property="og:title" content="S 來訪">', "", "S 來訪"),
        ("A study – Part 2 – Digital.gov", "", "A study – Part 2", "A study – Part 2"),
        ("What is it | Site", "", "", "What is it"),
        ("信息网", '<meta name="ArticleTitle" content="关于某事">', "信息网", "关于某事"),
        ("News", '<meta property="og:site_name" content="Site">', "Site", "News"),
        ("e-government at work", "", "", "e-government at work"),
    ],
)
def test_title(whole: str, head: str, heading: str, title: str) -> None:
    html = f"<title>{whole}</title>{head}<h1>{heading}</h1>{EN}"
    assert build(html.encode(), "http://example.org/a").title == title


@pytest.mark.parametrize(
    ("line", "origin"),
    [
        ("2024-06-01 来源：新华社 作者：某人", "新华社"),
        ("發布日期：2024-06-01　來源：數位發展部", "數位發展部"),
        ("2016-01-01 来源：互联网 Source: Internet", "互联网"),
        ("Source: Reuters", "Reuters"),
        ("（来源：国务院办公厅）", "国务院办公厅"),
        ("来源：<a href=/p>人民日报</a>", "人民日报"),
        ("2024-06-01", ""),
    ],
)
def test_origin(line: str, origin: str) -> None:
    assert page(f"<h1>某办法</h1><div>{line}</div>{ZH * 3}<p>数据来源：统计局</p>").origin == origin


def test_a_list_of_links_is_never_put_to_the_vote() -> None:
    tree = parse(
        f"<body><article>{EN * 4}</article><div><p><a href=/a>Other news</a></p></div>"
    ).tree
    lines = outline(tree)
    kept = vote(tree, lines, [False] * len(lines.blocks))
    assert [lines.blocks[i].text for i in kept] == [EN[3:-4]] * 4
    assert "Other news" not in "".join(tree.itertext())


def test_a_reader_that_cannot_be_imported_is_not_passed_over(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    _extractor.cache_clear()
    monkeypatch.setitem(sys.modules, "trafilatura", None)
    with pytest.raises(ImportError, match="trafilatura"):
        page(f"<article>{EN * 4}</article>")


@pytest.mark.parametrize(
    ("whole", "body", "title"),
    [
        # Of three parts; the title alone stands in an element of no meaning.
        ("关于停水的通知_通知公告_某市政府", "<div>关于停水的通知</div>", "关于停水的通知"),
        ("Budget approved | News | The Daily", "<h2>Budget approved</h2>", "Budget approved"),
        # The first heading is a logo.
        (
            "Bread at home | Jo's Kitchen",
            "<h1><a href=/>Jo's Kitchen</a></h1><h2>Bread at home</h2>",
            "Bread at home",
        ),
        # The first heading is the site's name, as its foot says, or as the <title> is below it.
        (
            "某某市水务局",
            "<h1>某某市水务局</h1><h2>关于停水的通知</h2>",
            "关于停水的通知",
        ),
        (
            "City of Example - A plan for water",
            "<h1>City of Example</h1><h2>A plan for water</h2>",
            "A plan for water",
        ),
        (
            "关于停水的通知",
            "<h1>某某市水利门户</h1><h2>关于停水的通知</h2>",
            "关于停水的通知",
        ),
        ("某某市水务局", "<h1>关于停水的通知</h1><h2>某某市水务局</h2>", "关于停水的通知"),
        # Nobody named the page; its name stands above the text.
        ("无标题文档", "<h2>关于停水的通知</h2>", "关于停水的通知"),
        ("Untitled Document", "<h3>搜索</h3><h2>关于停水的通知</h2>", "关于停水的通知"),
        ("新建网页 1", "<p>关于停水的通知</p><p>某政发〔2021〕3号</p>", "关于停水的通知"),
        ("无标题文档", "", ""),
        # Both ends are shown: nobody knows which is the site's name.
        (
            "某某市教育局-关于停水的通知",
            "<p>某某市教育局</p><p>关于停水的通知</p>",
            "某某市教育局-关于停水的通知",
        ),
        # A cell is no title, nor is what a fuller heading begins with.
        ("中国-东盟博览会开幕_信息网", "<p>中国</p>", "中国-东盟博览会开幕"),
        (
            "数字政府-建设成效_信息网",
            "<h1>数字政府-建设成效</h1><p>数字政府</p>",
            "数字政府-建设成效",
        ),
    ],
)
def test_a_title_that_stands_on_the_page(whole: str, body: str, title: str) -> None:
    foot = "<p>版权所有：某某市水务局办公室</p><p>© 2024 City of Example. All rights reserved.</p>"
    html = f"<title>{whole}</title>{body}{ZH * 3}{foot}"
    assert build(html.encode(), "http://example.org/a").title == title


@pytest.mark.parametrize("clock", ["14:32", "9:05:00", "2:30 p.m."])
def test_the_time_of_day_above_a_text_is_no_text(clock: str) -> None:
    for text in (ZH, EN):
        head = f"<p>{clock}</p><h2>Something else</h2>"
        assert clock not in page(f"<div>{head}{text * 3}</div>", "Something else").text
    agenda = f"<p>{clock}</p>{ZH}<p>15:40</p>{ZH}<p>16:00</p>{ZH}"
    assert page(f"<div>{agenda}</div>").text.startswith(clock)
