"""Which other crawls on the same store live."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import pytest

from crawler.neighbours import Neighbours
from store import Store, open_store, runs, turns
from store.owner import owner_name

NOW = 1_000_000.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as store:
        yield store


def begin(store: Store, owner: str, seen: float = NOW) -> int:
    run = runs.start(store.db, owner, "{}")
    turns.seen(store.db, run, seen)
    return run


def test_a_process_of_this_machine_is_looked_up(store: Store) -> None:
    live, ended = begin(store, owner_name()), begin(store, owner_name())
    dead = begin(store, f"{socket.gethostname()}:1:1000")
    runs.end(store.db, ended, "finished")
    us = begin(store, owner_name())
    assert Neighbours(store, us, lambda: NOW).living() == [live]
    assert dead not in Neighbours(store, us, lambda: NOW).living()


@pytest.mark.parametrize(("seen", "lives"), [(NOW, True), (NOW + 900, True), (NOW - 900, False)])
def test_a_process_elsewhere_is_believed_by_its_last_sign(
    store: Store, seen: float, lives: bool
) -> None:
    begin(store, "container-that-was:7:7", seen)
    us = begin(store, owner_name())
    assert bool(Neighbours(store, us, lambda: NOW).living()) == lives


def test_silence_is_measured_by_our_own_watch(store: Store) -> None:
    watch, clock = [0.0], [NOW]
    other, us = begin(store, "elsewhere:7:7"), begin(store, owner_name())
    looking = Neighbours(store, us, lambda: clock[0], lambda: watch[0])
    assert looking.living() == [other]
    clock[0] += 3600  # the laptop slept, or somebody set the clock
    assert looking.living() == [other]
    watch[0] = 50.0
    turns.seen(store.db, other, clock[0])
    assert looking.living() == [other]
    watch[0] = 100.0
    assert looking.living() == [other], "fifty seconds since the last sign"
    watch[0] = 115.0
    assert looking.living() == []
    turns.seen(store.db, other, clock[0] + 1)
    assert looking.living() == [other], "it was only slow"
