"""Where a page says its text comes from: the ``来源：`` line beside the title."""

from __future__ import annotations

import re

from page.masthead import LINE, masthead
from page.outline import Outline

_SOURCE = re.compile(r"(?:来源|來源|稿源|出处|出處|(?<![A-Za-z])source)\s*[:：丨]\s*", re.I)
_END = re.compile(
    r"\s{2,}|[\u3000|｜【】\[\]（）()〔〕;；]|\s*(?:作者|责任编辑|責任編輯|责编|编辑|編輯|记者|时间|時間|日期|发布|發布|浏览|瀏覽|点击"
    r"|字体|字號|字号|打印|分享|阅读|source)\s*[:：]?|\s+\d{4}\s*[-年/.]|\s+\d+\s*$",
    re.I,
)
_MAX = 60


def origin(outline: Outline, title: str) -> str:
    """Return the named source of a page's text, or ``""``."""
    for block in masthead(outline, title):
        match = _SOURCE.search(block.text[:LINE])
        if match:
            rest = block.text[match.end() :]
            return _END.split(rest, maxsplit=1)[0].strip(" :：,，。")[:_MAX]
    return ""
