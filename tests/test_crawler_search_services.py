"""Each service's answers, read without a network: good, empty, huge, odd, and not its own."""

from __future__ import annotations

import asyncio
import json
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scrapy import Request
from scrapy.http import Response

from config.model import Concept, Search, Source, Topic
from config.services import SERVICES
from crawler.search.asking import Ask
from crawler.search.client import ask_once
from crawler.search.plan import plan
from crawler.search.reply import Refusal, Reply
from crawler.search.services import MODULES
from crawler.search.services import gdelt as gdelt_service
from store.claims import Wanted

NAMES = list(SERVICES)


def ask(service: str, at: str = "", lang: str = "zh", **fields: Any) -> Ask:
    words = "example.org" if SERVICES[service].asks == "hosts" else "数字政府"
    address = SERVICES[service].en_url or "https://searx.example.org"
    search = Search("me", service, address, address, 1.0, **fields)
    return Ask(search, Wanted("me", service, "dg", lang, words), at)


def read(asked: Ask, value: Any, status: int = 200) -> Reply:
    body = value if isinstance(value, bytes) else json.dumps(value).encode()
    return MODULES[asked.search.service].read(asked, status, body)


@pytest.mark.parametrize("service", NAMES)
@pytest.mark.parametrize(
    ("body", "reason"),
    [
        (b"<!DOCTYPE html><title>Login</title>", "html"),
        (b"  \xef\xbb\xbf<html>", "html"),
        (b'{"broken": ', "not_json"),
        (b"\xff\xfe\x00", "not_json"),
        (b"[" * 100_000, "not_json"),
        (b"42", "not_json"),
        (b'"ok"', "not_json"),
    ],
)
def test_what_is_no_answer_is_refused_with_one_word(service: str, body: bytes, reason: str) -> None:
    at = '{"mode":"timelinelang"}' if service == "gdelt" else ""
    asked = ask(service, at, index="CC-MAIN-2026-08")
    with pytest.raises(Refusal) as caught:
        read(asked, body)
    # GDELT sends its complaints as text, so text is one.
    assert caught.value.reason in (reason, *(["query"] if service == "gdelt" else []))
    assert "\n" not in str(caught.value)


@pytest.mark.parametrize("service", NAMES)
@settings(max_examples=40)
@given(
    value=st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(
                    [
                        "query",
                        "search",
                        "pages",
                        "results",
                        "web",
                        "url",
                        "number_of_results",
                        "timeline",
                        "data",
                        "articles",
                        "searchinfo",
                        "totalhits",
                        "continue",
                        "error",
                        "series",
                        "value",
                        "date",
                        "pageid",
                        "more_results_available",
                        "message",
                    ]
                ),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_json_is_an_answer_or_a_refusal(service: str, value: Any) -> None:
    for at in ("", '{"mode":"timelinevolraw"}' if service == "gdelt" else ""):
        try:
            reply = read(ask(service, at, index="CC-MAIN-2026-08"), value)
        except Refusal:
            continue
        else:
            assert reply.total is None or 0 <= reply.total < 2**63
            assert all(isinstance(url, str) for url in reply.urls)


@pytest.mark.parametrize("service", NAMES)
def test_words_are_data_in_a_query(service: str) -> None:
    asked = ask(service, index="CC-MAIN-2026-08")
    odd = Wanted("me", service, "dg", "en", 'a&b=c"#数\r\nX-Header: 1')
    address = MODULES[service].address(Ask(asked.search, odd))
    assert address.isascii()
    assert address.isprintable()
    assert " " not in address
    assert "#" not in address
    assert "%22" in address or SERVICES[service].asks == "hosts"


def test_mediawiki_goes_from_hits_to_their_links_and_on() -> None:
    asked = ask("mediawiki", max_results=60, external=3)
    hits = [{"pageid": n} for n in range(50)]
    first = read(
        asked,
        {
            "query": {"searchinfo": {"totalhits": 987654321012}, "search": hits},
            "continue": {"sroffset": 50},
        },
    )
    assert (first.total, first.bound, first.urls) == (987654321012, "exact", ())
    asked = Ask(asked.search, asked.wanted, first.next)
    assert "extlinks" in MODULES["mediawiki"].address(asked)
    pages = [
        {
            "canonicalurl": "https://zh.wikipedia.org/wiki/甲",
            "extlinks": [{"url": "https://a.org/"}],
        }
    ]
    second = read(
        asked, {"query": {"pages": pages}, "continue": {"elcontinue": "x", "continue": "y"}}
    )
    assert second.urls == ("https://zh.wikipedia.org/wiki/甲", "https://a.org/")
    asked = Ask(asked.search, asked.wanted, second.next)
    assert "elcontinue=x" in MODULES["mediawiki"].address(asked)
    many = {"extlinks": [{"url": f"https://b.org/{n}"} for n in range(9)]}
    third = read(asked, {"query": {"pages": [many]}, "continue": {"elcontinue": "z"}})
    assert len(third.urls) == 2, "the limit on external links is of the whole query"
    asked = Ask(asked.search, asked.wanted, third.next)
    address = MODULES["mediawiki"].address(asked)
    still = Ask(asked.search, asked.wanted, second.next)
    nothing = {"query": {"pages": []}, "continue": {"elcontinue": "x", "continue": "y"}}
    assert read(still, nothing).next == third.next.replace('"room":0', '"room":2'), "it goes on"
    assert "sroffset=50" in address
    assert "srlimit=10" in address


@pytest.mark.parametrize(
    ("code", "waits"), [("maxlag", True), ("ratelimited", True), ("badvalue", False)]
)
def test_a_wikis_errors_have_status_200(code: str, waits: bool) -> None:
    with pytest.raises(Refusal) as caught:
        read(ask("mediawiki"), {"error": {"code": code, "info": "Waiting\x1b[31m for db"}})
    assert caught.value.reason == f"api_{code}"
    assert (caught.value.wait is not None) == waits
    assert "\x1b" not in str(caught.value)


def test_searxng_says_about_how_many_or_nothing() -> None:
    results = [{"url": "https://a.org/"}]
    said = read(ask("searxng"), {"results": results, "number_of_results": 1_240_000_000.0})
    assert (said.total, said.bound) == (1_240_000_000, "estimate")
    silent = read(ask("searxng"), {"results": results, "number_of_results": 0})
    assert (silent.total, silent.bound) == (None, "none")
    assert read(ask("searxng"), {"results": []}).next == ""


def test_searxng_whose_pages_are_all_the_same_ends() -> None:
    same = {"results": [{"url": "https://a.org/"}]}
    first = read(ask("searxng"), same)
    second = ask("searxng", first.next)
    assert "pageno=2" in MODULES["searxng"].address(second)
    assert (read(second, same).urls, read(second, same).next) == ((), "")
    assert read(second, {"results": [{"url": "https://b.org/"}]}).next


def test_searxng_without_an_engine_that_answers_is_no_empty_answer() -> None:
    with pytest.raises(Refusal, match="none of its engines"):
        read(ask("searxng"), {"results": [], "unresponsive_engines": [["google", "CAPTCHA"]]})
    with pytest.raises(Refusal, match=r"settings\.yml") as caught:
        read(ask("searxng"), b"<html>", status=403)
    assert caught.value.whole


@pytest.mark.parametrize(
    ("service", "answer"),
    [
        ("searxng", {}),
        ("searxng", {"results": {"a": 1}}),
        ("searxng", {"results": ["https://a.org/"]}),
        ("mediawiki", {"query": {"searchinfo": {"totalhits": 5}}}),
        ("brave", {}),
        ("brave", {"query": {}, "web": {"results": "none"}}),
        ("gdelt", {"status": "maintenance"}),
        ("gdelt", {"articles": 5}),
    ],
)
def test_json_without_its_list_of_results_is_no_empty_answer(
    service: str, answer: dict[str, Any]
) -> None:
    with pytest.raises(Refusal) as caught:
        read(ask(service), answer)
    assert caught.value.reason == "not_json"


def test_brave_claims_what_it_gives_and_asks_traditional_among_traditional() -> None:
    urls = [{"url": f"https://a.org/{n}"} for n in range(20)]
    more = {"web": {"results": urls}, "query": {"more_results_available": True}}
    first = read(ask("brave", max_results=30), more)
    assert (first.total, first.bound) == (20, "at_least")
    last = ask("brave", first.next, max_results=30)
    assert "offset=1" in MODULES["brave"].address(last)
    assert read(last, more | {"query": {"more_results_available": False}}).total == 30
    assert read(last, more | {"query": {"more_results_available": False}}).bound == "at_least"
    few = {"web": {"results": urls[:3]}, "query": {"more_results_available": False}}
    assert (read(ask("brave"), few).total, read(ask("brave"), few).bound) == (3, "exact")
    assert read(ask("brave"), {"web": {"results": urls}}).bound == "none"
    assert "zh-hans" in MODULES["brave"].address(ask("brave"))
    wanted = Wanted("me", "brave", "dg", "zh", "數位政府")
    assert "zh-hant" in MODULES["brave"].address(Ask(ask("brave").search, wanted))


def test_gdelt_lists_counts_and_shares() -> None:
    asked = ask("gdelt")
    assert "sourcelang%3Achinese" in MODULES["gdelt"].address(asked)
    listed = read(asked, {"articles": [{"url": "https://a.org/"}]})
    assert (listed.urls, listed.total) == (("https://a.org/",), None)
    counting = Ask(asked.search, asked.wanted, listed.next)
    data = [
        {"date": "20260301T000000Z", "value": 3},
        {"date": "20260301T120000Z", "value": 4},
        {"date": "20260302T000000Z", "value": 5},
    ]
    counted = read(counting, {"timeline": [{"series": "Article Count", "data": data}]})
    assert (counted.total, counted.bound) == (12, "exact")
    assert counted.points[0] == ("Article Count", "2026-03-01", 7.0, "articles")
    assert read(counting, {}).total == 0
    with pytest.raises(Refusal):
        read(counting, {"odd": 1})
    sharing = Ask(asked.search, asked.wanted, counted.next)
    assert "sourcelang" not in MODULES["gdelt"].address(sharing)
    as_text = [*data[:2], {"date": "20260302T000000Z", "value": "5"}]
    assert read(counting, {"timeline": [{"series": "Article Count", "data": as_text}]}).total == 12
    odd = [*data, {"date": "20260303T000000Z", "value": "many"}]
    counted = read(counting, {"timeline": [{"series": "Article Count", "data": odd}]})
    assert (counted.total, counted.bound, len(counted.points)) == (None, "none", 2)
    shares = read(sharing, {"timeline": [{"series": "Chinese Volume Intensity", "data": data[:2]}]})
    assert shares.points == (("Chinese", "2026-03-01", 3.5, "percent"),)
    assert not shares.next


@pytest.mark.parametrize(
    ("body", "reason", "wait"),
    [
        ("Please limit requests to one every 5 seconds or contact …", "rate_limit", 10.0),
        ("The specified phrase is too short.", "query", None),
        ("<html><p>Your query was too long.", "html", None),
    ],
)
def test_gdelts_complaints_are_text_with_status_200(
    body: str, reason: str, wait: float | None
) -> None:
    with pytest.raises(Refusal) as caught:
        gdelt_service.read(ask("gdelt"), 200, body.encode())
    assert (caught.value.reason, caught.value.wait) == (reason, wait)


def test_common_crawl_takes_the_latest_index_and_counts_lines() -> None:
    asked = ask("commoncrawl")
    assert MODULES["commoncrawl"].address(asked).endswith("/collinfo.json")
    listed = read(asked, [{"id": "../evil"}, {"id": "CC-MAIN-2026-08"}, {"id": "CC-MAIN-2025-51"}])
    there = Ask(asked.search, asked.wanted, listed.next)
    assert "/CC-MAIN-2026-08-index?" in MODULES["commoncrawl"].address(there)
    lines = b'{"url": "https://a.org/1"}\n{"url": "https://a.org/1"}\n{"url": broken\n'
    reply = read(there, lines)
    assert (reply.urls, reply.total, reply.bound) == (("https://a.org/1",), 3, "exact")
    few = ask("commoncrawl", listed.next, max_results=3)
    assert read(few, lines).bound == "at_least"
    deaf = read(few, b"".join(b'{"url": "https://a.org/%d"}\n' % n for n in range(9)))
    assert (len(deaf.urls), deaf.total, deaf.bound) == (3, 9, "at_least")
    nothing = read(there, {"message": "No Captures found for: example.org"}, status=404)
    assert (nothing.total, nothing.bound) == (0, "exact")
    with pytest.raises(Refusal, match="no such index"):
        read(there, {"message": "unknown"}, status=404)


def test_wayback_goes_on_by_its_resume_key() -> None:
    asked = ask("wayback", max_results=3)
    first = read(asked, [["original"], ["https://a.org/1"], ["https://a.org/2"], [], ["k 2"]])
    assert (first.total, first.bound) == (2, "at_least")
    then = Ask(asked.search, asked.wanted, first.next)
    assert "resumeKey=k+2" in MODULES["wayback"].address(then)
    assert "limit=1&" in MODULES["wayback"].address(then)
    last = read(then, [["original"], ["https://a.org/3"]])
    assert (last.urls, last.total, last.bound, last.next) == (("https://a.org/3",), 3, "exact", "")
    assert (read(asked, []).total, read(asked, b"").total) == (0, 0)
    deaf = read(asked, [["original"], *([f"https://a.org/{n}"] for n in range(9))])
    assert (len(deaf.urls), deaf.total, deaf.bound) == (3, 3, "at_least")


def test_each_language_gets_the_same_effort() -> None:
    concepts = (
        Concept("a", "A", "甲", ("a1", "a2", "a3"), ("甲一",), "", True),
        Concept("b", "B", "乙", ("b1", "b2"), ("乙一", "乙二", "乙三"), ""),
    )
    topic = Topic("t", "T", "题", concepts)
    search = Search("me", "brave", "", "", 1.0, terms=2)
    queries = plan(search, topic, ())
    assert [q.words for q in queries] == ["a1", "甲一", "b1", "乙一", "b2", "乙二"]
    assert sum(q.lang == "en" for q in queries) == sum(q.lang == "zh" for q in queries)
    only = Search("me", "brave", "", "", 1.0, concepts=("b",))
    assert {q.concept for q in plan(only, topic, ())} == {"b"}
    english = plan(Search("me", "gdelt", "", "", 1.0), topic, ())
    assert [(q.lang, q.words) for q in english[:2]] == [("en", "a1"), ("zh", "a1")]


def test_hosts_are_asked_about_in_pairs() -> None:
    sources = (
        Source("e", "E", ("en",), "press", hosts=("e1.org", "e2.org", "e3.org")),
        Source("z", "Z", ("zh",), "press", hosts=("z1.cn",)),
        Source("b", "B", ("en", "zh"), "press", hosts=("b.org",)),
    )
    queries = plan(Search("me", "wayback", "", "", 1.0), Topic("t", "T", "题", ()), sources)
    assert [(q.lang, q.words) for q in queries] == [
        ("en", "e1.org"),
        ("zh", "z1.cn"),
        ("", "b.org"),
    ]


@pytest.mark.parametrize(
    ("headers", "wait", "said"),
    [
        ({"Retry-After": "3"}, 3.0, "ask again after 3 seconds"),
        ({"Retry-After": "600"}, 600.0, "ask again after 10 minutes"),
        ({"Retry-After": "999999999999"}, 86400.0, "ask again after 24 hours"),
        ({"Retry-After": "Fri, 01 Jan 2100 00:00:00 GMT"}, 86400.0, "ask again after 24 hours"),
        ({"X-RateLimit-Remaining": "0, 0", "X-RateLimit-Reset": "1, 2592000"}, 86400.0, "24 hours"),
        ({}, 0.0, "ask again later"),
    ],
)
def test_who_asks_to_be_left_alone_for_years_is_asked_tomorrow(
    headers: dict[str, str], wait: float, said: str
) -> None:
    asked = ask("wayback")

    async def download(request: Request) -> Response:
        return Response(request.url, status=429, headers=headers)

    with pytest.raises(Refusal, match=said) as refused:
        asyncio.run(ask_once(asked, download))
    assert refused.value.wait == wait
    assert len(str(refused.value)) < 80
