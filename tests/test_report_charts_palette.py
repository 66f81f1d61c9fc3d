"""The charts' colours are told apart with every common colour blindness, in every theme."""

from __future__ import annotations

import re
from itertools import combinations
from pathlib import Path

import numpy as np
import pytest

import report.render
from report.charts import palette
from report.estimate.arrays import Floats

APART = 18.0
"""CIE 1976 ΔE: some eight times what is just seen side by side."""

SEEN = {
    "all colours": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "tritanopia": np.array(
        [
            [1.255528, -0.076749, -0.178779],
            [-0.078411, 0.930809, 0.147602],
            [0.004733, 0.691367, 0.303900],
        ]
    ),
}
"""On linear RGB: Machado, Oliveira & Fernandes 2009, severity 1."""

XYZ = np.array(
    [
        [0.4124564, 0.3575761, 0.1804375],
        [0.2126729, 0.7151522, 0.0721750],
        [0.0193339, 0.1191920, 0.9503041],
    ]
)
WHITE = np.array([0.95047, 1.0, 1.08883])
TOGETHER = {
    "languages": ("en", "zh", "ink", "paper"),
    "states": (*palette.STATES, "paper"),
    "time": ("en", "zh", "soft", "faint", "paper"),
}
"""Name → the variables that stand in one chart."""

CSS = Path(report.render.__file__).with_name("page.css").read_text("utf-8")


def theme(after: str) -> dict[str, str]:
    """Return the colours of the first rule behind these words; six digits each."""
    block = CSS[CSS.index(after) :].partition("}")[0]
    found = re.findall(r"--([a-z-]+): #([0-9a-f]{3,6});", block)
    return {name: code if len(code) == 6 else "".join(2 * c for c in code) for name, code in found}


THEMES = {
    "light": theme(":root"),
    "dark": theme("@media (prefers-color-scheme: dark)"),
    "print": theme("@media print"),
}


def lab(code: str, seen: Floats) -> Floats:
    """Return CIE L*a*b* (D65) of an sRGB colour as somebody sees it who sees so."""
    rgb = np.array([int(code[i : i + 2], 16) / 255 for i in (0, 2, 4)])
    linear = np.where(rgb <= 0.04045, rgb / 12.92, ((rgb + 0.055) / 1.055) ** 2.4)
    share = XYZ @ np.clip(seen @ linear, 0, 1) / WHITE
    x, y, z = np.where(share > 216 / 24389, np.cbrt(share), (24389 / 27 * share + 16) / 116)
    return np.array([116 * y - 16, 500 * (x - y), 200 * (y - z)])


def test_the_measure_is_the_published_one() -> None:
    """L*a*b* of sRGB red (Lindbloom), and red looks like a dark yellow without red cones."""
    assert lab("ff0000", SEEN["all colours"]) == pytest.approx([53.24, 80.09, 67.20], abs=0.02)
    _, a, b = lab("ff0000", SEEN["protanopia"])
    assert abs(a) < b / 2


@pytest.mark.parametrize("seen", SEEN)
@pytest.mark.parametrize("name", THEMES)
@pytest.mark.parametrize("group", TOGETHER)
def test_colours_that_stand_together_stay_apart(group: str, name: str, seen: str) -> None:
    colours = THEMES[name]
    for one, other in combinations(TOGETHER[group], 2):
        apart = np.linalg.norm(lab(colours[one], SEEN[seen]) - lab(colours[other], SEEN[seen]))
        assert apart >= APART, (one, other, round(float(apart), 1))


def test_what_is_drawn_is_what_the_page_names() -> None:
    light = THEMES["light"]
    assert {name: f"#{light[name]}" for name in palette.ALL} == palette.ALL
