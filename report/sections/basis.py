"""What the answer rests on: what was found, how it was checked, and what cannot be seen."""

from __future__ import annotations

from collections.abc import Iterator

from report.gap.model import Basis, Headline
from report.model import Measurement
from report.render.blocks import Column, Table, Value
from report.render.say import Say, number, whole


def sentences(m: Measurement, say: Say) -> list[str]:
    """Return three sentences on what the answer rests on."""
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


def facts(m: Measurement, say: Say) -> Table:
    """Return the table of figures that the answer is worked out from, both languages."""
    columns = (
        Column(""),
        Column(say.lang("en"), "en count"),
        Column(say.lang("zh"), "zh count"),
    )
    rows = (*_counted(m, say), *_checked(m.gap.headline, say))
    return Table(columns, rows, say("What the answer rests on", "结论的依据"))


def _counted(m: Measurement, say: Say) -> Iterator[tuple[Value, ...]]:
    """Yield what the crawl found, a row each."""
    sides = (m.en, m.zh)
    yield say("Pages on the topic, raw", "主题页面（未去重）"), *(t.pages for t in sides)
    yield (
        say("Works: clusters of near-duplicates", "作品：近似文本归并后"),
        *(t.works for t in sides),
    )
    yield (
        say("Copies a work", "每件作品的平均份数"),
        *(f"{t.pages / t.works:.2f}" if t.works else "–" for t in sides),
    )


def _checked(h: Headline, say: Say) -> Iterator[tuple[Value, ...]]:
    """Yield what the audit and the judging by hand say of that, a row each."""
    sides = (h.en, h.zh)
    yield say("Audit: works on the topic drawn", "核查：抽到的主题作品"), *(b.drawn for b in sides)
    yield (
        say("Audit: share the corpus had", "核查：语料已收录的比例"),
        *(_coverage(b, say) for b in sides),
    )
    yield say("Existing works, estimated", "现有作品（估计）"), *map(_existing, sides)
    yield (
        say("Split rate, judged by hand", "误拆率（人工判读）"),
        *(_split(b, say) for b in sides),
    )
    yield (
        say(
            "Wrongly joined pairs, of those judged; not corrected for",
            "误并（人工判读的配对；未校正）",
        ),
        *(f"{b.joined} / {b.inside_judged}" if b.inside_judged else "–" for b in sides),
    )


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
    if b.split_share is None or b.split_low is None or b.split_high is None:
        return "–"
    rate, limits = say.percent(b.split_share), say.limits(b.split_low, b.split_high)
    return f"{rate} ({limits}, n = {b.judged})"
