"""The schedule in a configuration: what is read, and the line that is wrong."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load
from config.model import Job, Schedule
from tests.configuring import problems, write

JOB = '[[schedule.job]]\nid = "daily"\nrun = ["crawl", "report"]\ncron = "30  4 * * *"\n'


def test_none_is_shipped() -> None:
    assert load().schedule == Schedule("UTC", ())


def test_a_job_takes_the_schedules_time_zone_unless_it_has_its_own(tmp_path: Path) -> None:
    own = JOB.replace("daily", "own") + 'timezone = "America/New_York"\n'
    file = write(tmp_path, f'[schedule]\ntimezone = "Asia/Shanghai"\n{JOB}{own}')
    assert load(file).schedule.jobs == (
        Job("daily", ("crawl", "report"), "30 4 * * *", "Asia/Shanghai"),
        Job("own", ("crawl", "report"), "30 4 * * *", "America/New_York"),
    )


@pytest.mark.parametrize(
    ("old", "new", "line", "said"),
    [
        ('"daily"', '"每日"', 2, "no id"),
        ('"report"', '"reprot"', 3, "did you mean 'report'?"),
        ('["crawl", "report"]', "[]", 3, "name at least 1"),
        ("30  4", "61 4", 4, "the minute is wrong"),
        ("30  4", "4", 4, "write five fields"),
        ("30  4", "0 30 4", 4, "write five fields"),
        ("4 * * *", "4 30 2 *", 4, "day-of-month is wrong"),
        ("4 * * *", "4 * * 8", 4, "day-of-week is wrong"),
        ('cron = "30  4 * * *"\n', "", 1, "'cron' is missing"),
        ("cron =", 'timezone = "Asia/Beijing"\ncron =', 4, "no time zone"),
        ("cron =", 'timezone = "../etc"\ncron =', 4, "no time zone"),
        ("cron =", "when = 1\ncron =", 4, "unknown key 'when'"),
        ("[[schedule.job]]", "[schedule.job]", 1, "double brackets"),
    ],
)
def test_mistakes(tmp_path: Path, old: str, new: str, line: int, said: str) -> None:
    file = write(tmp_path, JOB.replace(old, new))
    (problem,) = problems(file)
    assert problem.startswith(f"{file}:{line}: ")
    assert said in problem


def test_two_jobs_of_one_name_are_a_mistake(tmp_path: Path) -> None:
    (problem,) = problems(write(tmp_path, JOB + JOB))
    assert ":6: id: 'daily' is another job's" in problem
