"""Lists of addresses in every dress they come in; bad rows are named by line and passed over."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from crawler.lists import NotAList, read, summary
from store import open_store
from tests.crawling import configuration, crawl, outcomes
from tests.hostile_site import Site, article, running, send

A, B, C = "https://a.org/", "https://b.org/x", "http://www.c.cn/%E6%94%BF"
OPML = """<?xml version="1.0" encoding="UTF-8"?>
<opml version="2.0"><head><title>我的订阅</title></head><body>
<outline text="政务" title="政务">
<outline type="rss" text="A" xmlUrl="https://a.org/feed" htmlUrl="https://a.org/"/>
<outline text="no address"/>
<outline text="B" url="https://b.org/x"/></outline></body></opml>"""
BOOKMARKS = """<!DOCTYPE NETSCAPE-Bookmark-file-1>
<META HTTP-EQUIV="Content-Type" CONTENT="text/html; charset=UTF-8">
<TITLE>Bookmarks</TITLE><H1>书签</H1><DL><p>
    <DT><H3>政府</H3><DL><p>
        <DT><A HREF="https://a.org/" ADD_DATE="1">A</A>
        <DT><A HREF="javascript:alert(1)">bookmarklet</A>
        <DT><A HREF="https://b.org/x">B</A>
        <DT><A HREF="place:sort=8">recent</A>
    </DL><p></DL>"""

# Name of the file, its text, the addresses, and the lines of the rows passed over.
LISTS = [
    ("a.txt", f"{A}\n# a remark\n\n  {B}  see also\nno address\nb.org/x\n", [A, B], [5]),
    ("a.txt", "https://a.org/。参见\n网址：https://b.org/x，见上\n", [A, B], []),
    ("a.txt", "“https://a.org/”\n见https://b.org/x！\n", [A, B], []),
    ("a.csv", f"title,url\n\"<a href='/q'>政</a>\",{A}\n<html>,{B}\n", [A, B], []),
    ("a.csv", f"name,url\nA,{A}\nB,\nB,{B}\n", [A, B], [3]),
    ("a.csv", f"名称;网址\n甲;{A}\n乙;{B}\n", [A, B], []),
    ("a.csv", f'"a\nb",{A}\n"c",{B}\n', [A, B], []),
    ("a.csv", f"{A}\n{B}\n", [A, B], []),
    ("a.csv", "site\na.org\nb.org/x\n", [A, B], []),
    ("a.tsv", f"id\tlink\n1\t{A}\n2\tftp://b.org/\n3\t{B}\n", [A, B], [3]),
    ("a.csv", f'url\n=HYPERLINK("{A}")\n{B}\n', [A, B], []),
    ("export", BOOKMARKS, [A, B], [6, 8]),
    ("a.csv", BOOKMARKS, [A, B], [6, 8]),
    ("a.opml", OPML, ["https://a.org/feed", A, B], [5]),
    ("a.txt", f"{A}\nhttps://A.org:443/#top\n{A}?utm_source=x\n", [A], []),
    ("a.txt", "http://www.c.cn/政\n", [C], []),
    ("a.txt", "", [], []),
    ("a.csv", "\n\n\n\n", [], []),
    ("a.txt", "file:///etc/passwd\njavascript:x\nhttps://\n", [], [1, 2, 3]),
]


@pytest.mark.parametrize(
    "encoding", ["utf-8", "utf-8-sig", "utf-16", "gb18030", "utf-16-le", "utf-16-be"]
)
@pytest.mark.parametrize(("name", "text", "keys", "lines"), LISTS)
def test_lists(name: str, text: str, keys: list[str], lines: list[int], encoding: str) -> None:
    for end in ("\n", "\r\n", "\r"):
        listed = read(text.replace("\n", end).encode(encoding), name)
        assert [entry.key for entry in listed.entries] == keys
        assert [problem.line for problem in listed.problems] == lines


def test_feeds_of_a_reader_are_feeds() -> None:
    roles = {entry.key: entry.role for entry in read(OPML.encode(), "a.opml").entries}
    assert roles == {"https://a.org/feed": "feed", A: "page", B: "page"}


def test_a_bare_ampersand_of_an_opml_stays_one() -> None:
    body = OPML.replace("/feed", "/feed?a=1&b=2").replace("我的", "A & B").encode()
    assert read(body, "a.opml").entries[0].key == "https://a.org/feed?a=1&b=2"


def test_an_opml_of_which_nothing_can_be_recovered_is_one_problem() -> None:
    (problem,) = read("<?xml version='1.0'?>\0<opml>".encode("utf-16"), "a.opml").problems
    assert (problem.line, problem.what) == (1, "begins what is no OPML")


def test_big5_headings() -> None:
    assert [e.key for e in read(f"名稱,網址\n政府,{A}\n".encode("big5"), "a.csv").entries] == [A]


def test_a_column_can_be_named() -> None:
    two = f"source,target\n{A},{B}\n"
    assert [e.key for e in read(two.encode(), "a.csv", "Target").entries] == [B]
    with pytest.raises(NotAList, match="has no column 'url'; its first row is 'source', 'target'"):
        read(two.encode(), "a.csv", "url")


@pytest.mark.parametrize(
    ("body", "message"),
    [
        (b"a,b\nc,d\n", "which column holds the addresses"),
        (b"PK\x03\x04\x00\x00\x00", "is no text"),
        (b"\xd0\xcf\x11\xe0" + b"a\x00" * 40 + bytes(40), "is no text"),
        ("https://a.org/".encode("utf-16-le") + b"\x00\xd8", "is no text"),
    ],
)
def test_what_is_no_list_says_so(body: bytes, message: str) -> None:
    with pytest.raises(NotAList, match=message):
        read(body, "a.csv")


def test_rows_lost_in_a_quote_that_is_not_closed_are_named() -> None:
    listed = read(b'url,t\nhttp://a.cn/1,"x\nhttp://a.cn/2,y\nhttp://a.cn/3,y\n', "x.csv")
    assert [entry.key for entry in listed.entries] == ["http://a.cn/1"]
    (problem,) = listed.problems
    assert (problem.line, problem.what[-18:]) == (2, " are lost in it: 2")
    fine = read(b'url,t\nhttp://a.cn/1,"x\ny"\nhttp://a.cn/2,5" y\n', "x.csv")
    assert [entry.key for entry in fine.entries] == ["http://a.cn/1", "http://a.cn/2"]
    assert fine.problems == ()


def test_entities_of_an_opml_are_not_resolved() -> None:
    bomb = '<!DOCTYPE o [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + OPML.partition("?>")[2]
    listed = read(bomb.replace('text="A"', 'text="&x;"').encode(), "a.opml")
    assert len(listed.entries) == 3


def test_the_summary_names_a_few_rows_on_one_line() -> None:
    rows = "\n".join(["https://a.org/", "https://a.org/", "x\x1b[31m y z", *["no"] * 9])
    line = summary("mine", read(rows.encode(), "a.txt"), 2)
    assert line == (
        "list mine: 1 address, 1 of them more than once, 10 rows passed over"
        " (line 3: 'x [31m y z' is no http(s) address; line 4: 'no' is no http(s) address; …)"
    )


@given(body=st.binary(max_size=300), name=st.sampled_from(["a.csv", "a.txt", "a.opml", "a.html"]))
def test_any_bytes_are_a_list_or_none(body: bytes, name: str) -> None:
    try:
        read(body, name)
    except NotAList as refused:
        assert refused.exit_code == 2  # noqa: PT017


def test_a_crawl_fetches_what_lists_name(tmp_path: Path) -> None:
    home, away, data = Site(), Site(), tmp_path / "data"
    for path in ("/", "/a", "/b", "/new"):
        home.html(path, article(f"home {path}"))
        away.html(path, article(f"away {path}"))
    with running(home, away):
        feed = f"<rss><channel><item><link>{away.base}/new</link></item></channel></rss>".encode()
        away.pages["/feed"] = lambda h: send(h, 200, feed, {"Content-Type": "application/rss+xml"})
        (tmp_path / "名单.txt").write_bytes(
            f"{home.base}/a\n没有网址\n{away.base}/b".encode("gb18030")
        )
        (tmp_path / "my.opml").write_text(f'<opml><outline xmlUrl="{away.base}/feed"/></opml>')
        file = configuration(tmp_path, home)
        tables = (
            '[[list]]\nid = "txt"\nfile = "名单.txt"\n[[list]]\nid = "opml"\nfile = "my.opml"\n'
        )
        file.write_text(file.read_text("utf-8") + tables, "utf-8")
        crawl(file, data)
        before = sum(away.seen.values())
        crawl(file, data)
    assert outcomes(data, home.base)["/a"] == ("stored", "")
    states = outcomes(data, away.base)
    assert states["/b"] == states["/new"] == ("stored", "")
    assert states["/feed"] == ("stored", "feed")
    assert sum(away.seen.values()) - before <= 2, "what a list names is fetched once; feeds again"
    assert "line 2: '没有网址' is no http(s) address" in (data / "crawl.log").read_text("utf-8")
    with open_store(data) as store:
        found = {page.url: store.routes()[page.url_id] for page in store.changes()}  # type: ignore[union-attr]
        assert found[f"{home.base}/a"] == ("list:txt",)
        assert found[f"{away.base}/new"] == ("feed",)
        assert store.account().balanced


def test_what_is_no_list_is_named_also_when_quiet(tmp_path: Path) -> None:
    site = Site()
    site.html("/", article("home"))
    (tmp_path / "mine.csv").write_bytes(b"PK\x03\x04\x00\x00\x00")
    with running(site):
        file = configuration(tmp_path, site)
        table = '[[list]]\nid = "mine"\nfile = "mine.csv"\n'
        file.write_text(f"{file.read_text('utf-8')}\n{table}", "utf-8")
        said = crawl(file, tmp_path / "data")
    assert "list mine: mine.csv: is no text" in said
    assert "it was left out" in said
