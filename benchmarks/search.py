"""The index against the retrieval sets: question → paragraph, by our own analysis and engines.

    python benchmarks/search.py --data ../shared [--engine whoosh]

``--data`` holds ``eval/retrieval/NAME/{corpus,queries,qrels}.tsv``. Each figure stands beside what
textbook BM25 reaches with our tokens on the same questions (computed here, lengths exact), less
what an engine's rounding of lengths costs. Ends with ``reached N of M``; exits 1 when one falls
short. The notes give the best figures of other tools, measured on a larger part of the same sets.
"""

from __future__ import annotations

import argparse
import csv
import math
import sys
import tempfile
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose search.py would hide the command

from benchmarks.scoreboard import Scoreboard  # noqa: E402
from config.model import ENGINES  # noqa: E402
from index.analysis import ANALYZERS  # noqa: E402
from index.analysis.en import MARK_EXACT  # noqa: E402
from index.compiler import likeness  # noqa: E402
from index.engine import Document, Engine, Filters  # noqa: E402
from index.engines import open_engine  # noqa: E402
from index.syntax import Words  # noqa: E402

SETS = {  # name: (language, R@1 and MRR of the best other tool)
    "cmrc-zh": ("zh", ".960 .976"),
    "xquad-zh": ("zh", ".932 .958"),
    "xquad-en": ("en", ".932 .958"),
}
DEPTH = 100
# tantivy keeps a length in one byte, whoosh in a coarser one.
ROUNDING = {"tantivy": 0.002, "whoosh": 0.012}
K1, B = 1.2, 0.75


@dataclass(frozen=True)
class Collection:
    """Paragraphs by name, and questions with the name of their paragraph."""

    lang: str
    texts: dict[str, str]
    questions: list[tuple[str, str]]


def rows(path: Path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as file:
        return list(csv.reader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def read(folder: Path, lang: str) -> Collection:
    right = {query: name for query, _, name, _ in rows(folder / "qrels.tsv")}
    questions = [(right[query], text) for query, text in rows(folder / "queries.tsv")]
    texts: dict[str, str] = {name: text for name, text in rows(folder / "corpus.tsv")}  # noqa: C416
    return Collection(lang, texts, questions)


def quality(given: Collection, best: Callable[[str], list[str]]) -> tuple[float, float]:
    """R@1 and MRR of a function from question to names, best first."""
    ranks = []
    for name, text in given.questions:
        found = best(text)
        ranks.append(found.index(name) + 1 if name in found else 0)
    first, reciprocal = sum(r == 1 for r in ranks), sum(1 / r for r in ranks if r)
    return first / len(ranks), reciprocal / len(ranks)


def by_engine(given: Collection, engine: Engine) -> Callable[[str], list[str]]:
    names = list(given.texts)
    engine.write(
        Document(number, (), tuple(ANALYZERS[given.lang].tokens(text)), page_kind="article")
        for number, text in enumerate(given.texts.values())
    )

    def best(text: str) -> list[str]:
        query = likeness(Words(text), given.lang)
        hits = engine.search(query, Filters(), DEPTH).best if query else ()
        return [names[number] for number, _ in hits]

    return best


def by_textbook(given: Collection) -> Callable[[str], list[str]]:
    """BM25 (Robertson and Zaragoza 2009, eq. 3.15, with Lucene's idf) over stems or characters."""
    analyzer = ANALYZERS[given.lang]
    postings: defaultdict[str, dict[str, int]] = defaultdict(dict)
    lengths = {}
    for name, text in given.texts.items():
        counts = Counter(t.text for t in analyzer.tokens(text) if not t.text.startswith(MARK_EXACT))
        lengths[name] = sum(counts.values())
        for token, count in counts.items():
            postings[token][name] = count
    mean = sum(lengths.values()) / len(lengths)

    def best(text: str) -> list[str]:
        scores: defaultdict[str, float] = defaultdict(float)
        for token in analyzer.bag(text):
            held = postings.get(token, {})
            idf = math.log(1 + (len(lengths) - len(held) + 0.5) / (len(held) + 0.5))
            for name, count in held.items():
                scores[name] += idf * count / (count + K1 * (1 - B + B * lengths[name] / mean))
        return sorted(scores, key=lambda name: -scores[name])[:DEPTH]

    return best


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--engine", choices=ENGINES, default=ENGINES[0])
    args = parser.parse_args()
    board = Scoreboard(f"Search: question to paragraph, {args.engine}")
    for name, (lang, others) in SETS.items():
        given = read(args.data / "eval" / "retrieval" / name, lang)
        asked = quality(given, by_textbook(given))
        with tempfile.TemporaryDirectory() as place:
            engine = open_engine(args.engine, Path(place))
            begun = time.perf_counter()
            best = by_engine(given, engine)
            built = time.perf_counter()
            reached = quality(given, best)
            done = time.perf_counter()
            engine.close()
        for figure, value, bar, other in zip(
            ("R@1", "MRR"), reached, asked, others.split(), strict=True
        ):
            note = f"best of other tools {other}"
            board.at_least(f"{name}: {figure}", value, round(bar - ROUNDING[args.engine], 4), note)
        board.shown(f"{name}: ms a paragraph indexed", 1e3 * (built - begun) / len(given.texts))
        board.shown(f"{name}: ms a question", 1e3 * (done - built) / len(given.questions))
    print(board.markdown())
    board.exit()


if __name__ == "__main__":
    main()
