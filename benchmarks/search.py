"""The index against the retrieval sets: question → paragraph, by our own analysis and engines.

    python benchmarks/search.py --data ../shared [--engine whoosh]

``--data`` holds ``eval/retrieval/NAME/{corpus,queries,qrels}.tsv``. Prints each figure beside its
bar (the best figures measured with other tools on the same sets), ends with ``reached N of M`` and exits 1 when one falls short.
"""

from __future__ import annotations

import argparse
import csv
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose search.py would hide the command

from benchmarks.scoreboard import Scoreboard  # noqa: E402
from config.model import ENGINES  # noqa: E402
from index.analysis import ANALYZERS  # noqa: E402
from index.compiler import likeness  # noqa: E402
from index.engine import Document, Engine, Filters  # noqa: E402
from index.engines import open_engine  # noqa: E402
from index.syntax import Words  # noqa: E402

BARS = {  # name: (language, R@1, MRR)
    "cmrc-zh": ("zh", 0.960, 0.976),
    "xquad-zh": ("zh", 0.932, 0.958),
    "xquad-en": ("en", 0.932, 0.958),
}
DEPTH = 100


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def ranks(folder: Path, engine: Engine, lang: str, board: Scoreboard) -> list[int]:
    """The rank of each question's paragraph; 0 where it is not among the first ``DEPTH``."""
    names = [name for name, _ in rows(folder / "corpus.tsv")]
    texts = dict(rows(folder / "corpus.tsv"))
    analyzer = ANALYZERS[lang]
    begun = time.perf_counter()
    engine.write(
        Document(number, (), tuple(analyzer.tokens(texts[name])), page_kind="article")
        for number, name in enumerate(names)
    )
    built = time.perf_counter()
    right = {query: name for query, _, name, _ in rows(folder / "qrels.tsv")}
    questions = [(right[query], text) for query, text in rows(folder / "queries.tsv")]
    found = []
    for name, text in questions:
        query = likeness(Words(text), lang)
        best = [names[i] for i, _ in engine.search(query, Filters(), DEPTH).best] if query else []
        found.append(best.index(name) + 1 if name in best else 0)
    asked = (time.perf_counter() - built) / len(questions)
    board.shown(
        f"{folder.name}: milliseconds a paragraph indexed", 1e3 * (built - begun) / len(names)
    )
    board.shown(f"{folder.name}: milliseconds a question", 1e3 * asked)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    args = parser.parse_args()
    board = Scoreboard(f"Search: question to paragraph, {args.engine}")
    for name, (lang, r1, mrr) in BARS.items():
        with tempfile.TemporaryDirectory() as place:
            engine = open_engine(args.engine, Path(place))
            found = ranks(args.data / "eval" / "retrieval" / name, engine, lang, board)
            engine.close()
        # Bars are given to three places, so figures are compared in three.
        board.at_least(f"{name}: R@1", round(sum(r == 1 for r in found) / len(found), 3), r1)
        board.at_least(f"{name}: MRR", round(sum(1 / r for r in found if r) / len(found), 3), mrr)
    print(board.markdown())
    board.exit()


if __name__ == "__main__":
    main()
