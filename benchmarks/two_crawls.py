"""Two crawls on one store: do they share the work, and keep each host's delay between them?

    python benchmarks/two_crawls.py [--hosts N] [--pages N] [--delay SECONDS] [--out FILE]

Serves sites that write down every request, and crawls them three times: by one process, by two,
and by two of which one gets SIGKILL on the way. Ends with ``reached N of M`` and exits 1 when a
figure falls short.
"""

from __future__ import annotations

import argparse
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.scoreboard import Scoreboard
from store import open_store
from tests.crawling import configuration, kill, start, stored_urls
from tests.hostile_site import Site, article, running

NEAR = 0.6
"""Delays: requests are timed where they arrive, and a busy machine may keep the first of two
waiting. Two crawls that do not know of each other are nearer all the time."""
SHARE = 0.15  # of the pages, that the second crawl must have fetched: it starts later
ASIDE = ("/robots.txt",)  # every crawl reads the rules of its hosts for itself


@dataclass(frozen=True, slots=True)
class Seen:
    """What one way of crawling came to; gaps as shares of the delay."""

    pages: frozenset[str]
    twice: int
    again: int
    shortest: float
    smaller: float
    handed_on: int
    seconds: float


def main() -> None:
    """Crawl in three ways and compare."""
    options = arguments()
    board = Scoreboard(f"Two crawls on one store, {options.hosts} hosts of {options.pages} pages")
    sites = [made(options.pages) for _ in range(options.hosts)]
    with running(*sites):
        one = crawled(sites, options.delay, 1, killing=False)
        two = crawled(sites, options.delay, 2, killing=False)
        killed = crawled(sites, options.delay, 2, killing=True)
    board.shown("one crawl: seconds", one.seconds, f"{len(one.pages)} pages")
    board.shown("one crawl: shortest gap at a host, delays", one.shortest)
    for name, seen in (("two crawls", two), ("two, one killed", killed)):
        board.shown(f"{name}: seconds", seen.seconds)
        board.at_most(
            f"{name}: pages more or fewer than one stores", len(one.pages ^ seen.pages), 0
        )
        board.at_most(f"{name}: pages stored twice", seen.twice, 0)
        board.at_least(f"{name}: shortest gap at a host, delays", seen.shortest, NEAR)
        board.shown(f"{name}: hosts handed on", seen.handed_on, "robots.txt read once more")
    board.at_least("two crawls: smaller share of the pages", two.smaller, SHARE)
    board.at_most("two crawls: URLs asked for twice", two.again, 0)
    under_way = "what was under way when it was killed"
    board.at_most("two, one killed: URLs asked for twice", killed.again, options.hosts, under_way)
    print(text := board.markdown())
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--hosts", type=int, default=8)
    parser.add_argument("--pages", type=int, default=40, help="of each host")
    parser.add_argument("--delay", type=float, default=0.5, help="seconds")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    return parser.parse_args()


def made(pages: int) -> Site:
    """Make a site whose every page lists three more."""
    site = Site()
    for n in range(pages):
        links = [f"/{m}" for m in range(n * 3 + 1, min(n * 3 + 4, pages))]
        site.html("/" if n == 0 else f"/{n}", article(f"page {n}", *links))
    return site


def crawled(sites: list[Site], delay: float, crawls: int, *, killing: bool) -> Seen:
    """Crawl all sites by so many processes at once; with ``killing``, one dies on the way."""
    for site in sites:
        site.seen.clear()
        site.times.clear()
    with tempfile.TemporaryDirectory() as folder:
        data, limits = Path(folder) / "data", f"delay = {delay}\nmax_delay = 60.0\ntimeout = 30.0"
        file = configuration(Path(folder), *sites, crawl=f"{limits}\nconcurrency_per_host = 1")
        begun = time.monotonic()
        processes = [start(file, data, "--no-index") for _ in range(crawls)]
        if killing:
            wait_for(lambda: len([n for n in fetched(data) if n >= 2 * len(sites)]) == crawls)
            kill(processes.pop(0))
        for process in processes:
            finish(process)
        urls, shares = stored_urls(data), fetched(data)
        return Seen(
            pages=frozenset(urls),
            twice=len(urls) - len(set(urls)),
            again=sum(
                n - 1 for site in sites for path, n in site.seen.items() if path not in ASIDE
            ),
            shortest=min(shortest_gap(site) for site in sites) / delay,
            smaller=min(shares) / sum(shares),
            handed_on=sum(site.seen["/robots.txt"] - 1 for site in sites),
            seconds=time.monotonic() - begun,
        )


def fetched(data: Path) -> list[int]:
    """Return how many responses each run has had."""
    if not (data / "store.sqlite").exists():
        return []
    with open_store(data) as store:
        return [run.fetched for run in store.runs()]


def shortest_gap(site: Site) -> float:
    """Return the seconds between the two requests that were nearest to each other."""
    return min(b - a for (a, _), (b, _) in itertools.pairwise(sorted(site.times)))


def wait_for(done: Callable[[], bool], seconds: float = 120.0) -> None:
    """Wait until something is so, or give up."""
    end = time.monotonic() + seconds
    while not done():
        if time.monotonic() > end:
            sys.exit("the crawls did not share the work: one of them fetched next to nothing")
        time.sleep(0.2)


def finish(process: subprocess.Popen[str]) -> None:
    """Wait for a crawl to end well."""
    out, err = process.communicate(timeout=600)
    if process.returncode:
        sys.exit(f"a crawl exited {process.returncode}:\n{out}{err}")


if __name__ == "__main__":
    main()
