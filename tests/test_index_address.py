"""An address as people read it, and the way back to the key."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from index.address import readable
from page.url import canonical


@pytest.mark.parametrize(
    ("key", "shown"),
    [
        ("http://a.cn/2018-%E4%B8%96%E7%95%8C?q=%E5%8F%B0", "http://a.cn/2018-世界?q=台"),
        ("http://a.cn/%B5%E7", "http://a.cn/%B5%E7"),  # GBK
        ("http://a.cn/%E4%B8%96%20%2F%25", "http://a.cn/世%20%2F%25"),
        ("http://a.cn/%E2%80%AE%D7%90%E3%80%80", "http://a.cn/%E2%80%AE%D7%90%E3%80%80"),
        ("http://xn--fiqs8s.cn/", "http://xn--fiqs8s.cn/"),
    ],
)
def test_an_address_is_read_by_people(key: str, shown: str) -> None:
    assert readable(key) == shown
    assert canonical(shown) == key


@given(st.text(max_size=30), st.binary(max_size=12))
def test_what_people_read_leads_back(path: str, other: bytes) -> None:
    key = canonical("http://a.cn/" + path.replace("\\", "/") + "".join(f"%{b:02X}" for b in other))
    if key is not None:
        shown = readable(key)
        assert canonical(shown) == key
        assert shown.isprintable()
