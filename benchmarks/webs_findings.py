"""Concepts, lags, framing and label errors on made material whose truth is known."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable
from typing import Any

import numpy as np

from benchmarks.scoreboard import Scoreboard
from benchmarks.webs import site_weights
from report.estimate.arrays import Floats, Ints
from report.estimate.divergence import Divergence, Words, divergence
from report.estimate.labels import Screen, corrected
from report.estimate.lag import Lag, lag
from report.estimate.prevalence import Difference, Marked, prevalences
from report.estimate.refused import Refused

Map = Callable[[Callable[[Any], Any], Iterable[Any]], Iterable[Any]]
CLUSTERING = {"none": (0.0, 800), "medium": (0.7, 800), "strong": (1.4, 800), "en=40": (0.0, 40)}
"""Setting → spread of a concept's log odds over sites, English works."""
CONCEPTS = 24
LAGS = tuple((works, shape) for works in (200, 40, 10) for shape in (1.0, 2.0))
"""English works, and how their number grows: t^shape since the start."""
LABELS = tuple(
    (rates, n) for rates in ((0.02, 0.10), (0.10, 0.10), (0.005, 0.02)) for n in (200, 600)
)
"""English and Chinese prevalence, works judged a language (half flagged, half not)."""


def measure(board: Scoreboard, floors: dict[str, Any], run: Map, times: int, seed: int) -> None:
    """Measure all four."""
    _concepts(board, floors, run, times, seed)
    _lags(board, floors, run, times, seed)
    _labels(board, floors, run, times, seed)
    _framing(board, floors, run, times, seed)


def _seeds(tag: int, times: int, seed: int, *given: Any) -> list[tuple[Any, ...]]:
    return [((seed, tag, i), *given) for i in range(times)]


def _concepts(board: Scoreboard, floors: dict[str, Any], run: Map, times: int, seed: int) -> None:
    covered, false = {}, {}
    for tag, (name, setting) in enumerate(CLUSTERING.items()):
        found = list(run(concepts, _seeds(100 + tag, times, seed, *setting)))
        held, given = sum(c for c, _, _ in found), sum(n for _, n, _ in found)
        covered[name] = held / max(1, given)
        false[name] = float(np.mean([f for _, _, f in found]))
    note = ", ".join(f"{n} {v:.3f}" for n, v in covered.items())
    floor = floors["concept_coverage"]
    board.at_least("concept intervals, lowest coverage of four", min(covered.values()), floor, note)
    note = ", ".join(f"{n} {v:.3f}" for n, v in false.items())
    board.at_most("concept marks, false share, highest of four", max(false.values()), 0.10, note)


def concepts(job: tuple[tuple[int, ...], float, int]) -> tuple[int, int, float]:
    """Return intervals that hold, intervals given, and the false share among the marked.

    Half of the concepts have no gap; the others 0.5 to 2 bits, either way. The truth of a concept
    is its prevalence over the sites there are, with the sites' own effects averaged out.
    """
    seed, spread, english = job
    rng = np.random.default_rng(seed)
    base = rng.uniform(0.05, 0.30, CONCEPTS)
    gap = np.where(np.arange(CONCEPTS) % 2, rng.choice([-1, 1], CONCEPTS), 0)
    gap = gap * rng.uniform(0.5, 2.0, CONCEPTS)
    sides = []
    for works, sites, shift in (
        (english, 100 if english > 40 else 20, -gap / 2),
        (4000, 300, gap / 2),
    ):
        share = np.minimum(base * 2.0**shift, 0.6)
        site = rng.choice(sites, size=works, p=site_weights(sites, rng))
        effect = spread * rng.normal(size=(sites, CONCEPTS))
        chance = 1 / (1 + np.exp(-_centre(share, spread) - effect))
        sides.append((share, Marked(rng.random((works, CONCEPTS)) < chance[site], site)))
    truth = np.log2(sides[1][0] / sides[0][0])
    rows = prevalences(sides[0][1], sides[1][1])
    given = [(r, t) for r, t in zip(rows, truth, strict=True) if isinstance(r, Difference)]
    marks = [abs(t) < 1e-9 for r, t in given if r.marked]
    held = sum(r.interval.holds(float(t)) for r, t in given)
    return held, len(given), float(np.mean(marks)) if marks else 0.0


_NODES, _WEIGHTS = np.polynomial.hermite_e.hermegauss(31)


def _centre(share: Floats, spread: float) -> Floats:
    """Return the log odds whose mean chance over normal site effects is the share."""
    low, high = np.full(share.shape, -15.0), np.full(share.shape, 15.0)
    for _ in range(40):
        middle = (low + high) / 2
        chance = 1 / (1 + np.exp(-middle[:, None] - spread * _NODES))
        below = chance @ _WEIGHTS / _WEIGHTS.sum() < share
        low, high = np.where(below, middle, low), np.where(below, high, middle)
    return low


def _lags(board: Scoreboard, floors: dict[str, Any], run: Map, times: int, seed: int) -> None:
    for known, word in ((0.0, "lag intervals"), (1.0, "lag intervals, dates known to the year")):
        covered, widths = {}, {}
        for tag, setting in enumerate(LAGS):
            found = list(run(lags, _seeds(200 + tag, times, seed, *setting, -math.inf, known)))
            covered[setting] = float(np.mean([held for held, _, _ in found]))
            widths[setting] = float(np.median([width for _, _, width in found]))
        note = ", ".join(
            f"{n} works, shape {s:g}: {v:.3f} (median {widths[n, s]:.1f} y)"
            for (n, s), v in covered.items()
        )
        floor = floors["lag_coverage"]
        board.at_least(f"{word}, lowest coverage of six", min(covered.values()), floor, note)
    flagged = []
    for tag, shape in enumerate((1.0, 2.0)):
        found = list(run(lags, _seeds(250 + tag, times, seed, 200, shape, 3.0, 0.0)))
        flagged.append(float(np.mean([cut for _, cut, _ in found])))
    board.at_least("cut windows flagged, lower of two", min(flagged), floors["lag_flagged"])


def lags(job: tuple[tuple[int, ...], int, float, float, float]) -> tuple[bool, bool, float]:
    """Return whether the interval holds the true lag, whether it is cut, and its width in years.

    English began at 2, Chinese at 0: the lag is -2 years. ``window`` cuts what was before it,
    and dates tell no more than which ``known`` years they lie in (0: exactly).
    """
    seed, works, shape, window, known = job
    rng = np.random.default_rng(seed)
    en = 2 + 13 * rng.random(works) ** (1 / shape)
    zh = 15 * rng.random(1000) ** (1 / shape)
    en, zh = (
        np.floor(dates / known) * known if known else dates
        for dates in (en[en >= window], zh[zh >= window])
    )
    answer = lag(en, zh, window, (en + known, zh + known))
    if not isinstance(answer, Lag):
        return False, False, math.nan
    return answer.interval.holds(-2.0), answer.refused is not None, answer.interval.width


def _labels(board: Scoreboard, floors: dict[str, Any], run: Map, times: int, seed: int) -> None:
    covered = {}
    for tag, setting in enumerate(LABELS):
        covered[setting] = float(
            np.mean(list(run(labels, _seeds(300 + tag, times, seed, *setting))))
        )
    note = ", ".join(f"{en:g}:{zh:g}, {n} labels: {v:.3f}" for ((en, zh), n), v in covered.items())
    second = sorted(covered.values())[1]
    floor = floors["label_coverage"]
    board.at_least("corrected ratios, second lowest coverage of six", second, floor, note)


def labels(job: tuple[tuple[int, ...], tuple[float, float], int]) -> bool:
    """Return whether the limits of both corrected shares, as a ratio, hold that of this corpus.

    The program finds 90 % of English and 75 % of Chinese works that qualify, and flags 3 % and
    5 % of the others.
    """
    seed, rates, judged = job
    rng = np.random.default_rng(seed)
    screens, shares = [], []
    for works, rate, catches, errs in ((1500, rates[0], 0.9, 0.03), (5000, rates[1], 0.75, 0.05)):
        true = np.zeros(works, dtype=bool)
        true[: max(1, round(works * rate))] = True
        flagged = rng.random(works) < np.where(true, catches, errs)
        counts: list[int] = []
        for part in (true[flagged], true[~flagged]):
            size = min(judged // 2, part.size)
            counts += [size, int(rng.choice(part, size, replace=False).sum())]
        screens.append(Screen(int(flagged.sum()), int((~flagged).sum()), *counts))
        shares.append(true.mean())
    en, zh = corrected(screens[0], "en"), corrected(screens[1], "zh")
    if isinstance(en, Refused) or isinstance(zh, Refused):
        return False
    low, high = zh.limits.low * shares[0], zh.limits.high * shares[0]
    return bool(low <= en.limits.high * shares[1] and en.limits.low * shares[1] <= high)


def _framing(board: Scoreboard, floors: dict[str, Any], run: Map, times: int, seed: int) -> None:
    for tag, (clustered, name) in enumerate(((0.0, "no clustering"), (0.8, "sites differ"))):
        found = list(run(framing, _seeds(400 + tag, times, seed, clustered, 0.0)))
        wrong = float(np.mean([p <= 0.05 for p in found]))
        board.at_most(f"framing, type I at 5 %, {name}", wrong, floors["framing_type_one"])
    found = list(run(framing, _seeds(410, times, seed, 0.8, 0.6)))
    power = float(np.mean([p <= 0.05 for p in found]))
    board.at_least("framing, power where sites differ", power, floors["framing_power"])


def framing(job: tuple[tuple[int, ...], float, float]) -> float:
    """Return the p-value: sites draw 60 terms with effects of their own, the languages differ."""
    seed, clustered, apart = job
    rng = np.random.default_rng(seed)
    logits = rng.normal(size=60)
    languages = [logits, logits + apart * rng.normal(size=60)]
    en, zh = _words(rng, languages[0], 60, clustered), _words(rng, languages[1], 120, clustered)
    answer = divergence(en, zh, rng, recall_measured=True)
    return answer.p if isinstance(answer, Divergence) else 1.0


def _words(rng: np.random.Generator, logits: Floats, sites: int, clustered: float) -> Words:
    effect = np.exp(logits + clustered * rng.normal(size=(sites, logits.size)))
    size = rng.multinomial(sites * 60, site_weights(sites, rng))
    counts: Ints = rng.multinomial(size, effect / effect.sum(axis=1, keepdims=True))
    return Words(counts)
