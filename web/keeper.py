"""Keeps the indexes up to date while the page is served: in a thread of its own, one at a time."""

from __future__ import annotations

import threading
from pathlib import Path

from index.build import catch_up
from store import open_store


class Stopped(Exception):
    """The page is being closed; the next catch-up goes on where this one ends."""


class Keeper:
    """Brings the indexes to the store's revision. ``done`` counts pages, ``error`` is the last."""

    def __init__(self, data: Path, root: Path, engine: str) -> None:
        self.data, self.root, self.engine = data, root, engine
        self.done = 0
        self.error: Exception | None = None
        self._thread: threading.Thread | None = None
        self._lock = threading.Lock()
        self._stopping = threading.Event()

    def bring_up_to_date(self, patience: float) -> bool:
        """Begin, or go on; return whether it has ended.

        Whoever begins it waits so many seconds for the end, others a tenth of them.
        """
        with self._lock:
            begins = self._thread is None or not self._thread.is_alive()
            if begins:
                self.done, self.error = 0, None
                self._thread = threading.Thread(target=self._run, name="catch-up", daemon=True)
                self._thread.start()
            thread = self._thread
        assert thread is not None
        thread.join(patience if begins else patience / 10)
        return not thread.is_alive()

    def stop(self, patience: float) -> None:
        """End after the batch at hand, waiting so many seconds at most."""
        self._stopping.set()
        if self._thread is not None:
            self._thread.join(patience)

    def _run(self) -> None:
        try:
            with open_store(self.data) as store:
                catch_up(store, self.root, self.engine, self._progress)
        except Stopped:
            pass
        except Exception as error:  # for whoever asks next: the page shows it
            self.error = error

    def _progress(self, done: int) -> None:
        self.done = done
        if self._stopping.is_set():
            raise Stopped
