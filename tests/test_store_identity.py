"""Which store is which: one that was begun anew, or went on from a copy, is another."""

from __future__ import annotations

import shutil
from pathlib import Path

from store import DATABASE, open_store, runs


def begin(folder: Path, owner: str) -> tuple[int, str]:
    with open_store(folder, create=True) as store:
        runs.start(store.db, owner, "{}")
        assert store.last_run
        return store.last_run


def knows(folder: Path, run: tuple[int, str]) -> bool:
    with open_store(folder) as store:
        return store.has_run(run)


def test_a_store_knows_its_own_runs(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        assert store.last_run is None
    first, second = begin(tmp_path, "me:1:1"), begin(tmp_path, "me:2:2")
    assert (first[0], second[0]) == (1, 2)
    assert knows(tmp_path, first)
    assert knows(tmp_path, second)


def test_a_store_begun_anew_does_not(tmp_path: Path) -> None:
    old = begin(tmp_path, "me:1:1")
    (tmp_path / DATABASE).unlink()
    new = begin(tmp_path, "me:2:2")
    assert new[0] == old[0]
    assert not knows(tmp_path, old)


def test_nor_does_a_copy_that_went_on(tmp_path: Path) -> None:
    first = begin(tmp_path / "a", "me:1:1")
    shutil.copytree(tmp_path / "a", tmp_path / "b")
    lost = begin(tmp_path / "a", "me:2:2")
    begin(tmp_path / "b", "me:3:3")
    assert knows(tmp_path / "b", first)
    assert not knows(tmp_path / "b", lost)
