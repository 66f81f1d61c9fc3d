"""Worker processes that can be killed, each at the end of a line of its own.

Jobs go down a line and answers come back in order; a worker has its next job at hand while it does
one. Who overstays is killed, and who died is replaced; its first job has failed, the others are
given to another. No thread and no lock is shared with a worker, so that none can be left held by
one that was killed (a library's pool, with one pipe for all, cost a tenth more CPU and could stop
answering for ever).
"""

from __future__ import annotations

import asyncio
import logging
import pickle
import socket
from collections import deque
from collections.abc import Callable
from contextlib import suppress
from multiprocessing.process import BaseProcess
from typing import Any, TypeVar

log = logging.getLogger(__name__)
T = TypeVar("T")
Start = Callable[[socket.socket], BaseProcess]
"""Returns a process, not yet started, that will ``serve`` this end of a line."""

AT_HAND = 2
"""Jobs that a worker has, the one it does included."""
WATCH_SECONDS = 0.2
"""Between two looks at who overstays; less where a job may take hardly longer than that."""
MOST_STARTS = 5
"""Workers in a row that could not be started; then what waits is given up."""
_HEAD = 4  # bytes: the size of what follows


class WorkerDied(Exception):
    """The worker ended over this job, or none could be started."""


class JobFailed(Exception):
    """The job raised an exception; the message is its description."""


class _Job:
    """Something to do, and who waits for it."""

    def __init__(self, message: bytes) -> None:
        self.message = message
        self.answer: asyncio.Future[Any] = asyncio.get_running_loop().create_future()

    def fail(self, error: Exception) -> None:
        if not self.answer.done():
            self.answer.set_exception(error)


class _Line(asyncio.Protocol):
    """Our end of one worker's line."""

    def __init__(self, process: BaseProcess, lost: Callable[[_Line], None]) -> None:
        self.process = process
        self.sent: deque[_Job] = deque()
        self.since = 0.0  # the loop's time at which the first of them began
        self.overstayed = False
        self.ready: asyncio.Future[None] = asyncio.get_running_loop().create_future()
        self._lost = lost
        self._held = bytearray()

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what to write to."""
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def send(self, job: _Job) -> None:
        """Give the worker a job."""
        if not self.sent:
            self.since = asyncio.get_running_loop().time()
        self.sent.append(job)
        self._transport.write(_framed(job.message))

    def data_received(self, data: bytes) -> None:
        """Pass on every answer that is complete."""
        self._held += data
        while len(self._held) >= _HEAD:
            end = _HEAD + int.from_bytes(self._held[:_HEAD], "little")
            if len(self._held) < end:
                return
            good, what = pickle.loads(memoryview(self._held)[_HEAD:end])  # noqa: S301 - our worker's
            del self._held[:end]
            self._take(good, what)

    def _take(self, good: bool, what: Any) -> None:
        if not self.ready.done():  # its greeting
            return self.ready.set_result(None)
        job = self.sent.popleft()
        self.since = asyncio.get_running_loop().time()
        if not good:
            job.fail(JobFailed(what))
        elif not job.answer.done():
            job.answer.set_result(what)
        return self.answered()

    def answered(self) -> None:
        """Have the next job sent; set by the pool."""

    def connection_lost(self, exc: Exception | None) -> None:
        """Say that the worker has gone."""
        if self.ready.done():
            self._lost(self)
        else:
            self.ready.set_exception(EOFError("it ended before it began"))

    def kill(self) -> None:
        """End the worker, whatever it is doing."""
        self.process.kill()
        self._transport.abort()


class Workers:
    """A pool of ``count`` workers; ``timeout`` in seconds is the most one job may take."""

    def __init__(self, count: int, timeout: float, start: Start) -> None:
        self._count = count
        self._timeout = timeout
        self._start = start
        self._jobs: deque[_Job] = deque()
        self._lines: list[_Line] = []
        self._starting: set[asyncio.Task[None]] = set()
        self._watch: asyncio.TimerHandle | None = None
        self._closed = False

    async def run(self, function: Callable[..., T], *args: object) -> T:
        """Return what a function returns in a worker.

        Raises TimeoutError, WorkerDied, JobFailed.
        """
        job = _Job(pickle.dumps((function, args), pickle.HIGHEST_PROTOCOL))
        self._jobs.append(job)
        self._supply()
        answer: T = await job.answer
        return answer

    def close(self) -> None:
        """Kill the workers, whatever they are doing."""
        self._closed = True
        if self._watch:
            self._watch.cancel()
        for task in self._starting:
            task.cancel()
        for line in self._lines:
            line.process.kill()
        for line in self._lines:
            line.process.join()

    def _supply(self) -> None:
        """Give waiting jobs to the workers with the fewest, and start those that are missing."""
        while len(self._lines) + len(self._starting) < self._count and not self._closed:
            task = asyncio.ensure_future(self._open())
            self._starting.add(task)
            task.add_done_callback(self._starting.discard)
        while self._jobs and self._lines:
            line = min(self._lines, key=lambda line: len(line.sent))
            if len(line.sent) >= AT_HAND:
                return
            line.send(self._jobs.popleft())
            if self._watch is None:
                self._look()

    async def _open(self) -> None:
        """Start a worker and open its line; fork servers die, so try again."""
        for again in range(MOST_STARTS):
            ours, theirs = socket.socketpair()
            try:
                with theirs:
                    process = self._start(theirs)
                    await asyncio.to_thread(process.start)
                return await self._join(process, ours)
            except Exception as error:  # whatever it is, no job may wait for ever
                ours.close()
                log.error("a worker cannot be started: %r", error)
                await asyncio.sleep(0.1 * 2**again)
        while self._jobs:
            self._jobs.popleft().fail(WorkerDied("none can be started"))
        return None

    async def _join(self, process: BaseProcess, ours: socket.socket) -> None:
        line = _Line(process, self._lost)
        line.answered = self._supply  # type: ignore[method-assign]
        try:
            await asyncio.get_running_loop().create_connection(lambda: line, sock=ours)
            await line.ready  # a job's time must not go for the worker's start
        except asyncio.CancelledError:
            process.kill()
            raise
        self._lines.append(line)
        self._supply()
        return

    def _lost(self, line: _Line) -> None:
        """Replace a worker: what it was doing has failed, what it had at hand has not begun."""
        if line in self._lines:
            self._lines.remove(line)
        if line.sent:
            line.sent.popleft().fail(TimeoutError() if line.overstayed else WorkerDied())
        self._jobs.extendleft(reversed(line.sent))
        line.sent.clear()
        if not self._closed:
            line.process.kill()  # it may have closed its line only
            self._supply()

    def _look(self) -> None:
        """Kill who has been at one job for too long."""
        loop = asyncio.get_running_loop()
        for line in self._lines:
            if line.sent and loop.time() - line.since > self._timeout and not line.overstayed:
                line.overstayed = True
                line.kill()
        self._watch = loop.call_later(min(WATCH_SECONDS, self._timeout / 4), self._look)


def serve(line: socket.socket) -> None:
    """Say hello, then do jobs until the other end of the line is closed. Runs in a worker."""
    # A crawl may end before its worker is ready; then nobody waits for it any more.
    with line, line.makefile("rb") as jobs, suppress(OSError):
        line.sendall(_framed(pickle.dumps((True, None))))
        while len(head := jobs.read(_HEAD)) == _HEAD:
            size = int.from_bytes(head, "little")
            if len(message := jobs.read(size)) < size:
                return
            line.sendall(_framed(_answer(message)))


def _framed(message: bytes) -> bytes:
    return len(message).to_bytes(_HEAD, "little") + message


def _answer(message: bytes) -> bytes:
    try:
        function, args = pickle.loads(message)  # noqa: S301 - our own
        return pickle.dumps((True, function(*args)), pickle.HIGHEST_PROTOCOL)
    except Exception as error:
        return pickle.dumps((False, repr(error)), pickle.HIGHEST_PROTOCOL)
