"""The charts' colours: ``page.css`` maps each to a variable, which differs in the dark.

Whatever stands together in one chart is told apart with every common colour blindness, on light
paper and in the dark (``tests/test_report_charts_palette.py``); shapes and dashes say the same once
more.
"""

from __future__ import annotations

EN, ZH = "#1b5a9e", "#cf5310"
INK, SOFT, LINE, PAPER = "#1c1e22", "#5a5e66", "#dfdcd4", "#fcfbf8"
FAINT = "#c3bd9f"
STATES = {
    "stored": "#3f8f74",
    "failed": "#8c2436",
    "skipped": "#8d9bbd",
    "gone": "#5d4680",
    "pending": FAINT,
}
ALL = {
    "en": EN,
    "zh": ZH,
    "ink": INK,
    "soft": SOFT,
    "line": LINE,
    "paper": PAPER,
    "faint": FAINT,
} | STATES
"""CSS variable → colour."""

WIDTH = 960
"""Pixels of a whole chart: all are as wide, so that their letters are as large."""
