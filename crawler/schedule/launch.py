"""Starts the steps of a job, one process each, and passes on the wish to stop."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import FrameType

from crawler.schedule.outcome import Step
from crawler.schedule.webhook import VARIABLE

LOG_FILE = "schedule.log"
_ARGUMENTS = {"crawl": ("crawl", "--quiet")}
_TAIL = 4096
UNKEPT = 4
"""The exit code of a command whose data folder cannot be written."""


class Launcher:
    """Runs ``duizhao`` commands on one configuration and data folder.

    What they print goes to ``schedule.log`` in the data folder. ``lock`` is a descriptor that they
    inherit: whatever becomes of us, the schedule is held until they have ended.
    """

    def __init__(self, config_file: Path | None, data: Path, lock: int) -> None:
        self._config_file = config_file
        self._data = data
        self._lock = lock
        self._process: subprocess.Popen[bytes] | None = None
        self.stopping = threading.Event()

    def run(self, name: str) -> Step:
        """Run one step to its end. One whose output cannot be kept is not begun."""
        log = self._data / LOG_FILE
        try:
            out = log.open("ab")
        except OSError as error:
            return Step(name, UNKEPT, f"{log}: {error.strerror}")
        with out:
            before = out.tell()
            self._process = subprocess.Popen(  # noqa: S603
                command(name, self._config_file, self._data),
                stdin=subprocess.DEVNULL,
                stdout=out,
                stderr=subprocess.STDOUT,
                env={key: value for key, value in os.environ.items() if key != VARIABLE},
                pass_fds=(self._lock,),
                start_new_session=True,  # Ctrl-C must reach it once, from us
            )
            pid, code = self._process.pid, self._process.wait()
        self._process = None
        return Step(name, code, _last_line(log, before) if code else "", pid)

    @contextmanager
    def until_stopped(self) -> Iterator[None]:
        """Take SIGINT and SIGTERM as the wish to stop; a second one does not wait any longer."""
        numbers = (signal.SIGINT, signal.SIGTERM)
        before = {number: signal.signal(number, self._stop) for number in numbers}
        try:
            yield
        finally:
            for number, handler in before.items():
                signal.signal(number, handler)

    def _stop(self, number: int, frame: FrameType | None) -> None:
        self.stopping.set()
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)


def command(name: str, config_file: Path | None, data: Path) -> list[str]:
    """Return the command line of a step."""
    given = () if config_file is None else ("--config", str(config_file.absolute()))
    arguments = (*_ARGUMENTS.get(name, (name,)), *given, "--data", str(data.absolute()))
    return [sys.executable, "-m", "cli", *arguments]


def _last_line(log: Path, start: int) -> str:
    with log.open("rb") as file:
        file.seek(0, os.SEEK_END)
        file.seek(max(start, file.tell() - _TAIL))
        lines = file.read().decode("utf-8", "replace").split("\n")
    said = next((line.strip() for line in reversed(lines) if line.strip()), "")
    return said.removeprefix("duizhao: ")[:300]
