"""What is wrong, in Chinese: each message as it is really made, and none that falls through."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request

from config.load import load
from index.errors import IndexBusy
from index.grammar import QueryError
from index.lexicon import Lexicon
from index.query import parse
from store import NoStore, StoreError, open_store
from store.disk import ADVICE
from web.asking import read
from web.complaints import said
from web.desk import NotReady
from web.guard import check

QUERIES = [
    "",
    "x" * 501,
    'a "b',
    "a)",
    "(a",
    "(" * 21 + "a" + ")" * 21,
    "a () b",
    "a AND",
    "OR a",
    "a NOT NOT b",
    "site: x",
    "!!",
    "NOT smart",
    " ".join(f"w{n}*" for n in range(17)),
    '"a b c d e f g h"~5',
    '"a b"~99999999',
    "kind:pre*",
    "word~7",
    "kind:newspaper",
    "region:'x'",
    "site:a..b",
    "date:yesterday",
    "date:2022..2019",
]
ADDRESSES = ["since=x", "page=x", "kind=none", "mode=none", "since=2024&until=2023", "site=a..b"]
CHINESE = re.compile("[\u4e00-\u9fff]")


@pytest.mark.parametrize("query", QUERIES)
def test_every_complaint_of_a_query_is_made_in_chinese(query: str) -> None:
    with pytest.raises(QueryError) as wrong:
        parse(query)
    _is_chinese(wrong.value.message)


@pytest.mark.parametrize("address", ADDRESSES)
def test_every_complaint_of_an_address_is_made_in_chinese(address: str) -> None:
    request = Request(EnvironBuilder(query_string=address).get_environ())
    with pytest.raises(QueryError) as wrong:
        read(request.args)
    _is_chinese(wrong.value.message)


def test_what_a_value_says_stays_as_it_is() -> None:
    assert said("no kind is called 'news {0} \\d'; there are a, b", "zh") == (
        "没有名为“news {0} \\d”的来源类型；可用的有 a, b",
        "zh-Hans",
    )
    assert said("NOT twice", "en") == ("NOT twice", "en")
    assert said("something new", "zh") == ("something new", "en")


def test_complaints_of_the_data_and_of_the_guard_are_made_in_chinese(tmp_path: Path) -> None:
    with pytest.raises(NoStore) as none:
        open_store(tmp_path)
    (tmp_path / "store.sqlite").write_bytes(b"no database" * 99)
    with pytest.raises(StoreError) as broken:
        open_store(tmp_path)
    with pytest.raises(QueryError) as unknown:
        Lexicon(load().topic).concept("nothing")
    for error in (
        none.value,
        broken.value,
        unknown.value.message,
        IndexBusy(tmp_path, "process 7"),
        NotReady(1),
        NotReady(1200),
        f"/x/index: cannot be written (Read-only file system); {ADVICE}",
    ):
        _is_chinese(str(error))
    for changes in ({"HTTP_HOST": "evil.org"}, {"REQUEST_METHOD": "POST"}):
        with pytest.raises(HTTPException) as refused:
            check(Request(EnvironBuilder().get_environ() | changes))
        _is_chinese(str(refused.value.description))


def _is_chinese(message: str) -> None:
    text, lang = said(message, "zh")
    assert lang == "zh-Hans", message
    assert CHINESE.search(text)
    assert "{" not in text
