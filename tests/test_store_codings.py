"""Codings: what was sent comes back, no more of it than is allowed, and some of what is damaged."""

from __future__ import annotations

import gzip
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.downloadermiddlewares.httpcompression import ACCEPTED_ENCODINGS
from scrapy.utils.gz import gunzip

from store.codings import CODINGS, codings, decoded
from tests.coded import CODED, gzipped

PAGE = b"<p>digital government</p>" * 100
MOST = 1_000_000


def test_every_coding_that_servers_are_asked_for_is_known() -> None:
    assert {name.decode() for name in ACCEPTED_ENCODINGS} <= CODINGS.keys()


@given(body=st.binary(max_size=2_000), sent=st.sampled_from(CODED))
def test_what_was_sent_comes_back(body: bytes, sent: tuple[str, Callable[[bytes], bytes]]) -> None:
    said, code = sent
    assert decoded(code(body), codings([said]), MOST) == body


def test_codings_are_undone_from_the_last_one() -> None:
    assert codings(["GZip, identity", " br"]) == ["br", "gzip"]
    assert codings(["", "none"]) == []


@pytest.mark.parametrize(("said", "code"), CODED)
def test_a_bomb_costs_no_more_than_is_allowed(said: str, code: Callable[[bytes], bytes]) -> None:
    found = decoded(code(bytes(20 * MOST)), codings([said]), MOST)
    assert len(found) > MOST
    assert len(found) < 4 * MOST or said in ("identity", "snappy")


# Of these gunzip of Scrapy makes the same.
DAMAGED = {
    "whole": gzipped(PAGE),
    "cut off": gzipped(PAGE)[:-9],
    "another checksum": gzipped(PAGE)[:-8] + bytes(8),
    "two members": gzipped(PAGE) * 2,
    "something behind": gzipped(PAGE) + b"junk",
    "long, and something behind": gzipped(PAGE * 1_000) + b"junk",
    "empty": b"",
}


@pytest.mark.parametrize("body", [pytest.param(b, id=n) for n, b in DAMAGED.items()])
def test_of_a_damaged_body_what_comes_before_counts(body: bytes) -> None:
    assert decoded(body, ["gzip"], 10 * MOST) == gunzip(body)


@pytest.mark.parametrize("name", CODINGS)
def test_what_is_not_coded_is_an_error(name: str) -> None:
    with pytest.raises(ValueError, match=f"the body is not {name}"):
        decoded(b"<p>digital government</p>", [name], MOST)


def test_nobody_codes_a_page_a_hundred_times() -> None:
    with pytest.raises(ValueError, match="100 codings are more than 2"):
        decoded(gzip.compress(PAGE), ["gzip"] * 100, MOST)
