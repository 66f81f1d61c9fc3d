"""Log ratios in words: who has how many times as many."""

from __future__ import annotations

from report.render.say import Say, times

_SAME = 0.007
"""Bits within which a ratio is printed as 1."""


def more(log2: float, say: Say) -> str:
    """Return a ratio in words, the larger side first."""
    if abs(log2) < _SAME:
        return say("as many Chinese as English works", "中英文作品数量相当")
    if log2 > 0:
        return say(
            "{x} times as many Chinese as English works", "中文作品约为英文的{x}倍", x=times(log2)
        )
    return say(
        "{x} times as many English as Chinese works", "英文作品约为中文的{x}倍", x=times(log2)
    )


def span_words(low: float | None, high: float | None, say: Say) -> str:
    """Return an interval of ratios in words; an end that is None is open."""
    if low is None or high is None:
        return _open(low, high, say)
    if low >= 0:
        return say(
            "{a} to {b} times as many Chinese as English works",
            "中文作品为英文的{a}至{b}倍",
            **_ends(low, high),
        )
    if high <= 0:
        return say(
            "{a} to {b} times as many English as Chinese works",
            "英文作品为中文的{a}至{b}倍",
            **_ends(high, low),
        )
    return say(
        "anything from {a} times as many English to {b} times as many Chinese works",
        "介于英文为中文的{a}倍与中文为英文的{b}倍之间",
        a=times(low),
        b=times(high),
    )


def _ends(low: float, high: float) -> dict[str, str]:
    """Return both ends as factors; where they look the same in the usual digits, to a hundredth."""
    a, b = times(low), times(high)
    if a == b:
        a, b = (f"{2.0 ** abs(end):,.2f}" for end in (low, high))
    return {"a": a, "b": b}


def _open(low: float | None, high: float | None, say: Say) -> str:
    if low is not None:
        return say("at least {ratio}", "至少：{ratio}", ratio=more(low, say))
    if high is not None:
        return say("at most {ratio}", "至多：{ratio}", ratio=more(high, say))
    return say("anything", "任何比例")
