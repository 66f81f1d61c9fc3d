"""Effort: what was spent on each language and kind of source, and what each route found."""

from __future__ import annotations

from report.gap.model import Spent
from report.model import Measurement
from report.render.blocks import Block, Column, Prose, Section, Table, Value, nothing
from report.render.say import Say
from report.sections.differences import counted, named

LANGS = {"other": ("other languages", "其他语言"), "unknown": ("no page came of it", "未得到页面")}


def section(m: Measurement, say: Say) -> Section:
    """Return the section on effort and routes."""
    title = say("Effort and routes", "投入与途径")
    blocks: list[Block] = [
        Prose(
            say(
                "A language on which less was spent shows fewer works. So what was spent stands"
                " beside what came of it, over all crawls. A page counts under its main language"
                " here, every time it was fetched, and lists of links count, too: these are not the"
                " pages counted elsewhere.",
                "投入少的语言，找到的作品也少。因此投入与所得并列，累计历次抓取。此处页面按主要语言计，"
                "每抓取一次计一次，链接列表也计在内，因此与其他各节的页面数不同。",
            )
        )
    ]
    if m.gap.effort:
        blocks.append(_table(m.gap.effort, say))
    else:
        words = say(
            "No data: this store does not hold effort yet.", "没有数据：此存储尚无投入记录。"
        )
        blocks.append(nothing(words))
    if not m.empty:
        words = say("Works by route", "各途径找到的作品数")
        blocks.append(counted(m.table("routes"), say, words, filled=True))
        note = say(
            "A page counts under every route that found it: the figures of the routes overlap.",
            "一个页面被几条途径找到，就在几条途径下各计一次，因此各途径之间有重叠。",
        )
        blocks.append(Prose(note, "note"))
    return Section("effort", title, tuple(blocks), say("Effort", "投入"))


def _table(effort: tuple[Spent, ...], say: Say) -> Table:
    columns = (
        Column(say("Language", "语言")),
        Column(say("Kind of source", "来源类型")),
        Column(say("requests", "请求"), "count"),
        Column(say("MB", "MB"), "count"),
        Column(say("pages", "页面"), "count"),
        Column(say("on topic", "与主题有关"), "count"),
        Column(say("share of requests", "占请求数"), "count"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            say(*LANGS[row.lang]) if row.lang in LANGS else say.lang(row.lang),
            named(row.kind, row.kind, "", say) or "–",
            row.fetches,
            f"{row.bytes / 1e6:,.1f}" if not 0 < row.bytes < 5e4 else "<0.1",
            row.pages,
            row.on_topic,
            say.percent(row.on_topic / row.fetches if row.fetches else None),
        )
        for row in effort
    ]
    return Table(columns, tuple(rows))
