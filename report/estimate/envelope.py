"""B2, ENV5: without an audit, all that five models of the routes allow. An interval, no point."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from report.estimate.interval import BITS, NORMAL95, Interval, around, t95
from report.estimate.refused import Refused, foremost, refuse
from report.estimate.sizes import LogSize, Sizes  # noqa: F401 LogSize is the doctest's
from report.estimate.split import Judged, Split, split

SPLIT_SHARE = 0.3
"""How much of the split correction's own interval is added at each end (B2)."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """The interval of log2(Chinese works / English works), and each model's own in it."""

    interval: Interval
    by: dict[str, Interval]
    degrees: int


def envelope(
    en: Sizes | Refused, zh: Sizes | Refused, en_judged: Judged | None, zh_judged: Judged | None
) -> Envelope | Refused:
    """Return the union of the five models' 95 % intervals, shifted by the split correction.

    Each is t with the smaller number of sites less one. Shift log2(mu_zh/mu_en), each end widened
    by .3·1.96 of its standard error (B2). Refuses without judged clusters.

    By hand, 2^10 works against 2^12 and 2^13 by two models, with standard errors of .3 and .4
    bits, so .5 of the ratio, and ten sites, so t = 2.262: from 2 - 1.131 to 3 + 1.131.

    >>> bits, alone = 1 / BITS, Judged(np.ones(10**6, dtype=np.int64))
    >>> few, more, most = (LogSize(n * bits, se * bits)
    ...                    for n, se in [(10, 0.3), (12, 0.4), (13, 0.4)])
    >>> en = Sizes(500, 10, 5, {"chao2": few, "latent": few})
    >>> zh = Sizes(900, 30, 5, {"chao2": more, "latent": most})
    >>> found = envelope(en, zh, alone, alone)
    >>> round(found.interval.low, 3), round(found.interval.high, 3), found.degrees
    (0.869, 4.131, 9)
    """
    if isinstance(en, Refused) or isinstance(zh, Refused):
        return foremost(en, zh)
    if en_judged is None or zh_judged is None:
        return refuse("split_unmeasured")
    shift, shift_se = split_shift(split(en_judged), split(zh_judged))
    degrees = min(en.sites, zh.sites) - 1
    wide = SPLIT_SHARE * NORMAL95 * shift_se
    by = {}
    for name in en.by:
        ratio = BITS * (zh.by[name].value - en.by[name].value) + shift
        se = BITS * float(np.hypot(zh.by[name].se, en.by[name].se))
        by[name] = around(ratio, t95(degrees) * se + wide)
    low, high = min(i.low for i in by.values()), max(i.high for i in by.values())
    return Envelope(Interval(low, high), by, degrees)


def split_shift(en: Split, zh: Split) -> tuple[float, float]:
    """Return log2(mu_zh/mu_en) and its standard error, in bits.

    >>> split_shift(Split(1.0, 0.0, 150), Split(0.5, 0.0, 150))
    (-1.0, 0.0)
    """
    shift = float(np.log2(zh.works_per_cluster / en.works_per_cluster))
    return shift, BITS * float(np.hypot(en.log_se, zh.log_se))
