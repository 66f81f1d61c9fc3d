"""Explained or only mentioned: the concepts once more, by what the works do with them."""

from __future__ import annotations

from config.counted import counted
from report.charts.wings import Wing, wings
from report.meaning.model import ConceptUse, Explaining
from report.model import Measurement
from report.render.blocks import Block, Column, Figure, Prose, Section, Table, Value, nothing
from report.render.say import Say, number

MOST = 15


def section(m: Measurement, say: Say) -> Section | None:
    """Return the section on explained works; None where there is no page on the topic."""
    title = say("Explained or mentioned", "解释还是提及")
    if m.empty:
        return None
    if not m.meaning.uses:
        words = say(
            "No data on the pages as they are now: run `duizhao explained` after each crawl that"
            " changed any, then write the report again.",
            "没有针对现有页面的数据：抓取后若页面有变，请运行 `duizhao explained`，"
            "再重新生成报告。",
        )
        return Section("explained", title, (nothing(words),), title)
    blocks: list[Block] = [
        Prose(
            say(
                "A work may explain a concept (say what it is) or only mention it; each concept"
                " that a work names is one use. A rule with published cues decides; `duizhao"
                " explained --why URL` shows why. It errs; how often depends on the terms:"
                " `duizhao label explained` measures it.",
                "作品可能解释一个概念（说明它是什么），也可能只是提及；一件作品每提到一个概念，计为一处。"
                "由一套公开的线索规则判定；`duizhao explained --why URL` 可显示理由。规则会出错，"
                "错多少因词语而异；`duizhao label explained` 可测量其误差。",
            )
        ),
        *(
            Prose(_said(one, say) + _waiting(one, say), "" if one.share is not None else "note")
            for one in m.meaning.explaining
        ),
        _figure(m.meaning.uses, say),
    ]
    return Section("explained", title, tuple(blocks), title)


def _said(one: Explaining, say: Say) -> str:
    if one.share is None or one.low is None or one.high is None:
        return say(
            "{lang}: the rule flags {n} of {of} uses of a concept as explained; uncorrected: {why}",
            "{lang}：规则判定{of}处中有{n}处作了解释；未校正：{why}",
            lang=say.lang(one.lang),
            n=number(one.explained),
            of=number(one.works),
            why=say(one.refused_en.replace("{", "{{"), one.refused_zh.replace("{", "{{")),
        )
    return say(
        "{lang}: {p} ({limits}) of {of} uses of a concept explain it, corrected for"
        " the rule's error by {uses} judged by hand; the rule flags {n}.",
        "{lang}：{of}处中有{p}（{limits}）作了解释，已据{judged}处人工判读校正规则误差；"
        "规则标出{n}处。",
        lang=say.lang(one.lang),
        p=say.percent(one.share),
        limits=say.limits(one.low, one.high),
        of=number(one.works),
        judged=one.judged,
        uses=counted(one.judged, "use"),
        n=number(one.explained),
    )


def _waiting(one: Explaining, say: Say) -> str:
    if not one.waiting:
        return ""
    return say.many(
        one.waiting,
        " {n} passage drawn is not judged yet: `duizhao label explained` asks.",
        " {n} passages drawn are not judged yet: `duizhao label explained` asks.",
        "抽取的段落尚有{n}段未判读：可用 `duizhao label explained` 判读。",
    )


def _figure(uses: tuple[ConceptUse, ...], say: Say) -> Figure:
    held = {(use.concept, use.lang): use for use in uses}
    order = sorted(
        dict.fromkeys(use.concept for use in uses),
        key=lambda c: -sum(u.works for u in uses if u.concept == c),
    )
    rows: list[Wing] = []
    for concept in order[:MOST]:
        en, zh = held.get((concept, "en")), held.get((concept, "zh"))
        some = en or zh
        assert some
        label = say.label(some.label, some.label_zh)
        # A long name is cut at its end, so what is counted stands before it.
        explained = say("explain: {c}", "解释：{c}", c=label)
        mentioned = say("mention: {c}", "提及：{c}", c=label)
        rows.append(Wing(explained, en.explained if en else 0, zh.explained if zh else 0))
        rows.append(Wing(mentioned, en.mentioned if en else 0, zh.mentioned if zh else 0))
    name = say(
        "Works that explain a concept, beside those that mention it", "解释与提及概念的作品数"
    )
    if len(order) > MOST:
        name += say(
            ": the {n} concepts named most, of {of}; the table has all",
            "：{of}个概念中被提及最多的{n}个，全部见数据表",
            n=MOST,
            of=len(order),
        )
    alt = say(
        "Two rows a concept: works that explain it, then works that only mention it; English to"
        " the left, Chinese to the right.",
        "每个概念两行：先为解释它的作品，后为仅提及的作品；左为英文，右为中文。",
    )
    heads = (say.lang("en"), say.lang("zh"))
    return Figure(name, alt, wings(rows, name, alt, heads), _table(order, held, say))


def _corrected(use: ConceptUse | None) -> str:
    if use is None or use.corrected is None:
        return "–"
    if use.corrected_low is None or use.corrected_high is None:
        return f"{use.corrected:g}"
    return f"{use.corrected:g} ({use.corrected_low:g}–{use.corrected_high:g})"


def _table(order: list[str], held: dict[tuple[str, str], ConceptUse], say: Say) -> Table:
    columns = [Column("")]
    for lang in ("en", "zh"):
        columns += [
            Column(say("{x} works", "{x}作品", x=say.lang(lang)), f"{lang} count"),
            Column(say("explain", "解释"), "count"),
            Column(say("corrected", "校正后"), "count"),
        ]
    made: list[tuple[Value, ...]] = []
    for concept in order:
        pair = [held.get((concept, lang)) for lang in ("en", "zh")]
        some = next(use for use in pair if use)
        cells: list[Value] = [say.label(some.label, some.label_zh)]
        for use in pair:
            cells += [use.works if use else 0, use.explained if use else 0, _corrected(use)]
        made.append(tuple(cells))
    fold = say("Table of explained and mentioned", "解释与提及数据表")
    return Table(tuple(columns), tuple(made), fold=fold)
