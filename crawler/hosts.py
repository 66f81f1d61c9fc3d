"""Which hosts are left alone, and for how long: the memory of a host's troubles.

Kept in the store, so that a restart does not knock at a door that asked to be left alone. The
times are Unix times of the session's clock.
"""

from __future__ import annotations

from collections.abc import Callable

from store import Store, hosts
from store.records import HostTrouble

OVERLOADED = ("http_429", "http_503")
"""Answers about the host, not the URL: all of it is left alone for as long as it asks."""
UNREACHABLE = "robots_unreachable"
SILENT = ("dns", "refused", "timeout", "connection")
"""No answer at all: one page's fault, unless page after page has none."""
SILENT_ENOUGH = 10
"""URLs in a row without any answer until a host counts as dead. A page that hangs up takes three
tries; ten in a row are more than the pages under way at once."""
SILENT_SECONDS = 900.0
OFFLINE_SECONDS = 3600.0
"""As long as nobody at all answers, the fault may be ours: then no host is left alone longer."""
HOLD_SECONDS = 1.0
LONGEST = 24 * 3600.0
"""However long a host asks for or is silent, it is tried once a day."""


class Hosts:
    """The hosts in trouble, as one process knows them; ``base`` is the shortest pause."""

    def __init__(self, store: Store, clock: Callable[[], float], base: float) -> None:
        self._db = store.db
        self._clock = clock
        self._base = base
        self._known: dict[str, HostTrouble] = {}
        self._held: set[str] = set()
        self._online = False
        self.load()

    def load(self) -> None:
        """Learn what other processes have found out."""
        self._known = {trouble.host: trouble for trouble in hosts.troubles(self._db)}

    def wait(self, host: str) -> float:
        """Return the seconds for which a host is still to be left alone."""
        trouble = self._known.get(host)
        held = HOLD_SECONDS if host in self._held else 0.0
        return max(held, trouble.next_at - self._clock()) if trouble else held

    def hold(self, host: str) -> None:
        """Send a host nothing until its answer was settled (``ill`` or ``well``)."""
        self._held.add(host)

    def resting(self, seconds: float) -> list[str]:
        """Return the hosts that are left alone for longer than ``seconds``."""
        return [host for host in self._known if self.wait(host) > seconds]

    def well(self, host: str) -> None:
        """A host has answered; answers to what was under way do not end a pause it asked for."""
        self._online = True
        self._held.discard(host)
        if host in self._known and not self.wait(host):
            del self._known[host]
            hosts.drop(self._db, host)

    def ill(self, host: str, reason: str, asked: float) -> None:
        """A request to a host came to ``reason``; ``asked`` is the pause it wants, in seconds.

        Runs inside the caller's transaction. Other reasons than a host's own do nothing.
        """
        self._held.discard(host)
        if reason not in (*OVERLOADED, UNREACHABLE, *SILENT):
            return
        now, before = self._clock(), self._known.get(host)
        if before and before.next_at > now and reason not in SILENT:
            failures = before.failures  # what was under way when it began is no new failure
        else:
            failures = before.failures + 1 if before else 1
        seconds = pause(reason, failures, asked, self._base)
        if reason in (*SILENT, UNREACHABLE) and not self._online:
            asked = asked if reason == UNREACHABLE else 0.0  # more than an hour: a server said so
            seconds = min(seconds, max(asked, OFFLINE_SECONDS))
        until = max(now + seconds if seconds else 0.0, before.next_at if before else 0.0)
        since = before.since if before else now
        self._known[host] = trouble = HostTrouble(host, reason, failures, since, until)
        hosts.put(self._db, trouble)


def pause(reason: str, failures: int, asked: float, base: float) -> float:
    """Return the seconds to leave a host alone after so many failures in a row; 0 is not at all.

    At least what it asks for, doubling from failure to failure, at most a day.
    """
    if reason in SILENT:
        late = failures - SILENT_ENOUGH
        return min(SILENT_SECONDS * 2.0 ** min(late, 20), LONGEST) if late >= 0 else 0.0
    first = asked if reason == UNREACHABLE else base
    return min(max(asked, first * 2.0 ** min(failures - 1, 20)), LONGEST)
