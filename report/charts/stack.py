"""A stack: one bar of all parts, where every discovered URL went."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from report.charts.frame import chart_of
from report.charts.palette import PAPER, WIDTH
from report.charts.svg import draw, unchecked


@dataclass(frozen=True, slots=True)
class Part:
    """A part of the whole: its label, its count, its colour (of ``palette``)."""

    label: str
    count: int
    tint: str


@unchecked
def stack(parts: Sequence[Part], name: str, description: str) -> Markup | None:
    """Return the bar; None where nothing can draw or there is nothing to draw."""
    total = sum(part.count for part in parts)
    if not total:
        return None
    import altair as alt

    rows, start = [], 0
    for part in parts:
        if part.count:
            said = f"{part.label} · {part.count:,}"
            rows.append({"from": start, "to": start + part.count, "tint": part.tint, "said": said})
            start += part.count
    scale = alt.Scale(domain=[0, total], nice=False)
    bars = chart_of(rows).mark_bar(stroke=PAPER, strokeWidth=1)
    chart = bars.encode(
        x=alt.X("from:Q", scale=scale, axis=None),
        x2=alt.X2("to:Q"),
        color=alt.Color("tint:N", scale=None),
        description=alt.Description("said:N"),
    ).properties(width=WIDTH - 4, height=28, padding=2, autosize=alt.AutoSizeParams(type="none"))
    return draw(chart, name, description)
