"""Search against its bars: quality, crossing languages, exactness, hostile queries, speed.

    python benchmarks/search.py [--only PART] [--data DIR] [--pages FILE] [--out FILE] [--quick]
                                [--engine NAME]

``--data`` is the folder that holds ``eval/retrieval/NAME/{corpus,queries,qrels}.tsv`` and
``realweb/``; ``--pages`` takes another collection of pages in realweb's format. Without ``--only``
every part runs. ``--quick`` takes a sample of each part and measures the same things. Ends with
``reached N of M``; exits 1 when a figure falls short of its bar (``benchmarks/floors.toml``).
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose search.py would hide the command

from benchmarks.scoreboard import Scoreboard  # noqa: E402
from config.model import ENGINES  # noqa: E402


class Options(argparse.Namespace):
    """What the command line asks for."""

    only: str
    data: Path
    pages: Path | None
    out: Path | None
    quick: bool
    engine: str


def quality(board: Scoreboard, options: Options) -> None:
    """A question in, the paragraph that answers it out: one language at a time."""
    from benchmarks.search_retrieval import retrieval

    retrieval(board, options.data, options.engine, quick=options.quick)


def crossing(board: Scoreboard, options: Options) -> None:
    """A question in one language, the paragraph in the other; with embeddings and without."""
    from benchmarks.search_retrieval import crossing

    crossing(board, options.data, options.engine, quick=options.quick)


def exact(board: Scoreboard, options: Options) -> None:
    """Random queries: both engines, and a plain scan of the texts."""
    from benchmarks.search_pages import exactness

    exactness(board, options.data, options.pages, quick=options.quick)


def fuzz(board: Scoreboard, options: Options) -> None:
    """Hostile queries, to both engines."""
    from benchmarks.search_pages import hostility

    hostility(board, options.data, options.pages, quick=options.quick)


def speed(board: Scoreboard, options: Options) -> None:
    """Documents indexed and queries answered, against bare tantivy; whole answers."""
    from benchmarks.search_speed import speed

    pages = options.pages or options.data / "realweb" / "pages.jsonl.xz"
    speed(board, pages, quick=options.quick)


PARTS: dict[str, Callable[[Scoreboard, Options], None]] = {
    "quality": quality,
    "crossing": crossing,
    "exact": exact,
    "fuzz": fuzz,
    "speed": speed,
}


def main() -> None:
    """Measure everything, or one part, and print it."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--only", choices=PARTS, help="one part (default: all)")
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--pages", type=Path, help="another collection of pages")
    parser.add_argument("--out", type=Path, help="write the table there too")
    parser.add_argument("--quick", action="store_true", help="a sample of each part")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    options = parser.parse_args(namespace=Options())
    sample = ", a sample" if options.quick else ""
    board = Scoreboard(f"Search: {options.only or 'every part'}, {options.engine}{sample}")
    for name, part in PARTS.items():
        if options.only in {None, name}:
            part(board, options)
    table = board.markdown()
    print(table)
    if options.out:
        options.out.write_text(table, encoding="utf-8")
    board.exit()


if __name__ == "__main__":
    main()
