"""A disk that is full or cannot be written is one line and exit code 4, never a traceback."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from store.disk import trouble
from store.schema import unusable
from tests.crawling import ROOT

FULL = Path("/dev/full")
CONFIG = """
[crawl]
contact = "t@example.org"
[[schedule.job]]
id = "m"
run = ["crawl"]
cron = "* * * * *"
"""


@pytest.mark.parametrize("number", [errno.ENOSPC, errno.EROFS, errno.EIO, errno.EACCES])
def test_it_says_where_and_what_to_do(number: int) -> None:
    said = trouble(OSError(number, os.strerror(number), "/data/x"))
    assert said.startswith(f"/data/x: {os.strerror(number)}; ")


def refused(reason: str, folder: Path) -> sqlite3.Error:
    """What SQLite itself says."""
    with pytest.raises(sqlite3.Error) as caught:
        _refuse(reason, folder / "some.sqlite")
    return caught.value


def _refuse(reason: str, path: Path) -> None:
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE t (x)")
        if reason == "full":
            db.execute("PRAGMA max_page_count = 3")
            db.execute("INSERT INTO t VALUES (zeroblob(100000))")
        elif reason == "read only":
            sqlite3.connect(f"file:{path}?mode=ro", uri=True).execute("CREATE TABLE u (x)")
        elif reason == "no such folder":
            sqlite3.connect(path / "none")
        elif reason == "busy":
            db.execute("BEGIN IMMEDIATE")
            sqlite3.connect(path, timeout=0).execute("BEGIN IMMEDIATE")
        else:
            path.with_suffix(".txt").write_text("no database " * 99)
            sqlite3.connect(path.with_suffix(".txt")).execute("SELECT * FROM t")


@pytest.mark.parametrize(
    ("reason", "advice"),
    [
        ("full", "make room or choose a folder that can be written"),
        ("read only", "make room or choose a folder that can be written"),
        ("no such folder", "make room or choose a folder that can be written"),
        ("busy", "another process is writing it; wait"),
        ("damaged", "restore it from a copy or move it away"),
    ],
)
def test_a_good_store_is_not_to_be_moved_away(reason: str, advice: str, tmp_path: Path) -> None:
    error = refused(reason, tmp_path)
    assert advice in str(unusable(tmp_path, error))
    assert bool(trouble(error)) == advice.startswith("make room")


def test_other_errors_are_bugs() -> None:
    for error in (
        OSError(errno.EINVAL, "x"),
        ValueError("disk"),
        sqlite3.OperationalError("syntax"),
    ):
        assert trouble(error) == ""


@pytest.mark.skipif(not FULL.exists(), reason="there is no /dev/full here")
@pytest.mark.parametrize(
    ("name", "command"),
    [("crawl.log", ["crawl", "--quiet"]), ("schedule.lock", ["schedule", "run", "--once"])],
)
def test_a_full_disk_at_the_start(tmp_path: Path, name: str, command: list[str]) -> None:
    file, data = tmp_path / "c.toml", tmp_path / "data"
    file.write_text(CONFIG, "utf-8")
    data.mkdir()
    (data / name).symlink_to(FULL)
    whole = [sys.executable, "-m", "cli", *command, "--config", str(file), "--data", str(data)]
    done = subprocess.run(whole, cwd=ROOT, capture_output=True, text=True, timeout=100, check=False)
    assert done.returncode == 4, done.stderr
    assert done.stderr.startswith(f"duizhao: {data}: cannot keep data there (")
    assert done.stderr.count("\n") == 1
