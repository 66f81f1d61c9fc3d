"""What steps print of a run, and how they end."""

from __future__ import annotations

from pathlib import Path

import pytest

from commands.steps.crawl import held_back, in_vain
from commands.steps.ended import limits_line
from store import open_store, runs
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


def test_what_is_told_is_of_the_crawl_s_own_run(tmp_path: Path) -> None:
    with open_store(tmp_path, create=True) as store:
        ours, theirs = (runs.start(store.db, name, "{}") for name in ("one", "other"))
        runs.note_limit(store.db, ours, "max_pages", "", 7)
        runs.note_limit(store.db, theirs, "max_depth", "", 9)
    assert held_back(tmp_path, ours) == "held back by limits: max_pages 7"


@pytest.mark.parametrize(
    ("everything", "pages", "said"),
    [
        ({}, {}, ""),
        ({"failed": 2}, {"failed": 2}, "every page"),
        ({"same": 1, "failed": 2}, {"failed": 2}, "every page"),  # a sitemap answered
        ({"lost": 1, "failed": 2}, {"lost": 1, "failed": 2}, "every page"),
        ({"new": 1, "failed": 9}, {"new": 1, "failed": 9}, ""),
        ({"failed": 2}, {}, "everything"),
        ({"lost": 1, "failed": 2}, {}, ""),
        ({"same": 1, "failed": 2}, {}, ""),
        ({"lost": 1}, {"lost": 1}, ""),
    ],
)
def test_what_was_asked_in_vain(
    everything: dict[str, int], pages: dict[str, int], said: str
) -> None:
    assert in_vain(everything, pages) == said
