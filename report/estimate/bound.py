"""B3: without an audit, at least how many times more works one language has."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np  # noqa: F401 the doctest's

from report.estimate.envelope import split_shift
from report.estimate.interval import BITS, NORMAL95, t95
from report.estimate.refused import Refused, foremost, refuse
from report.estimate.sizes import LogSize, Sizes  # noqa: F401 LogSize is the doctest's
from report.estimate.split import Judged, split

LOWEST = "chao_mth"
HIGHEST = ("chao_mth", "loglinear", "loglinear_gamma", "latent")
"""What the more numerous language has at least, and the other at most, by these."""


@dataclass(frozen=True, slots=True)
class Bound:
    """log2(Chinese works / English works) lies in [``zh_over_en``, -``en_over_zh``].

    Each is a one-sided limit of 97.5 %; above 0 it claims a gap, and at most one can.
    """

    zh_over_en: float
    en_over_zh: float

    @property
    def direction(self) -> str:
        """Return "zh" or "en" when that language has more for certain, else ""."""
        return "zh" if self.zh_over_en > 0 else "en" if self.en_over_zh > 0 else ""


def bound(
    en: Sizes | Refused, zh: Sizes | Refused, en_judged: Judged | None, zh_judged: Judged | None
) -> Bound | Refused:
    """Return both lower bounds (B3). Refuses without judged clusters.

    ln N_more(Chao Mth) - t SE - max_k[ln N_less(k) + t SE_k] + ln(mu_more/mu_less) - 1.96 SE_mu, in
    bits. A ratio of two lower bounds would be no bound. As in B2, t is the quantile with the
    smaller number of sites less one: with hundreds of sites 1.96. Resampling two or three tells
    little of how sites differ.

    By hand, 2^10 works against 2^12 on ten sites, each with a standard error of .1 bits, so
    2.262·.1 from either side: 12 - .226 - 10 - .226 one way, 10 - .226 - 12 - .226 the other.

    >>> bits, alone = 1 / BITS, Judged(np.ones(10**6, dtype=np.int64))
    >>> en, zh = (Sizes(500, 10, 5, dict.fromkeys(HIGHEST, LogSize(n * bits, 0.1 * bits)))
    ...           for n in (10, 12))
    >>> found = bound(en, zh, alone, alone)
    >>> round(found.zh_over_en, 3), round(found.en_over_zh, 3), found.direction
    (1.548, -2.452, 'zh')
    """
    if isinstance(en, Refused) or isinstance(zh, Refused):
        return foremost(en, zh)
    if en_judged is None or zh_judged is None:
        return refuse("split_unmeasured")
    shift, shift_se = split_shift(split(en_judged), split(zh_judged))
    slack = NORMAL95 * shift_se
    return Bound(_over(zh, en) + shift - slack, _over(en, zh) - shift - slack)


def _over(more: Sizes, less: Sizes) -> float:
    reach = t95(min(more.sites, less.sites) - 1)
    low = more.by[LOWEST].value - reach * more.by[LOWEST].se
    high = max(less.by[k].value + reach * less.by[k].se for k in HIGHEST)
    return BITS * (low - high)
