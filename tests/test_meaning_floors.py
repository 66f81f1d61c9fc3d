"""Floors of what the works say, on samples small enough for every run; see benchmarks/meaning.py.

A floor is only raised.
"""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.explained import Labelled, labelled, quality
from benchmarks.meaning import naming, paragraphs, removed, returned
from benchmarks.meaning_pages import samples
from config.load import load
from index.semantic.encoder import available, encoder
from meaning.counterparts.align import align
from store.model import StoredPage

SHARED = Path(__file__).resolve().parent.parent.parent / "shared"
needs_model = pytest.mark.skipif(not available(), reason="needs the extra semantic")


@pytest.fixture(scope="module")
def pages() -> list[tuple[str, StoredPage]]:
    return list(samples())


@pytest.fixture(scope="module")
def found(pages: list[tuple[str, StoredPage]]) -> list[Labelled]:
    return labelled(pages, "samples")


@pytest.mark.parametrize(("lang", "precision", "recall"), [("en", 0.9, 0.7), ("zh", 0.9, 0.9)])
def test_the_rule_keeps_to_its_labels(
    lang: str, precision: float, recall: float, found: list[Labelled]
) -> None:
    """On labels that it was fitted to: a change of a cue that breaks what was learned shows."""
    reached = quality(found, lang, kept=False)
    assert reached.explained >= 5
    assert reached.precision >= precision
    assert reached.recall >= recall


@needs_model
def test_removed_concepts_come_back(pages: list[tuple[str, StoredPage]]) -> None:
    topic = load(None).topic
    stored = [page for _, page in pages]
    gone = removed(naming(topic, stored, 4))
    back, first = returned(topic, stored, gone)
    assert len(gone) >= 8
    assert len(back) >= max(3, first)


@needs_model
@pytest.mark.realweb
@pytest.mark.skipif(not (SHARED / "eval").exists(), reason="needs ../shared/eval")
def test_aligned_paragraphs_are_found_and_others_are_not() -> None:
    """Of 120 paragraphs, 60 stand on both sides, 30 on each side alone."""
    sides = {lang: paragraphs(SHARED, lang) for lang in ("en", "zh")}
    names = sorted(sides["en"].keys() & sides["zh"].keys())[::2][:120]
    en = [sides["en"][name] for name in names[:90]]
    zh = [sides["zh"][name] for name in names[:60] + names[90:]]
    vectors = tuple(encoder().encode([work.lead for work in side]) for side in (en, zh))
    pairs = align(en, zh, (vectors[0], vectors[1]))
    right = sum(pair.en == pair.zh and pair.en < 60 for pair in pairs)
    assert right >= 0.95 * len(pairs)
    assert right >= 0.90 * 60
