"""The other crawls on the same store: which of them live."""

from __future__ import annotations

import time
from collections.abc import Callable

from store import Store, turns
from store.owner import is_dead

SILENT_SECONDS = 60.0
"""Without a sign of life for so long a crawl is taken for dead, where its process cannot be seen:
on another machine, or in a container that is gone. Signs come every few seconds."""


class Neighbours:
    """Watches for signs of life by this process's own watch: clocks are set, laptops sleep."""

    def __init__(
        self,
        store: Store,
        run_id: int,
        clock: Callable[[], float],
        watch: Callable[[], float] = time.monotonic,
    ) -> None:
        self._db = store.db
        self._run_id = run_id
        self._clock = clock
        self._watch = watch
        self._signs: dict[int, tuple[float, float]] = {}

    def living(self) -> list[int]:
        """Return the runs beside ours that go on."""
        running = turns.running(self._db, self._run_id)
        return [number for number, owner, sign in running if self._lives(number, owner, sign)]

    def _lives(self, number: int, owner: str, sign: float) -> bool:
        if is_dead(owner):
            return False
        now = self._watch()
        before = self._signs.get(number)
        if before is None:  # the clock is all there is to go by
            age = max(0.0, self._clock() - sign)
            self._signs[number] = sign, now - age
        elif before[0] != sign:
            self._signs[number] = sign, now
        return now - self._signs[number][1] <= SILENT_SECONDS
