"""What steps print of a run."""

from __future__ import annotations

import pytest

from commands.steps import limits_line
from store.records import Run


@pytest.mark.parametrize(
    ("limits", "said"),
    [
        ((), ""),
        ((("max_pages", "", 1200),), "held back by limits: max_pages 1,200"),
        (
            (
                ("max_depth", "a", 5),
                *(("max_pages_per_source", name, n) for n, name in enumerate("abcde", 1)),
            ),
            "held back by limits: max_depth 5 (a 5);"
            " max_pages_per_source 15 (e 5, d 4, c 3, 2 more)",
        ),
    ],
)
def test_limits_say_what_they_held_back(
    limits: tuple[tuple[str, str, int], ...], said: str
) -> None:
    assert limits_line(Run(1, "", "", "finished", "{}", 0, None, limits)) == said
