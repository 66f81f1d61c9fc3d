"""The page room against the evaluation sets and real pages: bytes → Page, no network.

    python benchmarks/page.py --data ../shared [--pages FILE] [--sample N] [--out FILE]

``--data`` is a folder of evaluation sets, or one that holds it as ``eval`` with ``realweb`` beside
it. Prints each figure beside its bar (``benchmarks/floors.toml``) and beside other libraries' on
the same pages; ends with ``reached N of M`` and exits 1 when one falls short. Nothing is tuned to
these sets: ``--pages`` takes any collection in the format of ``realweb/pages.jsonl.xz``.
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose page.py would hide the page room

from benchmarks import page_made as made  # noqa: E402
from benchmarks import page_peers as peers  # noqa: E402
from benchmarks.page_real import plain, realweb, served  # noqa: E402
from benchmarks.page_text import costs, extraction  # noqa: E402
from benchmarks.scoreboard import Scoreboard  # noqa: E402

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())["page"]
EDITED_PAGES = 40  # a site
REPOSTS = "/127.0.1.9:"  # the site of the collection that copies the others


def shared() -> Path | None:
    """Return the folder beside the project that holds the sets, or None where it is absent."""
    path = ROOT / ".." / "shared"
    return path if (path / "eval").exists() else None


def main_text(board: Scoreboard, sets: Path) -> None:
    """Measure main text: what is right of it, and what it costs."""
    for lang in ("en", "zh"):
        figures = extraction(sets, lang)
        note = f"P {figures['precision']:.3f}, R {figures['recall']:.3f}; {peers.texts(sets, lang)}"
        board.at_least(f"main text F1, {lang}", figures["F1"], FLOORS["extraction"][lang], note)
        spent = costs(sets, lang)
        ratio = spent["main text"] / spent["trafilatura"]
        note = ", ".join(f"{name} {ms:.1f} ms" for name, ms in spent.items())
        bar = FLOORS["cost"]["beside_trafilatura"]
        board.at_most(f"cost of main text beside trafilatura fast, {lang}", ratio, bar, note)
    board.at_most("slowest hostile page, CPU s", made.slowest(), FLOORS["made"]["hostile_seconds"])


def languages(board: Scoreboard, sets: Path) -> None:
    """Measure charsets, languages and scripts."""
    floors = FLOORS["made"]
    asked, wrong = made.charsets(sets)
    board.at_least("mislabelled pages", asked, floors["charset_pages"])
    note = peers.charsets(sets)
    board.at_most("mislabelled pages misread without a flag", wrong, 0, note)
    right, called_english = made.pages_four_ways(sets)
    board.at_least("language of a page, four ways", right, floors["pages"])
    board.at_most("pages in other languages called English", called_english, 0)
    for level, name in (("sentences", "sentence"), ("word-pairs", "word pair")):
        value, note = made.four_ways(sets, level), peers.languages(sets, level)
        board.at_least(f"language of a {name}, four ways", value, floors[level], note)
    board.at_least("mixed pages, shares within 5 points", made.mixes(sets), floors["mixes"])
    value, note = made.script_accuracy(sets), peers.scripts(sets)
    board.at_least("Simplified or Traditional, strings", value, floors["scripts"], note)
    cost = made.script_cost(sets)
    board.at_most("Simplified or Traditional, ns a character", cost, FLOORS["cost"]["script_ns"])


def real_pages(board: Scoreboard, folder: Path, pages: Path | None, sample: int) -> None:
    """Measure real pages, and edits of their texts."""
    found = realweb(folder, pages, sample, peers.date)
    for figure, value in found.items():
        floor = FLOORS["realweb"].get(figure)
        if floor is None:
            board.shown(f"real pages: {figure}", value)
        else:
            board.at_least(f"real pages: {figure}", value, floor)
    items = served(folder, pages, EDITED_PAGES)
    texts = [plain(item.truth["html"]) for item in items if item.truth and REPOSTS not in item.url]
    for name, edited in made.versions(texts).items():
        precision, recall = made.edits(texts, edited)
        floor, note = FLOORS["made"]["edits"], peers.edits(texts, edited)
        board.at_least(f"edited texts ({name}): precision", precision, floor, note)
        board.at_least(f"edited texts ({name}): recall", recall, floor)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--pages", type=Path, help="another collection of real pages")
    parser.add_argument("--sample", type=int, default=0, help="pages a site (default: all)")
    parser.add_argument("--out", type=Path, help="write the table there too")
    args = parser.parse_args()
    sets = args.data / "eval" if (args.data / "eval").is_dir() else args.data
    if not (sets / "extraction").is_dir():
        parser.error(f"{args.data}: no evaluation sets there (extraction/, langid.tsv, …)")
    board = Scoreboard("Page: bytes to text, title, date, language, works")
    main_text(board, sets)
    languages(board, sets)
    if (folder := sets.parent / "realweb").is_dir():
        real_pages(board, folder, args.pages, args.sample)
    else:
        print(f"{folder} is absent: no real pages were read", file=sys.stderr)
    table = board.markdown()
    print(table)
    if args.out:
        args.out.write_text(table, "utf-8")
    board.exit()


if __name__ == "__main__":
    main()
