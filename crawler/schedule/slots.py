"""When a cron expression comes round in a time zone. Pure; times are Unix times.

Summer time as Debian's cron has it: a job at a fixed hour that the change leaves out runs when the
hour is over, one that it repeats runs once; a job of every hour or minute follows elapsed time.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from zoneinfo import ZoneInfo

from cronsim import CronSim

DAY = 86_400.0
_WINDOWS = (2 * DAY, 40 * DAY, 400 * DAY, 10 * 366 * DAY)
"""How far to look back for the newest slot, the nearest first: a job of every minute must not be
counted through a year, and one of every 29 February can lie eight years back."""


def slots(cron: str, timezone: str, after: float, until: float) -> Iterator[float]:
    """Yield the slots later than ``after`` and not later than ``until``, in order."""
    last = after
    for moment in CronSim(cron, datetime.fromtimestamp(after, ZoneInfo(timezone))):
        slot = moment.timestamp()
        if slot > until:
            return
        if slot > last:  # in the repeated hour cronsim may go back to its first pass
            last = slot
            yield slot


def next_slot(cron: str, timezone: str, after: float) -> float | None:
    """Return the first slot later than ``after``; None when there is none in sight."""
    return next(slots(cron, timezone, after, after + 60 * 366 * DAY), None)


def newest_slot(cron: str, timezone: str, after: float, now: float) -> float | None:
    """Return the last slot later than ``after`` and not later than ``now``, or None."""
    for window in _WINDOWS:
        start = max(after, now - window)
        newest = None
        for newest in slots(cron, timezone, start, now):  # noqa: B007
            pass
        if newest is not None or start == after:
            return newest
    return None
