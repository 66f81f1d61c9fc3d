"""What stands around a text and is not part of it: title lines, date and source lines, editors.

A search term found only in such a line would be a false hit, so it goes; but a law may open with
a date and a transcript is full of short lines, so a line goes only for what it says, never for
being short. Ambiguous lines are furniture only before the first or after the last prose.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

from page.outline import Block

_WEEKDAY = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day,?\s+)?"
_DATE = (
    r"(?:(?:19|20)\d\d\s*[-/.年]\s*\d{1,2}\s*[-/.月]\s*\d{1,2}\s*日?"
    r"|\d{1,2}[-/]\d{1,2}[-/](?:19|20)\d\d"
    r"|(?:民國|民国)\s*\d{2,3}\s*年\s*\d{1,2}\s*月\s*\d{1,2}\s*日"
    r"|[〇零一二三四五六七八九十]{4}年[一二三四五六七八九十]{1,3}月[一二三四五六七八九十]{1,3}日"
    rf"|{_WEEKDAY}\d{{1,2}}(?:st|nd|rd|th)?\s+[a-z]{{3,9}}\.?,?\s+(?:19|20)\d\d"
    rf"|{_WEEKDAY}[a-z]{{3,9}}\.?\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+(?:19|20)\d\d)"
)
_TIME = (
    r"(?:\s*[T|,·]?\s*(?:at\s+)?\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s*"
    r"(?:[ap]\.?m\.?)?(?:\s*[A-Z]{2,4})?)?"
)
_DATE_LINE = re.compile(rf"^\W*{_DATE}{_TIME}\W*(?:星期[一二三四五六日天])?\W*$", re.I)
_CLOCK = re.compile(r"^\W*\d{1,2}[:：]\d\d(?:[:：]\d\d)?\s*(?:[ap]\.?m\.?)?\W*$", re.I)
_LEADING_DATE = re.compile(rf"^\W*{_DATE}{_TIME}", re.I)

# Labels that only furniture carries, wherever they stand.
_LABELLED = re.compile(
    r"^[\s\W]*(?:责任编辑|責任編輯|责编|責編|网络编辑|本文来源|本文來源|稿件来源|文章来源|信息来源|资料来源网|浏览次数|浏览量"
    r"|瀏覽次數|点击次数|点击率|點擊|阅读次数|访问量|访问次数|点击数|字号|字體|字体|【?字[体号]|打印本页|打印|列印|关闭窗口|关闭本页"
    r"|关闭|關閉|上一篇|下一篇|上一页|下一页|上一頁|下一頁|返回顶部|返回首页|回到頂端|扫一扫|掃一掃|扫码|微信扫|分享到|分享至|分享"
    r"|转载请注明|轉載請註明|版权所有|版權所有|版权声明|原标题|原標題|相关阅读|相關閱讀|相关新闻|相關新聞|相关链接|相关文章"
    r"|相关资讯|相關文章|相关稿件|延伸阅读|延伸閱讀|推荐阅读|推薦閱讀|更多精彩|热门推荐|您当前的位置|当前位置|您的位置"
    r"|您所在的位置|目前位置|所在位置|收藏本|我要纠错|纠错|主办单位|主辦單位|承办单位|技术支持|网站地图|網站地圖|联系我们|联系我們"
    r"|聯絡我們|隐私政策|.{0,6}ICP备|京公网安备)(?=[\W\d]|$|.{0,12}$)"
)
# Labels that prose can carry too: furniture only at the edges of the text, in short lines.
_EDGE_LABELLED = re.compile(
    r"^[\s\W]*(?:(?:发布|發布|發佈|发表|发文|更新|公布|刊登|上传|录入|张贴|刊載)?(?:时间|時間|日期|于)"
    r"|来源|來源|出处|出處|稿源|作者|编辑|編輯|文章编辑|记者|記者|供稿|审核|審核|校对|核稿|签发|编审|信息员|发布人|发布者|发布机构|发布单位|发布部门|發布單位|資料來源|标签|標籤"
    r"|关键词|關鍵字|关键字|主题词|分类|分類|栏目|点赞|评论|評論|人气)\s*[:：丨|｜]"
    r"|^[\s\W]*发表于"
)
_EDGE_ENGLISH = re.compile(
    r"^\W*(?:(?:first |originally )?(?:published|posted|updated|modified)(?: on| by| at|:|\s+\d)"
    r"|last (?:updated|modified|reviewed)|date:|source:|tags?:|topics?:|filed under"
    r"|categor(?:y|ies):|share (?:this|on)\b|share$|by:?\s+(?-i:[A-Z])|written by\b|posted in\b"
    r"|photo:|advertisement$|you (?:may|might) also like|more (?:from|on)\b|recommended\b"
    r"|related (?:articles?|posts?|stor(?:y|ies)|content|links|reading|topics|news)|read more\b"
    r"|leave a (?:comment|reply)|print$|email$|comments?\W*\d*$)",
    re.I,
)
_EDGE_ENDING = re.compile(
    r"[（(【\[]\s*(?:(?:责任)?编辑|責任編輯|责编|记者|供稿|来源|完)[^）)】\]]{0,30}[）)】\]]\s*$"
)
_RELATED = re.compile(
    r"^[\s\W]*(?:相关|相關|推荐|推薦|延伸|热门|熱門|更多|猜你|精彩|最新)"
    r"(?:阅读|閱讀|新闻|新聞|文章|链接|連結|資訊|资讯|推荐|喜欢|报道|稿件|内容|信息)"
    r"|^\W*(?:related|see also|more (?:from|on|stories|news)|you (?:may|might) also|recommended"
    r"|read next|latest|popular|trending|artículos relacionados)\b.{0,30}$",
    re.I,
)
_META_NAME = re.compile(
    r"(?:^|[\s_-])(?:\w*info|\w*meta|\w*date|\w*time|pub\w*|source|\w*byline|\w*author|dateline"
    r"|laiyuan|fabu\w*|pages-date)(?:$|[\s_-])"
)
# 记者：张三 is a byline, 记者：为什么？ is the first question of an interview.
_SENTENCE_END = re.compile("[。？！?!]")
_SHORT = 120
_NOT_WORD = re.compile(r"[\W_]+")


def is_related_heading(text: str) -> bool:
    """Tell the heading of a list of other articles."""
    return len(text) < 40 and _RELATED.search(text) is not None


def is_label_line(text: str) -> bool:
    """Tell a line that is furniture wherever it stands, such as ``（责任编辑：admin）``."""
    return len(text) < _SHORT and _LABELLED.search(text) is not None


def is_edge_line(block: Block) -> bool:
    """Tell a line that is furniture before or after the text: date, source, author, sharing."""
    text = block.text
    if len(text) > _SHORT:
        return False
    if _DATE_LINE.match(text) or is_label_line(text):
        return True
    if _EDGE_LABELLED.search(text) and not _SENTENCE_END.search(text):
        return True
    if _EDGE_ENGLISH.search(text) or (len(text) < 50 and _EDGE_ENDING.search(text)):
        return True
    dated = _LEADING_DATE.match(text)
    if dated and re.search(
        r"来源|來源|作者|浏览|瀏覽|阅读|source:|字体|字号|编辑", text[dated.end() :], re.I
    ):
        return True
    return bool(block.name and len(text) < 80 and _META_NAME.search(block.name))


def opens_with_clock(blocks: Sequence[Block]) -> bool:
    """Tell a text that opens with the time of day it was published at; an agenda has many."""
    return bool(blocks) and _is_clock(blocks[0]) and not any(map(_is_clock, blocks[1:]))


def _is_clock(block: Block) -> bool:
    return len(block.text) < 20 and _CLOCK.match(block.text) is not None


def same_title(text: str, title: str) -> bool:
    """Tell whether a line is the title again, whatever its punctuation, or with a date before."""
    wanted = _bare_title(title)
    if not wanted:
        return False
    return bare(text) == wanted or bare(_LEADING_DATE.sub("", text)) == wanted


def bare(text: str) -> str:
    """Return a text reduced to its letters and digits, lower case, for comparison of lines."""
    return _NOT_WORD.sub("", text).casefold()


_bare_title = functools.lru_cache(maxsize=1)(bare)  # compared with line after line
