"""Wings: English counts to the left, Chinese to the right of one axis, a row a value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from markupsafe import Markup

from report.charts.frame import chart_of, framed, label_room, labels, row_axis, shortened
from report.charts.palette import EN, INK, ZH
from report.charts.svg import draw, unchecked


@dataclass(frozen=True, slots=True)
class Wing:
    """A count in each language under one label."""

    label: str
    en: int
    zh: int


@unchecked
def wings(
    rows: Sequence[Wing], name: str, description: str, heads: tuple[str, str]
) -> Markup | None:
    """Return the chart; ``heads`` name the two sides. None where nothing can draw."""
    if not rows:
        return None
    import altair as alt

    most = max(max(row.en, row.zh) for row in rows) or 1
    bars = [bar for place, row in enumerate(rows) for bar in _bars(row, place, heads)]
    scale = alt.Scale(domain=[-1.16 * most, 1.16 * most], nice=False)
    data = chart_of(bars)
    y = row_axis()
    bar = data.mark_bar().encode(
        x=alt.X("from:Q", scale=scale, axis=None),
        x2=alt.X2("to:Q"),
        y=y,
        color=alt.Color("tint:N", scale=None),
        description=alt.Description("said:N"),
    )
    layers = [labels(_rows(rows)), bar, *_numbers(bars, scale), *_heads(heads, scale)]
    left = label_room(shortened(row.label) for row in rows)
    return draw(framed(alt.layer(*layers), len(rows), left, bottom=6, top=24), name, description)


def _rows(rows: Sequence[Wing]) -> list[dict[str, Any]]:
    return [{"row": i, "label": shortened(r.label), "ink": INK} for i, r in enumerate(rows)]


def _bars(row: Wing, place: int, heads: tuple[str, str]) -> list[dict[str, Any]]:
    made = []
    for count, way, tint, head in ((row.en, -1, EN, heads[0]), (row.zh, 1, ZH, heads[1])):
        said = f"{row.label} · {head} {count:,}"
        words = {"row": place, "tint": tint, "text": f"{count:,}", "said": said, "way": way}
        made.append({"from": 0, "to": way * count, **words})
    return made


def _numbers(bars: list[dict[str, Any]], scale: Any) -> list[Any]:
    import altair as alt

    layers = []
    for way, align, dx in ((-1, "right", -5), (1, "left", 5)):
        data = chart_of([bar for bar in bars if bar["way"] == way])
        marks = data.mark_text(
            align=align, baseline="middle", dx=dx, fontSize=12, color=INK, aria=False
        )
        layers.append(
            marks.encode(
                x=alt.X("to:Q", scale=scale, axis=None), y=row_axis(), text=alt.Text("text:N")
            )
        )
    return layers


def _heads(heads: tuple[str, str], scale: Any) -> list[Any]:
    import altair as alt

    layers = []
    for head, at, align, tint in ((heads[0], -8, "right", EN), (heads[1], 8, "left", ZH)):
        data = chart_of([{"head": head, "at": 0}])
        marks = data.mark_text(
            align=align, dx=at, color=tint, fontSize=13, fontWeight="bold", aria=False
        )
        x = alt.X("at:Q", scale=scale, axis=None)
        layers.append(marks.encode(x=x, y=alt.YValue(-12), text=alt.Text("head:N")))
    return layers
