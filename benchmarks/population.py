"""Real pages as a population whose truth is known: find a part by dependent routes, audit, compare.

    python benchmarks/population.py [--pages FILE] [--times 200] [--seed N] [--out FILE]

The population is every content page of a collection (``../shared/realweb``; ``--pages`` takes any
other of its format) and reposts of about one page in seven. A work is a text: pages with the same
title and content are one. Routes find about 40 % of the works: sites differ, newer and longer pages
are found more easily, and one route copies from another. One repost in ten escapes deduplication.

The audit draws rows of the whole frame (all pages) at random, without regard to what the routes
found: an audit of the unfound rest alone would find nothing. So about 40 % of the draws were found,
and the other 60 % are the rest that only the audit sees. A work with more pages is drawn more
often, so each draw weighs one over its pages. A person judges each draw and 150 found clusters
(here: the truth). Then the product's own code estimates, and the interval is compared with the
truth. A collection that is too small is refused in words, and that is counted apart.

Shares of concepts are told of found works (B5). What that leaves out is shown, too: a concept that
one work in five has in both languages, whose Chinese works are found more easily than the others.
"""

from __future__ import annotations

import argparse
import json
import lzma
import math
import sys
import tomllib
from collections import Counter
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scoreboard import Scoreboard  # noqa: E402
from report.estimate import publish  # noqa: E402
from report.estimate.arrays import Bools, Floats, Ints  # noqa: E402
from report.estimate.audit import Audit, AuditRatio, Side, audit_ratio, audited  # noqa: E402
from report.estimate.bound import Bound, bound  # noqa: E402
from report.estimate.captures import captures  # noqa: E402
from report.estimate.envelope import Envelope, envelope  # noqa: E402
from report.estimate.prevalence import Difference, Marked, Suppressed, prevalences  # noqa: E402
from report.estimate.refused import Refused  # noqa: E402
from report.estimate.sizes import Sizes, sizes  # noqa: E402
from report.estimate.split import Judged  # noqa: E402

PAGES = ROOT / ".." / "shared" / "realweb" / "pages.jsonl.xz"
FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())[
    "population"
]
FOUND = 0.40
REPOSTED = 1 / 7
DRAWS, JUDGED = 200, 150
CONCEPT, PARTS = 0.20, 20
ROUTES = (0.18, 0.12, 0.12, 0.10, 0.08)
"""The routes' shares beside each other, before all are moved until 40 % are found."""
COPIES = ((0, 1, 0.5), (2, 3, 0.4))
"""From, to, and the chance that what the one finds the other finds too."""


@dataclass(frozen=True)
class Population:
    """One language's frame: a row a page. ``work`` and ``site`` are numbers, ``ease`` a score."""

    work: Ints
    site: Ints
    ease: Floats
    works: int


def load(file: Path, generator: np.random.Generator) -> dict[str, Population]:
    """Read a collection and repost some of its pages."""
    with lzma.open(file, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    made = {}
    for lang in ("en", "zh"):
        mine = [row for row in rows if row["lang"].split("-")[0] == lang]
        made[lang] = _population(mine, generator)
    return made


def _population(rows: list[dict[str, str]], generator: np.random.Generator) -> Population:
    works: dict[tuple[str, str], int] = {}
    sites: dict[str, int] = {}
    work = [works.setdefault((row["title"], row["html"]), len(works)) for row in rows]
    site = [sites.setdefault(row["site"], len(sites)) for row in rows]
    length = np.log([1.0 + len(row["html"]) for row in rows])
    newness = np.array([float((row["date"] or "2000")[:4]) for row in rows])
    ease = 0.6 * _standard(length) + 0.6 * _standard(newness)
    again = np.flatnonzero(generator.random(len(rows)) < REPOSTED)
    return Population(
        np.array(work + [work[i] for i in again], dtype=np.int64),
        np.array(site + [len(sites)] * again.size, dtype=np.int64),
        np.concatenate([ease, ease[again]]),
        len(works),
    )


def _standard(values: Floats) -> Floats:
    spread = float(values.std()) if values.size else 0.0
    scaled: Floats = (values - values.mean()) / spread if spread > 0 else np.zeros(values.size)
    return scaled


def find(frame: Population, generator: np.random.Generator) -> Bools:
    """Return pages × routes, so that the share of works found is about ``FOUND``."""
    pull = frame.ease + 0.5 * generator.normal(size=int(frame.site.max()) + 1)[frame.site]
    luck = generator.random((pull.size, len(ROUTES)))
    copied = generator.random((pull.size, len(COPIES)))
    low, high = -12.0, 12.0
    found = np.zeros((pull.size, len(ROUTES)), dtype=bool)
    for _ in range(30):
        middle = (low + high) / 2
        odds = np.log(ROUTES)[None, :] + middle + pull[:, None]
        found = luck < 1 / (1 + np.exp(-odds))
        for number, (source, target, share) in enumerate(COPIES):
            found[:, target] |= found[:, source] & (copied[:, number] < share)
        met = np.unique(frame.work[found.any(axis=1)]).size / frame.works
        low, high = (middle, high) if met < FOUND else (low, middle)
    return found


def examine(
    frame: Population, language: str, generator: np.random.Generator
) -> tuple[Side, Sizes | Refused]:
    """Find, audit and judge one language, and model its routes."""
    found = find(frame, generator)
    _, first = np.unique(frame.work, return_index=True)
    escaped = generator.random(frame.work.size) < 0.10
    escaped[first] = False
    cluster = np.where(escaped, frame.works + np.arange(frame.work.size), frame.work)
    names, inverse = np.unique(cluster, return_inverse=True)
    merged = np.zeros((names.size, found.shape[1]), dtype=bool)
    np.logical_or.at(merged, inverse, found)
    site, work = np.zeros(names.size, dtype=np.int64), np.zeros(names.size, dtype=np.int64)
    site[inverse[::-1]], work[inverse[::-1]] = frame.site[::-1], frame.work[::-1]
    kept = merged.any(axis=1)
    held = np.isin(np.arange(frame.works), work[kept])
    judged = _judged(work[kept], generator)
    side = Side(int(kept.sum()), _audit(frame, held, generator), judged)
    return side, sizes(captures(merged[kept], site[kept]), language, generator)


def _judged(work: Ints, generator: np.random.Generator) -> Judged | None:
    if not work.size:
        return None
    size = min(JUDGED, work.size)
    return Judged(np.bincount(work)[generator.choice(work, size=size, replace=False)])


def _audit(frame: Population, held: Bools, generator: np.random.Generator) -> Audit | None:
    """Draw rows of the frame without replacement; each weighs one over its work's pages."""
    size = min(DRAWS, frame.work.size // 2)
    if not size:
        return None
    drawn = frame.work[generator.choice(frame.work.size, size=size, replace=False)]
    return audited(held[drawn], 1 / np.bincount(frame.work)[drawn])


@dataclass(frozen=True)
class Draw:
    """One random draw: the audit's, the envelope's and the bound's errors in bits, or None."""

    audit: AuditRatio | Refused
    printed: AuditRatio | Refused
    envelope: Envelope | Refused
    bound: Bound | Refused


def once(frames: dict[str, Population], seed: tuple[int, int]) -> Draw:
    """Return what the product would say after one draw."""
    generator = np.random.default_rng(seed)
    en, en_sizes = examine(frames["en"], "en", generator)
    zh, zh_sizes = examine(frames["zh"], "zh", generator)
    ratio = audit_ratio(en, zh)
    return Draw(
        ratio,
        publish.audit(ratio),
        envelope(en_sizes, zh_sizes, en.judged, zh.judged),
        bound(en_sizes, zh_sizes, en.judged, zh.judged),
    )


def concept(
    frames: dict[str, Population], seed: tuple[int, int], easier: float
) -> Difference | Suppressed:
    """Return the difference of a concept's shares among found works; among all it is 0.

    Chinese works with the concept are found more easily, by ``easier`` in log odds.
    """
    generator = np.random.default_rng(seed)
    sides = []
    for lang in ("en", "zh"):
        frame = frames[lang]
        has = generator.random(frame.works) < CONCEPT
        shift = easier * has[frame.work] if lang == "zh" else 0.0
        met = find(replace(frame, ease=frame.ease + shift), generator).any(axis=1)
        work, first = np.unique(frame.work[met], return_index=True)
        # Five hosts are too few to resample: parts of a host stand for sites here.
        site = frame.site[met][first] * PARTS + work % PARTS
        sides.append(Marked(has[work][:, None], site))
    return prevalences(sides[0], sides[1])[0]


def _concepts(board: Scoreboard, frames: dict[str, Population], options: Any) -> None:
    for easier in (0.0, 1.0):
        rows = [concept(frames, (options.seed, i), easier) for i in range(options.times)]
        given = [row for row in rows if isinstance(row, Difference)]
        if not given:
            continue
        name = f"concept found {'as easily' if not easier else 'more easily in Chinese'}"
        held = float(np.mean([row.interval.holds(0) for row in given]))
        note = "of all works, found or not; the shares are of found works, and say so"
        board.shown(f"{name}: interval holds the truth", held, note)
        board.shown(f"{name}: bias, bits", float(np.mean([row.log2 for row in given])))


def main() -> None:
    """Draw, estimate and print."""
    options = arguments()
    frames = load(options.pages, np.random.default_rng(options.seed))
    board = Scoreboard("A population of real pages, found in part by dependent routes")
    if not all(frame.works for frame in frames.values()):
        empty = [lang for lang, frame in frames.items() if not frame.works]
        sys.exit(f"{options.pages}: no works in {', '.join(empty)}: there is nothing to compare")
    truth = math.log2(frames["zh"].works / frames["en"].works)
    draws = [once(frames, (options.seed, i)) for i in range(options.times)]
    for lang, frame in frames.items():
        board.shown(f"works, {lang}", frame.works, f"{frame.work.size} pages")
    board.shown("true log2(zh/en)", truth)
    _audits(board, draws, truth)
    _models(board, draws, truth)
    _concepts(board, frames, options)
    table = board.markdown()
    print(table)
    if options.out:
        options.out.write_text(table, "utf-8")
    board.exit()


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0] if __doc__ else "")
    parser.add_argument("--pages", type=Path, default=PAGES)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--seed", type=int, default=20261124)
    parser.add_argument("--out", type=Path, help="write the table there too")
    options = parser.parse_args()
    if not options.pages.is_file():
        parser.error(f"{options.pages}: no such collection; name one with --pages")
    return options


def _audits(board: Scoreboard, draws: list[Draw], truth: float) -> None:
    """Compare the audits' intervals with the truth, and name the refusals."""
    given = [d.audit for d in draws if isinstance(d.audit, AuditRatio)]
    note = _reasons([d.audit for d in draws])
    board.shown("audits that give an interval, share", len(given) / len(draws), note)
    if given:
        held = float(np.mean([r.interval.holds(truth) for r in given]))
        note = f"of {len(given)} draws"
        board.at_least("95 % interval of the audit holds the truth", held, FLOORS["coverage"], note)
        board.shown("its bias, bits", float(np.mean([r.log2 for r in given])) - truth)
        board.shown("its median width, bits", float(np.median([r.interval.width for r in given])))
        board.shown("mean coverage c, en", float(np.mean([r.en.coverage for r in given])))
        board.shown("mean coverage c, zh", float(np.mean([r.zh.coverage for r in given])))
    refused = [d.printed for d in draws if isinstance(d.printed, Refused)]
    note = _reasons([d.printed for d in draws])
    board.shown("audits not printed as a number, share", len(refused) / len(draws), note)


def _models(board: Scoreboard, draws: list[Draw], truth: float) -> None:
    """Compare what is said without an audit."""
    envelopes = [d.envelope.interval for d in draws if isinstance(d.envelope, Envelope)]
    note = _reasons([d.envelope for d in draws])
    board.shown("envelopes given, share", len(envelopes) / len(draws), note)
    if envelopes:
        board.shown("envelope holds the truth", float(np.mean([i.holds(truth) for i in envelopes])))
        board.shown("its median width, bits", float(np.median([i.width for i in envelopes])))
    bounds = [d.bound for d in draws if isinstance(d.bound, Bound)]
    if bounds:
        true = [b.zh_over_en <= truth <= -b.en_over_zh for b in bounds]
        board.shown("both bounds true", float(np.mean(true)))


def _reasons(answers: list[Any]) -> str:
    """Return the refusals' sentences and how often each was given."""
    counts = Counter(a.en for a in answers if isinstance(a, Refused))
    return "; ".join(f"{number} times: {sentence}" for sentence, number in counts.most_common(2))


if __name__ == "__main__":
    main()
