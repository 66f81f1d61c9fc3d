"""Pages that say they are not there, sent with a status that says they are ("soft 404").

A wrong yes loses a page, a wrong no keeps a few words of no topic: so the title must say it whole,
above next to no text, or the text must say it and nothing else but what such pages advise.
"""

from __future__ import annotations

import re

from page.furniture import bare, is_label_line
from page.script import weight

_LITTLE = 60.0
"""Words, two Han characters each, below a title that says it: what a portal's footer comes to."""
_BRIEF = 40.0  # words of a text that must say it by itself
_LONGEST = 100  # characters of a line that says it
_PIECES = re.compile(r"\s*[_|｜]\s*|\s+[-–—·»]+\s+")  # a site's name may stand before or after
# All of these are met without spaces, marks and capitals.
_SORRY = (
    "(?:(?:很|非常|十分)?(?:对不起|對不起|抱歉|遗憾|遺憾)|不好意思|(?:温馨|溫馨|系统|系統|友情)?提示(?:信息)?"
    "|出错[啦了]?|錯誤|错误|哎呀|啊哦|oops|whoops|uhoh|sorry|error|status|httpstatus|404)*+"
)
_ASKED = (
    "(?:[您你]?(?:当前|目前|所|要|想|正在|刚刚|尝试)*"
    "(?:访问|訪問|浏览|瀏覽|查看|请求|請求|寻找|尋找|查找|查询|查詢|找|打开|打開|输入)的?)?"
)
_THING = (
    "(?:该|該|此|本|这个|這個|目标)?"
    "(?:页面|頁面|网页|網頁|文件|内容|內容|文章|资源|資源|栏目|链接|連結|地址|网址|網址|信息|資訊|稿件|新闻|新聞|url)"
    "(?:地址|链接|内容)?"
)
_VEIL = "(?:可能|已经|已經|已|暂时|并|並|似乎|或|都)*"
_NOWHERE = f"{_VEIL}(?:不存在|未找到|找不到|没有找到|沒有找到|没找到|无法找到|無法找到)[了啦]?"
_LOST = f"{_VEIL}(?:被?删除|被?刪除|被?移除|失效|过期|過期|走丢|丢失|消失|不见|不見|飞走)[了啦]?"
# Papers and notices expire, and say so: 文件已失效.
_PASSING = "(?:该|該|此|本)?(?:页面|頁面|网页|網頁|内容|內容|文章|资源|链接|連結|地址|网址|網址)"
_FIRST = f"(?:{_ASKED}{_THING}{_NOWHERE}|{_ASKED}{_PASSING}{_LOST})"
_CHINESE = (
    f"(?:{_FIRST}|(?:没有|沒有|未能|无法|無法|未)?(?:找到|找不到){_ASKED}{_THING})"
    f"(?:(?:或者?|可能)?(?:{_ASKED}{_THING})?(?:{_NOWHERE}|{_LOST}))*"
)
_PAGE = "(?:page|url|resource|file|article|document|content)"
_YOU = (
    "(?:(?:that)?you(?:are|re|were|have|ve)?"
    "(?:lookingfor|requested|askedfor|wanted|tryingto[a-z]{4,8}))?"
)
_ENGLISH = (
    f"(?:(?:the|this|that)?(?:requested)?{_PAGE}{_YOU}"
    "(?:(?:could|can)(?:not|nt|t)befound|(?:was|is)?(?:not|nt)found|(?:does|did)(?:not|nt)exist"
    "|nolongerexists?|isnolongeravailable|(?:has|have)been(?:deleted|removed))"
    f"|we(?:re)?(?:cant|cannot|couldnt|couldnot|(?:are|were)?unableto)findth(?:e|at|is){_PAGE}{_YOU}"
    "|notfound)(?:onthis(?:server|site|website))?"
)
_SAYS = re.compile(
    f"{_SORRY}(?:{_CHINESE}|{_ENGLISH}){_SORRY}(?:notfound)?"
    "|(?:error|页面)*404(?:error|错误|錯誤|页面?|頁面?)*"
)
_ADVICE = re.compile(
    r"\d{0,3}|back|home|homepage|(?:error|错误)?(?:404|code404)"
    "|(?:点击|點擊|请|請|马上|立即|自动|[您你]可以|\\d{1,2}秒[后後钟]*(?:将|会)?)*(?:自动)?"
    "(?:返回|回到|跳转|跳轉|刷新|联系|聯絡|检查|檢查|确认|核对|重新|尝试|搜索|前往).{0,40}"
    "|(?:建议|建議|如有|如果|可能(?:的)?原因|[您你]可以).{0,40}"
    "|(?:please|you(?:can|may|might|could)|try|check|return(?:to)?|goback|goto|gohome|backto|search|itmay"
    "|thepagemay|perhaps|ifyou|maybe|contact).{0,120}"
)


def is_missing(title: str, text: str) -> bool:
    """Tell a page that says of itself that what was asked for is not there."""
    if len(text) > 2_000:
        return False
    words = weight(text)
    if words <= _LITTLE and any(map(_says, [title, *_PIECES.split(title)])):
        return True
    lines = text.split("\n") if words <= _BRIEF else []
    return any(map(_says, lines)) and all(_says(line) or _is_stock(line) for line in lines)


def _says(line: str) -> bool:
    return len(line) <= _LONGEST and _SAYS.fullmatch(bare(line)) is not None


def _is_stock(line: str) -> bool:
    return is_label_line(line) or _ADVICE.fullmatch(bare(line)) is not None
