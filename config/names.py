"""The names a configuration may use: of languages, kinds of source, regions, engines, steps.

And what a reader of Chinese is shown for those of them that are shown.
"""

from __future__ import annotations

KINDS = (
    "government",
    "party",
    "state media",
    "press",
    "think tank",
    "academic",
    "international body",
    "company",
    "blog",
)
UNKNOWN = "unknown"
"""The kind of a page whose host no source names; ``KINDS`` are those a source may have."""
ALL_KINDS = (*KINDS, UNKNOWN)
REGIONS = ("mainland", "Taiwan", "Hong Kong", "Macau", "Singapore", "other")
IN_CHINESE = {
    "government": "政府",
    "party": "党组织",
    "state media": "官方媒体",
    "press": "新闻媒体",
    "think tank": "智库",
    "academic": "学术",
    "international body": "国际组织",
    "company": "企业",
    "blog": "博客",
    UNKNOWN: "无法判断",
    "mainland": "中国大陆",
    "Taiwan": "台湾",
    "Hong Kong": "香港",
    "Macau": "澳门",
    "Singapore": "新加坡",
    "other": "其他",
}
"""Kinds and regions, for readers of Chinese."""
LANGUAGES = ("en", "zh")
STEPS = ("crawl", "index", "explained", "counterparts", "meaning", "report", "audit")
"""What a scheduled job can do: commands of ``duizhao``."""
ENGINES = ("tantivy", "whoosh")
