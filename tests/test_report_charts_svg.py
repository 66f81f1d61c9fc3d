"""Charts are drawn as if Altair checked them, and each kind passes its checks."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from report.charts.curves import Moment, Window, curves
from report.charts.palette import EN, ZH
from report.charts.spans import Axis, SpanRow, spans
from report.charts.stack import Part, stack
from report.charts.wings import Wing, wings

HEADS = ("English", "中文")
MOMENTS = [Moment(2020 + n / 4, f"2020 Q{n + 1}", n, 2 * n) for n in range(4)]
SPANS = [
    SpanRow("in the middle", -1.0, 2.0, 0.5, marked=True),
    SpanRow("without ends", None, None, 1.0, tint="zh", note="beyond"),
    SpanRow("nothing", None, None, None, empty=True, note="no works"),
]
CHARTS: dict[str, tuple[Callable[..., Any], tuple[Any, ...]]] = {
    "bits": (spans, (SPANS, Axis("more Chinese"), "name", "words")),
    "numbers": (spans, (SPANS, Axis("days", bits=False), "name", "words")),
    "wings": (wings, ([Wing("政务", 3, 9), Wing("none", 0, 0)], "name", "words", HEADS)),
    "curves": (curves, (MOMENTS, Window(2020.2, 2020.4, "crawl"), "name", "words", HEADS, "works")),
    "stack": (stack, ([Part("stored", 3, EN), Part("gone", 0, ZH)], "name", "words")),
}


@pytest.mark.parametrize("kind", CHARTS)
def test_what_is_drawn_unchecked_is_what_passes_the_checks(kind: str) -> None:
    draw, given = CHARTS[kind]
    from altair.utils import schemapi

    assert schemapi.DEBUG_MODE
    drawn = draw(*given)
    assert drawn == draw.__wrapped__(*given)  # type: ignore[attr-defined]
    assert "<svg" in drawn
    assert schemapi.DEBUG_MODE, "whoever else makes charts has theirs checked"
