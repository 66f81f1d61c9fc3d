"""One pass finds what asking string by string would find."""

from __future__ import annotations

import time

from hypothesis import given, settings
from hypothesis import strategies as st

from index.literals import Literals

STRINGS = st.text("政府数.+*(", max_size=4)


@settings(max_examples=300, deadline=None)
@given(strings=st.lists(STRINGS, max_size=12), text=st.text("政府数.+*(\n", max_size=30))
def test_it_holds_what_asking_one_by_one_finds(strings: list[str], text: str) -> None:
    assert Literals(strings).held(text) == {s for s in strings if s and s in text}


def test_a_text_of_beginnings_costs_no_more_than_its_length() -> None:
    known = Literals(["政" * 50 + "府", "政" * 20])
    begun = time.process_time()
    assert known.held("政" * 50_000) == {"政" * 20}
    assert time.process_time() - begun < 2
