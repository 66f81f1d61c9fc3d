"""What is wrong, in Chinese: the messages that queries, indexes and the store have in English.

They are made where nobody knows who reads them, so they are told by their wording here. One that is
not in the table stays in English, and is marked as English.
"""

from __future__ import annotations

import re
from typing import NamedTuple

_QUOTED = "['\"](.*)['\"]"
_NAMES = {
    "kind": "来源类型",
    "region": "地区",
    "script": "字形",
    "mode": "跨语言方式",
    "ui": "界面语言",
    "concept": "概念",
}
_WORD = "若要搜索这个词本身，请加引号"
_ADVICE = {
    "make room or choose a folder that can be written, then run this again": (
        "请腾出空间，或换一个可写的文件夹，然后重试"
    ),
    "another process is writing it; wait until it has finished, then run this again": (
        "另一个进程正在写入，请等它结束后重试"
    ),
    "restore it from a copy or move it away": "请用备份恢复，或把它移走",
}
_TABLE: tuple[tuple[str, str], ...] = (
    # Queries: index.grammar, index.query, index.leaves, index.budget, index.compiler.
    ("it is empty; give a word or a phrase", "查询是空的；请输入词语或短语"),
    (r"(\d+) characters are too many; (\d+) are the most", "{0}个字符太多；最多{1}个"),
    ("this quotation mark is not closed", "这个引号没有闭合"),
    ("this parenthesis was never opened", "这个右括号没有对应的左括号"),
    ("this parenthesis is not closed", "这个括号没有闭合"),
    (r"parentheses are more than (\d+) deep", "括号嵌套超过{0}层"),
    ("there is nothing between these parentheses", "括号里没有内容"),
    (r"(\w+) needs something after it; put it in .*", f"{{0}} 后面需要有内容；{_WORD}"),
    (r"(\w+) needs something before it; put it in .*", f"{{0}} 前面需要有内容；{_WORD}"),
    ("NOT twice", "连用了两个 NOT"),
    (
        "(.+) needs a word or a phrase right after it, without a space",
        "{0} 后面须紧跟词语或短语，中间不能有空格",
    ),
    ("nothing to search for in it", "没有可搜索的内容"),
    (
        "nothing to search for in it: no letter, digit or character",
        "没有可搜索的内容：其中没有字母、数字或汉字",
    ),
    (
        "NOT needs something beside it to exclude from, as in: cities NOT smart",
        "NOT 旁边须有可供排除的内容，例如：城市 NOT 智慧",
    ),
    (r"(\d+) words with \* or ~ are the most in one query", "一次查询中带 * 或 ~ 的词最多{0}个"),
    (
        r"(.+) and what is before it are more than (\d+) phrases to look for",
        "{0} 连同它前面的内容，要查找的短语超过{1}个",
    ),
    (r"(\d+) words can be at most (\d+) apart", "{0}个词之间最多可相隔{1}个词"),
    (r"(\d+) words are too many to be near each other", "{0}个词太多，不能按相近查找"),
    (r"(\w+): takes a whole value, without \*", "{0}: 须写完整的值，不能用 *"),
    (r"~(\d+): one or two mistakes can .*", "~{0}：只能容许错一两个字母，例如 word~1"),
    (
        r"(.+?)(\*|~\d*) is more than one word; .* belongs to one",
        "{0}{1} 不止一个词；{1} 只能用于一个词",
    ),
    (r"(.+) stands for over (\d+) words here; .*", "{0} 在此可代表{1}个以上的词；请多写几个字母"),
    (
        "concept: is asked in the topic's words; it cannot be asked literally",
        "concept: 按主题词表查询，不能按原样查询",
    ),
    (f"no concept is called {_QUOTED}; the topic has (.+)", "没有名为“{0}”的概念；本主题有 {1}"),
    (rf"no (\w+) is called {_QUOTED}; there are (.+)", "没有名为“{1}”的{name}；可用的有 {2}"),
    (f"{_QUOTED} is no host or domain; .*", "“{0}”不是主机名或域名；写法如 site:gov.cn"),
    (
        f"{_QUOTED} is no date; write (.+) or a range such as (.+)",
        "“{0}”不是日期；写法如 {1}，或 {2}",
    ),
    (f"{_QUOTED} is no date; write (.+) or (.+)", "“{0}”不是日期；写法如 {1} 或 {2}"),
    (r"(\S+) is later than (\S+)", "{0} 晚于 {1}"),
    (
        f"no page is stored at {_QUOTED}; give the URL of one that is",
        "没有收录网址为“{0}”的页面；请给出已收录页面的网址",
    ),
    # Addresses: web.asking, web.app, web.evidence, web.guard.
    (rf"there is no page {_QUOTED}; there are 1 to (\d+)", "没有第“{0}”页；只有第1至{1}页"),
    (r"no page has the number (\d+)", "没有编号为{0}的页面"),
    (r"there is no version (.*); there are (\d+)", "没有版本“{0}”；共有{1}个版本"),
    ("there is no such file", "没有这个文件"),
    ("The requested URL was not found on the server.*", "这里没有这个网址。"),
    ("no raw response is kept for this page", "此页未保存原始响应"),
    ("(warc/.+) is not there any more", "{0} 已不存在"),
    (
        "(warc/.+) cannot be read .*; run `duizhao verify`",
        "{0} 无法读取；请运行 duizhao verify 检查",
    ),
    ("the record is another page's: (.+)", "该记录属于另一个页面：{0}"),
    (
        "this page answers only to localhost, .*",
        "本页只接受以 localhost、127.0.0.1 和 [::1] 访问",
    ),
    ("this page only shows; it takes nothing", "本页只供查看，不接收内容"),
    ("another site's page may link to this one, and nothing else", "其他网站只能链接到本页"),
    # The store and the indexes.
    (r"the index is being made: ([\d,]+) pages? so far", "正在建立索引：已处理{0}页"),
    (
        "(.+): (.+) is writing the index; wait until it has finished, or stop it",
        "{0}：{1} 正在写入索引；请等它结束，或将其停止",
    ),
    (
        r"(.+) is updating the index, which is at revision (\d+) of (\d+); .*",
        "{0} 正在更新索引（{2} 次修订中的第 {1} 次）；之后的内容不在结果中",
    ),
    (
        r"the index is at revision (\d+) of (\d+), and its folder cannot be written; .*",
        "索引停在 {1} 次修订中的第 {0} 次，而其文件夹不可写；之后的内容不在结果中",
    ),
    (
        "answered by words alone: .*",
        "仅按词语作答：语义索引无法使用；可运行 duizhao index --rebuild",
    ),
    (
        "(.+): no pages here yet; .*",
        "{0}：这里还没有页面；请先运行 duizhao crawl，或用 --data 指定文件夹",
    ),
    (
        "(.+): no page in English or Chinese is stored yet; .*",
        "{0}：尚未存入英文或中文页面；请先运行 duizhao crawl",
    ),
    (r"(.+): cannot be used as a store \((.*)\); (.+)", "{0}：不能用作数据库（{1}）；{advice}"),
    (r"(.+): cannot be written \((.*)\); (.+)", "{0}：无法写入（{1}）；{advice}"),
    (
        "(.+): its newest changes are still in (.+), and cannot .*",
        "{0}：最新的改动还在 {1} 中，而这里不可写；请把文件夹复制到可写的地方，再用 --data 指定",
    ),
    (
        "(.+): an older Duizhao made it, and it cannot .*",
        "{0}：由旧版对照程序建立，而这里不可写，无法升级；请把文件夹复制到可写的地方",
    ),
    (
        r"(.+): schema (\d+) is newer than .*",
        "{0}：数据由更新版本的对照程序建立；请升级，数据未被改动",
    ),
)
_KNOWN = tuple((re.compile(pattern, re.DOTALL), said) for pattern, said in _TABLE)


class Said(NamedTuple):
    """A message and the language that it is in."""

    text: str
    lang: str


def said(message: str, ui: str) -> Said:
    """Return a message in Chinese where the page speaks it and the message is known."""
    if ui == "zh":
        for pattern, chinese in _KNOWN:
            if found := pattern.fullmatch(message):
                values = found.groups(default="")
                name = _NAMES.get(values[0], values[0]) if values else ""
                advice = _ADVICE.get(values[-1], values[-1]) if values else ""
                return Said(chinese.format(*values, name=name, advice=advice), "zh-Hans")
    return Said(message, "en")
