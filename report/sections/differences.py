"""What several sections share: a dimension as a forest plot, and its counts as wings."""

from __future__ import annotations

from collections.abc import Sequence

from config.names import IN_CHINESE
from report.charts.spans import Axis, SpanRow, spans
from report.charts.wings import Wing, wings
from report.counts import Row, Table
from report.gap.model import Difference
from report.render.blocks import Block, Column, Figure, Prose, Value
from report.render.blocks import Table as DataTable
from report.render.say import Say, signed

MOST = 60
"""Rows of one plot: more cannot be told apart; the table and report.csv have all."""

LABELS = {
    **IN_CHINESE,
    "undated": "日期不详",
    "not stated": "未注明",
    "Simplified": "简体",
    "Traditional": "繁体",
    "mixed": "简繁混用",
    "links": "链接",
    "sitemap": "站点地图",
    "feed": "订阅源",
    "home": "首页",
    "redirect": "跳转",
    "canonical": "规范网址",
    "autodiscovery": "自动发现",
    "robots": "robots.txt",
}
"""Values that the configuration and the crawler name in English, in Chinese."""


ROUTES = {"search": "搜索服务", "list": "清单", "archive": "存档"}
"""The first word of routes that are many, each with a name of its own behind a colon."""


def named(value: str, label: str, label_zh: str, say: Say) -> str:
    """Return a row's name in the reader's tongue.

    >>> named("search:bing", "search:bing", "", Say("zh")), named("x:y", "x:y", "", Say("zh"))
    ('搜索服务：bing', 'x:y')
    """
    kind, colon, name = value.partition(":")
    route = f"{ROUTES[kind]}：{name}" if colon and kind in ROUTES else ""
    return say.label(label, label_zh or LABELS.get(label, LABELS.get(value, route)))


def forest(
    rows: Sequence[Difference], say: Say, name: str, *, by_time: bool = False
) -> list[Block]:
    """Return the forest plot of a dimension with its table; nothing where it has no row.

    Where no row at all is compared there is no plot, but the reason and the table. Years stand
    ``by_time``, whatever else is by rank with the suppressed rows last.
    """
    if not rows:
        return []
    ordered = _by_time(rows) if by_time else _by_rank(rows)
    if all(row.suppressed is not None for row in rows):
        return [Prose(_none(rows, say), "nodata"), _table(ordered, say)]
    drawn = [_span(row, say) for row in ordered[:MOST]]
    alt = say(
        "One row each: how many times larger the share is in Chinese (right) or in English (left),"
        " with 95 % intervals that allow for sites. Filled points stand out beyond chance, also at"
        " equal lengths. Rows without an interval have too few works or sites, and are shown with"
        " their counts.",
        "每行一项：在中文（右）或英文（左）中占比大多少倍，附95%区间（已考虑同站相关）。"
        "实心点表示差异并非偶然，按篇幅标准化后亦然。没有区间的行，作品或网站太少，只列出数目。",
    )
    axis = Axis(
        say(
            "← larger share in English | larger share in Chinese →",
            "← 英文中占比更大 | 中文中占比更大 →",
        )
    )
    return [Figure(name, alt, spans(drawn, axis, name, alt), _table(ordered, say))]


def _by_rank(rows: Sequence[Difference]) -> list[Difference]:
    return sorted(rows, key=lambda d: (d.suppressed is not None, d.rank or 0))


def _by_time(rows: Sequence[Difference]) -> list[Difference]:
    """Return the newest years that one plot holds, in their order, and the undated."""
    return sorted(rows, key=lambda d: (not d.value.isdecimal(), d.value))[-MOST:]


def _none(rows: Sequence[Difference], say: Say) -> str:
    reasons = {row.suppressed.code: row.suppressed for row in rows if row.suppressed}
    why = " ".join(say(reason.en, reason.zh) for reason in reasons.values())
    words = say.many(
        len(rows),
        "The share of the only row cannot be compared.",
        "No share can be compared in any of {n} rows.",
        "{n}行均无法比较占比。",
    )
    return f"{words} {why}" if say.tongue == "en" else f"{words}{why}"


def marked_note(rows: Sequence[Difference], say: Say) -> list[Prose]:
    """Return how many rows stand out and what that means, or why none can."""
    compared = [row for row in rows if row.suppressed is None]
    if not compared:
        return []
    uneven = next((row.unstandardised for row in compared if row.unstandardised), None)
    words = (
        say(
            "{why} No row is marked, as one stands out only where it does at equal lengths, too.",
            "{why}因此不作标记：按相同篇幅比较也显著的行才作标记。",
            why=say(uneven.en, uneven.zh),
        )
        if uneven
        else say(
            "{n} of {of} compared rows stand out (filled), as found and at equal lengths: of such"
            " marks at most one in ten is expected to be by chance (Benjamini–Hochberg).",
            "在比较的{of}行中，有{n}行无论是否按篇幅标准化都显著（实心）：这类标记预计至多十分之一出于偶然"
            "（Benjamini–Hochberg法）。",
            n=sum(row.marked for row in compared),
            of=len(compared),
        )
    )
    found = say(
        " Differences are of works found; whether one language's works on a concept are harder to"
        " find was not measured.",
        "差异只就已找到的作品而言，某一语言的作品是否更难找到，未作测量。",
    )
    return [Prose(words + found, "note")]


def counted(table: Table, say: Say, name: str, *, filled: bool = False, most: int = MOST) -> Figure:
    """Return the counts of a dimension as wings and as a table."""
    rows = table.filled() if filled else table.rows
    alt = say(
        "One row each: works found in English to the left, in Chinese to the right, on one scale.",
        "每行一项：左为已找到的英文作品数，右为中文作品数，同一标尺。",
    )
    drawn = [
        Wing(named(row.value, row.label, row.label_zh, say), row.en.works, row.zh.works)
        for row in rows[:most]
    ]
    heads = (say.lang("en"), say.lang("zh"))
    return Figure(name, alt, wings(drawn, name, alt, heads), _counts(rows, say))


def _counts(rows: Sequence[Row], say: Say) -> DataTable:
    columns = (
        Column(""),
        Column(say("English works", "英文作品"), "en count"),
        Column(say("pages", "页面"), "count"),
        Column(say("Chinese works", "中文作品"), "zh count"),
        Column(say("pages", "页面"), "count"),
    )
    made: list[tuple[Value, ...]] = [
        (
            named(row.value, row.label, row.label_zh, say),
            row.en.works,
            row.en.pages,
            row.zh.works,
            row.zh.pages,
        )
        for row in rows[:200]
    ]
    if len(rows) > 200:
        more = say.many(
            len(rows) - 200,
            "{n} more row is in report.csv",
            "{n} more rows are in report.csv",
            "另有{n}行见 report.csv",
        )
        made.append((more, "", "", "", ""))
    return DataTable(columns, tuple(made), fold=say("Table of counts", "数目表"))


def _span(row: Difference, say: Say) -> SpanRow:
    label = named(row.value, row.label, row.label_zh, say)
    if row.suppressed is not None:
        note = say(
            "{en} English, {zh} Chinese: too few works or sites",
            "英文{en}件，中文{zh}件：作品或网站太少",
            en=row.en_works,
            zh=row.zh_works,
        )
        return SpanRow(label, None, None, None, note=note, empty=True)
    tint = "" if row.log2 is None else "zh" if row.log2 > 0 else "en"
    said = f"{signed(row.log2, 2)} ({signed(row.low, 2)} – {signed(row.high, 2)})"
    return SpanRow(label, row.low, row.high, row.log2, row.marked, tint, said)


def _table(rows: Sequence[Difference], say: Say) -> DataTable:
    columns = (
        Column(""),
        Column(say("English works", "英文作品"), "en count"),
        Column(say("Chinese works", "中文作品"), "zh count"),
        Column(say("log₂ of shares", "占比之log₂"), "count"),
        Column(say("95 % interval", "95%区间"), "count"),
        Column(say("at equal lengths", "按篇幅标准化"), "count"),
        Column(say("stands out", "显著"), "count"),
    )
    made: list[tuple[Value, ...]] = []
    kinds: list[str] = []
    for row in rows:
        kinds.append("suppressed" if row.suppressed else "")
        made.append(
            (
                named(row.value, row.label, row.label_zh, say),
                f"{row.en_works:,} / {row.en_of:,}",
                f"{row.zh_works:,} / {row.zh_of:,}",
                signed(row.log2, 2),
                _interval(row, say),
                _standardised(row),
                say("yes", "是") if row.marked else "",
            )
        )
    fold = say("Table of differences", "差异数据表")
    return DataTable(columns, tuple(made), fold=fold, kinds=tuple(kinds))


def _standardised(row: Difference) -> str:
    if row.standardised is None:
        return "–"
    ends = f"{signed(row.standardised_low, 2)} – {signed(row.standardised_high, 2)}"
    return f"{signed(row.standardised, 2)} ({ends})"


def _interval(row: Difference, say: Say) -> str:
    if row.suppressed is not None:
        return say("counts only", "仅列数目")
    return f"{signed(row.low, 2)} – {signed(row.high, 2)}"
