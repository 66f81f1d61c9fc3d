"""The words of this report."""

from __future__ import annotations

from page.model import PARAGRAPH
from report.model import Measurement
from report.render.blocks import Section, Terms
from report.render.say import Say

WORDS = (
    (
        "page",
        "页面",
        "One URL whose current version is stored, as far as it is an article with text in the"
        " language. A bilingual page is judged in each language on its own text in that language;"
        f" less than a tenth of a page counts from {PARAGRAPH['en']} characters of English or"
        f" {PARAGRAPH['zh']} of Chinese on, so that a quoted sentence makes no page.",
        "一个网址的现存版本，且为该语言的文章。双语页面按各语言自己的文本分别判断；不足全文十分之一的，"
        f"英文满{PARAGRAPH['en']}个字符、中文满{PARAGRAPH['zh']}字才计入，因此仅引一句话不算一页。",
    ),
    (
        "on topic",
        "与主题有关",
        "The title or text mentions a core concept of the topic, or at least two others. English"
        " terms match as phrases, singular and plural alike; Chinese terms match as strings,"
        " Traditional and Simplified alike.",
        "标题或正文提到一个核心概念，或至少两个其他概念。英文按词组匹配，不分单复数；"
        "中文按字串匹配，不分简繁。",
    ),
    (
        "work, reprint",
        "作品、转载",
        "A work is one text, however often it was put up: a cluster of near-duplicate pages. A"
        " reprint is a page of a work that is not its first.",
        "作品是一篇文本，无论刊登多少次，即一簇近似页面；转载是作品中首发页面以外的页面。",
    ),
    (
        "coverage",
        "覆盖率",
        "The share of the existing works that the corpus has, by the audit.",
        "由核查得出的、语料已收录的现有作品比例。",
    ),
    (
        "audit",
        "核查",
        "A sample of pages that the crawl did not choose, drawn with known chances and fetched"
        " apart, to see which of them the corpus already had.",
        "不由抓取选定、按已知概率抽取并单独读取的页面样本，用来查看语料已收录其中哪些。",
    ),
    (
        "route",
        "途径",
        "How a URL was found: a source’s home page, links, a sitemap, a feed, a search service, an"
        " archive. One URL may have several.",
        "网址被发现的方式：来源首页、链接、站点地图、订阅源、搜索服务、存档。一个网址可有多条途径。",
    ),
    (
        "frame",
        "可及范围",
        "The part of the web that the routes can reach. Everything here is of the frame, or less.",
        "各途径所能到达的那部分网络。本报告所述均限于此范围。",
    ),
    (
        "95 % interval",
        "95%区间",
        "Made so that, over many such measurements, about 95 in 100 hold the true value.",
        "照此方法多次测量，约每100次有95次包含真值。",
    ),
    (
        "log₂",
        "log₂",
        "A ratio as powers of two: +1 is twice as many in Chinese, −1 twice as many in English, 0"
        " is equal.",
        "以2的幂表示的比值：+1表示中文是英文的两倍，−1表示英文是中文的两倍，0表示相等。",
    ),
    (
        "undated",
        "日期不详",
        "No date of publication could be read with a reason to believe it.",
        "读不出可信的发布日期。",
    ),
    (
        "discovered",
        "已发现",
        "Every URL that the crawl has ever seen: discovered = stored + failed + skipped + gone +"
        " pending. Stored URLs include sitemaps and feeds, which are not pages.",
        "抓取中见到的全部网址：已发现＝已存＋失败＋略过＋已失效＋待取。已存网址包括站点地图和订阅源，"
        "它们不算页面。",
    ),
)


def section(m: Measurement, say: Say) -> Section:
    """Return the glossary."""
    items = tuple((say(en, zh), say(means, means_zh)) for en, zh, means, means_zh in WORDS)
    title = say("Glossary", "词语表")
    return Section("glossary", title, (Terms(items),), title)
