"""Where the works were published: kinds of source, regions, scripts, single sources."""

from __future__ import annotations

from report.model import Measurement
from report.render.blocks import Column, Heading, Prose, Section, Table, nothing
from report.render.say import Say
from report.sections.concepts import no_page
from report.sections.differences import counted, forest, named


def section(m: Measurement, say: Say) -> Section:
    """Return the section on sources."""
    title = say("Sources", "来源")
    if m.empty:
        return Section("where", title, (nothing(no_page(say)),), title)
    kinds, regions = say("Kinds of source", "来源类型"), say("Regions", "地区")
    return Section(
        "where",
        title,
        (
            Prose(
                say(
                    "A work stands where its first page was published.",
                    "每件作品按其首发页面的来源计。",
                )
            ),
            Heading(kinds),
            *forest(m.gap.of("kinds"), say, say("Shares by kind", "各类来源占比之差")),
            counted(m.table("kinds"), say, say("Works by kind", "各类来源的作品数"), filled=True),
            Heading(regions),
            *forest(m.gap.of("regions"), say, say("Shares by region", "各地区占比之差")),
            counted(m.table("regions"), say, say("Works by region", "各地区的作品数"), filled=True),
            Heading(say("Chinese script", "简体与繁体")),
            _scripts(m, say),
            _sources(m, say),
        ),
        title,
    )


def _scripts(m: Measurement, say: Say) -> Table:
    rows = tuple(
        (named(row.value, row.label, row.label_zh, say), row.zh.works, row.zh.pages)
        for row in m.table("scripts").rows
    )
    columns = (
        Column(say("Script", "简繁")),
        Column(say("works", "作品"), "zh count"),
        Column(say("pages", "页面"), "zh count"),
    )
    return Table(columns, rows)


def _sources(m: Measurement, say: Say) -> Table:
    rows = sorted(m.table("sources").filled(), key=lambda r: -(r.en.works + r.zh.works))
    shown = tuple(
        (row.label, row.en.works, row.en.pages, row.zh.works, row.zh.pages) for row in rows[:200]
    )
    pages = say("pages", "页面")
    columns = (
        Column(say("Source", "来源")),
        Column(say("English works", "英文作品"), "en count"),
        Column(pages, "count"),
        Column(say("Chinese works", "中文作品"), "zh count"),
        Column(pages, "count"),
    )
    fold = say("Table of sources ({n})", "来源一览（{n}）", n=len(rows))
    return Table(columns, shown, fold=fold)
