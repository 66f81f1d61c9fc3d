"""Concepts: which stand out in one language, as a forest plot, and the counts behind it."""

from __future__ import annotations

from report.model import Measurement
from report.render.blocks import Block, Prose, Section, nothing
from report.render.say import Say
from report.sections.differences import counted, forest, marked_note


def section(m: Measurement, say: Say) -> Section:
    """Return the concepts' section."""
    title = say("Concepts", "概念")
    if m.empty:
        return Section("concepts", title, (nothing(no_page(say)),), title)
    rows = m.table("concepts").rows
    shown = {row.value for row in m.table("concepts").filled()}
    absent = [row for row in rows if row.value not in shown]
    differences = m.gap.of("concepts")
    compared = any(row.suppressed is None for row in differences)
    blocks: list[Block] = [
        Prose(_words(say, compared=compared)),
        *forest(differences, say, say("Shares by concept", "各概念占比之差")),
        *marked_note(differences, say),
        counted(m.table("concepts"), say, say("Works by concept", "各概念的作品数"), filled=True),
    ]
    if absent:
        names = say("; ", "；").join(say.label(row.label, row.label_zh) for row in absent)
        words = say(
            "Found in neither language, {n} of {of} concepts: {names}",
            "两种语言中都未找到的概念（{of}个中的{n}个）：{names}",
            n=len(absent),
            of=len(rows),
            names=names,
        )
        blocks.append(Prose(words, "note"))
    return Section("concepts", title, tuple(blocks), title)


def _words(say: Say, *, compared: bool) -> str:
    """Return what a count is and, where there is a plot of shares, what that compares."""
    counts = say(
        "A work counts under every concept that one of its pages mentions.",
        "一件作品提到几个概念就计入几个概念。",
    )
    if not compared:
        return counts
    return counts + say(
        " The first plot compares shares: of the works found in each language, how large a part"
        " mentions the concept. A concept that leans to one side is a larger part of what was found"
        " in that language, whatever the size of the gap as a whole.",
        "第一幅图比较的是占比：在各语言已找到的作品中，提到该概念的占多大部分。偏向一侧，"
        "表示该概念在已找到的那种语言的作品中分量更重，与总体差距的大小无关。",
    )


def no_page(say: Say) -> str:
    """Return what stands where there is no page on the topic."""
    return say("No data: no page on the topic.", "没有数据：没有与主题有关的页面。")
