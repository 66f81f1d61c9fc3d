"""A disk that is full or cannot be written is one line and exit code 4, never a traceback."""

from __future__ import annotations

import errno
import os
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from commands.disk import trouble
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
    assert trouble(sqlite3.OperationalError("database or disk is full"))


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
