"""Spans: an interval a row with its point, the forest plot among them; open ends are arrows."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from report.charts.frame import chart_of, framed, label_room, labels, row_axis, shortened
from report.charts.palette import EN, INK, LINE, SOFT, ZH
from report.charts.svg import described, draw, unchecked

MOST = 8.0
"""Bits: what reaches further is cut with an arrow, or one wide row would flatten all others."""


@dataclass(frozen=True, slots=True)
class SpanRow:
    """One row. An end that is None is open; without ``value`` there is no point, without any of
    the three the row stays empty and faint, with ``note`` in its place. ``marked`` rows stand out;
    ``tint`` is "en", "zh" or ""."""

    label: str
    low: float | None
    high: float | None
    value: float | None
    marked: bool = False
    tint: str = ""
    note: str = ""
    empty: bool = False


@dataclass(frozen=True, slots=True)
class Axis:
    """The x axis: its title, and whether numbers are bits (shown as factors) or plain."""

    title: str
    bits: bool = True
    least: float = 1.0


@unchecked
def spans(rows: Sequence[SpanRow], axis: Axis, name: str, description: str) -> Markup | None:
    """Return the chart, or None where the libraries that draw are missing."""
    if not rows:
        return None
    import altair as alt

    reach = _reach(rows, axis)
    drawn = [_values(row, place, reach) for place, row in enumerate(rows)]
    scale = alt.Scale(domain=[-reach, reach], nice=False)
    x = alt.X("low:Q", scale=scale, title=axis.title, axis=_axis(axis, reach))
    y = row_axis()
    full = chart_of([row for row in drawn if not row["empty"]])
    colour = alt.Color("tint:N", scale=None)
    told = alt.Description("said:N")
    rule = full.mark_rule(strokeWidth=3).encode(
        x=x,
        x2=alt.X2("high:Q"),
        y=y,
        color=colour,
        description=told,
        opacity=alt.Opacity("shade:Q", scale=None),
    )
    layers = [_zero(scale), labels(drawn), rule, *_ends(drawn, scale), *_points(drawn, scale)]
    left = label_room(row["label"] for row in drawn)
    return draw(framed(alt.layer(*layers), len(rows), left), name, description)


def _reach(rows: Sequence[SpanRow], axis: Axis) -> float:
    ends = [
        abs(end)
        for row in rows
        for end in (row.low, row.high, row.value)
        if end is not None and math.isfinite(end)
    ]
    most = MOST if axis.bits else math.inf
    return min(most, max([axis.least, *ends]) * 1.08)


def _values(row: SpanRow, place: int, reach: float) -> dict[str, Any]:
    low, high = _cut(row.low, -reach, reach), _cut(row.high, reach, reach)
    return {
        "row": place,
        "label": shortened(row.label),
        "low": low,
        "high": high,
        "value": None if row.value is None else _cut(row.value, 0, reach),
        "open_low": row.low is None or row.low < -reach,
        "open_high": row.high is None or row.high > reach,
        "marked": row.marked,
        "tint": {"en": EN, "zh": ZH}.get(row.tint, INK),
        "ink": SOFT if row.empty else INK,
        "shade": 1.0 if row.marked else 0.62,
        "empty": row.empty,
        "note": shortened(row.note, 560),
        "said": described(row.label, row.note),
    }


def _cut(end: float | None, otherwise: float, reach: float) -> float:
    return round(max(-reach, min(reach, otherwise if end is None else end)), 4)


def _axis(axis: Axis, reach: float) -> Any:
    import altair as alt

    if not axis.bits:
        return alt.Axis(tickCount=8, gridDash=[2, 3])
    ticks = [bit for bit in range(-int(MOST), int(MOST) + 1) if abs(bit) <= reach]
    words = "datum.value == 0 ? '=' : format(pow(2, abs(datum.value)), 'd') + '×'"
    return alt.Axis(values=ticks, labelExpr=words, gridDash=[2, 3])


def _zero(scale: Any) -> Any:
    import altair as alt

    data = chart_of([{"at": 0}])
    return data.mark_rule(color=SOFT, strokeWidth=1.2, aria=False).encode(
        x=alt.X("at:Q", scale=scale)
    )


def _ends(drawn: list[dict[str, Any]], scale: Any) -> list[Any]:
    """Arrowheads where an interval is open."""
    import altair as alt

    layers = []
    for field, side, shape in (
        ("low", "open_low", "triangle-left"),
        ("high", "open_high", "triangle-right"),
    ):
        rows = [row for row in drawn if row[side] and not row["empty"]]
        if rows:
            marks = chart_of(rows).mark_point(
                shape=shape, filled=True, size=90, opacity=1, aria=False
            )
            layers.append(
                marks.encode(
                    x=alt.X(f"{field}:Q", scale=scale),
                    y=row_axis(),
                    color=alt.Color("tint:N", scale=None),
                )
            )
    return layers


def _points(drawn: list[dict[str, Any]], scale: Any) -> list[Any]:
    """Points, filled where marked; and the notes of rows without an interval."""
    import altair as alt

    layers = []
    rows = [row for row in drawn if row["value"] is not None and not row["empty"]]
    for marked in (True, False):
        some = [row for row in rows if row["marked"] == marked]
        if some:
            fill = {"fill": "tint"} if marked else {}
            marks = chart_of(some).mark_point(size=95, opacity=1, strokeWidth=2)
            channels: dict[str, Any] = {
                "x": alt.X("value:Q", scale=scale),
                "y": row_axis(),
                "stroke": alt.Stroke("tint:N", scale=None),
                "description": alt.Description("said:N"),
            }
            channels["fill"] = alt.Fill("tint:N", scale=None) if fill else alt.FillValue(LINE)
            layers.append(marks.encode(**channels))
    empty = [row for row in drawn if row["empty"]]
    if empty:
        notes = chart_of(empty).mark_text(
            align="left", baseline="middle", color=SOFT, fontSize=12, aria=False
        )
        layers.append(notes.encode(x=alt.XValue(6), y=row_axis(), text=alt.Text("note:N")))
    return layers
