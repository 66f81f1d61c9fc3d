"""How far two readings of the same passages agree: Cohen's kappa, and what a reader reaches.

python benchmarks/explained.py --agreement
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Sequence
from itertools import product

from benchmarks.explained_draw import LABELS, labels, row_id


def agreement() -> list[str]:
    """Return a draw's and language's lines: how far two readings agree, what a reader reaches.

    All annotators are of the project and of one making; strangers would agree less.
    """
    with (LABELS / "agreement.csv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    held = [*labels(), *labels("words.csv")]
    final = {row_id(row): row["label"] for row in held}
    lines = []
    for draw, lang in product(("first", "kept", "words"), ("en", "zh")):
        mine = [r for r in rows if r["draw"] == draw and r["id"].rsplit("|", 3)[1] == lang]
        said = [(r["first"], r["second"]) for r in mine]
        same = sum(first == second for first, second in said)
        alike = f"{same} of {len(said)} passages labelled alike"
        lines.append(f"{draw}, {lang}: {alike}, Cohen's kappa {kappa(said):.3f}")
        settled = [final[r["id"]] for r in mine]
        for name, truth in (("the first", [a for a, _ in said]), ("what was settled", settled)):
            lines.append(f"{draw}, {lang}: the second against {name}: {_reached(said, truth)}")
    return lines


def _reached(said: Sequence[tuple[str, str]], truth: Sequence[str]) -> str:
    judged = [(b, t) for (_, b), t in zip(said, truth, strict=True) if "?" not in (b, t)]
    hits = sum(pair == ("y", "y") for pair in judged)
    precision = hits / sum(b == "y" for b, _ in judged)
    recall = hits / sum(t == "y" for _, t in judged)
    explain = sum(t == "y" for _, t in judged)
    return f"precision {precision:.3f}, recall {recall:.3f}; {explain} passages explain"


def kappa(said: Sequence[tuple[str, str]]) -> float:
    """Return Cohen's kappa of two annotators' labels: agreement beyond chance."""
    first, second = Counter(a for a, _ in said), Counter(b for _, b in said)
    chance = sum(first[label] * second[label] for label in first) / len(said) ** 2
    return (sum(a == b for a, b in said) / len(said) - chance) / (1 - chance)
