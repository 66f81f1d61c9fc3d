"""Queries: what is understood, what is refused and how, and that nothing else can happen."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from index.compiler import compiled, likeness
from index.engine import Filters, Prefix
from index.grammar import MAX_LENGTH, check, grouped, prepared
from index.parser import tree
from index.query import QueryError, parse
from index.simple import simple
from index.syntax import shown
from tests.index_corpus import Corpus, corpus

UNDERSTOOD = [
    # (why, query, as it is understood)
    ("words", "digital government", "digital government"),
    ("a phrase", '"digital government"', '"digital government"'),
    ("a Chinese phrase needs no quotation marks", "“一网通办”", "一网通办"),
    ("corner brackets quote", "「數位政府」 臺灣", "數位政府 AND 臺灣"),
    ("full-width operators", "一网通办 ＡＮＤ（数字 ＯＲ 政务）", "一网通办 AND (数字 OR 政务)"),
    ("a full-width exclusion", "城市 ＮＯＴ 健康码", "城市 AND NOT 健康码"),
    ("a full-width prefix", "ｄｉｇｉｔａｌ ｇｏｖ＊", "digital AND gov*"),
    ("full-width tildes", "数字政符～１ “a b”～3", '数字政符~1 AND "a b"~3'),
    ("a tilde between numbers is a range's", "政府 2019～2022", "政府 2019～2022"),
    ("a full-width span of time", "日期：２０１９－０５．．２０２２", "date:2019-05..2022"),
    ("a full-width host", "ｓｉｔｅ：ｇｏｖ．ｃｎ", "site:gov.cn"),
    ("full-width parentheses group", "（上海 OR 浙江） 政府", "(上海 OR 浙江) AND 政府"),
    (
        "neighbours bind before OR",
        "digital government OR 数字政府",
        "digital government OR 数字政府",
    ),
    ("also phrases", '"x y" z OR w', '("x y" AND z) OR w'),
    ("AND binds before OR", "a OR b AND c", "a OR (b AND c)"),
    ("an exclusion", "smart NOT city", "smart AND NOT city"),
    ("of a group", "smart AND NOT (city OR 城市)", "smart AND NOT (city OR 城市)"),
    ("before what it is excluded from", "(NOT city) smart", "NOT city AND smart"),
    ("a title", "title:数字政府 上海", "title:数字政府 AND 上海"),
    ("a title in Chinese", "标题：数字政府", "title:数字政府"),
    ("a title with a group", "title:(a OR b)", "title:a OR title:b"),
    ("a prefix", "gov* 5g", "gov* AND 5g"),
    ("mistakes in a word", "goverment~ 数字政符~1", "goverment~1 AND 数字政符~1"),
    ("words near each other", '"cloud city"~5 data', '"cloud city"~5 AND data'),
    ("in the title", 'title:"cloud city"~5', 'title:"cloud city"~5'),
    ("a host or domain", "site:WWW.Gov.CN.", "site:www.gov.cn"),
    ("a Chinese domain", "site:政务.cn", "site:xn--zfr164b.cn"),
    ("a host with a port", "site:a.gov.cn:8080", "site:a.gov.cn:8080"),
    (
        "a kind of two words",
        'kind:"state media" kind:State-Media',
        'kind:"state media" AND kind:"state media"',
    ),
    ("a region", "地区：hong-kong", 'region:"Hong Kong"'),
    ("kinds", "a kind:(party OR press)", "a AND (kind:party OR kind:press)"),
    ("a concept", "concept:open-data 概念：smart-city", "concept:open-data AND concept:smart-city"),
    ("a year", "日期：2021 政府", "date:2021 AND 政府"),
    ("a span of time", "date:2019-05..2022 NOT date:2020", "date:2019-05..2022 AND NOT date:2020"),
    ("one side open", "a date:..2020", "a AND date:..2020"),
    ("a tilde in an address", "http://a.cn/~bob", "http://a.cn/~bob"),
    ("an unknown field is a word", "foo:bar", "foo:bar"),
    ("a field's name in a word is none", "website:gov.cn subtitle:x", "website:gov.cn subtitle:x"),
    ("nor is it in Chinese", "发布日期：2021", "发布日期:2021"),
    ("nor in an address", "http://site:80/?kind:x", "http://site:80/?kind:x"),
    ("after a comma it is one", "数据，标题：政府", "数据， AND title:政府"),
    ("an address is a word", "http://a.cn/?x=1", "http://a.cn/?x=1"),
    ("operators are in capitals", "this and that or not", "this and that or not"),
    ("quoted operators are words", '"AND" OR "OR"', '"AND" OR "OR"'),
    ("glued operators are words", "R&D ANDROID", "R&D ANDROID"),
    ("control characters are spaces", "a\x00b\x1b", "a b"),
    ("full-width spaces too", "上海　浙江", "上海 浙江"),
]


@pytest.mark.parametrize(("why", "query", "expected"), UNDERSTOOD, ids=[c[0] for c in UNDERSTOOD])
def test_what_is_understood(why: str, query: str, expected: str) -> None:
    assert shown(parse(query)) == expected


REFUSED = [
    # (query, what is said, what the caret stands under)
    ("", "it is empty", None),
    (" 　\t", "it is empty", None),
    ("x" * (MAX_LENGTH + 1), "501 characters are too many", None),
    ('数字 "政府', "quotation mark is not closed", '"政府'),
    ("(a", "parenthesis is not closed", "(a"),
    ("a)", "never opened", ")"),
    ("a ( )", "nothing between", ")"),
    ("a AND", "AND needs something after", "AND"),
    ("OR b", "OR needs something before", "OR b"),
    ("a AND OR b", "AND needs something after", "OR b"),
    ("a (NOT)", "NOT needs something after", ")"),
    ("a NOT NOT b", "NOT twice", "NOT b"),
    ("NOT 数字政府", "NOT needs something beside it", "NOT"),
    ("a OR NOT b", "NOT needs something beside it", "NOT b"),
    ('"NOT x" OR NOT y', "NOT needs something beside it", "NOT y"),
    ("NOTARY OR NOT y", "NOT needs something beside it", "NOT y"),
    ("(a NOT b) OR ＮＯＴ y", "NOT needs something beside it", "ＮＯＴ y"),
    ("a NOT (NOT b)", "NOT needs something beside it", "NOT b"),
    ("party (a OR x y) kind:part", "no kind is called 'part'", "part"),
    ("part kind:part x OR y", "no kind is called 'part'", "part x"),
    ("x a~3 a~2 OR a~3", "one or two mistakes", "a~3 a"),
    ("title: 数字", "title: needs a word", "title:"),
    ("a word~3", "one or two mistakes", "word~3"),
    ('x "a b"~51', "2 words can be at most 50 apart", '"a b"~51'),
    ('"a b c d e f"~1', "6 words are too many to be near", '"a b c d e f"~1'),
    ("a kind:media", "no kind is called 'media'; there are government, party", "media"),
    ("region:(Macau OR Tibet)", "no region is called 'Tibet'", "Tibet"),
    ("a site:gov.cn/index.html", "'gov.cn/index.html' is no host", "gov.cn/"),
    ("a kind:gov*", "kind: takes a whole value", "gov*"),
    ("a date:2021-13", "'2021-13' is no date; write 2021", "2021-13"),
    ("date:2022..2019 a", "2022 is later than 2019", "2022"),
    ("date:.. a", "'..' is no date", ".."),
    ("site: gov.cn", "site: needs a word", "site:"),
    ("NOT site:gov.cn", "NOT needs something beside it", "NOT"),
    ("(" * 30 + "a" + ")" * 30, "more than 20 deep", None),
    ("。！？", "nothing to search for", None),
    ("+ - &", "nothing to search for", None),
    ("\ud800", "it is empty", None),
]


@pytest.mark.parametrize(("query", "said", "at"), REFUSED, ids=[repr(c[0][:20]) for c in REFUSED])
def test_what_is_refused(query: str, said: str, at: str | None) -> None:
    with pytest.raises(QueryError, match=r"^query: ") as caught:
        parse(query)
    assert said in str(caught.value)
    assert caught.value.exit_code == 2
    if at:
        assert query[caught.value.place :].startswith(at)


def test_the_caret_stands_under_wide_characters() -> None:
    with pytest.raises(QueryError) as caught:
        parse('数字"政府')
    line, caret = str(caught.value).splitlines()[1:]
    assert line == '  数字"政府'
    assert caret == "  " + " " * 4 + "^"


def test_a_prefix_or_a_misspelt_word_is_one_word() -> None:
    assert compiled(parse("e-gov*"), "en") == compiled(parse("egov*"), "en")
    assert compiled(parse("e-gover~1"), "en") == compiled(parse("egover~1"), "en")
    assert compiled(parse("数据开放*"), "zh") == compiled(parse("数据开放"), "zh")
    assert compiled(parse("a*"), "zh") == Prefix("a")
    for several in ("open-gov*", "open-goverment~1", "政务gov*"):
        with pytest.raises(QueryError, match="is more than one word"):
            compiled(parse(several), "en")


@pytest.fixture(scope="module")
def corpora(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Corpus]]:
    folder = tmp_path_factory.mktemp("queries")
    made = [corpus(folder, lang) for lang in ("zh", "en")]
    yield made
    for one in made:
        for engine in one.engines.values():
            engine.close()


def ask(corpora: list[Corpus], text: str) -> None:
    """Ask both languages and engines; both must find the same, or the query is refused."""
    try:
        node = parse(text)
    except QueryError:
        return
    for one in corpora:
        for make in (compiled, likeness):
            try:
                query = make(node, one.lang)
            except QueryError:
                continue
            if query:
                results = [engine.ids(query, Filters()) for engine in one.engines.values()]
                assert results[0] == results[1]


PIECES = ["a", "open", "数字", "政府", "AND", "OR", "NOT", '"', "“", "(", ")", "（", "title:", "*"]
PIECES += [
    " ",
    "　",
    ":",
    "e-",
    "-",
    "+",
    "~2",
    "^3",
    "[a TO b]",
    "?",
    "\\",
    "/",
    "\x00",
    "，",
    "'",
]


@settings(max_examples=250, deadline=None)
@given(
    text=st.one_of(
        st.lists(st.sampled_from(PIECES), max_size=14).map("".join),
        st.lists(st.sampled_from(PIECES), max_size=14).map(" ".join),
        st.text(max_size=40),
    )
)
@example("a" * 499)
@example("(a " * 20 + ")" * 20)
@example("a OR " * 90 + "b")
@example("NOT a " * 60 + "b")
@example("数" * 500)
@example("*" * 400 + "a")
def test_no_query_does_anything_but_answer(corpora: list[Corpus], text: str) -> None:
    begun = time.perf_counter()
    ask(corpora, text)
    assert time.perf_counter() - begun < 2 * 8


@settings(max_examples=150, deadline=None)
@given(text=st.lists(st.sampled_from(PIECES), min_size=1, max_size=10).map(" ".join))
def test_what_is_shown_asks_the_same(text: str) -> None:
    try:
        node = parse(text)
    except QueryError:
        return
    again = parse(shown(node))
    assert {lang: compiled(again, lang) for lang in ("en", "zh")} == {
        lang: compiled(node, lang) for lang in ("en", "zh")
    }


@settings(max_examples=150, deadline=None)
@given(
    text=st.one_of(
        st.text(max_size=30),
        st.lists(st.sampled_from([*PIECES, "a", "数字"]), max_size=6).map(" ".join),
    )
)
@example('"public services" AND data')
@example('a b AND "c d"~3 e f~1 AND g')
@example("ANDY can't + [a TO b] a?b ^2 \\\\ ＊ e-government")
def test_a_simple_query_is_what_the_parser_would_make_of_it(text: str) -> None:
    ready = prepared(text)
    try:
        check(text, ready)
    except QueryError:
        return
    if node := simple(ready):
        assert tree(grouped(ready)) == node
