"""What changes in a text without an edit: counters of visits, clocks, "3 hours ago". Pure.

A page that counts its readers differs at every visit, and says nothing new. A number may be passed
over only where its own line says that it counts visits or tells the time of the visit:

1. a label of a counter, a colon or brackets, and a number: 阅读：1234, Views: 1,234, 评论(12);
2. a field of its own (a line, or a part of one between bars, dots or wide spaces) that is nothing
   but such a label and a number (1,234 views, 1234次阅读), a sentence that counters are known by
   (您是第1234位访客, This page has been viewed 12 times), the present time said to be that
   (今天是…, Page last loaded at …), or a time gone by (3小时前);
3. a field that is nothing but a date, or 更新时间 and a date, and at both visits the date of that
   visit, a day more or less for the time zones.

Every other number counts, also in a sentence that speaks of visits or views. So does a label that
changes, and a line that comes or goes.
"""

from __future__ import annotations

import re
from datetime import date

from page.fingerprint import letters
from page.hanzi import fold

_LONGEST_FIELD = 100  # characters: furniture is short
_LONGEST_LINE = 300

_N = r"\d[\d,.']*+(?: \d{3}(?!\d))*+ ?(?:[万亿km]\b|[万亿])?\+?"
_WHOSE = r"(?:本[文页站]|页面|文章|网站|全文|今[日天]|昨日|本月|累计|总|当前|已|被){0,3}"
_ZH = (
    _WHOSE + r"(?:阅读|浏览|点击|访问|查看|围观|点赞|评论|跟帖|收藏|转发|下载|播放|在线|访客|人气)"
    r"(?:总?[量数率]|总?次数|总?人数|人次)?"
)
_EN = (
    r"(?:(?:total|page|article|unique|today'?s|number of|online) ?){0,2}(?:page ?)?"
    r"(?:views?|viewed|reads?|hits?|visits?|visitors?|guests?|likes?|comments?|downloads?|replies)"
    r"(?: (?:count|counter|today|online))?"
)
_UNIT = r"(?: ?(?:人次|[次人位条个]|times?|people|users))?"
_BEFORE = r"(?<![^\s|·•/\[\](<>,;、-])"
_LABELLED = (
    re.compile(rf"{_BEFORE}({_ZH}) ?: ?{_N}{_UNIT}(?=$|[\s|·•/\])<>])"),
    re.compile(rf"{_BEFORE}({_EN}) ?: ?{_N}{_UNIT}(?=$| *[|·•/\])<>]|  | [a-z一-鿿]{{1,12}} ?:)"),
    re.compile(rf"{_BEFORE}({_ZH}|{_EN}) ?\( ?{_N}{_UNIT} ?\)(?=$|[\s|·•/\])<>])"),
)
_VERB = r"(?:阅读|浏览|点击|访问|查看|围观|点赞|评论|收藏|转发|下载|播放|在线|参与|看过|访客)"
_SENTENCES = (
    rf"(?:{_ZH}|{_EN}) ?{_N}{_UNIT}",
    rf"{_N}{_UNIT} ?(?:{_ZH}|{_EN})",
    rf"[您你]是(?:本[站页]|我们)?的?第 ?{_N} ?[位个名]"
    r"(?:访客|访问者|浏览者|读者|来访者|客人|朋友)[。!]?",
    rf"(?:(?:本|该|此)(?:文章?|页面?|站))?(?:已经|已有|已|共有|总共|共|累计|被){{0,3}} ?"
    rf"(?:{_N} ?(?:人次|[次人位])?的? ?{_VERB}|{_VERB}了? ?{_N} ?(?:人次|[次人位]))[过了]?[。!]?",
    r"(?:(?:this|the) )?(?:(?:page|article|post|document|site|item) )?(?:has been |was )?"
    rf"(?:viewed|read|accessed|visited|seen|downloaded) {_N} times?(?: today| so far)?\.?",
    rf"you are (?:our |the )?(?:visitor|guest)(?: number| no\.?| #)? ?{_N}\.?",
    rf"(?:there are )?{_N} (?:people|users|visitors|guests|readers)(?: are)?(?: currently)? "
    r"(?:online|viewing|reading)(?: this| the)?(?: page| article)?(?: now)?\.?",
)
_MONTHS = "january february march april may june july august september october november december"
_DAYS = "monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tues?|wed|thu|fri|sat|sun"
_WHEN = (  # possessive: no text is tried in two ways
    rf"(?:\d|[-/.:,+()年月日号时分秒点 ]|{'|'.join(_MONTHS.split())}|{_DAYS}|sept?|"
    r"jan|feb|mar|apr|jun|jul|aug|oct|nov|dec|st|nd|rd|th|am|pm|gmt|utc|bst|cst|e[sd]t|p[sd]t|cet|"
    r"上午|下午|凌晨|晚上|(?:星期|周|礼拜)[一二三四五六日天]|seconds?|secs?|ms|毫秒|at|on|of|the)++"
)
_NOW = (
    r"(?:欢迎[您你])?[!,]? ?"
    r"(?:(?:今天|现在)是|(?:今天|现在|当前)的?(?:时间|日期)?(?:是| ?:)|北京时间 ?:)",
    r"(?:(?:this )?page |this document )?(?:was )?(?:last )?"
    r"(?:loaded|generated|rendered|served|displayed|printed|processed)(?: on| at| in)?[: ]",
    r"(?:today is|today ?:|it is now|now ?:|the time is|(?:current|local|server) (?:date|time) ?:?|"
    r"current date and time ?:?)",
    r"(?:页面)?(?:执行|加载|生成|处理)(?:时间|耗时|于) ?:?",
)
_SAID = (
    r"(?:(?:最后|最近)?(?:更新|修改|发布|编辑)?(?:时间|日期|于)|"
    r"(?:last |page )?(?:updated|modified|reviewed|date)(?: on| at)?|as of|截至|日期)"
)
_SPAN = r"(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?|months?|years?|[smhd])"
_AGO = (
    r"(?:(?:last )?(?:posted|updated|published|edited|modified|active|seen)(?: on)? ?:? ?)?"
    rf"(?:(?:about|over|almost|less than) )?(?:\d+|an?|one) ?{_SPAN} ago",
    r"(?:(?:发布|更新|发表|编辑|修改)(?:于|时间)? ?:? ?)?"
    r"(?:\d+ ?个?(?:秒钟?|分钟?|小时|天|日|周|星期|月|年)之?前|刚刚|just now)",
)

_COUNTS = re.compile("|".join(_SENTENCES))
_CLOCK = re.compile(rf"({'|'.join(_NOW)}) ?{_WHEN}(?:农历\S{{1,12}})?((?:! ?)?(?:欢迎\D{{0,20}})?)")
_GONE_BY = re.compile("|".join(_AGO))
_DATED = re.compile(rf"(?:({_SAID}) ?:? ?)?({_WHEN})")
_FIELDS = re.compile(r"(\s*[|·•<>\[\]\t]\s*|\s{2,})")
_NUMBER = re.compile(_N)
_YMD = re.compile(r"(?<!\d)(\d{4}) ?[-/.年] ?(\d{1,2}) ?[-/.月] ?(\d{1,2})(?!\d)")
_WORDED = re.compile(
    r"(?:(\d{1,2})(?:st|nd|rd|th)? )?([a-z]{3,9})\.? (?:(\d{1,2})(?:st|nd|rd|th)?,? )?(\d{4})"
)


def only_counted(old: str, old_day: str, new: str, new_day: str) -> bool:
    """Tell whether two texts of a page differ in nothing but counters and clocks.

    The days are those of the two visits, as ISO dates (UTC); with "" no date is that of a visit.
    Texts of equal letters do not differ, and that is True as well.
    """
    before, after = old.split("\n"), new.split("\n")
    return len(before) == len(after) and all(
        one == other or _alike(one, old_day, other, new_day)
        for one, other in zip(before, after, strict=True)
    )


def _alike(one: str, one_day: str, other: str, other_day: str) -> bool:
    if letters(one) == letters(other):
        return True
    if max(len(one), len(other)) > _LONGEST_LINE:
        return False
    ours, theirs = fold(one), fold(other)
    return letters(_still(ours, "")) == letters(_still(theirs, "")) or (
        letters(_still(ours, one_day)) == letters(_still(theirs, other_day))
    )


def _still(line: str, day: str) -> str:
    """Return a folded line without what counts or tells the time; of ``day``, also its date."""
    for pattern in _LABELLED:
        line = pattern.sub(r"\1", line)
    return "".join(_field(each, day) for each in _FIELDS.split(line))


def _field(field: str, day: str) -> str:
    said = field.strip()
    if len(said) > _LONGEST_FIELD:
        return field
    if _COUNTS.fullmatch(said):
        return _NUMBER.sub("", said)
    if clock := _CLOCK.fullmatch(said):
        return clock[1] + clock[2]
    if _GONE_BY.fullmatch(said):
        return "ago"
    if day and (dated := _DATED.fullmatch(said)) and _is_of(dated[2], day):
        return dated[1] or "date"
    return field


def _is_of(said: str, day: str) -> bool:
    """True when a text of dates tells the day, or one of its neighbours."""
    found = _date(said)
    try:
        return found is not None and abs((found - date.fromisoformat(day[:10])).days) <= 1
    except ValueError:  # the day of the visit is no date
        return False


def _date(said: str) -> date | None:
    if ymd := _YMD.search(said):
        year, month, number = map(int, ymd.groups())
    elif (worded := _WORDED.search(said)) and (worded[1] or worded[3]):
        names = [name[:3] for name in _MONTHS.split()]
        if worded[2][:3] not in names:
            return None
        year, number = int(worded[4]), int(worded[1] or worded[3])
        month = names.index(worded[2][:3]) + 1
    else:
        return None
    try:
        return date(year, month, number)
    except ValueError:
        return None
