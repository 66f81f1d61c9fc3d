"""Slots and what is due, minute by minute through summer time, leap days and clocks set back."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from config.model import Job
from crawler.schedule.due import CLOCK_STEP, due, is_wrong
from crawler.schedule.slots import DAY, newest_slot, next_slot, slots


def at(text: str, zone: str = "UTC") -> float:
    return datetime.fromisoformat(text).replace(tzinfo=ZoneInfo(zone)).timestamp()


def shown(found: list[float], zone: str) -> list[str]:
    return [datetime.fromtimestamp(s, ZoneInfo(zone)).strftime("%m-%d %H:%M") for s in found]


def lived(job: Job, clock: Iterator[float]) -> list[float]:
    """The slots that run when somebody looks at every reading of a clock."""
    since, done = next(clock), list[float]()
    for now in clock:
        slot = due(job, since, done, now)
        if slot is not None:
            done.append(slot)
    return done


def minutes(start: float, count: int) -> Iterator[float]:
    return (start + 60 * n for n in range(count))


SUMMER = [
    # zone, cron, around the change, what runs
    ("Europe/Berlin", "30 2 * * *", "2026-03-28", ["03-28 02:30", "03-29 03:00", "03-30 02:30"]),
    ("Europe/Berlin", "30 2 * * *", "2026-10-24", ["10-24 02:30", "10-25 02:30", "10-26 02:30"]),
    ("Europe/Berlin", "0 3 * * *", "2026-10-24", ["10-24 03:00", "10-25 03:00", "10-26 03:00"]),
    ("America/New_York", "30 2 * * *", "2026-03-07",
     ["03-07 02:30", "03-08 03:00", "03-09 02:30"]),
    ("America/New_York", "30 1 * * *", "2026-10-31",
     ["10-31 01:30", "11-01 01:30", "11-02 01:30"]),
    ("Asia/Shanghai", "30 2 * * *", "2026-03-28", ["03-28 02:30", "03-29 02:30", "03-30 02:30"]),
    # Stars that leave hours out are fixed hours.
    ("Europe/London", "*/30 1 * * *", "2026-03-28",
     ["03-28 01:00", "03-28 01:30", "03-29 02:00", "03-30 01:00", "03-30 01:30"]),
    ("Europe/London", "*/30 1 * * *", "2026-10-24",
     ["10-24 01:00", "10-24 01:30", "10-25 01:00", "10-25 01:30", "10-26 01:00", "10-26 01:30"]),
    ("Europe/Berlin", "0 */8,2 * * *", "2026-03-28",
     ["03-28 02:00", "03-28 08:00", "03-28 16:00", "03-29 00:00", "03-29 03:00", "03-29 08:00",
      "03-29 16:00", "03-30 00:00", "03-30 02:00", "03-30 08:00", "03-30 16:00", "03-31 00:00"]),
    ("Asia/Beirut", "0 */12 * * *", "2021-03-27",
     ["03-27 12:00", "03-28 01:00", "03-28 12:00", "03-29 00:00", "03-29 12:00", "03-30 00:00"]),
]  # fmt: skip


@pytest.mark.parametrize(("zone", "cron", "day", "expected"), SUMMER)
def test_a_daily_job_runs_once_a_day_whatever_the_clocks_do(
    zone: str, cron: str, day: str, expected: list[str]
) -> None:
    start = at(f"{day}T00:00", zone)
    done = lived(Job("j", ("crawl",), cron, zone), minutes(start, 3 * 24 * 60))
    assert shown(done, zone) == expected


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
@pytest.mark.parametrize("day", ["2026-03-07", "2026-03-28", "2026-10-24", "2026-10-31"])
def test_an_hourly_job_runs_every_hour_that_passes(zone: str, day: str) -> None:
    start = at(f"{day}T00:00", "UTC")
    done = lived(Job("j", ("crawl",), "0 * * * *", zone), minutes(start, 3 * 24 * 60))
    gaps = {later - earlier for earlier, later in itertools.pairwise(done)}
    assert gaps == {3600.0}
    assert len(done) == 71  # the first minute only begins the watch


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Asia/Shanghai"])
@pytest.mark.parametrize("cron", ["15 */6 * * *", "15 0,6,12,18 * * *"])
def test_four_runs_a_day_are_four_on_every_day_of_a_year(zone: str, cron: str) -> None:
    start = at("2026-01-01T00:00", zone)
    found = list(slots(cron, zone, start, start + 365 * DAY))
    days = [text[:5] for text in shown(found, zone)]
    assert {days.count(day) for day in set(days)} == {4}


def test_the_leap_day_comes_every_four_years() -> None:
    found = list(slots("0 0 29 2 *", "UTC", at("2023-01-01"), at("2033-01-01")))
    assert [datetime.fromtimestamp(s, UTC).year for s in found] == [2024, 2028, 2032]
    newest = newest_slot("0 0 29 2 *", "UTC", at("2023-01-01"), at("2027-12-31"))
    assert newest == at("2024-02-29")


def test_weekdays_are_those_of_cron() -> None:
    found = next_slot("0 0 * * 0", "UTC", at("2026-01-01"))
    assert found == at("2026-01-04")  # a Sunday


JOB = Job("j", ("crawl",), "0 * * * *", "UTC")
NOON = at("2026-06-01T12:00")


def test_missed_slots_are_caught_up_once() -> None:
    week = lived(JOB, iter([NOON, NOON + 7 * DAY, NOON + 7 * DAY + 60, NOON + 7 * DAY + 3600]))
    assert week == [NOON + 7 * DAY, NOON + 7 * DAY + 3600]


def test_nothing_from_before_a_job_was_known_is_run() -> None:
    assert due(JOB, NOON, [], NOON + 1800) is None
    assert due(JOB, NOON + 60, [], NOON + 3600) == NOON + 3600


@pytest.mark.parametrize("back", [60, 1800, 3600, 5 * 3600, 23 * 3600])
def test_a_clock_set_back_runs_nothing_twice_and_skips_nothing(back: int) -> None:
    before = list(minutes(NOON, 5 * 60))
    clock = [*before, *minutes(before[-1] - back, 30 * 60)]
    done = lived(JOB, iter(clock))
    assert len(done) == len(set(done))
    assert done == [NOON + 3600 * n for n in range(1, len(done) + 1)]
    assert done[-1] >= clock[-1] - 3600


def test_a_catch_up_counts_for_what_it_caught_up_when_the_clock_is_set_back() -> None:
    # Off from 9:30 to 11:10; at 11:10 the slot of 11:00 is run; then the clock is set to 10:30.
    clock = [at(f"2026-06-01T{t}") for t in ("08:30", "09:00", "11:10", "10:30", "11:00", "12:00")]
    done = lived(JOB, iter(clock))
    assert shown(done, "UTC") == ["06-01 09:00", "06-01 11:00", "06-01 12:00"]


def test_a_clock_that_was_a_year_ahead_stops_nothing() -> None:
    year = 365 * DAY
    done = lived(JOB, iter([NOON, NOON + year, *minutes(NOON + 60, 200)]))
    assert done == [NOON + year, NOON + 3600, NOON + 7200, NOON + 10800]
    assert is_wrong(NOON + year, NOON)
    assert is_wrong(NOON + CLOCK_STEP - 1, NOON), "slots come in between"
    assert not is_wrong(NOON, NOON)


CRONS = st.sampled_from(
    ["* * * * *", "*/7 * * * *", "30 2 * * *", "0 2,3 * * *", "15 */5 * * *", "0 0 1 * *"]
)
ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Shanghai"])


@settings(max_examples=50, deadline=None)
@given(CRONS, ZONES, st.integers(0, 400 * 24 * 60), st.integers(1, 3 * 24 * 60))
def test_the_newest_slot_is_the_last_of_them_all(
    cron: str, zone: str, start: int, length: int
) -> None:
    after = at("2026-01-01") + 60 * start
    now = after + 60 * length
    found = list(slots(cron, zone, after, now))
    assert found == sorted(set(found))
    assert newest_slot(cron, zone, after, now) == (found[-1] if found else None)
    assert all(after < slot <= now for slot in found)


@settings(max_examples=30, deadline=None)
@given(
    CRONS,
    ZONES,
    st.lists(st.timedeltas(timedelta(hours=-20), timedelta(days=2)), min_size=1, max_size=40),
)
def test_no_slot_is_ever_run_twice(cron: str, zone: str, steps: list[timedelta]) -> None:
    clock, now = [NOON], NOON
    for step in steps:
        now += step.total_seconds()
        clock.append(now)
    done = lived(Job("j", ("crawl",), cron, zone), iter(clock))
    assert len(done) == len(set(done))
