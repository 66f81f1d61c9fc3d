"""The trap: a calendar whose months link to the next and the one before, for ever."""

from __future__ import annotations

import calendar
import re
from urllib.parse import parse_qs, urlsplit

PATH = "/calendar"
FIRST = f"{PATH}?month=2024-05"
_MONTH = re.compile(r"^(\d{4})-(0[1-9]|1[0-2])$")


def month_page(target: str) -> str | None:
    """Return the page for ``/calendar?month=YYYY-MM``, or None for any other request target."""
    parts = urlsplit(target)
    match = _MONTH.match(parse_qs(parts.query).get("month", [""])[0])
    if parts.path != PATH or match is None:
        return None
    year, month = int(match[1]), int(match[2])
    return _page(year, month) if 1 <= year <= 9998 else None


def _page(year: int, month: int) -> str:
    title = f"活动日历 {year}年{month}月"
    return f"""<!DOCTYPE html>
<html lang="zh-CN"><head><meta charset="utf-8"><title>{title}</title></head>
<body><h1>{title}</h1>
<p><a href="{_link(year, month, -1)}">上个月</a> <a href="{_link(year, month, 1)}">下个月</a></p>
<table>{_rows(year, month)}</table>
<p><a href="/">返回首页</a></p></body></html>
"""


def _link(year: int, month: int, step: int) -> str:
    years, months = divmod(year * 12 + month - 1 + step, 12)
    return f"{PATH}?month={years:04}-{months + 1:02}"


def _rows(year: int, month: int) -> str:
    weeks = calendar.monthcalendar(year, month)
    return "".join(
        "<tr>" + "".join(f"<td>{day or ''}</td>" for day in week) + "</tr>" for week in weeks
    )
