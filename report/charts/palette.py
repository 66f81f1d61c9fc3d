"""The charts' colours: ``page.css`` maps each to a variable, which differs in the dark.

Blue and orange of unlike lightness are told apart with every common colour blindness; shapes and
dashes say the same once more.
"""

from __future__ import annotations

EN, ZH = "#1b5a9e", "#cf5310"
INK, SOFT, LINE, PAPER = "#1c1e22", "#5a5e66", "#dfdcd4", "#fcfbf8"
FAINT = "#b9b4a6"
STATES = {
    "stored": "#3c6e57",
    "failed": "#9c4a5c",
    "skipped": "#8b93a1",
    "gone": "#6b5b7b",
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
