"""Fingerprints: what is the same text, what is nearly, and which pages are one work."""

from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page import fingerprint
from page.fingerprint import SAME_WORK, cluster, content_hash, letters, similarity, sketch
from page.fingerprint import _letters as folded_letters
from page.model import current

HAN = "".join(chr(code) for code in range(0x4E00, 0x9FA0))


def passage(seed: int, length: int = 3_000) -> str:
    return "".join(random.Random(seed).choices(HAN, k=length))


def edited(text: str, share: float) -> str:
    """Replace one run of the text: Jaccard similarity is about (1 - share) / (1 + share)."""
    cut = int(len(text) * (1 - share))
    return text[:cut] + passage(99, len(text) - cut)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("数字政府，一网通办。", "數字政府 一網通辦"),
        ("Ｄｉｇｉｔａｌ Government!", "digital government"),
        ("a\nb  c", "abc"),
    ],
)
def test_same_letters_same_hash(a: str, b: str) -> None:
    assert content_hash(a) == content_hash(b) != ""
    assert sketch(a) == sketch(b)


@pytest.mark.parametrize("empty", ["", " \n", "，。！", "—"])
def test_nothing_has_no_fingerprint(empty: str) -> None:
    assert (content_hash(empty), sketch(empty)) == ("", b"")


@settings(deadline=None)
@given(st.text(max_size=200), st.text(max_size=200))
def test_hash_is_equal_exactly_for_equal_letters(a: str, b: str) -> None:
    assert (content_hash(a) == content_hash(b)) == (letters(a) == letters(b))
    assert similarity(sketch(a), sketch(a)) == (1.0 if letters(a) else 0.0)


@pytest.mark.parametrize("share", [0.05, 0.2, 0.4, 0.7])
def test_similarity_estimates_jaccard(share: float) -> None:
    estimates = [
        similarity(sketch(passage(seed)), sketch(edited(passage(seed), share))) for seed in range(8)
    ]
    assert sum(estimates) / 8 == pytest.approx((1 - share) / (1 + share), abs=0.05)


def test_works() -> None:
    first, second = passage(1), passage(2)
    sketches = [sketch(t) for t in (first, second, edited(first, 0.03), "", second + "转载", "")]
    assert cluster(sketches) == [0, 1, 0, 2, 1, 3]


def test_small_changes_do_not_chain_different_texts_together() -> None:
    chain = [passage(5)]
    for step in range(1, 13):
        last = chain[-1]
        chain.append(last[: 250 * (step - 1)] + passage(50 + step, 250) + last[250 * step :])
    sketches = [sketch(text) for text in chain]
    works = cluster(sketches)
    assert works[0] != works[-1]
    for a, one in enumerate(sketches):
        for b, other in enumerate(sketches):
            assert works[a] != works[b] or similarity(one, other) > 2 * SAME_WORK - 1 - 0.1


def test_laws_that_share_half_their_text_are_two_works() -> None:
    assert cluster([sketch(passage(7)), sketch(edited(passage(7), 0.35))]) == [0, 1]


def test_no_sketches() -> None:
    assert cluster([]) == []


@settings(deadline=None)
@given(st.lists(st.integers(0, 6), max_size=30))
def test_equal_texts_are_one_work(numbers: list[int]) -> None:
    works = cluster([sketch(passage(number, 200)) for number in numbers])
    order = list(dict.fromkeys(numbers))
    assert works == [order.index(number) for number in numbers]


@settings(max_examples=400)
@given(st.text(max_size=40))
def test_the_table_of_letters_says_what_folding_says(text: str) -> None:
    assert letters(text) == folded_letters(text)


@pytest.mark.parametrize(
    "text", ["e\u0301", "ﾊﾞ", "\u1100\u1161\u11a8", "½ ㎡ ß ﬁ", "𠮷野家", "😀 x", "“a”…"]
)
def test_letters_that_join_or_expand(text: str) -> None:
    assert letters(text) == folded_letters(text)


def test_a_phrase_changed_here_and_there_is_the_same_work() -> None:
    draw, texts = random.Random(3), []
    for seed in range(60):
        text = list(passage(seed, 1_200))
        for _ in range(8):
            start = draw.randrange(len(text) - 8)
            text[start : start + 8] = draw.choices(HAN, k=8)
        texts += [passage(seed, 1_200), "".join(text)]
    works = cluster([sketch(text) for text in texts])
    assert works == [number for number in range(60) for _ in range(2)]


def test_single_characters_changed_everywhere_are_the_same_work() -> None:
    draw, texts = random.Random(4), []
    for seed in range(60):
        text = passage(seed, 1_200)
        changed = "".join(draw.choice(HAN) if draw.random() < 0.05 else char for char in text)
        texts += [text, changed]
    works = cluster([sketch(text) for text in texts])
    assert works == [number for number in range(60) for _ in range(2)]


def test_a_longer_text_that_has_most_of_a_shorter_one_is_another_work() -> None:
    notice = passage(1, 1_200)
    assert cluster([sketch(notice), sketch(notice + passage(2, 800))]) == [0, 1]


def test_a_sketch_of_an_older_version_is_made_anew() -> None:
    text = passage(3)
    assert current(b"\x01" * 512, text) == sketch(text) == current(sketch(text), text)
    assert current(b"", "") == b""


@given(st.text("ab数", max_size=300))
def test_a_sketch_has_the_lowest_hashes_of_all_shingles(text: str) -> None:
    shingles = fingerprint._shingles(letters(text))
    if len(shingles):
        hashed = shingles[None, :] * fingerprint._FACTORS + fingerprint._OFFSETS
        assert sketch(text)[:-4] == hashed.min(axis=1).tobytes()
        assert sketch(text)[-4:] == len(shingles).to_bytes(4, "little")


def test_the_kept_table_of_letters_is_what_folding_makes_now() -> None:
    """Fails where folding was changed and ``_LETTERS_FORMAT`` was not raised."""
    assert (fingerprint._letter_table() == fingerprint.letter_table()).all()
