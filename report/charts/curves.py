"""Curves: works over time, English dashed with squares and Chinese whole with circles."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from report.charts.frame import chart_of
from report.charts.palette import EN, FAINT, INK, SOFT, WIDTH, ZH
from report.charts.svg import draw, unchecked

HEIGHT = 230
SHORT = 2.0
"""Years: of a shorter time the axis names months."""

MONTH = (
    "floor(datum.value + 0.001) + '-' + "
    "format(round((datum.value - floor(datum.value + 0.001)) * 12) + 1, '02d')"
)
"""A place on the axis as a reader sees it: 2026.75 is 2026-10."""
LOOKS = (("en", EN, [6, 4], "square"), ("zh", ZH, [1, 0], "circle"))
"""Field, tint, dash and shape of each language."""


@dataclass(frozen=True, slots=True)
class Moment:
    """Counts at one time: ``at`` is a year and its fraction, ``label`` what a reader sees."""

    at: float
    label: str
    en: float
    zh: float


@dataclass(frozen=True, slots=True)
class Window:
    """The time in which the crawl took place, drawn as a band with its name."""

    start: float
    end: float
    label: str


@unchecked
def curves(
    moments: Sequence[Moment],
    window: Window | None,
    name: str,
    description: str,
    heads: tuple[str, str],
    axis: str,
) -> Markup | None:
    """Return the chart; ``heads`` name the languages, ``axis`` the counts."""
    if not moments:
        return None
    import altair as alt

    scale, x = _time(moments, window)
    layers = [*_window(window, scale)]
    for look, head in zip(LOOKS, heads, strict=True):
        layers += _curve(moments, x, look, head, axis)
    layers += _keys(heads)
    chart = alt.layer(*layers).properties(
        width=WIDTH - 92,
        height=HEIGHT,
        padding={"left": 62, "right": 30, "top": 34, "bottom": 30},
        autosize=alt.AutoSizeParams(type="none"),
    )
    return draw(chart, name, description)


def _time(moments: Sequence[Moment], window: Window | None) -> tuple[Any, Any]:
    """Return the scale of years, and the axis on it."""
    import altair as alt

    first, last = moments[0].at, moments[-1].at
    end = max(last, window.end if window else last)
    by_month = end - first < SHORT and any(moment.at % 1 for moment in moments)
    before, after = (0.05, 0.1) if by_month else (0.3, 0.5)
    scale = alt.Scale(domain=[first - before, end + after], nice=False)
    values = _months(first, end) if by_month else _years(first - before, end + after)
    words = MONTH if by_month else "format(datum.value, 'd')"
    ticks = alt.Axis(values=values, labelExpr=words, grid=False)
    return scale, alt.X("at:Q", scale=scale, title=None, axis=ticks)


def _years(start: float, end: float) -> list[int]:
    """Return the years within, at most a dozen of them.

    >>> _years(2023.7, 2026.5), len(_years(1990.0, 2026.0))
    ([2024, 2025, 2026], 10)
    """
    first, last = math.ceil(start), math.floor(end)
    return list(range(first, last + 1, max(1, math.ceil((last - first + 1) / 12))))


def _months(start: float, end: float) -> list[float]:
    """Return the beginnings of months around a short time, at most eight of them.

    >>> [round(month, 2) for month in _months(2026.64, 2026.9)]
    [2026.58, 2026.67, 2026.75, 2026.83, 2026.92]
    """
    first, last = math.floor(start * 12), math.ceil(end * 12)
    step = max(1, math.ceil((last - first + 1) / 8))
    return [month / 12 for month in range(first, last + 1, step)]


def _curve(
    moments: Sequence[Moment],
    x: Any,
    look: tuple[str, str, list[int], str],
    head: str,
    axis: str,
) -> list[Any]:
    """Return one language's line and points; ``look`` is its field, tint, dash and shape."""
    import altair as alt

    field, tint, dash, shape = look
    data = chart_of([_row(moment, field, head) for moment in moments])
    y = alt.Y("count:Q", title=axis, axis=alt.Axis(tickCount=5, format="~s", gridDash=[2, 3]))
    line = data.mark_line(color=tint, strokeDash=dash, strokeWidth=2, aria=False)
    points = data.mark_point(shape=shape, filled=True, color=tint, size=34, opacity=1)
    return [
        line.encode(x=x, y=y),
        points.encode(x=x, y=y, description=alt.Description("said:N")),
    ]


def _row(moment: Moment, field: str, head: str) -> dict[str, Any]:
    count = getattr(moment, field)
    return {"at": moment.at, "count": count, "said": f"{moment.label} · {head} {count:,.6g}"}


def _window(window: Window | None, scale: Any) -> list[Any]:
    import altair as alt

    if window is None:
        return []
    wide = max(window.end, window.start + 0.04)
    row = {"start": window.start, "end": wide, "label": window.label}
    data = chart_of([row])
    band = data.mark_rect(color=FAINT, opacity=0.45, aria=False)
    text = data.mark_text(
        align="right", baseline="bottom", color=SOFT, fontSize=11, dx=-2, aria=False
    )
    return [
        band.encode(x=alt.X("start:Q", scale=scale), x2=alt.X2("end:Q")),
        text.encode(x=alt.X("end:Q", scale=scale), y=alt.YValue(-4), text=alt.Text("label:N")),
    ]


def _keys(heads: tuple[str, str]) -> list[Any]:
    """A legend of our own: a dash and a name each."""
    import altair as alt

    layers = []
    for head, tint, shape, at in ((heads[0], EN, "square", 8), (heads[1], ZH, "circle", 118)):
        data = chart_of([{"head": head}])
        mark = data.mark_point(shape=shape, filled=True, color=tint, size=60, opacity=1, aria=False)
        text = data.mark_text(align="left", baseline="middle", color=INK, fontSize=13, aria=False)
        layers += [
            mark.encode(x=alt.XValue(at), y=alt.YValue(-20)),
            text.encode(x=alt.XValue(at + 10), y=alt.YValue(-20), text=alt.Text("head:N")),
        ]
    return layers
