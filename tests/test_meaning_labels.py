"""The labels that ship: enough of them, a reason each, and nobody's text."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from benchmarks.explained import kappa
from benchmarks.meaning_webs import site_words
from config.load import load
from report.estimate.divergence import Divergence, divergence

LABELS = Path(__file__).resolve().parent.parent / "benchmarks" / "labels"


def rows() -> list[dict[str, str]]:
    with (LABELS / "explained.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_there_are_enough_labels_of_both_kinds(lang: str) -> None:
    mine = [row for row in rows() if row["lang"] == lang]
    assert len(mine) >= 150
    assert sum(row["label"] == "y" for row in mine) >= 40
    assert all(row["reason"] for row in mine)


def test_the_split_follows_from_the_passage_alone() -> None:
    for row in rows():
        name = "|".join(row[k] for k in ("collection", "page", "lang", "concept", "passage"))
        third = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0
        assert row["kept"] == ("test" if third else "train")


def test_the_file_names_passages_and_holds_none() -> None:
    assert all(len(row["passage"]) == 16 and len(row["reason"]) < 80 for row in rows())


def test_the_second_list_of_concepts_loads() -> None:
    assert len(load(None, topic=str(LABELS / "concepts.toml")).topic.concepts) >= 40


def test_sites_with_words_of_their_own_are_not_taken_for_languages() -> None:
    wrong = right = 0
    for seed in range(12):
        generator = np.random.default_rng(seed)
        for differ in (False, True):
            said = divergence(*site_words(generator, differ), generator, recall_measured=True)
            assert isinstance(said, Divergence)
            wrong += not differ and said.p <= 0.05
            right += differ and said.p <= 0.05
    assert wrong <= 3
    assert right >= 6


def test_annotators_agree_well_beyond_chance() -> None:
    said = [("y", "y")] * 20 + [("y", "n")] * 5 + [("n", "y")] * 10 + [("n", "n")] * 15
    assert kappa(said) == pytest.approx(0.4)
    with (LABELS / "agreement.csv").open(encoding="utf-8", newline="") as file:
        twice = list(csv.DictReader(file))
    assert kappa([(row["first"], row["second"]) for row in twice]) > 0.6
    parts = ("collection", "page", "lang", "concept", "passage")
    kept = {"|".join(row[part] for part in parts) for row in rows() if row["kept"] == "test"}
    assert {row["id"] for row in twice} <= kept
