"""Whose turn it is: the hosts with work, the most promising first, and which of them wait.

A host with links that promise much less than another's waits while that one has work, or the crawl
would spend as much on one as on the other, since a host is only asked so fast. It does not wait for
ever: for hosts that are in their own delay only some delays of its own, so that slow hosts do not
make the crawl slow; for busy ones ``HELD_SECONDS``. When the better links are fetched, the others
come to their turn.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable, Mapping

from crawler.focus import ENTRY
from store.frontier import Lease

HELD = 1.5
"""How many times more the best host promises when another waits (benchmarks/focus.py judges)."""
HELD_SECONDS = 10.0
"""What a host waits for busy ones, which may be busy because they hang."""
HELD_DELAYS, MOST_DELAYED = 30.0, 30.0
"""Delays of its own, and seconds at most, that a host waits for ones in their delay: it is asked
at a thirtieth of its pace, so that a crawl of many hosts goes on when the best are slow."""


class Order:
    """Remembers what each host promised last: while its fetches are under way others still wait.

    ``delay`` in seconds is what is between two requests to a host.
    """

    def __init__(self, focus: bool, delay: float) -> None:
        self._focus = focus
        self._patience = min(MOST_DELAYED, HELD_DELAYS * delay)
        self._last: dict[str, tuple[Hashable, float, float]] = {}

    def sent(self, lease: Lease, group: Hashable, now: float) -> None:
        """Note that a request for this lease goes out."""
        promise = lease.promise if lease.role == "page" else 0.0
        self._last[lease.host] = (group, promise, now)

    def hosts(
        self,
        heads: Mapping[str, tuple[Hashable, Lease]],
        busy: Iterable[str],
        wait: Callable[[str], float],
        now: float,
    ) -> list[str]:
        """Return the hosts whose turn it may be, in order.

        ``heads`` is each host's next lease and the group in which hosts are compared; ``busy`` are
        the hosts with requests under way, ``wait`` tells how long a host is still in its delay.
        """
        if not self._focus:
            return list(heads)
        at_work: dict[Hashable, float] = {}
        at_all: dict[Hashable, float] = {}
        for host in busy:
            group, promise, _ = self._last.get(host, (None, 0.0, 0.0))
            _raise(at_work, group, promise)
        for host, (group, lease) in heads.items():
            if lease.role == "page":
                _raise(at_all, group, lease.promise)
                if wait(host) <= 0:
                    _raise(at_work, group, lease.promise)
        free = [
            host
            for host, (group, lease) in heads.items()
            if lease.role != "page"
            or self._free(host, lease, at_work.get(group, 0.0), at_all.get(group, 0.0), now)
        ]
        return sorted(free, key=lambda host: -heads[host][1].promise)

    def _free(self, host: str, lease: Lease, at_work: float, at_all: float, now: float) -> bool:
        """True unless a better host is at work, or in its delay and to be waited for."""
        waited = now - self._last.get(host, (None, 0.0, 0.0))[2]
        promise = lease.promise * HELD
        return (promise >= at_work or waited > HELD_SECONDS) and (
            promise >= at_all or waited > self._patience
        )


def _raise(best: dict[Hashable, float], group: Hashable, promise: float) -> None:
    """Entry points set no standard: they promise without being estimated."""
    if best.get(group, 0.0) < promise < ENTRY:
        best[group] = promise
