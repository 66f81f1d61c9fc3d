"""Opening: migrations, strangers, and what is said about them."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
import threading
from pathlib import Path

import pytest

from store import DATABASE, NoStore, SchemaMismatch, Store, StoreError, open_store
from store.disk import ADVICE
from store.migrations import MIGRATIONS
from store.model import StoredPage
from tests.crawling import ROOT


def test_no_store_says_what_to_do(tmp_path: Path) -> None:
    with pytest.raises(NoStore, match="duizhao crawl") as caught:
        open_store(tmp_path)
    assert caught.value.exit_code == 3
    assert not list(tmp_path.iterdir())


def test_a_new_store_has_every_migration_and_opens_again(tmp_path: Path) -> None:
    open_store(tmp_path / "new" / "folder", create=True).close()
    with open_store(tmp_path / "new" / "folder") as store:
        assert store.db.execute("PRAGMA user_version").fetchone()[0] == len(MIGRATIONS)
        assert store.db.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert store.revision == 0
        assert list(store.changes()) == []
        assert store.account().balanced


def test_a_store_from_the_future_is_left_untouched(tmp_path: Path) -> None:
    open_store(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute("PRAGMA user_version = 99")
    before = (tmp_path / DATABASE).read_bytes()
    with pytest.raises(SchemaMismatch, match="upgrade"):
        open_store(tmp_path)
    assert (tmp_path / DATABASE).read_bytes() == before


@pytest.mark.parametrize(
    "content", [b"not a database, but long enough to be one" * 40, b"\x00" * 5000]
)
def test_a_stranger_is_not_a_store(tmp_path: Path, content: bytes) -> None:
    (tmp_path / DATABASE).write_bytes(content)
    with pytest.raises(StoreError, match="cannot be used as a store"):
        open_store(tmp_path)


def test_a_transaction_is_all_or_nothing(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        with pytest.raises(sqlite3.OperationalError), store.transaction():
            _write_then_fail(store)
        assert store.revision == 0


def _write_then_fail(store: Store) -> None:
    with store.transaction():
        store.db.execute("UPDATE revision SET last = 7")
    store.db.execute("SELECT nonsense")


WRITER = """
import sys
from pathlib import Path
from page.model import Page
from store import open_store, pages, runs
from store.frontier import Found, Frontier
from store.pages import Fetch
store = open_store(Path(sys.argv[1]), create=True)
run = runs.start(store.db, 'w:1:1', '{}')
frontier = Frontier(store.db, run, 'w:1:1')
for n in range(100_000):
    with store.transaction():
        frontier.add([Found(f'http://a.cn/{n}', 'a.cn', 'a', 'links')])
        (lease,) = frontier.lease('a.cn', 1)
        page = Page(lease.key, 'utf-8', '', str(n) * 500, 'en', 'article', content_hash=str(n))
        pages.save(store.db, lease.url_id, page, Fetch(run, '', 200))
        frontier.settle(lease.url_id, 'stored')
    print(n, flush=True)
"""


@pytest.mark.parametrize("after", [3, 40, 150])
def test_a_kill_loses_nothing_that_was_acknowledged(tmp_path: Path, after: int) -> None:
    command = [sys.executable, "-c", WRITER, str(tmp_path)]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, cwd=ROOT) as writer:
        assert writer.stdout
        acknowledged = [int(writer.stdout.readline()) for _ in range(after)]
        os.kill(writer.pid, signal.SIGKILL)
    with open_store(tmp_path) as store:
        assert store.db.execute("PRAGMA integrity_check").fetchone()[0] == "ok"
        pages = [c for c in store.changes() if isinstance(c, StoredPage)]
        stored = sorted(int(page.url.rsplit("/")[-1]) for page in pages)
        assert stored[: len(acknowledged)] == acknowledged
        assert stored == list(range(len(stored)))
        assert store.account().stored == len(stored)


def test_another_programs_database_is_not_a_store(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute(f"PRAGMA user_version = {len(MIGRATIONS)}")
    db.close()
    with pytest.raises(StoreError, match="cannot be used as a store"):
        open_store(tmp_path)


def test_damage_found_while_reading_is_said_in_one_line(tmp_path: Path) -> None:
    open_store(tmp_path, create=True).close()
    with sqlite3.connect(tmp_path / DATABASE) as db:
        db.execute("DROP TABLE capture")
    db.close()
    with pytest.raises(StoreError, match="cannot be used as a store"):
        _read_routes(tmp_path)


def _read_routes(folder: Path) -> None:
    with open_store(folder) as store:
        store.routes()


def test_two_processes_may_create_a_store_at_once(tmp_path: Path) -> None:
    other = sqlite3.connect(tmp_path / DATABASE, check_same_thread=False, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    other.execute("CREATE TABLE held (x)")
    threading.Timer(0.5, lambda: other.execute("ROLLBACK")).start()
    open_store(tmp_path).close()
    other.close()


FULL = """
import resource, signal, sys
from pathlib import Path
from store import open_store
resource.setrlimit(resource.RLIMIT_FSIZE, (150_000, 150_000))
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
open_store(Path(sys.argv[1]), create=True)
"""
"""A disk with less room than a new store takes: SQLite itself ends the transaction that fails."""


def test_a_disk_that_is_full_from_the_start_is_no_damaged_store(tmp_path: Path) -> None:
    said = subprocess.run(
        [sys.executable, "-c", FULL, str(tmp_path)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    ).stderr
    assert "StoreError" in said
    assert said.rstrip().endswith(f"; {ADVICE}"), said


def test_a_transaction_that_cannot_be_committed_is_over(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        store.db.execute("CREATE TABLE a (x PRIMARY KEY)")
        store.db.execute("CREATE TABLE b (x REFERENCES a DEFERRABLE INITIALLY DEFERRED)")
        with pytest.raises(sqlite3.IntegrityError), store.transaction():
            store.db.execute("INSERT INTO b VALUES (1)")
        assert not store.db.in_transaction
