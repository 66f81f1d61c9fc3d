"""Meaning: whether the two languages speak of a concept alike, with words and examples."""

from __future__ import annotations

from markupsafe import Markup

from config.counted import counted
from report.framing.compare import TRANSLATED
from report.framing.recall import LEAST
from report.meaning.model import Framed, Framings, InContext
from report.model import Measurement
from report.render.blocks import (
    Block,
    Bullets,
    Column,
    Heading,
    Prose,
    Section,
    Side,
    Table,
    Value,
    anchor,
    bdi,
    nothing,
)
from report.render.say import Say, signed

SHOWN = 3
"""Concepts whose words and sentences are shown; the table has every one."""
OPEN = 24
"""Rows up to which the table is open."""


def section(m: Measurement, say: Say) -> Section | None:
    """Return the section on meaning; None where there is no page on the topic."""
    title = say("Meaning", "含义")
    if m.empty:
        return None
    held = m.meaning.framings
    if not held.made:
        words = say(
            "No data on the pages as they are now: run `duizhao meaning` after each crawl that"
            " changed any, then write the report again.",
            "没有针对现有页面的数据：抓取后若页面有变，请运行 `duizhao meaning`，再重新生成报告。",
        )
        return Section("meaning", title, (nothing(words),), title)
    if not held.concepts:
        words = say(
            "No concept is named on at least five sites in both languages, so what surrounds it is"
            " not compared.",
            "没有概念在两种语言中各有至少五个网站提到，因此不比较其上下文。",
        )
        return Section("meaning", title, (nothing(words),), title)
    blocks: list[Block] = [Prose(_method(say)), *_standing(held, say), _table(held, say)]
    for one in _chosen(held):
        blocks += [Heading(say.label(one.label, one.label_zh)), *_words(one, say)]
        blocks.append(Side(tuple(_examples(one, lang, say) for lang in ("en", "zh"))))
    return Section("meaning", title, tuple(blocks), title)


def _method(say: Say) -> str:
    return say(
        "The words around a concept, mapped to one list by the topic's terms and CC-CEDICT; those"
        " that one language lacks altogether are left out, for the dictionary may lack them. The"
        " divergence is what is left in bits after what sites of one language differ among"
        " themselves; p is from a bootstrap of sites. A star marks what remains when all concepts"
        " of the table are tested at once, and is more than the {bits} bits that the dictionary"
        " alone may make of texts that mean the same.",
        "概念前后的用词，据主题词表与CC-CEDICT对应到同一词表；一种语言中完全没有的词不计，"
        "因为可能只是词典未收。差异以比特计，已扣除同一语言各网站之间"
        "本来的差别；p值由按网站的自助法得出。星号表示同时检验表中所有概念后仍然成立，"
        "且大于{bits}比特：含义相同的文本，仅因词典也可能有这样的差异。",
        bits=f"{TRANSLATED:g}",
    )


def _standing(held: Framings, say: Say) -> list[Block]:
    """What the claims rest on, or why there are none."""
    known = _recalls(held, say)
    if len(known) == 2 and min(one.low for one in held.recalls) >= LEAST:
        uneven = say(
            "That is all words together: a list that misses more of one language’s words for a"
            " concept can still make the languages differ.",
            "这是全部用词合计：若词表在某一语言中漏掉某概念的用词较多，仍可能造成两种语言的差异。",
        )
        return [*known, Prose(uneven, "note")]
    refused = held.concepts[0]
    words = say(refused.refused_en, refused.refused_zh)
    how = say(
        "`duizhao label lexicon` measures it. The sentences below are examples, not a finding.",
        "`duizhao label lexicon` 可作测量。以下句子仅为例子，不是结论。",
    )
    return [Prose(f"{words} {how}", "caution"), *known]


def _recalls(held: Framings, say: Say) -> list[Block]:
    return [
        Prose(
            say(
                "{lang}: the word list catches {p} ({limits}) of the pages on the"
                " topic, by {pages} judged by hand.",
                "{lang}：词表找到主题页面的{p}（{limits}），依据{n}个人工判读的页面。",
                lang=say.lang(one.lang),
                p=say.percent(one.recall),
                limits=say.limits(one.low, one.high),
                n=one.judged,
                pages=counted(one.judged, "page"),
            ),
            "note",
        )
        for one in held.recalls
    ]


def _table(held: Framings, say: Say) -> Table:
    columns = (
        Column(""),
        Column(say("English sentences", "英文句数"), "en count"),
        Column(say("sites", "网站"), "count"),
        Column(say("Chinese sentences", "中文句数"), "zh count"),
        Column(say("sites", "网站"), "count"),
        Column(say("Divergence, bits", "差异（比特）"), "count"),
        Column("p", "count"),
    )
    rows: list[tuple[Value, ...]] = [
        (
            say.label(one.label, one.label_zh) + (" *" if one.marked else ""),
            one.en_sentences,
            one.en_sites,
            one.zh_sentences,
            one.zh_sites,
            "–" if one.bits is None else f"{one.bits:.3f}",
            "–" if one.p is None else f"{one.p:.3f}",
        )
        for one in held.concepts
    ]
    name = say("Words around each concept", "各概念前后的用词")
    if len(rows) > OPEN:
        return Table(columns, tuple(rows), fold=name)
    return Table(columns, tuple(rows), caption=name)


def _chosen(held: Framings) -> tuple[Framed, ...]:
    """The surest differences; where nothing is claimed, what most sentences name."""
    if held.concepts[0].bits is not None:
        return held.concepts[:SHOWN]
    by_size = sorted(held.concepts, key=lambda one: -min(one.en_sentences, one.zh_sentences))
    return tuple(by_size[:SHOWN])


def _words(one: Framed, say: Say) -> list[Block]:
    if one.bits is None:
        return []
    rows: list[tuple[Value, ...]] = [
        (
            bdi(f"{word.word} *" if word.marked else word.word, "en"),
            word.en,
            word.zh,
            signed(word.log2),
            f"{signed(word.low)} … {signed(word.high)}",
        )
        for word in one.words
    ]
    columns = (
        Column(say("Word", "词")),
        Column(say("English", "英文"), "en count"),
        Column(say("Chinese", "中文"), "zh count"),
        Column(say("Chinese over English, bits", "中文比英文（比特）"), "count"),
        Column(say("95 % interval", "95%区间"), "count"),
    )
    return [Table(columns, tuple(rows), fold=say("Words that lean to one side", "偏向一方的词"))]


def _examples(one: Framed, lang: str, say: Say) -> tuple[Block, ...]:
    mine = [example for example in one.examples if example.lang == lang]
    if not mine:
        return (nothing(say("No sentence.", "没有句子。")),)
    counted = one.en_sentences if lang == "en" else one.zh_sentences
    head = say.lang(lang) + say.many(counted, ", {n} sentence", ", {n} sentences", "，{n}句")
    return (Prose(head, "note"), Bullets(tuple(_example(e, say) for e in mine)))


def _example(one: InContext, say: Say) -> Markup:
    words = '<span lang="{l}">{b}<b>{t}</b>{a}</span> <span class="by">{u}</span>'
    return say.rich(
        words,
        words,
        l="en" if one.lang == "en" else "zh",
        b=bdi(one.before),
        t=bdi(one.term),
        a=bdi(one.after),
        u=anchor(one.url, one.title or one.url, one.lang),
    )
