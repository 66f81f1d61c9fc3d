"""What is inflated at once is what Scrapy inflates in pieces, and no more than is allowed."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.utils.gz import gunzip

from crawler.middlewares.compression import inflated

# A stamp of the time would give the cases other names in each process that collects them.
WHOLE = gzip.compress(b"<p>digital government</p>" * 100, mtime=0)


@given(st.binary(max_size=2_000))
def test_a_whole_body_is_what_scrapy_makes_of_it(body: bytes) -> None:
    assert inflated(gzip.compress(body), 0) == gunzip(gzip.compress(body)) == body


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(WHOLE[:-9], id="cut off"),
        pytest.param(WHOLE[:-8] + bytes(8), id="another checksum"),
        pytest.param(WHOLE + WHOLE, id="two members"),
        pytest.param(b"<p>not compressed", id="not compressed"),
        pytest.param(b"", id="empty"),
    ],
)
def test_what_is_not_one_whole_member_is_left_to_scrapy(body: bytes) -> None:
    assert inflated(body, 0) is None


@pytest.mark.parametrize(("most", "fits"), [(2_499, False), (2_501, True), (0, True)])
def test_no_more_is_inflated_than_is_allowed(most: int, fits: bool) -> None:
    assert (inflated(WHOLE, most) is not None) == fits
