"""The names a configuration may use: of languages, kinds of source, regions, engines, steps."""

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
LANGUAGES = ("en", "zh")
STEPS = ("crawl", "index", "report", "audit")
"""What a scheduled job can do: commands of ``duizhao``."""
ENGINES = ("tantivy", "whoosh")
