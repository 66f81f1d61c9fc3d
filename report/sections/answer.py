"""The answer with its uncertainty, or why there is none: in the report and in the terminal."""

from __future__ import annotations

from markupsafe import Markup

from report.gap.model import DIRECTION, ESTIMATE, INTERVAL, REFUSED, Headline
from report.model import Measurement
from report.render.say import Say, at_least
from report.sections.ratios import more, span_words


def in_words(m: Measurement, tongue: str) -> str:
    """Return the report's answer, or why there is none, as plain sentences."""
    say, h = Say(tongue), m.gap.headline
    said = [(_refusal(m, say) if h.kind == REFUSED else answer(m, say)).striptags()]
    if h.bound is not None and h.bound_direction:
        said.append(bound(h, say))
    if h.kind == REFUSED:
        said += [say(reason.en, reason.zh) for reason in h.reasons]
    return (" " if tongue == "en" else "").join(said)


def answer(m: Measurement, say: Say) -> Markup:
    """Return the answer: about how much more, between what and what, only which, or not yet."""
    h = m.gap.headline
    topic = say.label(m.topic.en, m.topic.zh)
    if h.kind == ESTIMATE and h.answer and h.answer.log2 is not None:
        return _estimate(h, topic, say)
    if h.kind == INTERVAL and h.answer:
        return say.rich(
            "On the part of the open web that a crawl can reach, there are <strong>{span}</strong>"
            " on {topic} (95 % interval; no single number, for want of {want}).",
            "在爬虫所能到达的开放网络上，关于“{topic}”，<strong>{span}</strong>"
            "（95%区间；因{want}，不给出单一数字）。",
            topic=topic,
            span=span_words(h.answer.low, h.answer.high, say),
            want=say("an audit that allows one", "核查结果尚不足以支持")
            if h.frame_draws
            else say("an independent audit", "未做独立核查"),
        )
    if h.kind == DIRECTION and h.direction:
        who, other = h.direction, "en" if h.direction == "zh" else "zh"
        return say.rich(
            "On the part of the open web that a crawl can reach, there are <strong>more {who} works"
            "</strong> on {topic} than {other} ones. By how much is too uncertain for a number.",
            "在爬虫所能到达的开放网络上，关于“{topic}”的<strong>{who}作品多于{other}作品</strong>；"
            "相差多少，不确定性太大，不给出数字。",
            topic=topic,
            who=say.lang(who),
            other=say.lang(other),
        )
    counted = say(
        "What was found is counted below; it is not the size of the gap.",
        "下文只统计已找到的内容，这并不等于差距的大小。",
    )
    return say.rich(
        "{refusal} {counted}", "{refusal}{counted}", refusal=_refusal(m, say), counted=counted
    )


def _refusal(m: Measurement, say: Say) -> Markup:
    return say.rich(
        "How much more there is on {topic} in one language than in the other <strong>cannot be said"
        " yet</strong>.",
        "关于“{topic}”，两种语言相差多少，<strong>目前还不能说</strong>。",
        topic=say.label(m.topic.en, m.topic.zh),
    )


def _estimate(h: Headline, topic: str, say: Say) -> Markup:
    assert h.answer is not None
    assert h.answer.log2 is not None
    return say.rich(
        "On the part of the open web that a crawl can reach, there are <strong>about {ratio}"
        "</strong> on {topic} (95 % interval: {span}).",
        "在爬虫所能到达的开放网络上，关于“{topic}”，<strong>{ratio}</strong>（95%区间：{span}）。",
        topic=topic,
        ratio=more(h.answer.log2, say),
        span=span_words(h.answer.low, h.answer.high, say),
    )


def bound(h: Headline, say: Say) -> str:
    """Return the minimum that the weakest assumptions leave; there must be one."""
    assert h.bound is not None
    who, other = ("zh", "en") if h.bound_direction == "zh" else ("en", "zh")
    return say(
        "Under the weakest assumptions that the data allow: at least {x} times as many {who} as"
        " {other} works.",
        "在数据所允许的最弱假设下：{who}作品至少为{other}的{x}倍。",
        x=at_least(h.bound),
        who=say.lang(who),
        other=say.lang(other),
    )


def bound_fails(h: Headline, say: Say) -> str:
    """Return when the minimum is none: simulated webs in which English was walled off say so."""
    who = "en" if h.bound_direction == "zh" else "zh"
    return say(
        "This minimum, too, can be wrong: if far more of the {who} works lie behind logins or"
        " paywalls, there are more of them than any method here can see.",
        "这一下限也可能不成立：如果{who}作品有多得多的部分在登录或付费墙之后，"
        "其数量就多于任何方法所能看到的。",
        who=say.lang(who),
    )
