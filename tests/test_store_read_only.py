"""A data folder that cannot be written: it is read, as it is, and what cannot be is one line."""

from __future__ import annotations

import os
import shutil
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from index.build import catch_up
from index.opening import FOLDER, open_library
from store import Store, StoreError, open_store, read_only
from store.migrations import MIGRATIONS
from tests.crawling import ROOT
from tests.memory_store import stored
from tests.stored_pages import keep
from web.desk import Desk

PAGES = [stored(1, 1, "数字政府"), stored(2, 2, "Digital government.", "en")]
MOUNTED = 'mount -o bind "$1" "$1" && mount -o remount,ro,bind "$1"'


@pytest.fixture
def data(tmp_path: Path) -> Path:
    keep(tmp_path, PAGES)
    with open_store(tmp_path) as store:
        catch_up(store, tmp_path / FOLDER)
    return tmp_path


@pytest.fixture
def locked(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nothing may be written, as far as a process is told: root could, whatever a folder says."""
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: may(path, mode & ~os.W_OK) and mode != 2)


def files(folder: Path) -> set[str]:
    return {path.name for path in folder.iterdir()}


@pytest.mark.usefixtures("locked")
def test_a_store_is_read_without_a_trace_and_not_written(data: Path) -> None:
    before = files(data)
    with open_store(data) as store:
        assert {page.url_id for page in store.changes()} == {1, 2}
        assert files(data) == before, "neither a log nor its index is made"
        with pytest.raises(sqlite3.OperationalError, match="readonly"), store.transaction():
            store.db.execute("DELETE FROM page")


def test_changes_that_are_in_the_log_yet_are_read(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_store(data) as writer, monkeypatch.context() as patched:
        assert isinstance(writer, Store)
        writer.db.execute("UPDATE url SET reason = 'new'")
        patched.setattr(read_only, "is_read_only", lambda _: True)
        patched.setattr("store.schema.is_read_only", lambda _: True)
        with open_store(data) as store:
            assert store.db.execute("SELECT DISTINCT reason FROM url").fetchall() == [("new",)]


def test_a_log_that_cannot_be_read_is_said_on_one_line(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def opened(path: Path, how: str, seconds: float) -> sqlite3.Connection:
        if "immutable" not in how:
            raise sqlite3.OperationalError("unable to open database file")
        return sqlite3.connect(path)

    monkeypatch.setattr("store.schema.is_read_only", lambda _: True)
    monkeypatch.setattr(read_only, "_opened", opened)
    log = data / "store.sqlite-wal"
    log.write_bytes(b"x")
    with pytest.raises(StoreError, match=r"newest changes are still in store.sqlite-wal.*--data$"):
        open_store(data)
    log.write_bytes(b"")
    open_store(data).close()


@pytest.mark.usefixtures("locked")
def test_an_older_store_that_cannot_be_brought_up_to_date_says_so(data: Path) -> None:
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS) - 1}")
    db.close()
    with pytest.raises(StoreError, match="an older Duizhao made it"):
        open_store(data)


@pytest.mark.usefixtures("locked")
def test_an_index_is_read_and_says_what_it_lacks(data: Path) -> None:
    said: list[str] = []
    with open_library(data, "tantivy", said.append) as library:
        assert library.indexes["zh"].count() == 1
    assert said == []


def test_an_index_that_stays_behind_is_read_on_a_page_too(
    data: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from config.load import load

    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE url SET revision = 9 WHERE id = 1")
        db.execute("UPDATE revision SET last = 9")
    db.close()
    said: list[str] = []
    monkeypatch.setattr(os, "access", lambda path, mode: not mode & os.W_OK)
    lacks = "the index is at revision 2 of 9, and its folder cannot be written"
    with open_library(data, "tantivy", said.append) as library:
        assert library.indexes["en"].count() == 1
    with Desk(data, load()).opened() as opened:
        assert lacks in opened.notices[0]
    assert lacks in said[0]


def test_a_disk_that_is_read_only_in_earnest(
    data: Path, tmp_path_factory: pytest.TempPathFactory
) -> None:
    """In a mount of our own; where that is not allowed, this is skipped."""
    out, torn = tmp_path_factory.mktemp("report"), tmp_path_factory.mktemp("torn")
    with open_store(data) as writer:
        assert isinstance(writer, Store)
        writer.db.execute("UPDATE url SET reason = 'new'")
        assert (data / "store.sqlite-wal").stat().st_size
        for name in ("store.sqlite", "store.sqlite-wal"):
            shutil.copy(data / name, torn / name)

    def run(folder: Path, *command: str) -> subprocess.CompletedProcess[str]:
        script = f'{MOUNTED} || exit 99; shift; exec "$@"'
        given = [sys.executable, "-m", "cli", *command, "--data", str(folder)]
        return subprocess.run(
            ["unshare", "-m", "sh", "-c", script, "sh", str(folder), *given],
            cwd=ROOT,
            capture_output=True,
            text=True,
        )

    if shutil.which("unshare") is None or run(data, "status").returncode in (1, 99):
        pytest.skip("no mount of our own can be made here")
    for command in (
        ["search", "数字政府"],
        ["report", "--out", str(out)],
        ["verify"],
        ["explained"],
    ):
        done = run(data, *command)
        assert done.returncode == 0, done.stderr
    assert (out / "report.html").exists()
    done = run(torn, "search", "数字政府")
    assert (done.returncode, done.stderr.count("\n")) == (4, 1)
    assert "newest changes are still in store.sqlite-wal" in done.stderr
