"""Runs a command to its end and tells what it cost: CPU of all of its processes, time, memory.

CPU time comes from the kernel's own accounts of children, not from sampling. The workers of a pool
are grandchildren, which nobody would count when their parent goes first; so the command runs below
a process of this module that adopts them (``PR_SET_CHILD_SUBREAPER``) and waits for every one.
"""

from __future__ import annotations

import ctypes
import json
import os
import resource
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import psutil

ROOT = Path(__file__).resolve().parent.parent
PR_SET_CHILD_SUBREAPER = 36
SAMPLE_SECONDS = 0.5


@dataclass(frozen=True, slots=True)
class Cost:
    """What a command took; ``cpu`` and ``wall`` in seconds, ``peak`` in MB, with its output.

    ``peak`` is the most proportional set size (PSS) that all of its processes held together.
    """

    cpu: float
    wall: float
    peak: float
    out: str


class Metered:
    """A running command; ``watch`` is called with the PSS in MB at every sample.

    Without ``looking`` its memory is not looked at (``peak`` is 0): the kernel walks all of a
    process's pages for a sample, on a core that the command may need.
    """

    def __init__(
        self,
        command: Sequence[object],
        watch: Callable[[float], None] | None = None,
        *,
        looking: bool = True,
    ) -> None:
        self._command = [str(part) for part in command]
        self._watch = watch
        self._looking = looking
        self._peak = 0.0
        self._process = subprocess.Popen(
            [sys.executable, __file__, *self._command],
            cwd=ROOT,
            env=_as_users_have_it(),
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )

    def sample(self) -> bool:
        """Look at its memory once; False when it has ended."""
        if self._process.poll() is not None:
            return False
        held = memory(self._process.pid)
        self._peak = max(self._peak, held)
        if self._watch and held:
            self._watch(held)
        return True

    def cost(self) -> Cost:
        """Wait for its end. Ends the benchmark with what the command said where it failed."""
        while self._looking and self.sample():
            time.sleep(SAMPLE_SECONDS)
        out, errors = self._process.communicate()
        if self._process.returncode:
            sys.exit(f"{' '.join(self._command)} exited {self._process.returncode}:\n{errors}")
        account = json.loads(errors.splitlines()[-1])
        return Cost(account["cpu"], account["wall"], self._peak, out)


def metered(
    *command: object, watch: Callable[[float], None] | None = None, looking: bool = True
) -> Cost:
    """Run a command below this package's root and return what it cost."""
    return Metered(command, watch, looking=looking).cost()


def _as_users_have_it() -> dict[str, str]:
    """The environment, but compiled modules are kept: some containers forbid that.

    Without, each process compiles this package anew for seconds.
    """
    return {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}


def memory(pid: int) -> float:
    """Return the PSS of a process's descendants in MB, memory they share counted once."""
    total = 0
    try:
        below = psutil.Process(pid).children(recursive=True)
    except psutil.Error:
        return 0.0
    for process in below:
        try:
            info = process.memory_full_info()
        except psutil.Error:
            continue  # it has just ended
        total += getattr(info, "pss", info.rss)
    return total / 1e6


def main() -> None:
    """Run the command line's command; the last line of standard error is its account."""
    if sys.platform == "linux":
        ctypes.CDLL(None, use_errno=True).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    start = time.monotonic()
    code = subprocess.call(sys.argv[1:])
    wall = time.monotonic() - start
    while True:
        try:
            os.wait()
        except ChildProcessError:
            break
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    print(json.dumps({"cpu": used.ru_utime + used.ru_stime, "wall": wall}), file=sys.stderr)
    sys.exit(code)


if __name__ == "__main__":
    main()
