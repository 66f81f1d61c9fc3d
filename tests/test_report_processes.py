"""Processes beside a report's own: what they give, and one line when one of them is killed."""

from __future__ import annotations

import os
import signal
import time

import pytest

from report.processes import ProcessEnded, processes


def test_they_work_and_are_others() -> None:
    with processes(1) as pool:
        assert pool.submit(os.getpid).result() != os.getpid()
        assert list(pool.map(abs, [-1, 2])) == [1, 2]


def killed() -> None:
    with processes(1) as pool:
        other = pool.submit(os.getpid).result()
        work = pool.submit(time.sleep, 60)
        os.kill(other, signal.SIGKILL)
        work.result()


def test_a_killed_one_is_told_in_one_line() -> None:
    with pytest.raises(ProcessEnded, match=r"killed, .* memory .* again") as caught:
        killed()
    assert caught.value.exit_code == 5
    assert "\n" not in str(caught.value)


def test_other_errors_are_their_own() -> None:
    with pytest.raises(ValueError, match="invalid literal"), processes(1) as pool:
        pool.submit(int, "x").result()
