"""What a crawled page costs: CPU time, pages a second and memory, beside stock Scrapy in one run.

    python benchmarks/crawl.py [--pages FILE] [--quick] [--repeats N] [--out FILE]

nginx serves a static copy of the collection of real pages, compressed, without charset and without
delays. Ours does all that a crawl does by default: robots.txt and sitemaps, links, main text,
language, fingerprints, dates, the topic's concepts, the store, WARC. Stock Scrapy follows links
with LxmlLinkExtractor and stores nothing. Whole processes are measured, workers and start included,
in turns. A made site of 20,000 pages shows whether memory grows, and two crawlers on one store
whether they share the work. Ends with ``reached N of M`` and exits 1 when a figure falls short.
"""

from __future__ import annotations

import argparse
import sqlite3
import sys
import tempfile
import tomllib
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.crawl_site import MADE, NGINX, export, fetched, free_port, make, serving
from benchmarks.metered import Cost, Metered, metered
from benchmarks.realweb_truth import REALWEB
from benchmarks.scoreboard import Scoreboard

FLOORS = tomllib.loads((Path(__file__).parent / "floors.toml").read_text("utf-8"))["crawl"]
FULL, QUICK = (5_000, 20_000), (1_000, 3_000)
"""Pages of the made site after which memory is looked at."""
LIMITS = """[crawl]
contact = "benchmark@example.org"
delay = 0.0
autothrottle = false
concurrency_per_host = 8
max_pages = 1000000
max_pages_per_source = 1000000
max_depth = 1000
allow_addresses = ["127.0.0.0/8"]
"""
SOURCE = """
[[source]]
id = "{name}"
name = "{name}"
langs = ["en", "zh"]
kind = "government"
region = "other"
home = ["http://{address}:{port}/"]
"""


@dataclass(frozen=True, slots=True)
class Crawled:
    """One crawl: what it cost, and how many pages it came to."""

    cost: Cost
    pages: int

    @property
    def milliseconds(self) -> float:
        """CPU milliseconds a page, of all processes."""
        return self.cost.cpu / self.pages * 1e3

    @property
    def rate(self) -> float:
        """Pages a second by the wall clock."""
        return self.pages / self.cost.wall


@dataclass(frozen=True, slots=True)
class Served:
    """Sites that are being served: their folders by address, the port, the access log."""

    sites: dict[str, Path]
    port: int
    log: Path
    folder: Path

    def config(self) -> Path:
        """Write the configuration of a crawl of them."""
        file = self.folder / f"{self.log.parent.name}.toml"
        sources = (
            SOURCE.format(name=root.name, address=address, port=self.port)
            for address, root in self.sites.items()
        )
        file.write_text(LIMITS + "".join(sources), encoding="utf-8")
        return file


def main() -> None:
    """Measure everything and print the scoreboard."""
    options = arguments()
    board = Scoreboard("The cost of a crawled page")
    with tempfile.TemporaryDirectory() as name:
        folder, port = Path(name), free_port()
        folder.chmod(0o755)
        sites = export(options.pages, folder / "sites", port)
        with serving(sites, port, folder / "nginx") as log:
            served = Served(sites, port, log, folder)
            beside_stock(board, served, options.repeats)
            shared(board, served)
        grow(board, folder, *(QUICK if options.quick else FULL))
    print(text := board.markdown())
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--pages", type=Path, default=REALWEB / "pages.jsonl.xz")
    parser.add_argument("--quick", action="store_true", help="one turn, and a smaller made site")
    parser.add_argument("--repeats", type=int, help="turns of each crawler (three)")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    options.repeats = options.repeats or (1 if options.quick else 3)
    if not options.pages.is_file() or not (REALWEB / "serve.py").is_file():
        parser.error(f"needs {REALWEB / 'serve.py'} and {options.pages}")
    if NGINX is None:
        parser.error("needs nginx: apt-get install nginx-light")
    return options


def beside_stock(board: Scoreboard, served: Served, repeats: int) -> None:
    """Crawl the collection with both, in turns."""
    config, turns = served.config(), []
    for turn in range(repeats):
        turns.append((stock(served), ours(config, served.folder / f"data{turn}")))
        said = (f"{c.milliseconds:.2f} ms {c.rate:.0f}/s" for c in turns[-1])
        print(f"turn {turn + 1}:", *said, flush=True)
    peaks = stock(served, looking=True), ours(config, served.folder / "looking", looking=True)
    theirs, mine = zip(*turns, strict=True)
    board.shown("pages of stock Scrapy", theirs[-1].pages, "some under more than one address")
    board.at_least("our pages beside them", mine[-1].pages / theirs[-1].pages, FLOORS["pages"])
    board.shown("CPU ms a page, stock Scrapy", median(c.milliseconds for c in theirs))
    board.shown("CPU ms a page, ours", median(c.milliseconds for c in mine), "all processes")
    times = median(m.milliseconds / t.milliseconds for t, m in turns)
    board.at_most("ours as many times stock's", times, FLOORS["cpu"], f"{repeats} turns, median")
    board.shown("pages a second, stock Scrapy", median(c.rate for c in theirs), "wall clock")
    board.shown("pages a second, ours", median(c.rate for c in mine), "wall clock")
    faster = median(m.rate / t.rate for t, m in turns)
    board.at_least("ours as many times stock's, pages a second", faster, FLOORS["rate"])
    note = "PSS of all processes, in a turn of its own: looking takes time"
    board.at_most("peak memory, MB", peaks[1].cost.peak, FLOORS["megabytes"], note)
    board.shown("peak memory of stock Scrapy, MB", peaks[0].cost.peak)


def stock(served: Served, *, looking: bool = False) -> Crawled:
    """Crawl with Scrapy as it comes."""
    start = [f"http://{address}:{served.port}/" for address in served.sites]
    script = Path(__file__).parent / "crawl_stock.py"
    log = served.folder / "stock.log"
    cost = metered(sys.executable, script, log, *start, looking=looking)
    return Crawled(cost, int(cost.out.split()[-1]))


def ours(config: Path, data: Path, *, looking: bool = False) -> Crawled:
    """Crawl with the command a user would use."""
    cost = metered(*command(config, data), looking=looking)
    return Crawled(cost, stored(data))


def command(config: Path, data: Path) -> list[object]:
    """Return the command that crawls into a folder."""
    run = [sys.executable, "-m", "cli", "crawl", "--quiet", "--no-index"]
    return [*run, "--config", config, "--data", data]


def stored(data: Path) -> int:
    """Count a store's pages; 0 before there is one."""
    file = data / "store.sqlite"
    if not file.exists():
        return 0
    try:
        with closing(sqlite3.connect(f"file:{file}?mode=ro", uri=True)) as db:
            return int(db.execute("SELECT count(*) FROM page").fetchone()[0])
    except sqlite3.OperationalError:
        return 0  # its tables are being made


def shared(board: Scoreboard, served: Served) -> None:
    """Have two crawlers work on one store; the server knows what was asked for twice."""
    data, before = served.folder / "shared", fetched(served.log)
    crawlers = [Metered(command(served.config(), data)) for _ in range(2)]
    costs = [crawler.cost() for crawler in crawlers]
    asked = fetched(served.log) - before
    twice = [url for url, times in asked.items() if times > 1]
    rate = stored(data) / max(cost.wall for cost in costs)
    board.at_most("two crawlers, one store: URLs fetched twice", len(twice), 0, " ".join(twice[:2]))
    alone = stored(served.folder / "data0")
    board.at_least("their pages beside one crawler's", stored(data) / alone, 1.0)
    board.shown("their pages a second", rate, "wall clock")


def grow(board: Scoreboard, folder: Path, first: int, last: int) -> None:
    """Crawl a made site, and compare the memory after so many pages with that at its end.

    Medians of the looks over the last fifth before each: a worker that takes another's place is
    a peak, and no growth.
    """
    port, data = free_port(), folder / "made-data"
    make(folder / "made", last)
    looks: list[tuple[int, float]] = []

    def watch(held: float) -> None:
        looks.append((stored(data), held))

    with serving({MADE: folder / "made"}, port, folder / "nginx-made") as log:
        config = Served({MADE: folder / "made"}, port, log, folder).config()
        cost = metered(*command(config, data), watch=watch)
    board.at_least("pages stored of a made site", stored(data) / last, 1.0, f"{last} pages")
    board.at_most(f"peak memory over {last} made pages, MB", cost.peak, FLOORS["megabytes"])
    name = f"memory after {last} pages as many times that after {first}"
    early, late = (
        median(held for pages, held in looks if reach * 0.8 <= pages <= reach)
        for reach in (first, last)
    )
    note = f"{early:.0f} MB and {late:.0f} MB, of {len(looks)} looks"
    if last < FULL[1]:
        board.shown(name, late / early, note)
    else:
        board.at_most(name, late / early, FLOORS["growth"], note)
    board.shown("CPU ms a made page", cost.cpu / stored(data) * 1e3)


if __name__ == "__main__":
    main()
