"""A week of the simulated quarter: what the benchmark shows must not quietly stop to hold."""

from __future__ import annotations

import argparse
from pathlib import Path

import pytest

from benchmarks.quarter import Quarter
from benchmarks.quarter_truth import measure
from benchmarks.scoreboard import Scoreboard
from store import open_store


@pytest.mark.parametrize("seed", [1, 2])
def test_a_week_misses_nothing_and_loses_nothing(tmp_path: Path, seed: int) -> None:
    quarter = Quarter(argparse.Namespace(days=7, sites=3, pages=5, seed=seed), tmp_path)
    quarter.live()
    board = Scoreboard("A week")
    with open_store(quarter.data) as store:
        measure(board, quarter.record, store)
    short = [f for f in board.figures if f.reached is False and "growth" not in f.name]
    assert not short, board.markdown()
