"""Addresses and what they ask for: they are each other's inverse, and mistakes are one line."""

from __future__ import annotations

from urllib.parse import parse_qsl, urlsplit

import pytest
from hypothesis import given
from hypothesis import strategies as st
from werkzeug.datastructures import MultiDict

from config.model import KINDS, REGIONS
from web.asking import MODES, Asking, AskingError, read

words = st.text(st.characters(exclude_categories=["Cs"]), max_size=20).map(str.strip)
hosts = st.lists(st.sampled_from(["gov.cn", "example.org"]), unique=True).map(tuple)
askings = st.builds(
    Asking,
    q=words,
    like=words,
    kind=st.lists(st.sampled_from(KINDS), unique=True).map(tuple),
    region=st.lists(st.sampled_from(REGIONS), unique=True).map(tuple),
    site=hosts,
    since=st.sampled_from(["", "2019", "2019-02"]),
    until=st.sampled_from(["", "2020-12-31"]),
    mode=st.sampled_from(MODES),
    any=st.booleans(),
    hubs=st.booleans(),
    page=st.integers(1, 100),
    ui=st.sampled_from(["", "en", "zh"]),
)


def of(address: str) -> Asking:
    return read(MultiDict(parse_qsl(urlsplit(address).query, keep_blank_values=True)))


@given(askings)
def test_an_address_is_read_as_it_was_meant(asking: Asking) -> None:
    assert of(asking.address()) == asking


@given(words)
def test_any_query_makes_an_address(text: str) -> None:
    address = Asking(q=text).address()
    assert address.isascii()
    assert not set("\"'<> \n") & set(address)


def test_what_is_as_usual_is_left_out() -> None:
    assert Asking().address() == "/"
    assert Asking(q="数字 政府", kind=("press", "party")).address() == (
        "/?q=%E6%95%B0%E5%AD%97+%E6%94%BF%E5%BA%9C&kind=press&kind=party"
    )


def test_a_site_is_asked_as_the_query_language_asks_it() -> None:
    asking = of("/?q=x&site=WWW.政务.cn.")
    assert asking.site == ("WWW.政务.cn.",)
    assert asking.question(1).filters.sites == ("www.xn--zfr164b.cn",)


def test_another_filter_starts_at_the_first_page() -> None:
    asking = of("/?q=x&site=gov.cn,%20gov.tw、gov.hk&since=2019&page=4")
    assert asking.site == ("gov.cn", "gov.tw", "gov.hk")
    assert asking.without("site", "gov.tw") == Asking(
        q="x", site=("gov.cn", "gov.hk"), since="2019", page=1
    )
    assert asking.without("since", "2019").since == ""
    assert ("since", "2019") in asking.narrowed


MISTAKES = [
    ("/?kind=newspaper", "no kind is called 'newspaper'; there are government"),
    ("/?region=mars", "no region"),
    ("/?script=latin", "no script"),
    ("/?mode=guess", "no mode"),
    ("/?ui=fr", "no ui"),
    ("/?site=http://gov.cn/", "'http://gov.cn/' is no host or domain; write it as in site:gov.cn"),
    ("/?since=yesterday", "'yesterday' is no date; write 2024"),
    ("/?until=2024-02-30", "is no date"),
    ("/?since=2024&until=2023", "2024 is later than 2023"),
    ("/?page=0", "there is no page '0'; there are 1 to 100"),
    ("/?page=-1", "no page"),
    ("/?page=101", "no page"),
    ("/?page=99999999999999999999", "no page"),
    ("/?page=１", "no page"),
    ("/?page=x", "no page"),
]


@pytest.mark.parametrize(("address", "said"), MISTAKES)
def test_mistakes(address: str, said: str) -> None:
    with pytest.raises(AskingError, match=r".") as error:
        of(address)
    assert said in str(error.value)
    assert "\n" not in str(error.value)
