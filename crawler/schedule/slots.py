"""When a cron expression comes round in a time zone. Pure; times are Unix times.

Summer time as Debian's cron has it: a job at a fixed hour that the change leaves out runs when the
hour is over, one that it repeats runs once; a job of every hour or minute follows elapsed time. A
job of every second hour, or of every twentieth minute of one hour, has fixed hours here; for
Debian's cron it has a star, so that the change skips or repeats it.
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
    for moment in CronSim(_fixed(cron), datetime.fromtimestamp(after, ZoneInfo(timezone))):
        slot = moment.timestamp()
        if slot > until:
            return
        if slot > last:  # in the repeated hour cronsim may go back to its first pass
            last = slot
            yield slot


def _fixed(cron: str) -> str:
    """Return an expression with its stars written out, where its hours are not all of them.

    To cronsim, as to Debian's cron, a star in the minute or hour says that time has elapsed.
    """
    minute, hour, rest = cron.split(" ", 2)
    if hour in ("*", "*/1"):
        return cron
    return f"{minute.replace('*', '0-59')} {hour.replace('*', '0-23')} {rest}"


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
