"""How many pages a run may fetch, in all and of each source, and how many it has spent.

Pages count when they came, and while they are under way. What came to nothing (a redirect, a page
that is gone, a try that failed) does not, but only as often as there are pages in the budget: a
site without end of such answers must have an end, too.
"""

from __future__ import annotations

from collections import Counter

from config.model import Config
from crawler.items import Again, Fetched, Item, Unchanged
from store.frontier import FOUND, Lease


class Budgets:
    """Counts what goes out and what came of it; sitemaps and feeds cost nothing."""

    def __init__(self, config: Config) -> None:
        self._most = config.crawl.max_pages
        self._most_found = config.discover.max_pages_per_host
        self._budgets = {
            source.id: source.max_pages or config.crawl.max_pages_per_source
            for source in config.sources
        }
        self._spent: Counter[str] = Counter()
        self._in_vain: Counter[str] = Counter()
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

    def settled(self, item: Item) -> None:
        """Give back what a lease took when no page came of it."""
        if isinstance(item, Fetched | Unchanged) or item.lease.role != "page":
            return
        source = item.lease.source
        if item.counts if isinstance(item, Again) else getattr(item, "fetched", True):
            self._in_vain[source] += 1
            if self._in_vain[source] > self._budget(source) or self._in_vain.total() > self._most:
                return
        self._spent[source] -= 1
        self._taken -= 1

    def exhausted(self) -> list[str]:
        """Return the sources of which nothing more may be fetched."""
        met = dict.fromkeys((*self._budgets, *self._spent))
        return [source for source in met if self._spent[source] >= self._budget(source)]

    def _budget(self, source: str) -> int:
        return self._most_found if source.startswith(FOUND) else self._budgets.get(source, 0)
