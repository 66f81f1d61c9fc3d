"""What all charts share: room for labels, whatever fonts the machine that draws has.

Channels are written as classes (``alt.Text("label:N")``, not ``text="label:N"``): for each that is
not, Altair goes through its whole schema.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from report.charts.palette import WIDTH
from report.render.inert import plain

FONT = 13
MOST_LABEL = 300
ROW = 26
RIGHT = 46
"""Pixels: the size of labels, the most room they get, the height of a row, the right margin."""


def width_of(text: str) -> float:
    """Return about how wide a text is drawn: a Chinese character just over an em, others .6

    >>> width_of("政务") == 2 * 1.04 * FONT
    True
    """
    return FONT * sum(1.04 if unicodedata.east_asian_width(c) in "WFA" else 0.6 for c in text)


def shortened(text: str, room: float = MOST_LABEL) -> str:
    """Return a label that fits, cut with an ellipsis where it must be."""
    text = plain(text[:MOST_LABEL])
    if width_of(text) <= room:
        return text
    wide = itertools.accumulate(map(width_of, text))
    kept = sum(1 for so_far in wide if so_far <= room - FONT)
    return text[:kept].rstrip() + "…"


def label_room(labels: Iterable[str]) -> float:
    """Return the pixels that the widest label takes."""
    return max((width_of(label) for label in labels), default=0) + 14


def chart_of(rows: Sequence[Mapping[str, Any]]) -> Any:
    """Return an Altair chart over rows, their words made plain; it needs no data frame."""
    import altair as alt

    clean = tuple(  # not a list, which Altair would copy whole at every step
        {name: plain(value) if isinstance(value, str) else value for name, value in row.items()}
        for row in rows
    )
    return alt.Chart(alt.Data(values=clean))


def row_axis() -> Any:
    """Return the y axis of charts with a row each; the labels are written by ``labels``."""
    import altair as alt

    return alt.Y("row:O", axis=None, scale=alt.Scale(paddingInner=0.35, paddingOuter=0.2))


def labels(rows: list[dict[str, Any]]) -> Any:
    """Return the layer that writes each row's ``label`` beside the plot."""
    import altair as alt

    chart = chart_of(rows)
    mark = chart.mark_text(align="right", baseline="middle", fontSize=FONT, aria=False)
    return mark.encode(
        x=alt.XValue(-10),
        y=row_axis(),
        text=alt.Text("label:N"),
        color=alt.Color("ink:N", scale=None),
    )


def framed(layers: Any, rows: int, left: float, bottom: float = 44, top: float = 8) -> Any:
    """Return a layered chart with fixed margins: nothing depends on fonts."""
    import altair as alt

    padding = {"left": left, "right": RIGHT, "top": top, "bottom": bottom}
    return layers.properties(
        width=WIDTH - left - RIGHT,
        height=max(1, rows) * ROW,
        padding=padding,
        autosize=alt.AutoSizeParams(type="none"),
    )
