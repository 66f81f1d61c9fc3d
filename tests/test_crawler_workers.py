from __future__ import annotations

import asyncio
import math
import multiprocessing
import os
import pickle
import signal
import socket
import threading
import time
from collections.abc import Awaitable, Callable
from multiprocessing.process import BaseProcess

import pytest

from crawler.workers import JobFailed, WorkerDied, Workers, serve

pytestmark = pytest.mark.skipif(os.name != "posix", reason="workers are forked here")


def forked(line: socket.socket) -> BaseProcess:
    return multiprocessing.get_context("fork").Process(target=serve, args=(line,), daemon=True)


def with_pool(use: Callable[[Workers], Awaitable[None]], count: int = 2, timeout: float = 30.0):  # type: ignore[no-untyped-def]
    async def all_of_it() -> None:
        pool = Workers(count, timeout, forked)
        try:
            await use(pool)
        finally:
            pool.close()

    asyncio.run(all_of_it())


def test_answers_are_those_of_their_jobs() -> None:
    async def use(pool: Workers) -> None:
        jobs = [pool.run(math.sqrt, n) for n in range(50)]
        assert await asyncio.gather(*jobs) == [math.sqrt(n) for n in range(50)]

    with_pool(use)


def test_large_jobs_and_answers_go_through() -> None:
    async def use(pool: Workers) -> None:
        large = b"x" * 5_000_000
        assert await asyncio.gather(*(pool.run(bytes, large) for _ in range(3))) == [large] * 3

    with_pool(use)


def test_a_bug_fails_its_job_alone() -> None:
    async def use(pool: Workers) -> None:
        with pytest.raises(JobFailed, match="ValueError"):
            await pool.run(math.sqrt, -1)
        assert await pool.run(math.sqrt, 4) == 2

    with_pool(use)


def test_what_cannot_be_sent_back_is_a_bug() -> None:
    async def use(pool: Workers) -> None:
        with pytest.raises(JobFailed):
            await pool.run(threading.Lock)
        assert await pool.run(math.sqrt, 4) == 2

    with_pool(use)


def test_who_overstays_is_killed_and_what_it_had_at_hand_is_done() -> None:
    async def use(pool: Workers) -> None:
        first = asyncio.ensure_future(pool.run(os.getpid))
        pid = await first
        jobs = [pool.run(time.sleep, 60), *(pool.run(math.sqrt, n) for n in range(6))]
        slow, *others = await asyncio.gather(*jobs, return_exceptions=True)
        assert isinstance(slow, TimeoutError)
        assert others == [math.sqrt(n) for n in range(6)]
        assert await pool.run(os.getpid) != pid

    with_pool(use, count=1, timeout=0.5)


def test_a_job_over_which_a_worker_dies_fails_and_the_others_do_not() -> None:
    async def use(pool: Workers) -> None:
        jobs = [pool.run(os._exit, 3), *(pool.run(math.sqrt, n) for n in range(6))]
        fatal, *others = await asyncio.gather(*jobs, return_exceptions=True)
        assert isinstance(fatal, WorkerDied)
        assert others == [math.sqrt(n) for n in range(6)]

    with_pool(use, count=1)


def test_a_worker_killed_while_idle_is_replaced() -> None:
    async def use(pool: Workers) -> None:
        pid = await pool.run(os.getpid)
        os.kill(pid, signal.SIGKILL)
        await asyncio.sleep(0.2)
        assert await pool.run(math.sqrt, 16) == 4

    with_pool(use, count=1)


@pytest.mark.parametrize("error", [OSError("no room"), pickle.PicklingError("cannot be sent")])
def test_where_no_worker_can_be_started_jobs_fail(
    error: Exception, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("crawler.workers.MOST_STARTS", 2)

    def never(line: socket.socket) -> BaseProcess:
        raise error

    async def all_of_it() -> None:
        pool = Workers(1, 1.0, never)
        with pytest.raises(WorkerDied, match="none can be started"):
            await pool.run(math.sqrt, 4)
        pool.close()

    asyncio.run(all_of_it())


def test_a_worker_that_is_ready_too_late_ends_quietly() -> None:
    ours, its = socket.socketpair()
    ours.close()
    serve(its)
    assert its.fileno() == -1, "its end is closed too"


def test_no_worker_outlives_its_pool() -> None:
    pids: list[int] = []

    async def use(pool: Workers) -> None:
        pids.append(await pool.run(os.getpid))

    with_pool(use, count=1)
    with pytest.raises(ProcessLookupError):
        os.kill(pids[0], 0)
