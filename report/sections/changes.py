"""What changed since the last report: new works by concept and language, gaps that moved."""

from __future__ import annotations

from report.gap.model import Change, Changes
from report.model import Measurement
from report.render.blocks import Block, Column, Prose, Section, Table, Value
from report.render.say import Say, number

MOVED = {
    "opened": ("gap opened", "出现差距"),
    "closed": ("gap closed", "差距消失"),
    "grew": ("gap grew", "差距扩大"),
    "shrank": ("gap shrank", "差距缩小"),
    "turned": ("gap turned round", "差距反转"),
    "": ("", ""),
}


def section(m: Measurement, say: Say) -> Section | None:
    """Return the section; None where there is no earlier report."""
    changes = m.gap.changes
    if changes is None:
        return None
    title = say("What changed since {day}", "自{day}以来的变化", day=changes.since[:10])
    words = say(
        "Works found then and now: {a} and {b} in English, {c} and {d} in Chinese.",
        "已找到的作品，当时与现在：英文{a}件与{b}件，中文{c}件与{d}件。",
        a=number(changes.en_before),
        b=number(changes.en_now),
        c=number(changes.zh_before),
        d=number(changes.zh_now),
    )
    if changes.comparable:
        words += _moved(changes, say)
    rows = sorted(changes.concepts, key=lambda c: (not c.moved, -_new(c)))
    shown = [row for row in rows if row.moved or _new(row)]
    cautions = [Prose(say(caution.en, caution.zh), "caution") for caution in changes.cautions]
    blocks: list[Block] = [Prose(words), *cautions]
    if shown:
        blocks.append(_table(shown, say))
    return Section("changes", title, tuple(blocks), say("Changes", "变化"))


def _moved(changes: Changes, say: Say) -> str:
    return say(
        " Concepts whose gap moved beyond noise: {n}. That is where the difference of shares"
        " changed by more than both reports’ 95 % intervals allow (the root of the sum of the"
        " squares of their halves).",
        "差距变化超出噪声的概念：{n}个；"
        "超出噪声，是指占比之差的变动大于两次报告的95%区间所允许的范围（两区间半宽平方和之平方根）。",
        n=sum(bool(row.moved) for row in changes.concepts),
    )


def _new(row: Change) -> int:
    return abs(row.en_now - row.en_before) + abs(row.zh_now - row.zh_before)


def _table(rows: list[Change], say: Say) -> Table:
    columns = (
        Column(say("Concept", "概念")),
        Column(say("English works", "英文作品"), "en count"),
        Column(say("new", "新增"), "count"),
        Column(say("Chinese works", "中文作品"), "zh count"),
        Column(say("new", "新增"), "count"),
        Column(""),
    )
    made: list[tuple[Value, ...]] = [
        (
            say.label(row.label, row.label_zh),
            row.en_now,
            f"{row.en_now - row.en_before:+,}",
            row.zh_now,
            f"{row.zh_now - row.zh_before:+,}",
            say(*MOVED[row.moved]),
        )
        for row in rows
    ]
    return Table(columns, tuple(made))
