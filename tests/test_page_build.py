"""The whole room: hostile input, pickling, and measured floors on real pages."""

from __future__ import annotations

import pickle
import random
import subprocess
import sys
import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page.build import build
from page.model import ARTICLE, HUB, Page

URL = "http://example.org/a/b.html"
HOSTILE = {
    "nested": b"<div>" * 100_000 + b"hello world text" + b"</div>" * 100_000,
    "one paragraph": ("<p>" + "数字政府，" * 300_000).encode(),
    "tiny paragraphs": b"<p>a b</p>" * 50_000,
    "links": b"".join(b'<a href="/%d">link number %d</a>' % (i, i) for i in range(30_000)),
    "zeros": b"\0" * 100_000,
    "noise": random.Random(1).randbytes(100_000),
    "open comments": b"<!--" * 100_000,
    "brackets": b"<" * 300_000,
    "attributes": b"<p " + b'a="1" ' * 100_000 + b">x",
    "json": b'<script type="application/ld+json">' + b"[" * 150_000 + b"</script>",
    "tables": b"<table><tr><td>" * 5_000,
    "title": b"<title>" + b"a - " * 100_000 + b"</title>",
    "tags without an end": b"</br" * 200_000,
    "attributes without an end": b"<a href=" * 100_000,
    "titles in titles": b"<title>" * 40_000 + b">",
    "json of escapes": b'<script type="application/ld+json">"' + b'\\"' * 90_000 + b"</script>",
    "json of half escapes": b'<script type="application/ld+json">' + b'"\\' * 90_000 + b"</script>",
    "json of comments": b'<script type="application/ld+json">' + b"/*" * 90_000 + b"</script>",
    "spaces": b"<p>" + b" " * 1_000_000 + b"x",
    "empty": b"",
    "entities": b"<p>&#xD800;&#0;&#x202E;&bogus;&#99999999999;",
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_input_ends_soon(name: str) -> None:
    start = time.process_time()
    page = build(HOSTILE[name], URL)
    assert time.process_time() - start < 10  # about 2 s alone; the crawl kills at 20
    assert page.text or "extraction_empty" in page.flags
    assert not set(page.text) & set("\x00\u202e\ud800")


def test_deep_nesting_loses_no_text() -> None:
    assert build(HOSTILE["nested"], URL).text == "hello world text"


def test_long_markup_is_cut_and_flagged() -> None:
    assert "truncated" in build(b"<p>word, and then. " * 300_000, URL).flags


def test_a_page_survives_pickling() -> None:
    page = build("<title>题</title><p>数字政府，一网通办。".encode("gbk"), URL, now="2026-01-01")
    assert pickle.loads(pickle.dumps(page)) == page
    assert isinstance(page, Page)


def test_damage_is_flagged() -> None:
    body = "<p>为了推进数字政府建设，制定本办法。".encode().replace(
        b"\xe6\x95\xb0", b"\xff\xfe\xfd"
    )
    page = build(body, URL)
    assert page.charset_suspect
    assert "charset_suspect" in page.flags


@settings(deadline=None)
@given(st.binary(max_size=500))
def test_never_raises_on_bytes(body: bytes) -> None:
    assert build(body, URL).kind in (ARTICLE, HUB)


FRAGMENTS = (
    "<p>", "</p>", "<div class='main'>", "</div>", "<h1>", "<a href='/x'>", "</a>",
    "<table><tr><td>", "<br>", "<pre>", "<time datetime='2020'>",
    "<meta name=pubdate content='", "<title>", "</title>", "<base href='", "'>", "<!--", "-->",
    "<script>", "数字政府，一网通办。", "Digital government, and the. ",
    "发布时间：2024-06-01", "来源：", "\n", "&nbsp;", "&#x202E;", "\x00", "<frameset>",
    "<svg>", "民國113年",
)  # fmt: skip


@settings(deadline=None)
@given(
    st.lists(st.sampled_from(FRAGMENTS), max_size=60), st.sampled_from(["utf-8", "gb18030", "big5"])
)
def test_never_raises_on_markup(pieces: list[str], encoding: str) -> None:
    page = build("".join(pieces).encode(encoding, "replace"), URL, now="2026-01-01")
    said = "".join(segment.text for segment in page.segments)  # a paragraph may be two segments
    assert "".join(said.split()) == "".join(page.text.split())


def test_text_that_is_shown_survives_every_charset() -> None:
    text = "数字政府建设，一网通办，政务服务的标准化和便利化。" * 5
    for encoding in ("utf-8", "gb18030", "utf-16"):
        page = build(f"<title>题目</title><p>{text}".encode(encoding), URL)
        assert (page.text, page.title) == (text, "题目")


def test_importing_the_contract_loads_no_parser() -> None:
    """Other rooms import ``page.model`` in the main process, which stays small."""
    code = "import sys, page.model; print('lxml' in sys.modules, 'trafilatura' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]


@pytest.mark.parametrize("start", ["<html>", "<!doctype html>", "<html><meta charset=utf-8>"])
@pytest.mark.parametrize("box", ["article", "main", "section"])
def test_the_body_that_html_lets_an_author_leave_out(start: str, box: str) -> None:
    text = "各地区各部门要加快推进数字政府建设，提升政务服务水平，让群众少跑腿。"
    markup = f"{start}<title>通知</title><{box}><h1>通知</h1><p>{text}</p><p>{text}</p></{box}>"
    page = build(markup.encode(), "https://a.cn/x.html", content_type="text/html; charset=utf-8")
    assert page.title == "通知"
    assert page.text.count(text) == 2


@pytest.mark.parametrize("between", ["</body></html><html><head></head><body>", "</body><body>"])
def test_what_follows_the_end_of_the_body_is_read(between: str) -> None:
    """Servers include a header that is a whole document, and write the article after it."""
    text = "各地区各部门要加快推进数字政府建设，提升政务服务水平，让群众少跑腿。"
    head = "<html><head><title>通知</title></head><body><a href=/>首页</a>"
    markup = f"{head}{between}<h1>通知</h1><p>{text}</p><p>{text}</p><a href=/b>下一条</a></body>"
    page = build(markup.encode(), URL)
    assert page.text.count(text) == 2
    assert len(page.links) == 2


def test_a_closing_break_is_a_break() -> None:
    page = build(b"<h1>Opening hours</h1><p>Open on Monday</br>Closed on Tuesday</p>", URL)
    assert page.text == "Open on Monday\nClosed on Tuesday"


ARTICLE_ZH = (
    "<p>为了推进数字政府建设，提升政务服务水平，根据有关法律，结合本市实际，制定本办法。</p>" * 5
)


@pytest.mark.parametrize("tag", ["nav", "menu", "textarea"])
@pytest.mark.parametrize("foot", ["", "<p>主办单位：信息中心，地址：某市某路一号。</p>"])
def test_an_article_where_no_text_belongs_is_read(tag: str, foot: str) -> None:
    menu = "<ul><li><a href=/a>首页</a><li><a href=/b>新闻</a></ul>"
    text = ARTICLE_ZH
    if tag == "textarea":
        text = text.replace("<p>", "").replace("</p>", "\n")
    page = build(f"<title>某办法</title><body><{tag}>{menu}{text}</{tag}>{foot}".encode(), URL)
    if tag == "textarea":  # nothing in it is markup
        assert page.text.count("制定本办法。") == 5
    else:
        assert page.text.split("\n") == [ARTICLE_ZH[3 : ARTICLE_ZH.index("</p>")]] * 5


def test_a_menu_is_no_text_beside_an_article() -> None:
    menu = "<nav><p>关于我们：本站介绍政务服务，欢迎您访问，也请您提出意见。</p></nav>"
    assert "关于我们" not in build(f"{menu}<div>{ARTICLE_ZH}</div>".encode(), URL).text
    assert "关于我们" not in build(f"{menu}<p>短。</p>".encode(), URL).text


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        ("第一章 总则\n\n本办法适用于 a < b 与 &amp; 的情形。\n第二段，也在这里。", "text/plain"),
        ("第一章 总则\n\n本办法适用于 a 与 b 的情形。\n第二段，也在这里。", "text/html"),
    ],
)
def test_the_lines_of_plain_text_are_paragraphs(body: str, kind: str) -> None:
    page = build(body.encode(), URL, content_type=f"{kind}; charset=utf-8")
    assert f"{page.title}\n{page.text}".strip().split("\n") == body.replace("\n\n", "\n").split(
        "\n"
    )


def test_markup_that_is_called_plain_is_markup() -> None:
    page = build(b"<html><title>A b</title><p>Some text, here.", URL, content_type="text/plain")
    assert (page.title, page.text) == ("A b", "Some text, here.")
