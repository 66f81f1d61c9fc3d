"""CC-CEDICT, read both ways."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.dictionary import Dictionary, dictionary

KNOWN = dictionary()


def chinese(word: str) -> list[str]:
    return [one.text for one in KNOWN.to_chinese(word)]


def english(word: str) -> list[str]:
    return [one.text for one in KNOWN.to_english(word)]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [
        ("tax", "税"),
        ("taxes", "税"),
        ("Government", "政府"),
        ("invoice", "发票"),
        ("cities", "城市"),
        ("Warsaw", "华沙"),
        ("stock exchange", "证券交易所"),
    ],
)
def test_english_words(word: str, wanted: str) -> None:
    assert wanted in chinese(word)[:10]


@pytest.mark.parametrize(
    ("word", "wanted"),
    [("发票", "invoice"), ("發票", "invoice"), ("政府", "government"), ("税务局", "tax bureau")],
)
def test_chinese_words_in_either_script(word: str, wanted: str) -> None:
    assert any(wanted.casefold() == text.casefold() for text in english(word)), english(word)


def test_what_is_the_word_itself_comes_before_what_has_it_among_others() -> None:
    plausible = {one.text: one.plausible for one in KNOWN.to_chinese("invoice")}
    assert plausible["发票"] == 1.0
    assert plausible["发票"] > plausible["商业发票"] > 0


def test_a_run_is_cut_at_its_longest_words() -> None:
    assert KNOWN.words_in("推進數字經濟發展") == ["推进", "数字", "经济发展"]


@settings(deadline=None, max_examples=150)
@given(st.text(max_size=20))
def test_any_text_is_cut_without_loss_and_looked_up(text: str) -> None:
    from index.analysis.unit import normal

    assert "".join(KNOWN.words_in(text)) == normal(text)
    for one in (*KNOWN.to_chinese(text), *KNOWN.to_english(text)):
        assert one.text
        assert 0 < one.plausible <= 1


@pytest.mark.parametrize("word", ["", " ", "qqxzj", "/", "\n", "㐀㐁"])
def test_what_is_no_word_has_no_translation(word: str) -> None:
    assert chinese(word) == english(word) == []


def test_who_has_no_home_has_a_dictionary(monkeypatch: pytest.MonkeyPatch) -> None:
    def homeless() -> Path:
        raise RuntimeError("Could not determine home directory.")

    monkeypatch.delenv("XDG_CACHE_HOME", raising=False)
    monkeypatch.setattr(Path, "home", homeless)
    assert Dictionary().to_chinese("invoice") == KNOWN.to_chinese("invoice")
