"""Questions and the paragraphs that answer them, in one language and across two, beside peers."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

from opencc import OpenCC

from benchmarks.scoreboard import Scoreboard
from benchmarks.search_peers import bm25, by_vectors
from benchmarks.search_quality import Quality, finder, library_of, quality, read
from index.semantic import fusion

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))[
    "search"
]
SETS = {"cmrc-zh": "zh", "xquad-zh": "zh", "xquad-en": "en"}
CROSSING = {"xquad-en2zh": "zh", "xquad-zh2en": "en"}
QUICK = 10  # one question in so many
STANDARD = 60  # the flattening of the paper (see index.semantic.fusion)


def retrieval(board: Scoreboard, data: Path, engine: str, *, quick: bool) -> None:
    """Measure every set of one language, the Chinese ones with Traditional questions too."""
    for name, lang in SETS.items():
        given = read(data / "eval" / "retrieval" / name, lang)
        asked = given.questions[:: QUICK if quick else 1]
        peer = quality(asked, bm25(given))
        with library_of(given, engine) as library:
            best = finder(library, given)
            found = quality(asked, best)
            floors = FLOORS[name]
            note = f"bare tantivy, BM25, in the same run: {peer.first:.3f}"
            board.at_least(f"{name}: R@1", found.first, floors["first"], note)
            note = f"bare tantivy: {peer.reciprocal:.3f}"
            board.at_least(f"{name}: MRR", found.reciprocal, floors["reciprocal"], note)
            board.shown(f"{name}: ms a question", found.milliseconds)
            if lang == "zh":
                turn = OpenCC("s2t").convert
                hant = [(right, turn(text)) for right, text in asked]
                turned, without = quality(hant, best), quality(hant, bm25(given))
                difference = abs(turned.first - found.first)
                note = f"bare tantivy falls to {without.first:.3f}"
                label = f"{name}: R@1, Traditional questions, difference"
                board.at_most(label, difference, FLOORS["traditional"], note)


def crossing(board: Scoreboard, data: Path, engine: str, *, quick: bool) -> None:
    """Measure questions in one language about paragraphs in the other."""
    for name, lang in CROSSING.items():
        given = read(data / "eval" / "retrieval" / name, lang)
        asked = given.questions[:: QUICK if quick else 1]
        words, vectors = quality(asked, bm25(given)), quality(asked, by_vectors(given))
        peers = f"bare tantivy {_said(words)}; embeddings alone {_said(vectors)}"
        with library_of(given, engine, vectors=True) as library:
            without = quality(asked, finder(library, given))
            with_extra = quality(asked, finder(library, given, meaning=True))
            half = [(right, text) for right, text in asked if _in_second_half(right, given.texts)]
            fusion.FLATTENING, kept = STANDARD, fusion.FLATTENING
            flat = quality(half, finder(library, given, meaning=True))
            fusion.FLATTENING = kept
            ours = quality(half, finder(library, given, meaning=True))
        for label, found in (("with the extra", with_extra), ("without it", without)):
            floors = FLOORS[label.split()[0]]
            board.at_least(f"{name}, {label}: R@1", found.first, floors["first"], peers)
            board.at_least(f"{name}, {label}: R@10", found.tenth, floors["tenth"])
            board.shown(f"{name}, {label}: ms a question", found.milliseconds)
        note = f"with {STANDARD}: {_said(flat)}"
        label = f"{name}: R@10 of the half that did not choose the flattening"
        board.shown(label, ours.tenth, note)


def _in_second_half(name: str, texts: dict[str, str]) -> bool:
    """Paragraphs by name: the first half chose, the second is what it was tried on."""
    return name >= sorted(texts)[len(texts) // 2]


def _said(found: Quality) -> str:
    return f"R@1 {found.first:.3f}, R@10 {found.tenth:.3f}"
