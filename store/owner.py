"""Who holds a lease: the name of a process, and whether it still runs."""

from __future__ import annotations

import socket
from pathlib import Path

import psutil

CLOCK_SLACK = 5.0


def owner_name() -> str:
    """Return a name for this process that outlives it: ``host:pid:when it was started``."""
    process = psutil.Process()
    started = _since_boot(process.pid) or str(int(process.create_time()))
    return f"{socket.gethostname()}:{process.pid}:{started}"


def _since_boot(pid: int) -> str:
    """Return when a process started, in ticks since the machine did, as ``0…``; "" if not Linux.

    As a time it would move when the clock is set: Linux tells it relative to the time of booting.
    """
    try:
        status = Path(f"/proc/{pid}/stat").read_bytes()
    except OSError:
        return ""
    return f"0{int(status.rpartition(b')')[2].split()[19])}"  # proc(5): field 22, starttime


def pid_of(owner: str) -> int:
    """Return the process number in an owner's name; 0 where there is none."""
    number = owner.rpartition(":")[0].rpartition(":")[2]
    return int(number) if number.isdecimal() else 0


def is_dead(owner: str) -> bool:
    """True when ``owner`` was a process of this machine that no longer runs.

    In doubt (another machine, a name we did not make) it is alive, and its leases run out.
    """
    name, _, started = owner.rpartition(":")
    host, _, pid = name.rpartition(":")
    if host != socket.gethostname() or not (pid.isdecimal() and started.isdecimal()):
        return False
    try:
        process = psutil.Process(int(pid))
        if process.status() == psutil.STATUS_ZOMBIE:
            return True
        if started.startswith("0"):
            return started != _since_boot(int(pid))
        return abs(process.create_time() - int(started)) > CLOCK_SLACK
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False
