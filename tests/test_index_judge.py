"""The verdict on a page: in which languages it is on topic, and how much of the topic it has."""

from __future__ import annotations

import pickle

import pytest

from index.judge import PageJudge
from page.model import ARTICLE, Page, Segment
from tests.memory_store import TOPIC

PAGE = Page("http://a.cn/1", "utf-8", "", "", "zh", ARTICLE)
CORE = next(concept for concept in TOPIC.concepts if concept.core)


@pytest.mark.parametrize(
    ("english", "chinese", "langs", "concepts"),
    [
        ("Weather", "天气预报", (), 0),
        (CORE.en, "天气预报", ("en",), 1),
        ("Weather", CORE.zh, ("zh",), 1),
        (CORE.en, CORE.zh, ("en", "zh"), 1),  # one concept, in either language
    ],
)
def test_verdict(english: str, chinese: str, langs: tuple[str, ...], concepts: int) -> None:
    page = PAGE._replace(segments=(Segment("en", english), Segment("zh", chinese)))
    judge = pickle.loads(pickle.dumps(PageJudge(TOPIC)))  # as a worker gets it
    assert judge(page) == (langs, concepts)


def test_a_page_without_text_has_no_concepts() -> None:
    assert PageJudge(TOPIC)(PAGE) == ((), 0)


def test_concepts_count_where_they_do_not_put_a_page_on_topic() -> None:
    other = next(concept for concept in TOPIC.concepts if not concept.core)
    assert PageJudge(TOPIC)(PAGE._replace(text=f"关于{other.zh}的通知")) == ((), 1)
