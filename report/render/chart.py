"""Charts as inline SVG: bars and columns, no library, no script.

Positions are percentages and heights pixels, so a chart fills whatever width it is given while
its text stays readable. Colours are classes of ``page.css``: ``en`` and ``zh`` for the two
languages, everywhere. Each chart names itself in ``<title>`` and its unit in ``<desc>``.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass

from markupsafe import Markup

from report.render.inert import plain

MIN_BAR = 0.5
"""Percent: the shortest bar of a number that is not zero, so that one is never seen as none."""

_SVG = Markup('<svg class="chart {}" width="100%" height="{}" role="img">{}</svg>')
_NAMES = Markup("<title>{}</title><desc>{}</desc>")
_RECT = Markup('<rect class="{}" x="{}%" y="{}" width="{}%" height="{}"><title>{}</title></rect>')
_TEXT = Markup('<text class="{}" x="{}%" y="{}" dx="{}">{}</text>')
_LINE = Markup('<line class="{}" x1="{}%" y1="{}" x2="{}%" y2="{}"/>')


@dataclass(frozen=True, slots=True)
class Pair:
    """A number in each language under one label. ``mark`` asks for the label to be drawn."""

    label: str
    en: int
    zh: int
    mark: bool = True


def pair_bars(pairs: Sequence[Pair], title: str, unit: str) -> Markup:
    """Return horizontal bars on one scale, English above Chinese, numbers at their ends."""
    most = max((max(pair.en, pair.zh) for pair in pairs), default=0)
    shapes = []
    for i, pair in enumerate(pairs):
        top = i * 74
        shapes.append(_text("label", 0, top + 16, pair.label))
        for lang, value, y in (("en", pair.en, top + 24), ("zh", pair.zh, top + 44)):
            width = _share(value, most, 72)
            shapes.append(_rect(lang, 0, y, width, 17, f"{pair.label}: {_said(lang, value)}"))
            shapes.append(_text("value", width, y + 13.5, f"{value:,} {_NAME[lang]}", dx=7))
    return _chart("pairs", 74 * len(pairs), shapes, title, unit)


def butterfly(pair: Pair, most: int, unit: str) -> Markup:
    """Return one row of a butterfly: English to the left, Chinese to the right of the axis.

    ``most`` is the number that fills a half; a zero is drawn as a hollow mark at the axis.
    """
    shapes = [_LINE.format("axis", 50, 0, 50, 18)]
    for lang, value in (("en", pair.en), ("zh", pair.zh)):
        width = _share(value, most, 49.5)
        x = 50 - width if lang == "en" else 50
        if value:
            shapes.append(_rect(lang, x, 2, width, 14, f"{pair.label}: {_said(lang, value)}"))
        else:
            side = -10 if lang == "en" else 3
            shapes.append(_text(f"zero {lang}", 50, 13.5, "0", dx=side))
    title = f"{pair.label}: {_said('en', pair.en)}, {_said('zh', pair.zh)}"
    return _chart("butterfly", 18, shapes, title, f"The unit is {unit}; all rows share one scale.")


def columns(pairs: Sequence[Pair], last: Pair, title: str, unit: str) -> Markup:
    """Return columns a label, English beside Chinese; ``last`` stands apart at the right end."""
    most = max((max(pair.en, pair.zh) for pair in (*pairs, last)), default=0)
    slot = 100 / (len(pairs) + 4)
    starts = [*(i * slot for i in range(len(pairs))), 100 - 2.4 * slot]
    lines, scale = _grid(most)
    shapes = [*lines]
    for pair, x in zip((*pairs, last), starts, strict=True):
        width = slot * (1.8 if pair is last else 1)
        shapes += _column(pair, x, width, most)
        if pair.mark:
            shapes.append(_text("tick", x + width / 2, TOP + PLOT + 18, pair.label))
    edge = _round(100 - 3.2 * slot)
    shapes += [_LINE.format("apart", edge, TOP - 6, edge, TOP + PLOT + 22), *scale]
    return _chart("columns", TOP + PLOT + 28, shapes, title, unit)


def stack(parts: Sequence[tuple[str, int]], title: str, unit: str) -> Markup:
    """Return one bar of all parts, each of the class of its name."""
    total = sum(count for _, count in parts)
    ends = itertools.accumulate((_share(count, total, 100) for _, count in parts), initial=0.0)
    shapes = [
        _rect(name, x, 0, max(_share(count, total, 100), 0), 26, f"{name}: {count:,} URLs")
        for (name, count), x in zip(parts, ends, strict=False)
        if count
    ]
    return _chart("stack", 26, shapes, title, unit)


TOP, PLOT = 22, 190
"""Pixels: the room above a column chart's plot, and its height."""

_NAME = {"en": "English", "zh": "中文"}


def _column(pair: Pair, x: float, width: float, most: int) -> list[Markup]:
    """English beside Chinese, in a slot that starts at ``x`` percent."""
    shapes = []
    for lang, value, left in (("en", pair.en, 0.08), ("zh", pair.zh, 0.5)):
        height = round(_share(value, most, PLOT), 2)
        title = f"{pair.label}: {_said(lang, value)}"
        at = (x + left * width, TOP + PLOT - height)
        shapes.append(_rect(lang, *at, 0.42 * width, height, title))
    return shapes


def _grid(most: int) -> tuple[list[Markup], list[Markup]]:
    """Return horizontal lines at round numbers, and the numbers, to be drawn over the columns."""
    heights = [
        (value, round(TOP + PLOT - _share(value, most, PLOT, least=0), 2)) for value in ticks(most)
    ]
    lines = [_LINE.format("grid" if value else "axis", 0, y, 100, y) for value, y in heights]
    return lines, [_text("scale", 0, y - 4, f"{value:,}") for value, y in heights if value]


def ticks(most: int) -> list[int]:
    """Return round numbers from 0 up to ``most``, at most five of them."""
    if most <= 0:
        return [0]
    power = 10 ** (len(str(most)) - 1)
    steps = (max(1, power * factor // 10) for factor in (1, 2, 5, 10, 20, 50))
    step = next(step for step in steps if most // step <= 4)
    return list(range(0, most + 1, step))


def _share(value: int, most: int, full: float, least: float = MIN_BAR) -> float:
    """Return the length of a number when ``most`` is ``full`` long; 0 for 0."""
    return max(least, full * value / most) if value and most else 0.0


def _said(lang: str, value: int) -> str:
    return f"{value:,} {'English' if lang == 'en' else 'Chinese'}"


def _round(number: float) -> float:
    return round(number, 3)


def _rect(kind: str, x: float, y: float, width: float, height: float, title: str) -> Markup:
    return _RECT.format(kind, _round(x), _round(y), _round(width), height, plain(title))


def _text(kind: str, x: float, y: float, text: str, dx: float = 0) -> Markup:
    return _TEXT.format(kind, _round(x), _round(y), dx, plain(text))


def _chart(kind: str, height: float, shapes: Sequence[Markup], title: str, unit: str) -> Markup:
    names = _NAMES.format(plain(title), plain(unit))
    return _SVG.format(kind, height, Markup("").join([names, *shapes]))
