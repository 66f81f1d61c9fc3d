"""The labels that ship: enough of them, a reason each, and nobody's text."""

from __future__ import annotations

import csv
import hashlib
from pathlib import Path

import numpy as np
import pytest

from benchmarks.explained_agreement import kappa
from benchmarks.explained_draw import labels, topics, words
from benchmarks.meaning_webs import site_words
from config.load import load
from report.estimate.divergence import Divergence, divergence

LABELS = Path(__file__).resolve().parent.parent / "benchmarks" / "labels"


FILES = ("explained.csv", "words.csv")
ID = ("collection", "page", "lang", "concept", "passage")


def rows(*files: str) -> list[dict[str, str]]:
    return [row for file in files or FILES for row in labels(file)]


@pytest.mark.parametrize("file", FILES)
@pytest.mark.parametrize("lang", ["en", "zh"])
def test_there_are_enough_labels_of_both_kinds(lang: str, file: str) -> None:
    mine = [row for row in rows(file) if row["lang"] == lang]
    assert len(mine) >= 150
    assert sum(row["label"] == "y" for row in mine) >= 40
    assert {row["kept"] for row in mine} == {"test", "train"}
    assert all(row["reason"] for row in mine)


def test_the_split_follows_from_the_passage_alone() -> None:
    for row in rows():
        name = "|".join(row[k] for k in ID)
        third = int(hashlib.sha256(name.encode()).hexdigest(), 16) % 3 == 0
        assert row["kept"] == ("test" if third else "train")


def test_the_file_names_passages_and_holds_none() -> None:
    assert all(len(row["passage"]) == 16 and len(row["reason"]) < 80 for row in rows())


def test_no_passage_has_two_labels() -> None:
    ids = [tuple(row[k] for k in ID) for row in rows()]
    assert len(set(ids)) == len(ids)


def test_other_words_are_one_a_line_and_none_of_ours() -> None:
    topic = words()
    ours = {c.id for one in topics() for c in one.concepts}
    ids = [concept.id for concept in topic.concepts]
    assert len(set(ids)) == len(ids) >= 600
    assert not ours & set(ids)
    assert {row["concept"] for row in rows("words.csv")} <= set(ids)
    assert {row["concept"] for row in rows("explained.csv")} <= ours


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
    kept = {"|".join(row[k] for k in ID) for row in rows() if row["kept"] == "test"}
    for drawn in ("first", "kept", "words"):
        mine = [row for row in twice if row["draw"] == drawn]
        assert kappa([(row["first"], row["second"]) for row in mine]) > 0.6
        assert len({row["id"] for row in mine}) == len(mine)
        assert {row["id"] for row in mine} <= kept
