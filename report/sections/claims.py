"""The experiment that began it: how many results search services claim, beside the corpus."""

from __future__ import annotations

import math
from collections import defaultdict
from collections.abc import Mapping, Sequence
from statistics import median

from report.charts.curves import Moment, curves
from report.charts.spans import Axis, SpanRow, spans
from report.gap.model import Claimed
from report.model import Measurement
from report.render.blocks import (
    Block,
    Column,
    Figure,
    Heading,
    Prose,
    Section,
    Table,
    Value,
    nothing,
)
from report.render.say import Say, number, signed, whole
from report.render.words import REFUSALS, said
from store.claims import AT_LEAST, ESTIMATE

MOST = 40

Found = Mapping[str, float | None]
"""log2(zh/en) of the works found, by concept; None where it is refused."""


def section(m: Measurement, say: Say) -> Section | None:
    """Return the section; None where no service was asked."""
    if not m.gap.claims:
        return None
    title = say("What search services claim", "搜索服务声称的结果数")
    by_service: dict[str, list[Claimed]] = defaultdict(list)
    for claim in m.gap.claims:
        by_service[claim.service].append(claim)
    found = {row.value: row.log2 for row in m.table("concepts").rows}
    blocks: list[Block] = [Prose(_caution(say))]
    for service, rows in sorted(by_service.items()):
        blocks += [Heading(service), *_service(rows, found, say)]
    return Section("claims", title, tuple(blocks), say("Search claims", "搜索结果数"))


def _caution(say: Say) -> str:
    return say(
        "Each concept was asked for in its English and in its Chinese words on the same day. A"
        " claimed number is the service’s own: an estimate of what it has indexed, often rounded"
        " and not reproducible. It says nothing certain about the web, and is set beside the works"
        " that the corpus holds so that the two can be compared.",
        "每个概念在同一天分别用英文词和中文词查询。声称的结果数出自服务本身：是对其索引量的估计，"
        "常经取整，且无法重现。它不能说明网络的实际情况，列在这里是为了与语料所收的作品对照。",
    )


def _service(rows: Sequence[Claimed], found: Found, say: Say) -> list[Block]:
    days = sorted({row.day for row in rows})
    last = [row for row in rows if row.day == days[-1]]
    name = say("Claimed results by concept, {day}", "各概念声称的结果数（{day}）", day=days[-1])
    alt = say(
        "One row a concept: how many times as many results the service claims for the Chinese words"
        " as for the English, filled, or an arrow where one of the claims is “at least”."
        " The hollow point is the ratio of the works found here, where works may be compared.",
        "每行一个概念：实心点为服务对中文词与英文词声称结果数之比，其中一方只是“至少”时以箭头表示；"
        "空心点为本语料作品数之比，仅在作品数可以比较时给出。",
    )
    axis = Axis(say("← more in English | more in Chinese →", "← 英文更多 | 中文更多 →"))
    table = _table(rows, say)
    if not any(_told(row) for row in last):
        return [nothing(_none(last, say)), table, *_over_time(rows, days, say)]
    drawn = [span for row in last[:MOST] for span in _rows(row, found.get(row.concept), say)]
    blocks: list[Block] = [Figure(name, alt, spans(drawn, axis, name, alt), table)]
    return blocks + _over_time(rows, days, say)


def _told(row: Claimed) -> bool:
    """Whether the claims say anything of their ratio: two that are "at least" do not."""
    return bool(row.en_total and row.zh_total) and not row.en_bound == row.zh_bound == AT_LEAST


def _none(rows: Sequence[Claimed], say: Say) -> str:
    words = say.many(
        len(rows),
        "No ratio can be taken for the one concept: that needs a number above 0 in both languages,"
        " and not “at least” in both.",
        "No ratio can be taken for any of {n} concepts: that needs a number above 0 in both"
        " languages, and not “at least” in both.",
        "{n}个概念均无法求比值：需要两种语言都给出大于0的结果数，且不能都只是“至少”。",
    )
    reasons = {r for row in rows for r in (row.en_refused, row.zh_refused) if r}
    why = say("; ", "；").join(sorted(said(REFUSALS, reason, say) for reason in reasons))
    return say("{words} Why: {why}", "{words}原因：{why}", words=words, why=why) if why else words


def _rows(row: Claimed, found: float | None, say: Say) -> list[SpanRow]:
    """Return a concept's row and, below it, ``found``: log2 of the works here, unless refused."""
    label = say.label(row.label, row.label_zh)
    if not _told(row):
        return [SpanRow(label, None, None, None, note=_why(row, say), empty=True)]
    rows = [_ratio(label, row, say)]
    if found is not None:
        corpus = say("  in the corpus", "  本语料")
        rows.append(SpanRow(corpus, found, found, found, False, "", signed(found, 2)))
    return rows


def _ratio(label: str, row: Claimed, say: Say) -> SpanRow:
    """Return the ratio of two claims: a point, or open on the side where there may be more."""
    assert row.en_total
    assert row.zh_total
    claimed = math.log2(row.zh_total / row.en_total)
    more, less = row.zh_bound == AT_LEAST, row.en_bound == AT_LEAST
    return SpanRow(
        label,
        low=None if less else claimed,
        high=None if more else claimed,
        value=None if more or less else claimed,
        marked=True,
        tint="zh" if claimed > 0 and not less else "en" if claimed < 0 and not more else "",
        note=("≥ " if more else "≤ " if less else "") + signed(claimed, 2),
    )


def _why(row: Claimed, say: Say) -> str:
    """Return both claims, of which there is no ratio, or why there is no number."""
    claims = (
        ("en", _claimed(row.en_total, row.en_bound, row.en_refused, say)),
        ("zh", _claimed(row.zh_total, row.zh_bound, row.zh_refused, say)),
    )
    return " · ".join(f"{say.lang(lang)}{say(': ', '：')}{words}" for lang, words in claims)


def _table(rows: Sequence[Claimed], say: Say) -> Table:
    columns = (
        Column(say("Day", "日期"), "when"),
        Column(say("Concept", "概念")),
        Column(say("English claimed", "英文声称"), "en count"),
        Column(say("Chinese claimed", "中文声称"), "zh count"),
        Column(say("English works here", "本语料英文作品"), "count"),
        Column(say("Chinese works here", "本语料中文作品"), "count"),
    )
    made: list[tuple[Value, ...]] = [
        (
            row.day,
            say.label(row.label, row.label_zh),
            _claimed(row.en_total, row.en_bound, row.en_refused, say),
            _claimed(row.zh_total, row.zh_bound, row.zh_refused, say),
            row.en_works,
            row.zh_works,
        )
        for row in sorted(rows, key=lambda r: (r.day, r.concept), reverse=True)[:400]
    ]
    return Table(columns, tuple(made), fold=say("Table of claims", "声称结果数一览"))


def _claimed(total: int | None, bound: str, refused: str, say: Say) -> str:
    if total is None:
        return said(REFUSALS, refused, say) if refused else say("no number", "没有数字")
    return {AT_LEAST: "≥ ", ESTIMATE: "~ "}.get(bound, "") + number(total)


def _over_time(rows: Sequence[Claimed], days: Sequence[str], say: Say) -> list[Block]:
    """The median claim of the same concepts on several days, beside the median of works here."""
    panel = _panel(rows)
    moments = _medians(panel, days)
    if len(moments) < 2:
        return []
    last = [r for r in panel if r.day == moments[-1].label]
    name = say("Median claim over time", "声称结果数中位数的变化")
    alt = say(
        "Two curves: the median number of results claimed for a concept, English and Chinese.",
        "两条曲线：每个概念声称结果数的中位数，英文与中文。",
    )
    note = say(
        "Only concepts that the service answered in both languages on every one of these days count"
        " ({n} of {of}), so that the curves show what changed, not what was asked.",
        "只计该服务在所列各天都以两种语言作答的概念（{of}个中的{n}个），"
        "因此曲线所示是变化，而不是查询的不同。",
        n=len(last),
        of=len({row.concept for row in rows}),
    )
    heads = (say.lang("en"), say.lang("zh"))
    svg = curves(moments, None, name, alt, heads, say("results", "结果"))
    columns = (Column(""), Column(heads[0], "en count"), Column(heads[1], "zh count"))
    here = (
        say("works here, of the same concepts", "本语料中同样概念的作品"),
        whole(median(row.en_works for row in last)),
        whole(median(row.zh_works for row in last)),
    )
    table = Table(
        columns,
        (*((m.label, whole(m.en), whole(m.zh)) for m in moments), here),
        fold=say("Table of medians", "中位数数据表"),
        kinds=(*("",) * len(moments), "sum"),
    )
    return [Figure(name, alt, svg, table), Prose(note, "note")]


def _medians(panel: Sequence[Claimed], days: Sequence[str]) -> list[Moment]:
    moments = []
    for day in days:
        same = [row for row in panel if row.day == day]
        if same:
            at = int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 365
            en = median(row.en_total or 0 for row in same)
            zh = median(row.zh_total or 0 for row in same)
            moments.append(Moment(round(at, 4), day, en, zh))
    return moments


def _panel(rows: Sequence[Claimed]) -> list[Claimed]:
    """Return the rows of days and concepts that can be compared: every concept on every day.

    A day on which less than half as many concepts were answered as on the best is left out: a
    service that soon refuses would else leave few concepts for all days.
    """
    both = [row for row in rows if None not in (row.en_total, row.zh_total)]
    concepts: dict[str, set[str]] = defaultdict(set)
    for row in both:
        concepts[row.day].add(row.concept)
    best = max(map(len, concepts.values()), default=0)
    whole = {day: asked for day, asked in concepts.items() if 2 * len(asked) >= best}
    same = set.intersection(*whole.values()) if whole else set()
    return [row for row in both if row.day in whole and row.concept in same]
