"""Harvest: what share of the first pages fetched is on topic, focused and breadth-first.

    python benchmarks/focus.py [--pages FILE] [--first N] [--out FILE]

Crawls the collection that ``../shared/realweb/serve.py`` serves with all of its pages as budget,
once in order of promise and once as links are found, and judges what was fetched by the
collection's own truth and the topic's rule: at the pace of the shipped defaults, only
``HASTE`` times as fast, and once more as fast as the machine can, where dozens of pages are under
way while the best link is found. Ends with ``reached N of M`` and exits 1 when a figure falls
short.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.realweb import LANGUAGE, duizhao, write_config
from benchmarks.realweb_truth import REALWEB, Truth, load_truth, serving
from benchmarks.scoreboard import Scoreboard
from config.load import load
from index.lexicon import match_concepts, on_topic
from store import open_store
from store.records import Effort

TIMES = 1.5
HASTE = 5
"""With the shipped delay it would take long."""


def main() -> None:
    """Crawl twice and compare."""
    options = arguments()
    board = Scoreboard(f"Harvest of the first {options.first} pages")
    with tempfile.TemporaryDirectory() as folder, serving(options.pages) as (port, realweb):
        truth = load_truth(realweb, options.pages, port)
        at_full_speed = write_config(Path(folder), truth, port)
        config = at_a_polite_pace(at_full_speed)
        wanted = on_topic_urls(truth)
        orders = both_orders(config, Path(folder) / "polite")
        compare(board, orders, wanted, options.first)
        orders = both_orders(at_full_speed, Path(folder) / "fast")
        shown_at_full_speed(board, orders, wanted, options.first)
        balance(board, at_full_speed, Path(folder) / "balanced")
    print(text := board.markdown())
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--pages", type=Path, default=REALWEB / "pages.jsonl.xz")
    parser.add_argument("--first", type=int, default=500, help="how many pages are judged")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    if not options.pages.is_file() or not (REALWEB / "serve.py").is_file():
        parser.error(f"needs {REALWEB / 'serve.py'} and {options.pages}")
    return options


def on_topic_urls(truth: dict[str, Truth]) -> set[str]:
    """Return the pages that the shipped topic's rule finds on topic in their true text."""
    topic = load().topic
    match = match_concepts(topic)
    return {
        url
        for url, page in truth.items()
        if on_topic(topic, match(f"{page.title}\n{page.text}", LANGUAGE.get(page.lang, page.lang)))
    }


def at_a_polite_pace(config: Path) -> Path:
    """Write the configuration with the shipped delay and number of requests at a time."""
    limits = load().crawl
    lines = {
        "delay": f"delay = {limits.delay / HASTE}",
        "concurrency_per_host": f"concurrency_per_host = {limits.concurrency_per_host}",
    }
    text = config.read_text(encoding="utf-8").splitlines()
    file = config.with_name("polite.toml")
    written = [lines.get(line.partition(" = ")[0], line) for line in text]
    file.write_text("\n".join(written), encoding="utf-8")
    return file


def both_orders(config: Path, data: Path) -> dict[str, list[str]]:
    """Return the pages of a crawl in order of promise and of one that is breadth-first."""
    return {name: fetched(config, data / name, f"--{name}") for name in ("focus", "no-focus")}


def fetched(config: Path, data: Path, *options: str) -> list[str]:
    """Crawl everything; return the stored pages in the order of their fetching."""
    duizhao("crawl", "--quiet", "--no-index", "--config", config, "--data", data, *options)
    with open_store(data) as store:
        rows = store.db.execute(
            "SELECT url.key FROM page JOIN url ON url.id = page.url_id ORDER BY page.id"
        )
        return [key for (key,) in rows]


def compare(board: Scoreboard, orders: dict[str, list[str]], wanted: set[str], first: int) -> None:
    """Compare the harvest of both orders, and look for what the focus lost."""
    shares = harvests(orders, wanted, first)
    board.shown(
        "share on topic of the whole collection", len(wanted) / max(1, len(orders["focus"]))
    )
    board.shown("harvest breadth-first", shares["no-focus"])
    board.shown("harvest in order of promise", shares["focus"])
    times = shares["focus"] / max(shares["no-focus"], 1e-9)
    board.at_least("the second as many times the first", times, TIMES)
    lost = wanted - set(orders["focus"])
    board.at_most("pages on topic lost at full budget", len(lost), 0, " ".join(sorted(lost)[:3]))
    board.at_most(
        "pages of either crawl that the other lacks",
        len(set(orders["focus"]) ^ set(orders["no-focus"])),
        0,
    )


def shown_at_full_speed(
    board: Scoreboard, orders: dict[str, list[str]], wanted: set[str], first: int
) -> None:
    """Show both harvests where no host is waited for."""
    shares = harvests(orders, wanted, first)
    board.shown("without delays: harvest breadth-first", shares["no-focus"])
    board.shown("without delays: harvest in order of promise", shares["focus"])
    times = shares["focus"] / max(shares["no-focus"], 1e-9)
    board.shown("without delays: the second as many times the first", times)


def harvests(orders: dict[str, list[str]], wanted: set[str], first: int) -> dict[str, float]:
    """Return the share of wanted pages among the first ones of each order."""
    return {
        name: sum(url in wanted for url in order[:first]) / max(1, len(order[:first]))
        for name, order in orders.items()
    }


def balance(board: Scoreboard, config: Path, data: Path) -> None:
    """Crawl with equal effort, and compare what each language and kind was given."""
    duizhao(
        "crawl",
        "--quiet",
        "--no-index",
        "--balanced",
        "--max-pages",
        400,
        "--config",
        config,
        "--data",
        data,
    )
    with open_store(data) as store:
        rows = store.effort()
    langs = {lang: fetches(rows, lang) for lang in ("en", "zh")}
    apart = abs(langs["en"] - langs["zh"]) / max(1, sum(langs.values()))
    board.at_most("balanced: fetches of the languages apart, share", apart, 0.02, str(langs))
    for lang in langs:
        kinds = {row.kind: row.fetches for row in rows if row.lang == lang}
        spread = (max(kinds.values()) - min(kinds.values())) / max(1, sum(kinds.values()))
        board.shown(f"balanced: kinds apart, {lang}", spread, str(kinds))


def fetches(rows: tuple[Effort, ...], lang: str) -> int:
    """Return the fetches of one language."""
    return sum(row.fetches for row in rows if row.lang == lang)


if __name__ == "__main__":
    main()
