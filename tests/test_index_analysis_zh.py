"""Chinese analysis: exact tokens, and when a phrase is in a text."""

from __future__ import annotations

import pytest

from index.analysis import ANALYZERS

ZH = ANALYZERS["zh"]

TOKENS = [
    # (why, text, tokens as "position text")
    ("characters and bigrams", "城市大脑", "0 城 0 城市 1 市 1 市大 2 大 2 大脑 3 脑"),
    ("Traditional is Simplified", "數位政府", "0 数 0 数位 1 位 1 位政 2 政 2 政府 3 府"),
    ("full-width, and a space at Latin", "５Ｇ 网络", "0 5g 1 网 1 网络 2 络"),
    ("a space between characters is a place", "政 府", "0 政 1 __ 2 府"),
    ("a full-width space too", "政　府", "0 政 1 __ 2 府"),
    ("a word is whole", "App下载", "0 app 1 下 1 下载 2 载"),
    ("punctuation is kept, in one form", "政，府", "0 政 1 , 2 府"),
    ("a new line is far away", "政\n\n府", "0 政 101 府"),
    ("lines before the text are nothing", "\n\n政", "0 政"),
    ("beyond the basic plane", "𠮷政", "0 𠮷 0 𠮷政 1 政"),
    ("invisible characters are nothing", "政\u200b府\ufeff", "0 政 0 政府 1 府"),
    ("々, 〇 and kana are characters", "佐々〇カ", "0 佐 0 佐々 1 々 1 々〇 2 〇 2 〇カ 3 カ"),
    ("nothing", "", ""),
]


@pytest.mark.parametrize(("why", "text", "expected"), TOKENS, ids=[case[0] for case in TOKENS])
def test_tokens(why: str, text: str, expected: str) -> None:
    assert " ".join(f"{token.at} {token.text}" for token in ZH.tokens(text)) == expected


PHRASES = [
    # (why, phrase, its tokens)
    ("an even run needs half of its bigrams", "城市大脑", "0 城市 2 大脑"),
    ("an odd run ends with an overlap", "城市脑", "0 城市 1 市脑"),
    ("one character", "城", "0 城"),
    ("a symbol belongs to it", "互联网+", "0 互联 1 联网 3 +"),
    ("brackets around do not", "《数字政府》。", "0 数字 2 政府"),
    ("a mark inside does", "政务·服务", "0 政务 2 · 3 服务"),
    ("only marks are nothing", "。！+", ""),
]


@pytest.mark.parametrize(("why", "text", "expected"), PHRASES, ids=[case[0] for case in PHRASES])
def test_phrases(why: str, text: str, expected: str) -> None:
    assert (
        " ".join(f"{token.at} {token.text}" for row in ZH.phrases(text) for token in row)
        == expected
    )


@pytest.mark.parametrize("encoding", ["gb18030", "big5", "utf-8"])
def test_the_same_text_from_any_encoding(encoding: str) -> None:
    there_and_back = "數位政府".encode(encoding).decode(encoding)
    assert ZH.tokens(there_and_back) == ZH.tokens("数位政府")


def test_likeness_ignores_punctuation_and_repetition() -> None:
    assert ZH.bag("城市，城市！") == ("城", "市", "城市")


def test_a_very_long_word_is_cut_and_still_found() -> None:
    word = "a" * 70_000
    assert len(ZH.tokens(word)[0].text) == 200
    assert ZH.phrases(word)[0][0] == ZH.tokens(word)[0]
