"""The difference of two texts: exact, readable, in both scripts."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from page.difference import difference

TEXTS = st.text(st.sampled_from("ab 数字政府\n,。'"), max_size=60)


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_from_it(old: str, new: str) -> None:
    found = difference(old, new)
    assert "".join(c.text for c in found if c.kind != "added") == old
    assert "".join(c.text for c in found if c.kind != "removed") == new
    assert all(a.kind != b.kind for a, b in itertools.pairwise(found))


@given(TEXTS)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert all(change.kind == "equal" for change in difference(text, text))


CASES = [
    # old, new, as [-removed-]{+added+}
    ("the old city plan", "the new city plan", "the [-old-]{+new+} city plan"),
    ("don't stop here", "do not stop here", "[-don't-]{+do not+} stop here"),
    ("一网通办服务", "一网统管服务", "一网[-通办-]{+统管+}服务"),
    ("建设数字政府的意见", "建设数字政府的指导意见", "建设数字政府的{+指导+}意见"),
    ("計畫共5億元", "計畫共16億元", "計畫共[-5-]{+16+}億元"),
    ("数字政府 e-gov 平台", "数字政府 e-gov 系统", "数字政府 e-gov [-平台-]{+系统+}"),
    ("one\ntwo\nthree", "one\nthree", "one\n[-two\n-]three"),
    # by chance "of" is in both: a phrase was rewritten, and is shown as one
    ("a b lots of cats c d", "a b all of dogs c d", "a b [-lots of cats-]{+all of dogs+} c d"),
    ("", "新", "{+新+}"),
]


@pytest.mark.parametrize(("old", "new", "expected"), CASES)
def test_what_is_shown(old: str, new: str, expected: str) -> None:
    marks = {"equal": "{}", "removed": "[-{}-]", "added": "{{+{}+}}"}
    assert "".join(marks[c.kind].format(c.text) for c in difference(old, new)) == expected


def test_long_rewritten_texts_take_no_memory_to_speak_of() -> None:
    old, new = "数字" * 50_000, "政府" * 50_000
    assert [change.kind for change in difference(old, new)] == ["removed", "added"]
