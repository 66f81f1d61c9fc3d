"""Writing: the old report or the new one, never half, also when the writer is killed."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from report.atomic import ABANDONED, CannotWrite, replace_all

ROOT = Path(__file__).resolve().parent.parent
LINES = 4000
ROUNDS = 12

# Writes two files over and over, each line of a version the same, so that a mixture would show.
WRITER = f"""
import itertools, pathlib, sys
from report.atomic import replace_all
for version in itertools.count(1):
    lines = [f"{{version:08}}\\n"] * {LINES}
    replace_all(pathlib.Path(sys.argv[1]), {{"a.html": lines, "b.csv": lines}})
    print(version, flush=True)
"""


def test_files_are_replaced_as_given(tmp_path: Path) -> None:
    (tmp_path / "a").write_text("old")
    replace_all(tmp_path, {"a": ["\ufeff政\r\n", "府"], "b": iter(["x"])})
    assert (tmp_path / "a").read_bytes() == "\ufeff政\r\n府".encode()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["a", "b"]


def test_new_files_have_the_mode_of_any_new_file(tmp_path: Path) -> None:
    replace_all(tmp_path, {"a": ["x"]})
    (tmp_path / "plain").write_text("x")
    assert (tmp_path / "a").stat().st_mode == (tmp_path / "plain").stat().st_mode


def failing() -> Iterator[str]:
    yield "half"
    raise RuntimeError("the renderer failed")


def test_a_failure_half_way_leaves_the_old_files(tmp_path: Path) -> None:
    replace_all(tmp_path, {"a": ["old"], "b": ["old"]})
    with pytest.raises(RuntimeError, match="renderer"):
        replace_all(tmp_path, {"a": ["new"], "b": failing()})
    assert {p.name: p.read_text() for p in tmp_path.iterdir()} == {"a": "old", "b": "old"}


def test_a_place_that_cannot_be_written_is_one_line(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    with pytest.raises(CannotWrite, match=r"file: cannot be written \(.*; make room") as error:
        replace_all(tmp_path / "file", {"a": ["x"]})
    assert error.value.exit_code == 4
    assert "\n" not in str(error.value)


def test_what_a_killed_writer_left_goes_after_a_while(tmp_path: Path) -> None:
    old, young, foreign = (tmp_path / n for n in (".a.1.part", ".a.2.part", ".c.3.part"))
    for path in (old, young, foreign):
        path.write_text("half")
    past = time.time() - ABANDONED - 60
    os.utime(old, (past, past))
    os.utime(foreign, (past, past))
    replace_all(tmp_path, {"a": ["x"]})
    assert sorted(p.name for p in tmp_path.iterdir()) == [".a.2.part", ".c.3.part", "a"]


def test_a_kill_leaves_the_old_or_the_new(tmp_path: Path) -> None:
    killed_while_writing = 0
    for round_ in range(ROUNDS):
        writer = subprocess.Popen(
            [sys.executable, "-c", WRITER, str(tmp_path)], cwd=ROOT, stdout=subprocess.PIPE
        )
        assert writer.stdout is not None
        writer.stdout.readline()  # it has written once, and is writing again
        time.sleep(0.003 * round_)
        writer.kill()
        writer.communicate()
        for name in ("a.html", "b.csv"):
            lines = (tmp_path / name).read_text("utf-8").splitlines()
            assert len(lines) == LINES
            assert len(set(lines)) == 1
        killed_while_writing += any(tmp_path.glob(".*.part"))
    assert killed_while_writing, "no kill landed in the middle: write more lines"
