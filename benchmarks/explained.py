"""Explained or only mentioned: the rule against labelled passages, and its fit.

    python benchmarks/explained.py [--fit] [--kept] [--agreement] [--data ../shared]

``benchmarks/labels/explained.csv`` names passages of realweb and the samples by page, place and
hash, with a label and its reason; texts stay where they are. A passage is kept for testing where
``sha256(id) % 3 == 0``, which was fixed before anything was fitted. ``--fit`` fits the weights to
the other two thirds and writes ``meaning/explained/weights.toml``; the threshold is the one that
serves precision and recall best in cross-validation on those two thirds, ten folds of whole pages.

``labels/words.csv`` has passages of other words (``labels/words.txt``), which nobody had in mind
when the cues were written: what the rule is worth for a topic that is not ours. They are split and
fitted to likewise, and figures are of the two apart.

What is kept is looked at with ``--kept`` only: what is seen while a rule is written is no test.

``--agreement`` prints how far two readings agree (``labels/agreement.csv``, the second without
sight of the first: the kept passages of the first draw, all that were kept, those of other words)
and reads no pages.
"""

from __future__ import annotations

import argparse
import csv
import json
import sys
import zlib
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import product
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import numpy as np  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from benchmarks.explained_agreement import agreement  # noqa: E402
from benchmarks.explained_draw import LABELS, topics, words  # noqa: E402
from benchmarks.meaning_pages import collection, samples  # noqa: E402
from meaning.counterparts.corpus import text_in  # noqa: E402
from meaning.explained import cues  # noqa: E402
from meaning.explained.beside import beside  # noqa: E402
from meaning.explained.judge import Judge, is_explained, rule  # noqa: E402
from meaning.explained.passage import Passage, passages  # noqa: E402
from store.model import StoredPage  # noqa: E402

AGAINST = {
    *("compound", "named_for", "particular", "listed", "asks", "judged"),
    *("modified", "adjective", "legal_other"),
    *("acted", "duty"),
}
MILD = {"object", "we_do", "the", "name"}
STANDING = {*cues.STANDING, "before_says", "to_me", "asked", "headed", "is_a", "alias"} - {"name"}
PRIOR = {"for": 2.5, "against": -1.5, "mild": -0.5, "standing": 0.2, "start": -1.8}
"""Weights are drawn towards these: what a cue was written for, before any label was seen."""
BESIDE, COMMON, SMALLEST = 5.0, 5, 0.03
"""How much strings beside a mention are drawn to nothing (inverse variance), the passages that a
string must be in, the least weight that is kept. In cross-validation 5 to 20 do alike."""
LATER = {"en": 0.5, "zh": 0.0}
"""What a passage of the last draw counts beside an earlier one: the rule serves a topic's terms
first, names and notions, not any word. In Chinese that draw is mostly talk, in which 是一种 and
也就是 explain little: fitted to it, the rule hardly knew a textbook's definition from a mention."""
FOLDS, STEPS, HALVINGS = 10, 30, 12
Array = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Labelled:
    """A labelled passage; ``weight`` passages of its stratum stand behind it.

    ``later`` is true where the last draw brought it, as it did all of other words.
    """

    passage: Passage
    explained: bool
    kept: bool
    weight: float
    later: bool


@dataclass(frozen=True, slots=True)
class Quality:
    """Precision and recall of the rule, and how many passages they rest on."""

    precision: float
    recall: float
    explained: int
    judged: int


def labelled(
    pages: Iterable[tuple[str, StoredPage]], name: str, *, other: bool = False
) -> list[Labelled]:
    """Return the labelled passages of a collection that its pages still have.

    They are of the concepts that the rule was written with or, with ``other``, of other words.
    """
    with (LABELS / ("words.csv" if other else "explained.csv")).open(
        encoding="utf-8", newline=""
    ) as file:
        rows = [r for r in csv.DictReader(file) if r["collection"] == name and r["label"] != "?"]
    wanted = {(r["page"], r["lang"], r["concept"], r["passage"]): r for r in rows}
    named = {r["page"] for r in rows}
    judges = [Judge(topic) for topic in ((words(),) if other else topics())]
    found: dict[tuple[str, ...], Labelled] = {}
    for page_id, stored in pages:
        for lang in ("en", "zh") if page_id in named else ():
            text = text_in(stored, lang)
            for judge in judges if text else ():
                mentions = list(judge.mentions[lang].find(text.split("\n")))
                for passage in passages(stored.page.title, text, lang, mentions):
                    key = (page_id, lang, passage.concept, passage.digest())
                    if key in wanted and key not in found:
                        row = wanted[key]
                        found[key] = Labelled(
                            passage,
                            row["label"] == "y",
                            row["kept"] == "test",
                            float(row["weight"]),
                            other or row["stratum"] == "drawn-more",
                        )
    return list(found.values())


def everywhere(data: Path, *, other: bool = False) -> list[Labelled]:
    """Return the labelled passages of realweb and the samples."""
    found = labelled(collection(data / "realweb"), "realweb", other=other)
    return found + labelled(samples(), "samples", other=other)


def quality(found: Iterable[Labelled], lang: str, *, kept: bool) -> Quality:
    """Return the rule's figures on the kept third, or on the rest."""
    mine = [one for one in found if one.passage.lang == lang and one.kept == kept]
    said = [is_explained(one.passage) for one in mine]
    hits = sum(s and one.explained for s, one in zip(said, mine, strict=True))
    explained = sum(one.explained for one in mine)
    return Quality(hits / max(1, sum(said)), hits / max(1, explained), explained, len(mine))


def fit(found: list[Labelled]) -> str:
    """Return ``weights.toml`` fitted to the passages that are not kept for testing."""
    parts = [
        "# Made by `python benchmarks/explained.py --fit`; do not edit.",
        "# A passage explains its concept where start + the weights of its cues and of the strings",
        "# beside the mention >= least.",
    ]
    for lang in ("en", "zh"):
        mine = [one for one in found if one.passage.lang == lang and not one.kept]
        parts += _fitted(lang, mine)
    return "\n".join(parts) + "\n"


def _fitted(lang: str, mine: list[Labelled]) -> list[str]:
    mine = [one for one in mine if LATER[lang] or not one.later]
    features = Features.of(lang, [one.passage for one in mine])
    truth = np.array([one.explained for one in mine], float)
    counts_for = np.array([LATER[lang] if one.later else 1.0 for one in mine])
    folds = np.array([zlib.crc32(one.passage.title.encode()) % FOLDS for one in mine])
    held_out = np.zeros(len(mine))
    for fold in range(FOLDS):
        weights = logistic(features, truth, counts_for * (folds != fold))
        held_out[folds == fold] = features.seen[folds == fold] @ weights[:-1] + weights[-1]
    weights = logistic(features, truth, counts_for)
    counts = features.seen.sum(axis=0).astype(int)
    rows = dict(zip(features.names, zip(weights[:-1], counts, strict=True), strict=True))
    parts = [f"\n[{lang}] # {len(mine)} passages, {int(truth.sum())} of them explain"]
    parts += [f"start = {weights[-1]:.3f}", f"least = {_least(held_out, truth):.2f}"]
    parts += [f"\n[{lang}.cue] # and how many passages had it"]
    parts += [f"{name} = {rows[name][0]:.3f} # {rows[name][1]}" for name in cues.names(lang)]
    parts += [f"\n[{lang}.beside]"]
    for name in features.names[len(cues.names(lang)) :]:
        if abs(rows[name][0]) >= SMALLEST:
            parts.append(f"{json.dumps(name, ensure_ascii=False)} = {rows[name][0]:.2f}")
    return parts


@dataclass(frozen=True, slots=True)
class Features:
    """What passages have: ``seen`` is passages × names, cues first, then strings beside.

    ``prior`` and ``pull`` say where weights are drawn to and how much; the start value is last.
    """

    names: list[str]
    seen: Array
    prior: Array
    pull: Array

    @classmethod
    def of(cls, lang: str, found: list[Passage]) -> Features:
        """Return the features of these passages; rare strings are left out."""
        strings = [beside(passage) for passage in found]
        count = Counter(string for some in strings for string in some)
        common = sorted(string for string, n in count.items() if n >= COMMON)
        named = cues.names(lang)
        seen = [
            [*(name in known for name in named), *(string in some for string in common)]
            for known, some in zip(map(cues.seen, found), strings, strict=True)
        ]
        prior = [*map(_prior, named), *(0.0 for _ in common), PRIOR["start"]]
        pull = [*(1.0 for _ in named), *(BESIDE for _ in common), 0.1]
        return cls([*named, *common], np.array(seen, float), np.array(prior), np.array(pull))


def logistic(features: Features, truth: Array, counts_for: Array) -> Array:
    """Return logistic weights, the start value last, drawn towards the prior (Gaussian, ``pull``
    the inverse variances), by Newton's method; ``counts_for`` is what each passage counts, or 0."""
    used = counts_for > 0
    rows, wanted, count = features.seen[used], truth[used], counts_for[used]
    given = np.hstack([rows, np.ones((len(rows), 1))])

    def loss(weights: Array) -> float:
        z, off = given @ weights, weights - features.prior
        return float(
            (count * (np.logaddexp(0, z) - wanted * z)).sum() + (features.pull * off**2).sum() / 2
        )

    weights = features.prior.copy()
    for _ in range(STEPS):
        chance = 1 / (1 + np.exp(-np.clip(given @ weights, -50, 50)))
        slope = given.T @ (count * (chance - wanted)) + features.pull * (weights - features.prior)
        curve = (given * (count * chance * (1 - chance))[:, None]).T @ given + np.diag(
            features.pull
        )
        step = np.linalg.solve(curve, slope)
        # A whole step may overshoot where many weights are free: half of it, until it helps.
        tried = (weights - step / 2**n for n in range(HALVINGS))
        better = next((w for w in tried if loss(w) < loss(weights)), None)
        if better is None:
            break
        weights = better
    return weights


def _prior(name: str) -> float:
    kinds = {"against": AGAINST, "mild": MILD, "standing": STANDING}
    return PRIOR[next((kind for kind, names in kinds.items() if name in names), "for")]


def _least(scores: Array, truth: Array) -> float:
    """The threshold whose worse of precision and recall is best; the middle one of equals."""

    def worse(least: float) -> float:
        said = scores >= least
        hits = float((said * truth).sum())
        return float(min(hits / max(1, said.sum()), hits / truth.sum()))

    tried = np.linspace(-2, 2, 81)
    values = np.array([worse(least) for least in tried])
    best = tried[values >= values.max() - 1e-9]
    return float(best[len(best) // 2])


def main() -> None:
    """Fit if asked to, and print the figures."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT.parent / "shared")
    parser.add_argument("--fit", action="store_true")
    parser.add_argument("--kept", action="store_true", help="also figures on the kept third")
    parser.add_argument("--agreement", action="store_true")
    options = parser.parse_args()
    if options.agreement:
        print("\n".join(agreement()))
        return
    found = everywhere(options.data)
    others = everywhere(options.data, other=True)
    if options.fit:
        text = fit(found + others)
        (ROOT / "meaning/explained/weights.toml").write_text(text, encoding="utf-8")
        rule.cache_clear()
    for name, mine in (("", found), (", other words", others)):
        for lang, kept in product(("en", "zh"), (False, True) if options.kept else (False,)):
            q = quality(mine, lang, kept=kept)
            part = "kept for testing" if kept else "not kept"
            print(
                f"{lang}{name}, {part}: precision {q.precision:.3f}, recall {q.recall:.3f}"
                f" ({q.explained} of {q.judged} explain)"
            )


if __name__ == "__main__":
    main()
