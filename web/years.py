"""Counts by year as columns: inline SVG without script or style, and the same as numbers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

MOST = 30  # years drawn; earlier ones are one column
HEIGHT, FOOT = 56, 18  # pixels: of the tallest column, and of the labels below
WIDEST = 9  # percent: of a column where there are few
LEAST = 2  # pixels: one page is never drawn as none

_SVG = Markup(
    '<svg class="years {}" width="100%" height="{}" role="img"><title>{}</title>{}{}</svg>'
)
_BAR = Markup('<rect x="{:.2f}%" y="{}" width="{:.2f}%" height="{}"><title>{}: {}</title></rect>')
_LABEL = Markup('<text x="{:.2f}%" y="{}" text-anchor="middle">{}</text>')
_LINE = Markup('<line x1="0" y1="{0}" x2="100%" y2="{0}"/>')

Counts = Mapping[str, int]


def span(sides: Iterable[Counts]) -> tuple[str, ...]:
    """Return the years that all sides are drawn over, without gaps; ``<2001`` for all before."""
    known = sorted({int(year) for counts in sides for year in counts if year.isdigit()})
    if not known:
        return ()
    first = max(known[0], known[-1] - MOST + 1)
    years = tuple(str(year) for year in range(first, known[-1] + 1))
    return (f"<{first}", *years) if known[0] < first else years


def count(counts: Counts, year: str) -> int:
    """Return the pages of a year, or of all before it where it says so."""
    if year.startswith("<"):
        return sum(n for one, n in counts.items() if one.isdigit() and int(one) < int(year[1:]))
    return counts.get(year, 0)


def columns(counts: Counts, years: tuple[str, ...], most: int, lang: str, title: str) -> Markup:
    """Return a column a year; ``most`` is the count of full height, the same on every side."""
    slot = 100 / max(len(years), 1)
    bars = [
        _bar((number + 0.5) * slot, min(slot * 0.8, WIDEST), count(counts, year), most, year)
        for number, year in enumerate(years)
    ]
    return _SVG.format(
        lang, HEIGHT + FOOT, title, Markup("").join(bars), _LINE.format(HEIGHT) + _labels(years)
    )


def _bar(middle: float, width: float, value: int, most: int, year: str) -> Markup:
    if not value:
        return Markup("")
    height = max(LEAST, round(HEIGHT * value / max(most, 1)))
    return _BAR.format(middle - width / 2, HEIGHT - height, width, height, year, value)


def _labels(years: tuple[str, ...]) -> Markup:
    """The first and the last year, and some between that do not touch."""
    slot = 100 / max(len(years), 1)
    step = max(1, -(-len(years) // 5))
    if not years:
        return Markup("")
    shown = {0, len(years) - 1, *range(step, max(len(years) - step, 0), step)}
    return Markup("").join(
        _LABEL.format((number + 0.5) * slot, HEIGHT + FOOT - 4, years[number])
        for number in sorted(shown)
    )
