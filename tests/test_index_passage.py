"""The best sentence of a text, by the words that it has."""

from __future__ import annotations

import pytest

from index.passage import best_passage, idf

WEIGHTS = {"数": 1.0, "数字": 2.0, "政府": 2.5, "上海": 3.0}


def test_the_sentence_with_most_of_the_words_counts() -> None:
    text = "數字時代來了。上海的數字政府建設。北京"
    assert best_passage(text, WEIGHTS, "zh") == pytest.approx(8.5)
    assert best_passage("上海。数字。政府", WEIGHTS, "zh") == pytest.approx(3.0)


def test_english_words_count_whole() -> None:
    weights = {"=city": 1.0, "brain": 2.0}
    assert best_passage("A cityscape. Brains of cities.", weights, "en") == pytest.approx(3.0)


@pytest.mark.parametrize("text", ["", " \n ", "。！"])
def test_a_text_without_words_is_worth_nothing(text: str) -> None:
    assert best_passage(text, WEIGHTS, "zh") == 0.0
    assert best_passage("数字", {}, "zh") == 0.0


def test_a_rare_word_weighs_more() -> None:
    assert idf(1000, 1) > idf(1000, 10) > idf(1000, 1000) > 0
