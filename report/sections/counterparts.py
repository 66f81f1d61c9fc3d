"""Counterparts: how much has one in the other language, and the prominent works that have none."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from meaning.counterparts.prominence import PER_SOURCE
from report.meaning.model import Alone, CounterpartShare, Meaning
from report.model import Measurement
from report.render.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Prose,
    Section,
    Table,
    Value,
    anchor,
    bdi,
    nothing,
)
from report.render.say import Say, number
from report.sections.differences import named
from report.sections.reading import reprints
from report.tabulate import NOT_STATED


def section(m: Measurement, say: Say) -> Section | None:
    """Return the section on counterparts; None where there is no page on the topic."""
    title = say("Counterparts", "对应作品")
    if m.empty:
        return None
    if not m.meaning.counterparts:
        words = say(
            "No data on the pages as they are now: run `duizhao counterparts` (it needs the extra"
            " `semantic`) after each crawl that changed any, then write the report again.",
            "没有针对现有页面的数据：抓取后若页面有变，请运行 `duizhao counterparts`（需要附加组件"
            " `semantic`），再重新生成报告。",
        )
        return Section("counterparts", title, (nothing(words),), title)
    table = _table(m.meaning.counterparts, say)
    blocks = (Prose(_meant(say)), table, *_lists(m.meaning, say))
    return Section("counterparts", title, blocks, title)


def _meant(say: Say) -> str:
    """Return what is called a counterpart, and what the shares do not tell."""
    return say(
        "A counterpart is a work in the other language with the same content, on any site,"
        " found by the site’s own links between languages or by meaning; nobody judged the"
        " pairs by hand. Shares are of works found on the topic, with 95 % intervals, wider"
        " where the sites of a row differ and given where there are enough of them to tell;"
        " a counterpart that the crawl did not find counts as none. The Internet"
        " Archive was not asked whether it has a copy.",
        "对应作品指另一种语言中内容相同的作品，不限网站，由网站自身的语言切换链接或语义相近找出，"
        "未经人工判读。占比就已找到的主题作品而言，"
        "附95%区间；同一行中各网站差别越大，区间越宽，网站太少则不给区间；"
        "未抓取到的对应作品视同没有。互联网档案馆是否存有副本，未经查询。",
    )


def _lists(meaning: Meaning, say: Say) -> Iterator[Block]:
    """Yield the reading lists of works without a counterpart."""
    for lang, heading in (
        ("zh", say("Chinese works without an English counterpart", "没有英文对应作品的中文作品")),
        ("en", say("English works without a Chinese counterpart", "没有中文对应作品的英文作品")),
    ):
        items = tuple(_entry(one, say) for one in meaning.alone if one.lang == lang)
        if items:
            of = sum(
                s.works - s.paired for s in meaning.counterparts if (s.lang, s.by) == (lang, "all")
            )
            words = _chosen(len(items), of, say)
            yield Heading(heading)
            yield Prose(words, "note")
            yield Bullets(items, numbered=True, kind="reading")


def _chosen(shown: int, of: int, say: Say) -> str:
    """Return how the works of a list were chosen."""
    return say(
        "{n} of {of}, the most prominent first: by reprints, other hosts that link to them, the"
        " kind of source and core concepts; at most {most} a source.",
        "共{of}件，列出{n}件，以显著者为先：依转载数、链接它的其他网站数、来源类别和核心概念数；"
        "每个来源至多{most}件。",
        n=number(shown),
        of=number(of),
        most=PER_SOURCE,
    )


def _table(shares: tuple[CounterpartShare, ...], say: Say) -> Table:
    columns = (
        Column(""),
        Column(say("Language", "语言")),
        Column(say("Works", "作品"), "count"),
        Column(say("With a counterpart", "有对应作品"), "count"),
        Column(say("Share", "占比"), "count"),
        Column(say("95 % interval", "95%区间"), "count"),
    )
    rows: list[tuple[Value, ...]] = []
    for one in shares:
        label = (
            say("all", "全部")
            if one.by == "all"
            else named(one.value, one.value or NOT_STATED, "", say)
        )
        rows.append(
            (
                label,
                say.lang(one.lang),
                one.works,
                one.paired,
                say.percent(one.share),
                say("too few sites", "网站太少")
                if one.low is None or one.high is None
                else say.limits(one.low, one.high),
            )
        )
    caption = say("By kind of source and year", "按来源类别与年份")
    return Table(columns, tuple(rows), caption=caption)


def _entry(one: Alone, say: Say) -> Markup:
    facts = [
        bdi(one.source),
        one.date or say("undated", "日期不详"),
        reprints(one.reprints, say),
        say.many(
            one.linked,
            "{n} other host links to it",
            "{n} other hosts link to it",
            "{n}个其他网站链接",
        ),
        anchor(one.archived, say("Internet Archive", "互联网档案馆")),
    ]
    by = Markup(" · ").join(facts)
    title = anchor(one.url, one.title or one.url, one.lang)
    words = '{t} <span class="by">{by}</span>'
    return say.rich(words, words, t=title, by=by)
