"""The word and the line for a run."""

from __future__ import annotations

import json

import pytest

from crawler.schedule.outcome import Step, Summary, Trouble, judge

CRAWL = (Step("crawl", 0),)


@pytest.mark.parametrize(
    ("steps", "visits", "word", "code"),
    [
        (CRAWL, {"new": 3}, "ok", 0),
        (CRAWL, {"changed": 1, "failed": 9}, "ok", 0),
        (CRAWL, {"same": 5}, "unchanged", 0),
        (CRAWL, {}, "nothing", 6),
        (CRAWL, {"failed": 4, "lost": 1}, "nothing", 6),
        ((Step("crawl", 5, "the disk is full"),), {"new": 3}, "failed", 6),
        ((*CRAWL, Step("report", 70)), {"new": 3}, "failed", 6),
        ((Step("crawl", 130),), {"new": 3}, "stopped", 130),
        ((Step("report", 0),), {}, "ok", 0),
    ],
)
def test_words(steps: tuple[Step, ...], visits: dict[str, int], word: str, code: int) -> None:
    crawled = "crawl" in [step.name for step in steps]
    found = judge(steps, crawled=crawled, visits=visits)
    summary = Summary("daily", "", "", 1.0, found, steps, crawled, 9, visits)
    assert (found, summary.code) == (word, code)
    said = json.loads(summary.as_json())
    assert (said["outcome"], said["code"]) == (word, code)
    if crawled and not summary.stored:
        assert "ok" not in summary.line().split()
        assert "no page was stored" in summary.line()


@pytest.mark.parametrize(
    ("visits", "word"),
    [({}, "unchanged"), ({"lost": 2}, "nothing"), ({"failed": 1}, "nothing"), ({"new": 1}, "ok")],
)
def test_a_sitemap_alone_is_no_page(visits: dict[str, int], word: str) -> None:
    assert judge(CRAWL, crawled=True, visits=visits, listed=True) == word


def test_who_is_in_trouble_is_named() -> None:
    troubles = tuple(
        Trouble(f"h{n}.cn", (f"source-{n}",), "timeout", 10 + n, "2026-06-01T12:00:00Z")
        for n in range(10)
    )
    summary = Summary("daily", "", "", 1.0, "nothing", CRAWL, True, 0, {}, troubles)
    assert "h0.cn of source-0 (timeout, 10 in a row, next try 2026-06-01T12:00:00Z)" in (
        summary.line()
    )
    assert summary.line().endswith("and 2 more")
