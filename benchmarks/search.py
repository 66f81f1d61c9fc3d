"""Search against the retrieval sets: a question in, the paragraph that answers it out.

    python benchmarks/search.py --data ../shared [--engine whoosh]

``--data`` holds ``eval/retrieval/NAME/{corpus,queries,qrels}.tsv``. Paragraphs are put into a
store, indexed, and asked as ``search.py --any`` asks. Ends with ``reached N of M``; exits 1 when a
figure falls short of its bar (``benchmarks/floors.toml``).
"""

from __future__ import annotations

import argparse
import sys
import tomllib
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose search.py would hide the command

from opencc import OpenCC  # noqa: E402

from benchmarks.scoreboard import Scoreboard  # noqa: E402
from benchmarks.search_quality import SETS, finder, library_of, quality, read  # noqa: E402
from config.model import ENGINES  # noqa: E402

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())[
    "search"
]
# tantivy keeps a text's length in one byte, Whoosh in a coarser one.
ROUNDING = {"tantivy": 0.0, "whoosh": 0.006}


def retrieval(board: Scoreboard, data: Path, engine: str) -> None:
    """Measure every set, the Chinese ones with Traditional questions too."""
    for name, (lang, others) in SETS.items():
        given = read(data / "eval" / "retrieval" / name, lang)
        with library_of(given, engine) as library:
            best = finder(library, given)
            found = quality(given.questions, best)
            bars = (FLOORS[name]["first"], FLOORS[name]["reciprocal"])
            values = (found.first, found.reciprocal)
            for label, value, bar, other in zip(("R@1", "MRR"), values, bars, others, strict=True):
                note = f"best of other tools {other:.3f}, on a larger part of the set"
                board.at_least(f"{name}: {label}", value, bar - ROUNDING[engine], note)
            board.shown(f"{name}: ms a question", found.milliseconds)
            if lang == "zh":
                turn = OpenCC("s2t").convert
                turned = quality([(right, turn(text)) for right, text in given.questions], best)
                difference = abs(turned.first - found.first)
                board.at_most(f"{name}: R@1, Traditional questions, difference", difference, 0.002)


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    args = parser.parse_args()
    board = Scoreboard(f"Search: question to paragraph, {args.engine}")
    retrieval(board, args.data, args.engine)
    print(board.markdown())
    board.exit()


if __name__ == "__main__":
    main()
