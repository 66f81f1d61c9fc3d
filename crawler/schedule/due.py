"""Whether a job is due: never twice for one slot, once for all that were missed. Pure."""

from __future__ import annotations

from collections.abc import Sequence

from config.model import Job
from crawler.schedule.slots import newest_slot

CLOCK_STEP = 24 * 3600.0
"""A slot that ran this far ahead of now ran before the clock was set back, and counts; one further
ahead ran while the clock was simply wrong, and must not keep the job waiting until then."""


def due(job: Job, since: float, done: Sequence[float], now: float) -> float | None:
    """Return the slot that a job is to be run for now, or None.

    ``since`` is the Unix time from which its slots count, ``done`` the slots that were run, in any
    order. Of several missed slots only the newest is run.
    """
    believed = [slot for slot in done if slot <= now + CLOCK_STEP]
    after = max([slot for slot in believed if slot <= now], default=since)
    newest = newest_slot(job.cron, job.timezone, max(since, after), now)
    if newest is None or any(slot >= newest for slot in believed):
        return None
    return newest


def is_wrong(since: float, now: float) -> bool:
    """True when a job became known in the future: the clock was ahead, and has been set back."""
    return since > now
