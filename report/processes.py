"""Processes beside this one, for what takes a large report longest."""

from __future__ import annotations

import multiprocessing
from collections.abc import Iterator
from concurrent.futures import ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager


class ProcessEnded(Exception):
    """A process beside this one was ended from outside."""

    exit_code = 5


@contextmanager
def processes(count: int) -> Iterator[ProcessPoolExecutor]:
    """Give a pool of so many processes; nothing runs in them once it is left.

    Raises ProcessEnded where one of them was killed.
    """
    context = multiprocessing.get_context("spawn")  # a fork would share the open database
    try:
        with ProcessPoolExecutor(count, mp_context=context) as pool:
            yield pool
    except BrokenProcessPool as error:
        raise ProcessEnded(
            "a process of this report was killed, most often because memory had run out; nothing"
            " was written and nothing is lost: close other programs and make the report again"
        ) from error
