"""What the tool will not say, and the sentence it says instead, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from report.estimate.interval import Interval

SENTENCES: dict[str, tuple[str, str]] = {
    "no_audit": (
        "No independent check of the corpus was made, so how many times more there is cannot be "
        "given as one number; a range and a minimum are given instead.",
        "没有对语料做过独立核查，因此不能用一个数字说明相差多少倍，只给出范围和下限。",
    ),
    "found_none": (
        "Nothing in {language} was found on the topic, so there is nothing to compare.",
        "没有找到任何{language}的相关内容，因此无从比较。",
    ),
    "audit_weights_unknown": (
        "The check looked at well-known pages more often than at others, and by how much is not "
        "known, so no estimate can be made from it.",
        "核查样本更容易抽到知名页面，而偏重的程度不明，因此不能据此估计。",
    ),
    "audit_small": (
        "The check is too small in {language}: {count} of its {total} pages were already in the "
        "corpus, and at least {needed} that were and {needed} draws are needed.",
        "{language}的核查样本太小：{total}个页面中有{count}个已在语料中；"
        "至少需要抽取{needed}个，且其中{needed}个已在语料中。",
    ),
    "audit_wide": (
        "The check leaves a range of more than two to one, so only the direction and a minimum "
        "are given, not a number.",
        "核查得到的范围上下限相差超过一倍，因此只给出方向和下限，不给出具体数字。",
    ),
    "envelope_wide": (
        "The methods that work without a check disagree by more than {times:.1f} to one, so only "
        "the direction and a minimum are given.",
        "不依赖核查的各种方法得出的结果上下相差超过{times:.1f}倍，因此只给出方向和下限。",
    ),
    "split_unmeasured": (
        "How often one text was counted twice has not been looked at by hand, or not to the end, "
        "so numbers of distinct works are not compared; `duizhao label works` asks.",
        "同一篇文章被重复计数的情况尚未人工检查，或尚未查完，因此不比较去重后的篇数；"
        "可用 `duizhao label works` 判读。",
    ),
    "captures_few": (
        "The works in {language} were found in too few independent ways (at least three ways that "
        "each find something, and overlaps between them, are needed) to tell how many were missed.",
        "{language}作品的发现途径太少：至少需要三种各有所得、且有重叠的途径，才能推断漏掉了多少。",
    ),
    "sites_few": (
        "All the works in {language} come from {count} sites; with fewer than {needed} nothing can "
        "be said about other sites.",
        "{language}作品仅来自{count}个网站；少于{needed}个时无法推断其他网站的情况。",
    ),
    "concept_sparse": (
        "Too few works, or works from too few sites: the counts are shown and not compared.",
        "作品太少，或来自太少的网站：只列出数目，不作比较。",
    ),
    "lengths_apart": (
        "The works of the two languages hardly share a length, so like cannot be compared with "
        "like.",
        "两种语言的作品篇幅几乎没有重合，无法在相同篇幅下比较。",
    ),
    "screen_uninformative": (
        "The program flags hardly more works than it would flag by mistake alone, so how many "
        "really qualify cannot be worked out from its error rates.",
        "程序标出的作品并不比单凭误判会标出的多，因此无法根据错误率推算真正符合的数量。",
    ),
    "labels_few": (
        "No works were judged by hand in {language}, so how often the program is wrong is unknown.",
        "{language}没有人工判读过的作品，程序的错误率不明。",
    ),
    "dates_few": (
        "Fewer than {needed} works in {language} have a date ({count} do), so who was first cannot "
        "be told.",
        "{language}有日期的作品少于{needed}篇（仅{count}篇），无法判断谁先出现。",
    ),
    "window_cut": (
        "The earliest works lie at the very edge of the period that was searched, so earlier ones "
        "may exist outside it; only a limit can be given.",
        "最早的作品恰在检索时段的边缘，时段之外可能还有更早的作品，因此只能给出界限。",
    ),
    "lexicon_unmeasured": (
        "How many of the words that people really use for this topic the word list misses has not "
        "been measured in both languages, so nothing is said about the two framing it differently.",
        "词表在两种语言中各漏掉多少实际用词尚未测量，因此不对两种语言的表述差异下结论。",
    ),
    "words_few": (
        "There is too little text, or text from too few sites, to compare how the two languages "
        "put it.",
        "文本太少，或来自太少的网站，无法比较两种语言的表述。",
    ),
}

OPEN_FRAME = (
    "This is an estimate of the open web that the crawl, the archives and the search services can "
    "reach. Nothing in it can see pages behind logins, in apps or on closed platforms such as "
    "WeChat; if one language has more of those, the true gap differs and no figure here shows it.",
    "这是对爬虫、网页存档和搜索服务能够到达的开放网络的估计。登录后才能看到的页面、应用程序内的内容、"
    "微信等封闭平台都不在其中；如果其中一种语言的此类内容更多，真实差距会不同，而这里的任何数字都看不出来。",
)
"""The caption of every estimate of size, in English and Chinese: it cannot be checked from within
(simulated web S9, in which every estimator fails and none notices)."""

NAMES = {"en": ("English", "英文"), "zh": ("Chinese", "中文")}


@dataclass(frozen=True, slots=True)
class Refused:
    """An answer that is not given.

    ``code`` is stable; ``en`` and ``zh`` are sentences for readers. ``direction`` is "zh" or "en"
    when it can still be said which language has more, else "". ``interval`` is kept for an
    appendix and never for a headline.
    """

    code: str
    en: str
    zh: str
    direction: str = ""
    interval: Interval | None = None


def refuse(code: str, interval: Interval | None = None, **values: object) -> Refused:
    """Return the refusal of that code; ``language`` ("en" or "zh") is named in each tongue.

    Raises KeyError for a code that is not in ``SENTENCES`` or a value its sentence needs.

    >>> refuse("dates_few", language="zh", needed=10, count=3).en
    'Fewer than 10 works in Chinese have a date (3 do), so who was first cannot be told.'
    """
    name = NAMES.get(str(values.get("language")), ("", ""))
    english, chinese = (
        sentence.format(**{**values, "language": word})
        for sentence, word in zip(SENTENCES[code], name, strict=True)
    )
    return Refused(code, english, chinese, interval.direction if interval else "", interval)
