"""What the store's short words mean, in a reader's words, in both tongues.

Unknown words stand for themselves: a new reason shows before it is named here.
"""

from __future__ import annotations

from report.render.say import Say

Words = dict[str, tuple[str, str]]

STATES: Words = {
    "stored": (
        "fetched and kept, sitemaps and feeds included",
        "已读取并保存（含站点地图和订阅源）",
    ),
    "failed": ("tried, and given up", "尝试后放弃"),
    "skipped": ("left out on purpose", "有意略过"),
    "gone": ("the site says it no longer exists", "网站称已不存在"),
    "pending": ("found, but not fetched yet", "已发现，尚未读取"),
}
STATES_ZH = {
    "stored": "已存",
    "failed": "失败",
    "skipped": "略过",
    "gone": "已失效",
    "pending": "待取",
}

REASONS: Words = {
    "address": ("not a public address", "不是公网地址"),
    "connection": ("connection failed", "连接失败"),
    "depth": ("deeper than the crawl goes", "超出抓取深度"),
    "dns": ("host name not found, or IPv6 only", "找不到主机名，或仅有 IPv6"),
    "empty": ("empty answer", "空白回应"),
    "feed": ("a feed, not a page", "订阅源，不是页面"),
    "http_404": ("not found (404)", "未找到（404）"),
    "http_410": ("removed (410)", "已移除（410）"),
    "http_429": ("asked to slow down (429)", "被要求减速（429）"),
    "http_403": ("access denied (403)", "拒绝访问（403）"),
    "no_sitemap": ("a site that names no sitemap has none", "未列出站点地图的网站确实没有"),
    "noindex": ("the page asks not to be indexed", "页面要求不收录"),
    "not_a_listing": ("neither a sitemap nor a feed", "既非站点地图也非订阅源"),
    "not_drawn": ("not part of the audit's draw", "不在核查样本之内"),
    "offsite": ("outside the configured sources", "不属于所配置的来源"),
    "pattern": ("excluded by its source's patterns", "被来源的规则排除"),
    "redirect": ("leads to another URL", "跳转到另一网址"),
    "redirect_limit": ("too many redirects in a row", "连续跳转过多"),
    "redirect_loop": ("redirects to itself", "跳转到自身"),
    "refused": ("connection refused", "连接被拒"),
    "robots": ("forbidden by robots.txt", "robots.txt 禁止"),
    "robots_unreachable": ("robots.txt could not be read", "无法读取 robots.txt"),
    "scheme": ("not http or https", "不是 http 或 https"),
    "sitemap_limit": ("one sitemap or feed too many", "站点地图或订阅源过多"),
    "sitemap": ("a sitemap, not a page", "站点地图，不是页面"),
    "soft_404": ("the page says it is not there", "页面自称不存在"),
    "timeout": ("no answer in time", "超时无回应"),
    "too_large": ("larger than the limit", "超过大小限额"),
    "trap": ("looks like an endless series of URLs", "疑似无穷无尽的网址"),
    "truncated": ("answer cut short", "回应被截断"),
    "type": ("not a web page, by its name", "从名称看不是网页"),
}

REFUSALS: Words = {
    **REASONS,
    "bad_key": ("the key was not accepted", "密钥未被接受"),
    "engines": ("none of its engines answered", "其所有引擎均无回应"),
    "expired": ("the day was over", "当日已过"),
    "html": ("it answered with a web page", "返回的是网页"),
    "no_key": ("it takes a key, and none was given", "需要密钥而未提供"),
    "not asked": ("not asked", "未查询"),
    "not_json": ("its answer could not be read", "回应无法解读"),
    "query": ("it did not take the query", "不接受该查询"),
    "rate_limit": ("it asked to be left alone", "要求降低查询频率"),
}
"""Why a search service claimed no number."""

DOUBTS: Words = {
    "undated": ("no publication date could be read", "读不出发布日期"),
    "date_uncertain": ("publication date read with low confidence", "发布日期把握不大"),
    "language_uncertain": ("language recognised with low confidence", "语言识别把握不大"),
    "region_uncertain": (
        "region told from the page's host and script alone",
        "地区仅由主机名和简繁体推断",
    ),
    "charset_suspect": ("character encoding may be wrong", "字符编码可能有误"),
    "extraction_empty": ("no main text was found", "未找到正文"),
    "no_text": ("a PDF of images, without text", "图像PDF，没有文本"),
    "pdf_damaged": ("a PDF that could not be read in whole", "无法完整读取的PDF"),
    "pdf_encrypted": ("a PDF that asks for a password", "需要密码的PDF"),
    "truncated": ("page was cut at a limit", "页面在限额处被截断"),
}

LIMITS: Words = {
    "max_pages": ("pages a run", "每次抓取的页面数"),
    "max_pages_per_source": ("pages a source", "每个来源的页面数"),
    "max_depth": ("depth", "深度"),
    "max_listings": ("a source's sitemaps and feeds", "来源的站点地图和订阅源数"),
    "max_listed": ("addresses in a source's sitemaps", "来源站点地图中的地址数"),
    "balanced": ("equal effort for each language", "各语言投入均等"),
}

OUTCOMES: Words = {
    "finished": ("finished: nothing was left to fetch", "完成：没有剩余"),
    "stopped": ("stopped by hand", "人工停止"),
    "limit": ("ended at a limit", "触及限额而结束"),
    "killed": ("killed before its end", "中途被终止"),
    "running": ("still running", "仍在进行"),
}


def said(words: Words, word: str, say: Say) -> str:
    """Return what a word means, or the word."""
    if word.startswith("type:"):
        kind = word.removeprefix("type:")
        return say("not a web page: {kind}", "不是网页：{kind}", kind=kind)
    if word not in words and word.startswith("http_"):
        status = word.removeprefix("http_")
        return say("answered with status {status}", "回应状态码{status}", status=status)
    return say(*words[word]) if word in words else word
