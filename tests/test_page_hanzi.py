"""Folding is fast and still what its definition says; its tables come from a required package."""

from __future__ import annotations

import configparser
import re
from importlib.metadata import files
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from page.hanzi import fold, fold_quickly, fold_whole

SETUP = Path(__file__).parent.parent / "setup.cfg"
TABLES = {"TSCharacters", "STCharacters", "TWVariants", "TWVariantsRev", "HKVariants"}


def test_the_dictionaries_belong_to_a_required_package() -> None:
    """Several packages are imported as ``opencc``, and only one has the dictionaries as text."""
    setup = configparser.ConfigParser()
    setup.read(SETUP, encoding="utf-8")
    required = setup["options"]["install_requires"].split()
    names = [re.split("[<>=]", line)[0] for line in required if "opencc" in line]
    held = {str(file) for name in names for file in files(name) or ()}
    assert {f"opencc/dictionary/{table}.txt" for table in TABLES} <= held


def test_every_character_folds_alone_as_by_the_definition() -> None:
    """In Chinese text, each plane's characters; those that join fold as they do between others."""
    for codes in (range(0x80, 0xD800), range(0xE000, 0x20000), range(0x20000, 0x32000, 7)):
        text = "数\x00".join(map(chr, codes))
        pieces = [text[start : start + 9000] for start in range(0, len(text), 9000)]
        assert [fold_quickly(piece) for piece in pieces] == [fold_whole(piece) for piece in pieces]


ACCENTED = "é Ǻ ệ ＝̸ が ｶﾞ 각 각 क़ ゙ ´ ¨ ﷺ ㈱ … ½ ﬁ ŉ İ ẞ Ⅳ ㎏ 𝐀 𑂚 𖵧 \ud800 \ufe0f \u200d 🙂"
PIECES = st.one_of(
    st.sampled_from(ACCENTED.split()), st.sampled_from(list("".join(ACCENTED.split()))), st.text()
)


@given(st.lists(PIECES, max_size=12), st.sampled_from(["数字政府，", "數位政府（", "e-", "Ａ"]))
def test_texts_fold_as_by_the_definition(pieces: list[str], between: str) -> None:
    text = "".join(pieces) + between * 20 + between.join(pieces)
    assert fold(text) == fold_whole(text)
    assert fold(fold(text)) == fold(text)


def test_letters_that_case_folding_takes_apart_fold_once_and_for_all() -> None:
    letters = [c for c in map(chr, range(0x80, 0x20000)) if len(c.casefold()) > 1]
    assert "İ" in letters
    marks = "\u0338\u0301\u0307\u0323\u0345\u3099"
    for letter in letters:
        for text in (letter, *(letter + mark for mark in marks), *(m + letter + m for m in marks)):
            for whole in (text, text + "数字政府，" * 20):
                assert fold(whole) == fold_whole(whole)
                assert fold(fold(whole)) == fold(whole), ascii(text)


@given(st.text(st.characters(max_codepoint=0x3100), min_size=64))
def test_marks_and_letters_fold_as_by_the_definition(text: str) -> None:
    assert fold(text) == fold_whole(text)
