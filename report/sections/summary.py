"""The first page: the answer with its uncertainty, what it rests on, and how the methods differ."""

from __future__ import annotations

from report.model import Measurement
from report.render.blocks import Block, Prose, Section, nothing
from report.render.say import Say
from report.sections.answer import answer, bound, bound_fails
from report.sections.basis import facts, sentences
from report.sections.spread import spread


def section(m: Measurement, say: Say) -> Section:
    """Return the first page."""
    h = m.gap.headline
    blocks: list[Block] = [Prose(answer(m, say), "answer")]
    if h.bound is not None and h.bound_direction:
        blocks.append(Prose(bound(h, say), "bound"))
        blocks.append(Prose(bound_fails(h, say), "basis"))
    blocks += [Prose(sentence, "basis") for sentence in sentences(m, say)]
    if m.empty:
        words = say(
            "No data: no page on the topic has been stored yet. Crawl more sources, or look below"
            " at where the discovered URLs went.",
            "没有数据：还没有存下任何与主题有关的页面。请抓取更多来源，或在下文查看已发现网址的去向。",
        )
        blocks.append(nothing(words))
    blocks.append(facts(m, say))
    blocks += [Prose(say(reason.en, reason.zh), "caution") for reason in h.reasons]
    figure = spread(h, say)
    return Section("answer", say("The answer", "结论"), (*blocks, *([figure] if figure else [])))
