"""What the tool will not say, and the sentence it says instead, in both languages."""

from __future__ import annotations

from dataclasses import dataclass

from report.estimate.interval import Interval

SENTENCES: dict[str, tuple[str, str]] = {
    "no_audit": (
        "No independent check of the corpus was made, so how many times more there is cannot be "
        "given as one number; a range is given instead, and a minimum where there is one.",
        "没有对语料做过独立核查，因此不能用一个数字说明相差多少倍，只给出范围，并在可能时给出下限。",
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
        "The check is too small in {language}: of the works on the topic that it met ({total}), "
        "the corpus already had {count}; at least {needed} that it had are needed.",
        "{language}的核查样本太小：抽到与主题有关的作品{total}件，其中{count}件已在语料中；"
        "至少需要有{needed}件已在语料中。",
    ),
    "audit_uneven": (
        "The draws of the check are too few in {language}, or count too unequally: all {total} "
        "tell less than {needed} equal ones would.",
        "{language}的核查样本太少，或权重过于悬殊：{total}次抽取提供的信息少于{needed}次等权抽取。",
    ),
    "audit_wide": (
        "The check leaves a range of more than two to one, so no number is given: only which "
        "language has more, and a minimum, where either is certain.",
        "核查得到的范围上下限相差超过一倍，因此不给出具体数字，只在能确定时给出方向和下限。",
    ),
    "envelope_wide": (
        "The methods that work without a check disagree by more than {times:.1f} to one, so no "
        "number is given: only which language has more, and a minimum, where either is certain.",
        "不依赖核查的各种方法得出的结果，最大为最小的{times:.1f}倍以上，因此不给出具体数字，"
        "只在能确定时给出方向和下限。",
    ),
    "bound_contradicted": (
        "The methods that work without a check put the minimum above what the check itself finds; "
        "the check assumes less, so no minimum is given.",
        "不依赖核查的方法所得的下限，高于核查本身得出的结果；核查所需的假设更少，因此不给出下限。",
    ),
    "split_unmeasured": (
        "How often one text was counted twice has not been looked at by hand, or not to the end, "
        "or not since the works found changed much, so numbers of distinct works are not compared; "
        "`duizhao label works` asks.",
        "同一篇文章被重复计数的情况尚未人工检查，或尚未查完，或检查之后所得作品已有较大变化，"
        "因此不比较去重后的作品数；"
        "可用 `duizhao label works` 判读。",
    ),
    "captures_few": (
        "The works in {language} were found in too few independent ways (at least three ways that "
        "each find something, and overlaps between them, are needed) to tell how many were missed.",
        "{language}作品的发现途径太少：至少需要三种各有所得、且有重叠的途径，才能推断漏掉了多少。",
    ),
    "routes_unknown": (
        "How {count} of the {total} works in {language} were found is not recorded, so how many "
        "were missed cannot be told.",
        "{total}件{language}作品中有{count}件未记录发现途径，因此无法推断漏掉了多少。",
    ),
    "sites_few": (
        "All the works in {language} come from one site, so nothing can be said about other sites.",
        "{language}作品全部来自同一个网站，无法推断其他网站的情况。",
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
    "labels_few": (
        "In {language} no works were judged by hand of those that the program flags, or none of the"
        " others, so how often it is wrong is unknown.",
        "{language}中程序标出的或未标出的作品没有人工判读过，程序的错误率不明。",
    ),
    "dates_few": (
        "Fewer than {needed} works in {language} have a date ({count}), so who was first cannot "
        "be told.",
        "{language}有日期的作品少于{needed}件（仅{count}件），无法判断谁先出现。",
    ),
    "window_cut": (
        "By the earliest dates found, the first works may be older than the period that can be "
        "seen, so at least one end is left open.",
        "从最早的几个日期看，首批作品可能早于可见时段，因此至少有一端无法确定。",
    ),
    "dates_alike": (
        "The {needed} earliest works in {language} all bear the same date, or the same year or "
        "month and no day, so how much older the first may be cannot be told and an end is left "
        "open.",
        "最早的{needed}件{language}作品日期完全相同，或仅知同一年份、月份，无法推断首件作品还可能早多少，"
        "因此有一端无法确定。",
    ),
    "lexicon_unmeasured": (
        "How many of the words that people really use for this topic the word list misses has not "
        "been measured in both languages, so nothing is said about the two framing it differently.",
        "词表在两种语言中各漏掉多少实际用词尚未测量，因此不对两种语言的表述差异下结论。",
    ),
    "lexicon_misses": (
        "The word list may miss too much of what is said of the topic in {language}: by the pages "
        "judged, it catches at least {low} %, and {needed} % are needed. So nothing is said about "
        "the two languages framing it differently.",
        "词表可能漏掉过多{language}相关内容：据人工判读，至少找到{low}%，而至少需要{needed}%，"
        "因此不对两种语言的表述差异下结论。",
    ),
    "words_few": (
        "There is too little text, or text from too few sites, to compare how the two languages "
        "put it.",
        "文本太少，或来自太少的网站，无法比较两种语言的表述。",
    ),
}

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


def foremost(*answers: object) -> Refused:
    """Return the refusal to give of several: that nothing was found says more than any other."""
    refused = [answer for answer in answers if isinstance(answer, Refused)]
    return min(refused, key=lambda one: one.code != "found_none")


def refuse(code: str, interval: Interval | None = None, **values: object) -> Refused:
    """Return the refusal of that code; ``language`` ("en" or "zh") is named in each tongue.

    Raises KeyError for a code that is not in ``SENTENCES`` or a value its sentence needs.

    >>> refuse("dates_few", language="zh", needed=10, count=3).en
    'Fewer than 10 works in Chinese have a date (3), so who was first cannot be told.'
    """
    name = NAMES.get(str(values.get("language")), ("", ""))
    english, chinese = (
        sentence.format(**{**values, "language": word})
        for sentence, word in zip(SENTENCES[code], name, strict=True)
    )
    return Refused(code, english, chinese, interval.direction if interval else "", interval)
