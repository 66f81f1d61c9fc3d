"""Who holds a lease: the name of a process, and whether it still runs."""

from __future__ import annotations

import socket

import psutil

CLOCK_SLACK = 5.0
"""Linux tells when a process started relative to a boot time that moves as the clock is set."""


def owner_name() -> str:
    """Return a name for this process that outlives it: ``host:pid:second it was started``."""
    process = psutil.Process()
    return f"{socket.gethostname()}:{process.pid}:{int(process.create_time())}"


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
        off = abs(process.create_time() - int(started))
        return process.status() == psutil.STATUS_ZOMBIE or off > CLOCK_SLACK
    except psutil.NoSuchProcess:
        return True
    except psutil.AccessDenied:
        return False
