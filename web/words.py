"""The page's own words, in English and in Chinese."""

from __future__ import annotations

from collections.abc import Mapping

from config.names import IN_CHINESE

WORDS: Mapping[str, tuple[str, str]] = {
    "title": ("Duizhao 对照: two languages as one", "对照 Duizhao：中英文一起搜"),
    "name": ("Search both languages", "中英文一起搜索"),
    "skip": ("Skip to the results", "跳到结果"),
    "query": ("Search English and 中文", "搜索中文和英文"),
    "placeholder": (
        "digital government, 数字政府, “open data” …",
        "数字政府、digital government……",
    ),
    "search": ("Search", "搜索"),
    "other_ui": ("中文界面", "English interface"),
    "help": ("How to ask", "怎么提问"),
    "filters": ("Filters and how to cross languages", "筛选与跨语言方式"),
    "kind": ("Kind of source", "来源类型"),
    "region": ("Region", "地区"),
    "script": ("Chinese script", "简繁体"),
    "site": ("Site", "网站"),
    "site_hint": ("gov.cn, or several with spaces", "如 gov.cn，可用空格隔开多个"),
    "source": ("Source", "来源"),
    "since": ("Since", "起始日期"),
    "until": ("Until", "截止日期"),
    "date_hint": ("2024, 2024-06 or 2024-06-01", "2024、2024-06 或 2024-06-01"),
    "crossing": ("From one language to the other", "跨语言方式"),
    "mode_dictionary": ("topic’s terms, then dictionary", "主题词表，其余用词典"),
    "mode_terms": ("topic’s terms only", "只用主题词表"),
    "mode_literal": ("not at all: exactly as typed", "不翻译，按原样搜索"),
    "any": ("Any of the words will do", "含任一词即可"),
    "hubs": ("Lists of links too", "包括链接列表页"),
    "apply": ("Apply", "应用"),
    "clear": ("Clear filters", "清除筛选"),
    "narrowed": ("Filters in use", "已用筛选"),
    "remove": ("remove", "去掉"),
    "asked": ("Asked as", "实际查询"),
    "by_terms": ("by the topic’s terms", "按主题词表"),
    "by_dictionary": ("by dictionary, CC-CEDICT", "按词典 CC-CEDICT"),
    "as_typed": ("as typed", "按原样"),
    "as_written": ("as written, for want of a sure translation:", "没有可靠译法，按原样查询："),
    "no_term": ("no term of the topic in it: as typed", "不含主题词，按原样"),
    "telling": ("the words that tell what that page is about", "最能说明该页内容的词"),
    "pages": ("pages", "页"),
    "page_one": ("page", "页"),
    "by_year": ("Pages by year", "各年页数"),
    "same_scale": ("both columns on one scale", "两栏同一比例"),
    "as_table": ("as a table", "以表格显示"),
    "year": ("Year", "年份"),
    "undated": ("undated", "无日期"),
    "undated_out": ("undated pages that match are left out", "个匹配页无日期，未计入"),
    "no_dates": ("No match has a date.", "匹配的页面都没有日期。"),
    "by_source": ("Most by source", "来源排行"),
    "results": ("Results", "结果"),
    "nothing": ("No page matches.", "没有匹配的页面。"),
    "by_meaning": ("found by meaning alone, not counted", "仅按语义找到，不计入总数"),
    "with_meaning": (
        "words and meaning ranked together; ≈ was found by meaning alone and is not counted",
        "按词语与语义综合排序；标 ≈ 的仅按语义找到，不计入总数",
    ),
    "try_any": ("Try any of the words", "改为含任一词即可"),
    "did_you_mean": ("Did you mean", "您要找的是不是"),
    "no_title": ("(no title)", "（无标题）"),
    "hub": ("list of links", "链接列表"),
    "live": ("live page", "原网页"),
    "archived": ("archived copy", "存档原件"),
    "alike": ("pages like this", "相似页面"),
    "alike_to": ("Pages like", "与此页相似："),
    "previous": ("Previous", "上一页"),
    "next": ("Next", "下一页"),
    "page_number": ("Page", "第"),
    "pager": ("More results", "更多结果"),
    "no_more": ("No more pages in this language.", "该语言没有更多结果。"),
    "last_page": (
        "This is as far as the page goes; duizhao search --export writes every match to a file.",
        "网页只显示到这里；用 duizhao search --export 可把全部结果写入文件。",
    ),
    "holds": ("pages are indexed", "页已编入索引"),
    "concepts": ("Concepts of the topic", "主题概念"),
    "concepts_hint": (
        "Each is asked in every wording of both languages.",
        "每个概念都按两种语言的全部说法查询。",
    ),
    "back": ("Back to the results", "返回结果"),
    "text": ("Text", "正文"),
    "text_cut": ("The text is longer; this is its beginning.", "正文较长，此处只显示开头。"),
    "no_text": ("No text was found in this page.", "此页未能提取正文。"),
    "about": ("About this page", "关于此页"),
    "address": ("Address", "地址"),
    "date": ("Published", "发布日期"),
    "read_from": ("read from", "取自"),
    "confidence": ("confidence", "可信度"),
    "language": ("Language", "语言"),
    "fetched": ("Fetched", "抓取时间"),
    "seen_again": ("Seen unchanged", "最近核对无变化"),
    "found_in": ("Concepts in it", "涉及概念"),
    "named_origin": ("Says it comes from", "注明来源"),
    "flags": ("Warnings", "提示"),
    "hash": ("Content hash", "内容哈希"),
    "evidence": ("Evidence", "存档位置"),
    "no_evidence": ("no raw response was kept", "未保存原始响应"),
    "versions": ("Versions", "版本"),
    "current": ("current", "当前"),
    "characters": ("characters", "字符"),
    "older": ("This is an older version of the page.", "这是该页的旧版本。"),
    "hans": ("Simplified", "简体"),
    "hant": ("Traditional", "繁体"),
    "mixed": ("mixed", "简繁混用"),
    "en": ("English", "英文"),
    "zh": ("Chinese", "中文"),
    "error": ("That cannot be answered", "无法回答"),
    "bad_query": ("The query cannot be read", "查询语句有误"),
    "no_data": ("There is nothing to search yet", "还没有可搜索的内容"),
    "making": ("The index is being made", "正在建立索引"),
    "making_hint": (
        "This page looks again by itself in a few seconds.",
        "本页将在几秒后自动刷新。",
    ),
    "broken": ("The data cannot be used", "数据无法使用"),
    "bug": ("This is a bug in Duizhao", "对照程序出错"),
    "bug_hint": (
        "The terminal where duizhao serve runs shows where; please report it.",
        "运行 duizhao serve 的终端里有详情，请反馈。",
    ),
    "not_found": ("There is no such page here", "没有这个页面"),
    "refused": ("That is not allowed", "不允许这样访问"),
    "footer": (
        "Served to this machine alone. What is shown from the web is text; nothing in it runs.",
        "仅供本机访问。来自网络的内容一律显示为文本，不会运行。",
    ),
    "other": ("other", "其他"),
}
HELP: tuple[tuple[str, str, str], ...] = (  # what is typed, and what it does
    ("digital government", "all the words", "含全部词语"),
    ('"open data"', "a phrase; Chinese characters in a row are one", "短语；连写的汉字即短语"),
    ("cloud OR 云", "either; also AND, NOT and parentheses", "任一；另有 AND、NOT 和括号"),
    ("govern* · goverment~1", "a beginning · one letter wrong", "词的开头 · 容许错一个字母"),
    ('"cloud city"~5', "near each other", "彼此相距不远"),
    ("title:数字政府", "in the title", "在标题中"),
    ("site:gov.cn kind:press", "properties of the page", "页面属性"),
    ("date:2019..2022", "published then", "在此期间发布"),
    ("concept:smart-city", "a concept of the topic, in every wording", "主题概念的全部说法"),
)


def word(key: str, ui: str) -> str:
    """Return one of the page's own words."""
    return WORDS[key][ui == "zh"]


def value(text: str, ui: str) -> str:
    """Return a filter's value as the reader knows it."""
    if text in ("hans", "hant", "mixed"):
        return word(text, ui)
    return IN_CHINESE.get(text, text) if ui == "zh" else text
