"""Which pages a search keeps: by what is kept of explained works, and of counterparts."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.lexicon import Lexicon, named
from index.query import parse
from meaning import keep
from meaning.counterparts.find import FILE, _value, stamp
from meaning.counterparts.model import Found, Pair, Work
from meaning.explained.book import make
from meaning.selection import NotMade, selection
from tests.memory_store import TOPIC, stored

PAGES = [
    stored(1, 1, "数字政府是一种治理方式。"),
    stored(2, 2, "推进数字政府建设。电子政务是指用计算机办理政府业务。"),
    stored(3, 3, "推进数字政府建设。"),
]
PAGES = [one._replace(page=one.page._replace(content_hash=str(one.url_id))) for one in PAGES]
NAMED = [
    # (query, concepts that it asks for)
    ("数字政府", {"dg"}),
    ('digital government OR "e-government"', {"dg", "eg"}),
    ("digital government NOT 电子政务", {"dg"}),
    ("concept:brain", {"brain"}),
    ("museum", set()),
]


@pytest.mark.parametrize(("query", "concepts"), NAMED)
def test_a_query_names_the_concepts_that_it_does_not_exclude(
    query: str, concepts: set[str]
) -> None:
    assert named(parse(query), Lexicon(TOPIC)) == concepts


def test_pages_explain_what_was_asked_for_not_just_anything(tmp_path: Path) -> None:
    make(PAGES, TOPIC, tmp_path)

    def explaining(*concepts: str) -> set[int]:
        chosen = selection(
            tmp_path, 3, TOPIC, explained=True, no_counterpart=False, concepts=concepts
        )
        return set(chosen["zh"])

    assert explaining() == {1, 2}
    assert explaining("dg") == {1}
    assert explaining("eg", "brain") == {2}


def test_both_choices_hold_together_and_what_is_not_made_is_said(tmp_path: Path) -> None:
    def asked(
        *, explained: bool = False, no_counterpart: bool = False
    ) -> dict[str, frozenset[int]]:
        return selection(tmp_path, 3, TOPIC, explained=explained, no_counterpart=no_counterpart)

    with pytest.raises(NotMade, match="duizhao counterparts"):
        asked(no_counterpart=True)
    with pytest.raises(NotMade, match="duizhao explained"):
        asked(explained=True, no_counterpart=True)
    make(PAGES, TOPIC, tmp_path)
    zh = tuple(Work("zh", "", "", (n,), (f"https://s{n}.cn/",)) for n in (1, 2, 3))
    en = (Work("en", "", "", (9,), ("https://s9.org/",)),)
    found = Found(en, zh, (Pair(0, 0, 0.9, "meaning", ()),))
    keep.write(tmp_path / keep.FOLDER / FILE, stamp(3, TOPIC), _value(found))
    assert asked(no_counterpart=True) == {"en": frozenset(), "zh": frozenset({2, 3})}
    assert asked(no_counterpart=True, explained=True)["zh"] == {2}
    assert asked() == {}
