"""Runs keep their configuration, their limits and balanced books."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from store import AccountingError, Store, open_store, runs
from store.frontier import Found, Frontier
from store.owner import owner_name
from store.records import Account


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        yield opened


def test_a_run_keeps_its_configuration_limits_and_account(store: Store) -> None:
    run_id = runs.start(store.db, owner_name(), '{"topic": "数字政府"}')
    frontier = Frontier(store.db, run_id, owner_name())
    frontier.add(
        [
            Found("http://a.cn/", "a.cn", "a", "home"),
            Found("http://b.cn/", "b.cn", "", "links", state="skipped", reason="offsite"),
        ]
    )
    runs.count_fetch(store.db, run_id)
    runs.note_limit(store.db, run_id, "max_pages", "", 3)
    books = runs.end(store.db, run_id, "limit")
    (run,) = store.runs()
    assert books == run.account == Account(2, 0, 0, 1, 0, 1, (("skipped", "offsite", 1),))
    assert (run.outcome, run.fetched, run.limits) == ("limit", 1, (("max_pages", "", 3),))
    assert "数字政府" in run.config_json
    assert run.started_at <= run.ended_at


def test_books_that_do_not_balance_are_an_error(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    run_id = runs.start(store.db, owner_name(), "{}")
    monkeypatch.setattr("store.runs.account", lambda db: Account(3, 1, 0, 0, 0, 1))
    with pytest.raises(AccountingError, match="discovered 3") as caught:
        runs.end(store.db, run_id, "finished")
    assert caught.value.exit_code == 5
    assert store.runs()[0].account is not None


def test_a_run_whose_process_died_is_marked_killed(store: Store) -> None:
    host = owner_name().split(":")[0]
    runs.start(store.db, f"{host}:4194305:1", "{}")
    assert [run.outcome for run in store.runs()] == ["killed"], "said before the next one begins"
    alive = runs.start(store.db, owner_name(), "{}")
    runs.start(store.db, owner_name(), "{}")
    assert [run.outcome for run in store.runs()] == ["killed", "running", "running"]
    assert store.runs()[1].id == alive
    assert store.runs(after=alive) == store.runs()[2:]
