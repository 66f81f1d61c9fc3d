"""Hosts in trouble: how long they are left alone, and that a restart remembers it."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from scrapy.http import Response

from crawler.hosts import LONGEST, SILENT_ENOUGH, UNREACHABLE, Hosts, pause
from crawler.retry_after import retry_after
from store import Store, open_store
from store.hosts import not_later

NOW = 1_780_315_200.0  # 2026-06-01T12:00:00Z


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with open_store(tmp_path, create=True) as opened:
        yield opened


def hosts_at(store: Store, now: list[float]) -> Hosts:
    return Hosts(store, lambda: now[0], 30.0)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        ("0", 0.0),
        ("Mon, 01 Jun 2026 12:10:00 GMT", 600.0),
        ("Monday, 01-Jun-26 12:10:00 GMT", 600.0),  # RFC 850
        ("Mon Jun  1 12:10:00 2026", 600.0),  # asctime
        ("Mon, 01 Jun 2026 20:10:00 +0800", 600.0),
        ("Mon, 01 Jun 2026 11:00:00 GMT", 0.0),  # over
        ("-5", 0.0),
        ("soon", 0.0),
        ("1.5", 0.0),
        ("²", 0.0),
        ("", 0.0),
    ],
)
def test_retry_after_in_seconds_and_as_a_date(value: str, seconds: float) -> None:
    headers = {"Retry-After": value.encode("utf-8")}
    assert retry_after(Response("http://a.cn/", headers=headers), NOW) == seconds


@pytest.mark.parametrize(
    ("reason", "failures", "asked", "seconds"),
    [
        ("http_429", 1, 0.0, 30.0),
        ("http_429", 3, 0.0, 120.0),
        ("http_503", 1, 3600.0, 3600.0),
        ("http_503", 1, 1e9, LONGEST),
        ("http_503", 10_000, 0.0, LONGEST),
        (UNREACHABLE, 1, 3600.0, 3600.0),
        (UNREACHABLE, 4, 3600.0, 8 * 3600.0),
        ("timeout", SILENT_ENOUGH - 1, 30.0, 0.0),
        ("refused", SILENT_ENOUGH, 30.0, 900.0),
        ("dns", SILENT_ENOUGH + 2, 30.0, 3600.0),
        ("dns", 10_000, 30.0, LONGEST),
    ],
)
def test_pauses(reason: str, failures: int, asked: float, seconds: float) -> None:
    assert pause(reason, failures, asked, 30.0) == seconds


@given(
    st.sampled_from(["http_429", "http_503", UNREACHABLE, "timeout"]),
    st.integers(1, 100),
    st.floats(0, 1e9),
)
def test_a_pause_only_grows_and_ends(reason: str, failures: int, asked: float) -> None:
    assert pause(reason, failures, asked, 30.0) <= pause(reason, failures + 1, asked, 30.0)
    assert pause(reason, failures, asked, 30.0) <= LONGEST


def test_a_pause_is_remembered_after_a_restart_and_ends_by_itself(store: Store) -> None:
    now = [NOW]
    hosts_at(store, now).ill("a.cn", "http_503", 600.0)
    again = hosts_at(store, now)
    assert again.wait("a.cn") == 600.0
    assert again.resting(120.0) == ["a.cn"]
    again.well("a.cn")  # an answer to what was under way
    assert again.wait("a.cn") == 600.0
    now[0] += 601
    assert again.wait("a.cn") == 0.0
    again.well("a.cn")
    assert hosts_at(store, now).resting(-1.0) == []


def test_a_pause_that_began_while_the_clock_was_ahead_is_no_longer_than_any(store: Store) -> None:
    now = [NOW + 400 * 86_400.0]
    hosts_at(store, now).ill("a.cn", "http_503", 600.0)
    not_later(store.db, NOW + LONGEST)
    assert hosts_at(store, [NOW]).wait("a.cn") == LONGEST


def test_what_was_under_way_is_one_failure(store: Store) -> None:
    now = [NOW]
    hosts = hosts_at(store, now)
    for _ in range(5):
        hosts.ill("a.cn", "http_429", 0.0)
    assert hosts.wait("a.cn") == 30.0
    now[0] += 31
    hosts.ill("a.cn", "http_429", 0.0)
    assert hosts.wait("a.cn") == 60.0


def test_one_answer_ends_a_silence(store: Store) -> None:
    hosts = hosts_at(store, [NOW])
    for _ in range(SILENT_ENOUGH - 1):
        hosts.ill("a.cn", "timeout", 30.0)
    hosts.well("a.cn")
    hosts.ill("a.cn", "timeout", 30.0)
    assert hosts.wait("a.cn") == 0.0


def test_while_nobody_answers_no_host_is_left_alone_for_long(store: Store) -> None:
    now = [NOW]
    hosts = hosts_at(store, now)
    for _ in range(60):
        hosts.ill("a.cn", "dns", 30.0)
        now[0] += 1
    assert hosts.wait("a.cn") <= 3600.0
    hosts.well("b.cn")
    hosts.ill("a.cn", "dns", 30.0)
    assert hosts.wait("a.cn") == LONGEST


def test_a_page_that_fails_says_nothing_of_its_host(store: Store) -> None:
    hosts = hosts_at(store, [NOW])
    for reason in ("http_500", "truncated", "too_large"):
        hosts.ill("a.cn", reason, 1e6)
    assert hosts.wait("a.cn") == 0.0


def test_a_held_host_waits_until_its_answer_is_settled(store: Store) -> None:
    hosts = hosts_at(store, [NOW])
    hosts.hold("a.cn")
    assert hosts.wait("a.cn") > 0
    hosts.well("a.cn")
    assert hosts.wait("a.cn") == 0.0
