"""One date in the many ways in which sites write it."""

from __future__ import annotations

from datetime import UTC, date, datetime
from email.utils import format_datetime

_MONTHS = (
    *("January", "February", "March", "April", "May", "June"),
    *("July", "August", "September", "October", "November", "December"),
)
_REPUBLIC = 1911
"""Years of the Republic of China calendar count from 1912 as year one."""


def styles(iso: str) -> dict[str, str]:
    """Return every spelling of an ISO date by field name; all empty for an undated page."""
    if not iso:
        return dict.fromkeys(("iso", "zh_date", "gb_date", "roc_date", "us_date", "uk_date"), "")
    day = date.fromisoformat(iso)
    month = _MONTHS[day.month - 1]
    return {
        "iso": iso,
        "zh_date": f"{day.year}年{day.month}月{day.day}日",
        "gb_date": f"{day.year}年{day.month:02}月{day.day:02}日",
        "roc_date": f"民國{day.year - _REPUBLIC}年{day.month}月{day.day}日",
        "us_date": f"{month} {day.day}, {day.year}",
        "uk_date": f"{day.day} {month} {day.year}",
    }


def http_date(iso: str) -> str:
    """Return an ISO date as RFC 5322 with ``GMT``, for RSS and ``Last-Modified``."""
    return format_datetime(datetime.fromisoformat(iso).replace(tzinfo=UTC), usegmt=True)
