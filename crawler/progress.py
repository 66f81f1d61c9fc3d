"""What a crawl shows while it runs: pages by source and language, rate, queue, errors.

A live table on a terminal; a line every few seconds elsewhere; nothing with ``--quiet``.
"""

from __future__ import annotations

import time
from collections import Counter

from rich.console import Console, Group
from rich.live import Live
from rich.table import Table
from rich.text import Text
from scrapy import signals
from scrapy.crawler import Crawler
from scrapy.exceptions import NotConfigured
from scrapy.utils.asyncio import create_looping_call

from config.counted import counted
from crawler.items import Again, Fetched, Item, Outcome
from crawler.outcomes import WAITS
from crawler.session import session_of
from store import account

MAX_ROWS = 12
TERMINAL_SECONDS = 0.5
LINE_SECONDS = 10.0


class Tally:
    """Counts of one run, by source."""

    def __init__(self) -> None:
        self.started = time.monotonic()
        self.pages: Counter[tuple[str, str]] = Counter()
        self.errors: Counter[str] = Counter()
        self.other: Counter[str] = Counter()
        self.reasons: Counter[str] = Counter()

    def add(self, item: Item) -> None:
        """Count one item."""
        source = item.lease.source
        if isinstance(item, Fetched):
            self.pages[source, item.page.lang if item.page.lang in ("en", "zh") else "other"] += 1
        elif isinstance(item, Again) and item.reason == WAITS:
            pass  # no error: the host's delay is not over
        elif isinstance(item, Again) or (isinstance(item, Outcome) and item.state == "failed"):
            self.errors[source] += 1
            self.reasons[item.reason] += 1
        else:
            self.other[source] += 1

    @property
    def total(self) -> int:
        """All pages so far."""
        return sum(self.pages.values())

    @property
    def rate(self) -> float:
        """Pages a second since the start."""
        return self.total / max(time.monotonic() - self.started, 1e-9)

    def in_language(self, lang: str) -> int:
        """Pages in one language (``en``, ``zh``, ``other``)."""
        return sum(count for (_, found), count in self.pages.items() if found == lang)

    def sources(self) -> list[str]:
        """Sources met so far, most pages first."""
        totals: Counter[str] = Counter()
        for (source, _), count in self.pages.items():
            totals[source] += count
        for source in (*self.errors, *self.other):
            totals[source] += 0
        return [source for source, _ in totals.most_common()]


class Progress:
    """A Scrapy extension that draws the tally."""

    def __init__(self, crawler: Crawler, console: Console) -> None:
        self._crawler = crawler
        self._console = console
        self._live: Live | None = None
        self.tally = Tally()

    @classmethod
    def from_crawler(cls, crawler: Crawler) -> Progress:
        """Draw on the spider's console; without one (plain ``scrapy crawl``) stay silent."""
        console = getattr(crawler.spider, "console", None)
        if console is None:
            raise NotConfigured
        progress = cls(crawler, console)
        crawler.signals.connect(progress.opened, signals.spider_opened)
        crawler.signals.connect(progress.counted, signals.item_scraped)
        crawler.signals.connect(progress.closed, signals.spider_closed)
        return progress

    def opened(self) -> None:
        """Start drawing."""
        if self._console.is_terminal:
            self._live = Live(console=self._console, refresh_per_second=4, transient=True)
            self._live.start()
        self._loop = create_looping_call(self.draw)
        self._loop.start(TERMINAL_SECONDS if self._live else LINE_SECONDS, now=False)

    def counted(self, item: Item) -> None:
        """Count one item."""
        self.tally.add(item)

    def closed(self) -> None:
        """Stop drawing."""
        if self._loop.running:
            self._loop.stop()
        if self._live:
            self._live.stop()

    def draw(self) -> None:
        """Redraw the table, or print a line."""
        session = session_of(self._crawler)
        queue = account.waiting(session.store.db)
        if self._live:
            self._live.update(Group(table(self.tally), headline(self.tally, queue)))
        else:
            self._console.print(headline(self.tally, queue), soft_wrap=True)


def headline(tally: Tally, queue: int) -> Text:
    """Return the one line that sums a run up."""
    parts = [
        counted(tally.total, "page"),
        f"English {tally.in_language('en')}",
        f"中文 {tally.in_language('zh')}",
        f"other {tally.in_language('other')}",
        f"{tally.rate:.1f} pages/s",
        f"{queue} waiting",
        counted(sum(tally.errors.values()), "error"),
    ]
    return Text(" · ".join(parts))


def table(tally: Tally) -> Table:
    """Return pages by source and language, the busiest sources first."""
    grid = Table(box=None, pad_edge=False)
    grid.add_column("source", max_width=28, no_wrap=True)
    for name in ("English", "中文", "other", "errors"):
        grid.add_column(name, justify="right")
    sources = tally.sources()
    for source in sources[:MAX_ROWS]:
        cells = [str(tally.pages[source, lang] or "·") for lang in ("en", "zh", "other")]
        grid.add_row(source or "–", *cells, str(tally.errors[source] or "·"))
    if len(sources) > MAX_ROWS:
        grid.add_row(f"… and {len(sources) - MAX_ROWS} more", "", "", "", "")
    return grid
