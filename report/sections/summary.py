"""The first page: the answer with its uncertainty, what it rests on, and how the methods differ."""

from __future__ import annotations

from markupsafe import Markup

from report.charts.spans import Axis, SpanRow, spans
from report.gap.model import DIRECTION, ESTIMATE, INTERVAL, REFUSED, Basis, Headline
from report.model import Measurement
from report.render.blocks import Block, Column, Figure, Prose, Section, Table, Value, nothing
from report.render.say import Say, at_least, number, signed, whole
from report.sections.ratios import more, span_words


def section(m: Measurement, say: Say) -> Section:
    """Return the first page."""
    h = m.gap.headline
    blocks: list[Block] = [Prose(_answer(h, m, say), "answer")]
    if h.bound is not None and h.bound_direction:
        blocks.append(Prose(_bound(h, say), "bound"))
        blocks.append(Prose(_bound_fails(h, say), "basis"))
    blocks += [Prose(sentence, "basis") for sentence in _basis(m, say)]
    if m.empty:
        words = say(
            "No data: no page on the topic has been stored yet. Crawl more sources, or look below"
            " at where the discovered URLs went.",
            "没有数据：还没有存下任何与主题有关的页面。请抓取更多来源，或在下文查看已发现网址的去向。",
        )
        blocks.append(nothing(words))
    blocks.append(_facts(m, say))
    blocks += _reasons(h, say)
    figure = _spread(h, say)
    return Section("answer", say("The answer", "结论"), (*blocks, *([figure] if figure else [])))


def in_words(m: Measurement, tongue: str) -> str:
    """Return the report's answer, or why there is none, as plain sentences."""
    say, h = Say(tongue), m.gap.headline
    said = [(_refusal(m, say) if h.kind == REFUSED else _answer(h, m, say)).striptags()]
    if h.bound is not None and h.bound_direction:
        said.append(_bound(h, say))
    if h.kind == REFUSED:
        said += [say(reason.en, reason.zh) for reason in h.reasons]
    return (" " if tongue == "en" else "").join(said)


def _answer(h: Headline, m: Measurement, say: Say) -> Markup:
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


def _bound(h: Headline, say: Say) -> str:
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


def _bound_fails(h: Headline, say: Say) -> str:
    """Return when the minimum is none: simulated webs in which English was walled off say so."""
    who = "en" if h.bound_direction == "zh" else "zh"
    return say(
        "This minimum, too, can be wrong: if far more of the {who} works lie behind logins or"
        " paywalls, there are more of them than any method here can see.",
        "这一下限也可能不成立：如果{who}作品有多得多的部分在登录或付费墙之后，"
        "其数量就多于任何方法所能看到的。",
        who=say.lang(who),
    )


def _basis(m: Measurement, say: Say) -> list[str]:
    """Three sentences on what the answer rests on."""
    return [_found(m, say), _audit(m.gap.headline, say), _frame(m, say)]


def _found(m: Measurement, say: Say) -> str:
    def pages(n: int) -> str:
        return say.many(n, "{n} page", "{n} pages", "{n}个页面")

    return say(
        "The crawl found {zh} ({zh_pages}) and {en} ({en_pages}) on the topic; reprints of one text"
        " count once.",
        "抓取共找到与主题有关的{zh}（{zh_pages}）、{en}（{en_pages}）；同一文本的转载只计一次。",
        zh=say.many(m.zh.works, "{n} Chinese work", "{n} Chinese works", "中文作品{n}件"),
        en=say.many(m.en.works, "{n} English work", "{n} English works", "英文作品{n}件"),
        zh_pages=pages(m.zh.pages),
        en_pages=pages(m.en.pages),
    )


def _audit(h: Headline, say: Say) -> str:
    if not h.frame_draws:
        return say(
            "No independent audit was drawn, so nobody knows which share of the existing works"
            " the crawl found; `duizhao audit` draws one.",
            "没有抽取独立核查样本，因此不知道抓取找到了现有作品的多大比例；"
            "可用 `duizhao audit` 抽取。",
        )
    return say(
        "An independent sample of {draws} was drawn from “{frame}”, and {fetched} of them could be"
        " fetched: of the works on the topic in these, the corpus already had {zh_had} of {zh_n} in"
        " Chinese and {en_had} of {en_n} in English.",
        "从“{frame}”中独立抽取{draws}，其中{fetched}个得以读取：这些页面中与主题有关的作品，"
        "语料已收录中文{zh_n}件中的{zh_had}件、英文{en_n}件中的{en_had}件。",
        draws=say.many(h.frame_draws, "{n} page", "{n} pages", "{n}个页面"),
        fetched=number(h.frame_fetched),
        frame=_frame_name(h.frame, say),
        zh_had=number(h.zh.had),
        zh_n=number(h.zh.drawn),
        en_had=number(h.en.had),
        en_n=number(h.en.drawn),
    )


def _frame_name(frame: str, say: Say) -> str:
    """Return a frame's name; a service's says so in the reader's tongue."""
    kind, _, name = frame.partition(" ")
    if kind == "service" and name:
        return say("the search service {name}", "搜索服务{name}", name=name)
    return frame


def _frame(m: Measurement, say: Say) -> str:
    ended = [run for run in m.runs if run.outcome != "running"]
    limits = ended[-1].limits if ended else ()
    return say(
        "All of this is about the open web within reach: pages in WeChat, in apps, behind logins"
        " and on sites that forbid crawling are not seen, and no figure here can tell how many"
        " there are. Limits that cut the last crawl: {cut}; URLs that they left out: {left}; URLs"
        " that still wait to be fetched: {waiting}.",
        "以上只适用于可到达的开放网络：微信、应用程序、登录后页面以及禁止抓取的网站都看不到，"
        "其数量也无从得知。上次抓取触及的限额：{cut}项，因此略去的网址：{left}个；"
        "仍待抓取的网址：{waiting}个。",
        cut=number(len(limits)),
        left=number(sum(limit.left for limit in limits)),
        waiting=number(m.account.pending),
    )


def _facts(m: Measurement, say: Say) -> Table:
    h = m.gap.headline
    sides = ((m.en, h.en), (m.zh, h.zh))
    rows: list[tuple[Value, ...]] = [
        (say("Pages on the topic, raw", "主题页面（未去重）"), *(t.pages for t, _ in sides)),
        (
            say("Works: clusters of near-duplicates", "作品：近似文本归并后"),
            *(t.works for t, _ in sides),
        ),
        (
            say("Copies a work", "每件作品的平均份数"),
            *(f"{t.pages / t.works:.2f}" if t.works else "–" for t, _ in sides),
        ),
        (
            say("Audit: works on the topic drawn", "核查：抽到的主题作品"),
            *(b.drawn for _, b in sides),
        ),
        (
            say("Audit: share the corpus had", "核查：语料已收录的比例"),
            *(_coverage(b, say) for _, b in sides),
        ),
        (
            say("Existing works, estimated", "现有作品（估计）"),
            *(_existing(b) for _, b in sides),
        ),
        (
            say("Split rate, judged by hand", "误拆率（人工判读）"),
            *(_split(b, say) for _, b in sides),
        ),
        (
            say(
                "Wrongly joined pairs, of those judged; not corrected for",
                "误并（人工判读的配对；未校正）",
            ),
            *(f"{b.joined} / {b.inside_judged}" if b.inside_judged else "–" for _, b in sides),
        ),
    ]
    columns = (
        Column(""),
        Column(say.lang("en"), "en count"),
        Column(say.lang("zh"), "zh count"),
    )
    return Table(columns, tuple(rows), say("What the answer rests on", "结论的依据"))


def _coverage(b: Basis, say: Say) -> str:
    if b.coverage_low is None or b.coverage_high is None:
        return say.percent(b.coverage)
    return f"{say.percent(b.coverage)} ({say.limits(b.coverage_low, b.coverage_high)})"


def _existing(b: Basis) -> str:
    if b.works is None or b.works_low is None or b.works_high is None:
        return "–"
    return f"{whole(b.works)} ({whole(b.works_low)}–{whole(b.works_high)})"


def _split(b: Basis, say: Say) -> str:
    if b.waiting:
        return say.many(
            b.waiting, "{n} pair not judged yet", "{n} pairs not judged yet", "尚有{n}对未判读"
        )
    if not b.judged or b.split_low is None or b.split_high is None:
        return "–"
    rate, limits = say.percent(b.split / b.judged), say.limits(b.split_low, b.split_high)
    return f"{rate} ({limits}, n = {b.judged})"


def _reasons(h: Headline, say: Say) -> list[Block]:
    return [Prose(say(reason.en, reason.zh), "caution") for reason in h.reasons]


NAMES = {
    "audit": ("audit and split correction", "核查样本＋误拆校正"),
    "naive_works": ("works found, uncorrected", "已找到的作品（未校正）"),
    "naive_pages": ("pages found, uncorrected", "已找到的页面（未校正）"),
    "chao2": ("Chao 2, no audit", "Chao2（无核查）"),
    "chao_mth": ("Chao Mth, no audit", "Chao Mth（无核查）"),
    "loglinear": ("log-linear, BIC, no audit", "对数线性模型，BIC（无核查）"),
    "loglinear_gamma": ("log-linear with Gamma term, no audit", "对数线性＋Gamma项（无核查）"),
    "latent": ("two latent classes, no audit", "二类潜在类别模型（无核查）"),
    "envelope": ("all of these together", "以上各法合并"),
}


def _spread(h: Headline, say: Say) -> Figure | None:
    if not h.spread:
        return None
    rows = [
        SpanRow(say(*NAMES.get(s.name, (s.name, s.name))), s.low, s.high, s.log2, s.name == "audit")
        for s in h.spread
    ]
    name = say("How the methods differ", "各种方法的差异")
    alt = say(
        "One row a method: its estimate of how many times as many Chinese works there are as"
        " English ones. Numbers to the right of = mean more Chinese works.",
        "每行一种方法：估计中文作品是英文作品的多少倍。等号右侧表示中文更多。",
    )
    axis = Axis(say("← more English works | more Chinese works →", "← 英文更多 | 中文更多 →"))
    columns = (
        Column(say("Method", "方法")),
        Column("log₂ zh/en", "count"),
        Column(say("95 % from", "95%下限"), "count"),
        Column(say("to", "上限"), "count"),
    )
    table = Table(
        columns,
        tuple(
            (row.label, signed(row.value, 2), signed(s.low, 2), signed(s.high, 2))
            for row, s in zip(rows, h.spread, strict=True)
        ),
        fold=say("Table of the methods", "各方法数据表"),
    )
    return Figure(name, alt, spans(rows, axis, name, alt), table)
