"""What is marked of a loose question: the words that tell, never those in every text."""

from __future__ import annotations

import pytest

from index.compiler import likeness
from index.marking import worth_marking
from index.query import parse
from index.snippet import marked

CASES = [
    # (language, question, text, what is marked in it)
    ("en", "the future of cities", "The cities of the future", ["cities", "future"]),
    ("en", "what is it", "it is what", ["it", "is"]),  # nothing else was asked for
    ("en", "open AND data", "open the data", ["open", "data"]),
    ("zh", "数字的未来", "数字政府的未来不是字数", ["数字", "的未来"]),
    ("zh", "云", "云上的政府", ["云"]),
    ("zh", "5G网络", "用5G联网，5G网络", ["5G", "5G网络"]),
    ("zh", "数字 -的 site:gov.cn", "数字的", ["数字"]),
]


@pytest.mark.parametrize(("lang", "query", "text", "wanted"), CASES)
def test_what_is_marked(lang: str, query: str, text: str, wanted: list[str]) -> None:
    loose = likeness(parse(query), lang)
    assert loose
    shown = marked(text, worth_marking(loose, lang), lang)
    assert [shown.text[start:end] for start, end in shown.marks] == wanted
