"""Effort: counted a fetch at a time, read as typed rows."""

from __future__ import annotations

from pathlib import Path

from store import open_store, runs
from store.effort import spend
from store.records import Effort


def test_effort_adds_up_by_run_language_and_kind(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        first, second = (runs.start(store.db, "w:1:1", "{}") for _ in range(2))
        spend(store.db, first, ("en", "press"), 100, page=True, on_topic=True)
        spend(store.db, first, ("en", "press"), 50, page=True)
        spend(store.db, first, ("en", "press"), 7)
        spend(store.db, first, ("zh", "press"), 3)
        spend(store.db, second, ("en", "press"), 1)
        assert store.effort() == (
            Effort(first, "en", "press", 3, 157, 2, 1),
            Effort(first, "zh", "press", 1, 3, 0, 0),
            Effort(second, "en", "press", 1, 1, 0, 0),
        )
