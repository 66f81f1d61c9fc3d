"""How many pages a run may fetch, in all and of each source, and how many it has spent."""

from __future__ import annotations

from collections import Counter

from config.model import Config
from store.frontier import FOUND, Lease


class Budgets:
    """Counts what goes out; sitemaps and feeds cost nothing."""

    def __init__(self, config: Config) -> None:
        self._most = config.crawl.max_pages
        self._most_found = config.discover.max_pages_per_host
        self._budgets = {
            source.id: source.max_pages or config.crawl.max_pages_per_source
            for source in config.sources
        }
        self._spent: Counter[str] = Counter()
        self._taken = 0

    @property
    def is_spent(self) -> bool:
        """True when the run's page limit ended it."""
        return self._taken >= self._most

    def spend(self, lease: Lease) -> bool:
        """Take a lease from its source's budget; False when nothing of that is left."""
        if lease.role != "page":
            return True
        if self._spent[lease.source] >= self._budget(lease.source):
            return False
        self._spent[lease.source] += 1
        self._taken += 1
        return True

    def give_back(self, lease: Lease) -> None:
        """Nothing was fetched, so it costs no budget: what robots.txt forbids is no page."""
        if lease.role == "page":
            self._spent[lease.source] -= 1
            self._taken -= 1

    def exhausted(self) -> list[str]:
        """Return the sources of which nothing more may be fetched."""
        met = dict.fromkeys((*self._budgets, *self._spent))
        return [source for source in met if self._spent[source] >= self._budget(source)]

    def _budget(self, source: str) -> int:
        return self._most_found if source.startswith(FOUND) else self._budgets.get(source, 0)
