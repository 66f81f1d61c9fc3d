"""Time: works by year and month, the undated share, who was first and by how much."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from report.charts.curves import Moment, Window, curves
from report.charts.spans import Axis, SpanRow, spans
from report.gap.model import First, Lag, Month, Times
from report.model import Measurement
from report.render.blocks import (
    Block,
    Column,
    Figure,
    Prose,
    Section,
    Table,
    Value,
    anchor,
    nothing,
)
from report.render.say import Say, signed
from report.sections.concepts import no_page
from report.sections.differences import forest

YEARS, MONTHS = 30, 72
"""How far back the curves go from the newest date; older works are in their tables' first row."""


def section(m: Measurement, say: Say) -> Section:
    """Return the section on time."""
    title = say("Time", "时间")
    times = m.gap.times
    if m.empty:
        return Section("time", title, (nothing(no_page(say)),), title)
    blocks: list[Block] = [Prose(_undated(m, say))]
    years = _years(times, m.made_at)
    if years:
        blocks.append(_figure(years, times, say, ("Works by year", "各年作品数")))
        months = _months(times, m.made_at)
        if len(months) > 1:
            blocks.append(_figure(months, times, say, ("Works by month", "各月作品数")))
    else:
        none = "No data: no work on the topic has a date."
        blocks.append(nothing(say(none, "没有数据：没有任何主题作品带有日期。")))
    name = say("Shares by year", "各年占比之差")
    blocks += forest(m.gap.of("years"), say, name, by_time=True)
    blocks += _lags(times.lags, say)
    return Section("time", title, tuple(blocks), title)


def _undated(m: Measurement, say: Say) -> str:
    times = m.gap.times
    return say(
        "Each work stands at the date of its first page. Without a readable date: {en} of the"
        " English works and {zh} of the Chinese; they are in no curve. The curves end with the"
        " newest work. The band is the time of the crawl: what is newer cannot be there, and the"
        " last months before it are never complete.",
        "每件作品按其首发页面的日期计。无法读出日期的：英文作品{en}，中文作品{zh}，"
        "它们不在曲线之内。曲线止于最新的作品。灰带为抓取时段："
        "更新的内容不可能出现，抓取前的最近几个月也总是不完整。",
        en=say.percent(times.undated_en / m.en.works if m.en.works else None),
        zh=say.percent(times.undated_zh / m.zh.works if m.zh.works else None),
    )


def _years(times: Times, now: str) -> list[Moment]:
    en: Counter[int] = Counter()
    zh: Counter[int] = Counter()
    for month in times.months:
        en[int(month.month[:4])] += month.en
        zh[int(month.month[:4])] += month.zh
    newest = int(now[:4]) if now[:4].isdecimal() else max([*en, *zh], default=0)
    known = [year for year in {*en, *zh} if year <= newest]
    first = max(min(known, default=newest), newest - YEARS + 1)
    last = max(known, default=first - 1)
    return [Moment(y, str(y), en[y], zh[y]) for y in range(first, last + 1)]


def _months(times: Times, now: str) -> list[Moment]:
    counts: dict[int, Month] = {_place(m.month): m for m in times.months if len(m.month) == 7}
    limit = _place(now[:7]) if len(now) >= 7 else max(counts, default=0)
    known = [place for place in counts if place <= limit]
    if not known:
        return []
    last = max(known)
    first = max(min(known), last - MONTHS + 1)
    none = Month("", 0, 0)
    made = []
    for place in range(first, last + 1):
        month = counts.get(place, none)
        label = f"{place // 12}-{place % 12 + 1:02}"
        made.append(Moment(round(place / 12, 4), label, month.en, month.zh))
    return made


def _place(month: str) -> int:
    return int(month[:4]) * 12 + int(month[5:7]) - 1


def _figure(moments: Sequence[Moment], times: Times, say: Say, words: tuple[str, str]) -> Figure:
    earlier = _earlier(moments[0].label, times, say)
    since = (f"{words[0]} since {{first}}", f"{{first}}以来{words[1]}")
    name = say(*since, first=moments[0].label) if earlier else say(*words)
    alt = say(
        "Two curves of works found, English dashed with squares and Chinese whole with circles,"
        " from {first} to {last}.",
        "已找到作品数的两条曲线：英文为虚线方点，中文为实线圆点；自{first}至{last}。",
        first=moments[0].label,
        last=moments[-1].label,
    )
    heads = (say.lang("en"), say.lang("zh"))
    svg = curves(moments, _window(times, say), name, alt, heads, say("works", "作品"))
    columns = (Column(""), Column(heads[0], "en count"), Column(heads[1], "zh count"))
    drawn = tuple((m.label, int(m.en), int(m.zh)) for m in moments)
    rows = (*earlier, *drawn, *_beyond(moments, times, say))
    return Figure(name, alt, svg, Table(columns, rows, fold=say("Table of counts", "数目表")))


def _earlier(first: str, times: Times, say: Say) -> tuple[tuple[str, int, int], ...]:
    """Return the row of the works older than the curve, dated as finely as it is; none if none."""
    fine = len(first)
    older = [m for m in times.months if len(m.month) >= fine and m.month[:fine] < first]
    if not older:
        return ()
    label = say("before {first}", "早于{first}", first=first)
    return ((label, sum(m.en for m in older), sum(m.zh for m in older)),)


def _beyond(moments: Sequence[Moment], times: Times, say: Say) -> tuple[tuple[str, int, int], ...]:
    """Return rows of the works that a curve has no place for, so that its table has every one."""
    last = moments[-1].label
    fine = len(last)
    later = [m for m in times.months if len(m.month) >= fine and m.month[:fine] > last]
    coarse = [m for m in times.months if len(m.month) < fine]
    rows = (
        (say("after {last}", "晚于{last}", last=last), later),
        (say("only the year is known", "仅知年份"), coarse),
    )
    return tuple((name, sum(m.en for m in ms), sum(m.zh for m in ms)) for name, ms in rows if ms)


def _window(times: Times, say: Say) -> Window | None:
    if not times.window_to:
        return None
    start, end = (_fraction(day) for day in (times.window_from, times.window_to))
    return Window(start, end, say("crawl", "抓取"))


def _fraction(day: str) -> float:
    return int(day[:4]) + (int(day[5:7]) - 1) / 12 + (int(day[8:10]) - 1) / 365


def _lags(lags: Sequence[Lag], say: Say) -> list[Block]:
    if not lags:
        return []
    name = say("Who wrote of it first", "哪种语言先写到")
    alt = say(
        "One row each: by how many years English follows Chinese. To the right of zero Chinese was"
        " first. Arrows are ends that the data leave open.",
        "每行一项：英文比中文晚多少年。零的右侧表示中文在先。箭头表示数据无法确定的一端。",
    )
    rows = [_row(lag, say) for lag in lags]
    axis = Axis(
        say("years; ← English first | Chinese first →", "年；← 英文在先 | 中文在先 →"),
        bits=False,
        least=2.0,
    )
    words = say(
        "The first page found is rarely the first there was. So no single lag is given: from the"
        " ten earliest dates in each language follows how much earlier a first work may lie, and"
        " the lag lies between the ends that this allows. The limit is nominally one of 99 %, for"
        " works that came steadily from the start; after a slow beginning the first may well lie"
        " before it. Works of the same day, month or year are spread evenly over it.",
        "找到的最早页面很少就是最早出现的页面，因此不给出单一的时滞：由各语言最早的十个日期，"
        "推断首件作品最早可能在何时，时滞介于由此得出的两端之间。该界限名义上为99%，"
        "前提是作品自出现起即平稳产生；若起步缓慢，首件作品很可能早于该界限。"
        "日期同为一天、一月或一年的作品，在其间均匀排列。",
    )
    return [Prose(words), Figure(name, alt, spans(rows, axis, name, alt), _table(lags, say))]


def _label(lag: Lag, say: Say) -> str:
    """Return a concept's name; a topic often has a concept of the same name."""
    if not lag.subject:
        return say("the whole topic", "整个主题")
    return say.label(lag.label, lag.label_zh)


def _row(lag: Lag, say: Say) -> SpanRow:
    label = _label(lag, say)
    if lag.reason is not None and lag.low is None and lag.high is None:
        note = say("no limit can be given; the table says why", "无法给出界限，原因见数据表")
        return SpanRow(label, None, None, None, note=note, empty=True)
    sure = "zh" if (lag.low or 0) > 0 else "en" if lag.high is not None and lag.high < 0 else ""
    said = f"{signed(lag.low)} – {signed(lag.high)}"
    return SpanRow(label, lag.low, lag.high, None, bool(sure), sure, said)


def _table(lags: Sequence[Lag], say: Say) -> Table:
    columns = (
        Column(""),
        Column(say("earliest English", "最早英文"), "en when"),
        Column(say("possibly since", "可能早至"), "when"),
        Column(say("earliest Chinese", "最早中文"), "zh when"),
        Column(say("possibly since", "可能早至"), "when"),
        Column(say("lag in years", "时滞（年）"), "count"),
    )
    rows: list[tuple[Value, ...]] = []
    for lag in lags:
        label = _label(lag, say)
        ends = _ends(lag, say)
        rows.append((label, *_first(lag.en, say), *_first(lag.zh, say), ends))
    return Table(columns, tuple(rows), fold=say("Table of first appearances", "首次出现数据表"))


def _ends(lag: Lag, say: Say) -> Value:
    if lag.low is None and lag.high is None:
        if lag.reason is None:
            return "–"
        # A sentence among numbers: it is broken, or it would not fit a sheet.
        words = '<span class="why">{why}</span>'
        return say.rich(words, words, why=say(lag.reason.en, lag.reason.zh))
    low = "−∞" if lag.low is None else signed(lag.low)
    high = "∞" if lag.high is None else signed(lag.high)
    return f"{low} – {high}"


def _first(first: First | None, say: Say) -> tuple[Value, Value]:
    if first is None:
        return ("–", "–")
    return (anchor(first.url, first.earliest), first.limit or say("open", "不限"))
