"""Uncertain pages, and every stored page by language, so that nothing disappears."""

from __future__ import annotations

from report.model import Measurement
from report.render import words
from report.render.blocks import Column, Heading, Prose, Section, Table
from report.render.say import Say


def section(m: Measurement, say: Say) -> Section:
    """Return the section on uncertain pages."""
    title = say("Uncertain pages", "存疑页面")
    text = say(
        "These pages are counted like all others; none was dropped. A page may carry several"
        " warnings. Stored pages are counted by main language, pages on topic by the language in"
        " which they are on topic.",
        "这些页面与其他页面一样计入，没有剔除。一个页面可有多项提示。已存页面按主要语言计，"
        "主题页面按其与主题有关的语言计。",
    )
    others = say(
        "Other languages are shown so that nothing disappears; they are not judged and not"
        " compared.",
        "列出其他语言是为了不遗漏；它们不作判断，也不作比较。",
    )
    blocks = (
        Prose(text),
        _warnings(m, say),
        Heading(say("All stored pages, by main language", "全部已存页面（按主要语言）")),
        Prose(others),
        _stored(m, say),
        Heading(say("Pages and works in detail", "页面与作品明细")),
        _totals(m, say),
    )
    return Section("doubts", title, blocks, title)


def _warnings(m: Measurement, say: Say) -> Table:
    stored = say("all stored", "全部已存")
    columns = (
        Column(say("Warning", "提示")),
        Column(say("on topic, English", "主题页面，英文"), "en count"),
        Column(say("on topic, Chinese", "主题页面，中文"), "zh count"),
        Column(f"{stored} · {say.lang('en')}", "en count"),
        Column(f"{stored} · {say.lang('zh')}", "zh count"),
        Column(f"{stored} · {say('other', '其他')}", "count"),
    )
    rows = tuple(
        (words.said(words.DOUBTS, d.name, say), d.en_pages, d.zh_pages, d.en, d.zh, d.other)
        for d in m.doubts
    )
    return Table(columns, rows)


def _stored(m: Measurement, say: Say) -> Table:
    columns = (
        Column(say("Language", "语言")),
        Column(say("articles", "文章"), "count"),
        Column(say("hubs", "列表页"), "count"),
    )
    rows = tuple((say.lang(s.lang), s.articles, s.hubs) for s in m.stored)
    return Table(columns, rows)


def _totals(m: Measurement, say: Say) -> Table:
    names = (
        ("works", "Works on topic", "主题作品"),
        ("pages", "Pages on topic", "主题页面"),
        ("reprints", "of these, reprints", "其中转载"),
        ("bilingual", "of these, also with text in the other language", "其中兼有另一语言文本"),
        ("sources", "Distinct sources of pages on topic", "主题页面的来源数"),
        ("hosts", "Distinct hosts of pages on topic", "主题页面的主机数"),
        ("articles", "All articles with text in the language", "该语言的全部文章"),
        ("hubs", "Hubs (lists of links)", "列表页"),
    )
    rows = [(say(en, zh), getattr(m.en, name), getattr(m.zh, name)) for name, en, zh in names]
    units = {"words": say("words", "词"), "characters": say("characters", "字")}
    length = (
        say("Length of the pages on topic", "主题页面的篇幅"),
        *(f"{t.volume:,} {units[t.volume_unit]}" for t in (m.en, m.zh)),
    )
    columns = (Column(""), Column(say.lang("en"), "en count"), Column(say.lang("zh"), "zh count"))
    return Table(columns, (*rows, length))
