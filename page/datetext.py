"""Dates as people and machines write them, in English and Chinese → ISO 8601."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata

FIRST_WEB_YEAR = 1990
_MINGUO = 1911  # year 1 of the Republic is 1912

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "jan january",
            "feb february",
            "mar march",
            "apr april",
            "may",
            "jun june",
            "jul july",
            "aug august",
            "sep sept september",
            "oct october",
            "nov november",
            "dec december",
        ),
        start=1,
    )
    for name in names.split()
}
_MONTH = "(" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_DIGITS = {char: value for value, char in enumerate("〇一二三四五六七八九")} | {
    "零": 0,
    "○": 0,
    "O": 0,
    "o": 0,
    "0": 0,
}
_NUMERAL = "[〇零○一二三四五六七八九十廿卅]"
_ANY = rf"(?:\d{{1,3}}|(?:{_NUMERAL}|百)+)"

_NUMERIC = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)")
_CHINESE = re.compile(r"(?<!\d)((?:19|20)\d\d)\s*年\s*(\d{1,2})\s*月(?:\s*(\d{1,2})\s*[日号號])?")
_YEAR_NUMERAL = f"[Oo0{_NUMERAL[1:]}"  # a letter or a digit is typed for the round zero: 二O二四年
_NUMERALS = re.compile(
    rf"({_YEAR_NUMERAL}{{4}})年({_NUMERAL}{{1,3}})月(?:({_NUMERAL}{{1,3}})[日号號])?"
)
_REPUBLIC = re.compile(
    rf"(?:中華民國|民國|民国)\s*({_ANY}|元)\s*年\s*({_ANY})\s*月(?:\s*({_ANY})\s*[日號号])?"
)
# Three digits cannot be a year of our own with its century left out, as 18-03-08 may be.
_REPUBLIC_SHORT = re.compile(
    r"^\s*(1\d\d)\s*(?:([-/.])\s*(\d{1,2})\s*\2\s*(\d{1,2})(?!\d)"
    r"|年\s*(\d{1,2})\s*月\s*(\d{1,2})\s*日)"
)
_DAY_OR_MONTH = re.compile(r"(?<!\d)(\d{1,2})([-/.])(\d{1,2})\2((?:19|20)\d\d)(?!\d)")
_MONTH_FIRST = re.compile(rf"\b{_MONTH}\s+(\d{{1,2}})(?:st|nd|rd|th)?,?\s+((?:19|20)\d\d)\b", re.I)
# As java.util.Date prints itself: Sat Jun 01 09:30:00 CST 2024.
_CLOCK_FIRST = re.compile(
    rf"\b{_MONTH}\s+(\d{{1,2}})\s+\d\d:\d\d:\d\d\s+(?:[A-Z]{{2,5}}\s+)?((?:19|20)\d\d)\b",
    re.I,
)
_DAY_FIRST = re.compile(
    rf"(?<!\d)(\d{{1,2}})(?:st|nd|rd|th)?(?:\s+of)?[\s-]+{_MONTH},?[\s-]+((?:19|20)\d\d)\b", re.I
)
_COMPACT = re.compile(r"^((?:19|20)\d\d)(\d\d)(\d\d)(?!\d)|^((?:19|20)\d\d)(\d\d)(\d\d)\d{4,6}$")
_YEAR_MONTH = re.compile(r"^((?:19|20)\d\d)[-/.](\d{1,2})$")
_YEAR = re.compile(r"^((?:19|20)\d\d)$")
_EPOCH = re.compile(r"^1\d{9}(?:\d{3})?$")


def read_date(text: str, within: int = 80) -> str:
    """Return the first date that begins in the first ``within`` characters, or ``""``.

    ``2024-06-01``, or ``2024-06`` where the text names no day. Impossible dates are none.
    Of the form 13/06/2024 only what can mean one day: 01/06/2024 means two, by country.
    """
    normal = unicodedata.normalize("NFKC", text.replace("〇", "零"))[: within + 40]
    found = [hit for read in _READERS if (hit := read(normal)) and hit[0] <= within]
    return min(found)[1] if found else ""


def read_republic(text: str) -> str:
    """Return the date that a text begins with in a short form of the Republic, or ``""``.

    These are 113-06-01 and 113年6月1日.
    """
    match = _REPUBLIC_SHORT.match(unicodedata.normalize("NFKC", text))
    if not match:
        return ""
    return iso(int(match[1]) + _MINGUO, int(match[3] or match[5]), int(match[4] or match[6]))


def read_stamp(text: str) -> str:
    """Return the date of a machine-written stamp (meta tag, JSON-LD, ``datetime``), or ``""``."""
    text = unicodedata.normalize("NFKC", text).strip()
    if match := _COMPACT.match(text):
        year, month, day = (part for part in match.groups() if part is not None)
        return iso(int(year), int(month), int(day))
    if match := _YEAR_MONTH.match(text):
        return iso(int(match.group(1)), int(match.group(2)))
    if match := _YEAR.match(text):
        return match.group(1)
    if _EPOCH.match(text):
        moment = dt.datetime.fromtimestamp(int(text[:10]), tz=dt.UTC)
        return moment.date().isoformat()
    return read_date(text, 40)


def iso(year: int, month: int, day: int | None = None) -> str:
    """Return an ISO date of a possible day or month, else ``""``."""
    try:
        date = dt.date(year, month, day or 1)
    except ValueError:
        return ""
    return date.isoformat() if day else f"{year:04d}-{month:02d}"


def numeral(text: str) -> int:
    """Return the value of a number below 1000, or of Chinese digits read one by one."""
    if text.isdecimal():
        return int(text)
    text = text.replace("廿", "二十").replace("卅", "三十").replace("元", "一")
    if "百" in text:
        hundreds, _, rest = text.partition("百")
        return _DIGITS.get(hundreds, 1) * 100 + numeral(rest)
    if "十" in text:
        tens, _, ones = text.partition("十")
        return (_DIGITS.get(tens, 1) if tens else 1) * 10 + (_DIGITS.get(ones, 0) if ones else 0)
    value = 0
    for char in text:
        value = value * 10 + _DIGITS.get(char, 0)
    return value


_Hit = tuple[int, str] | None


def _hit(match: re.Match[str], year: int, month: int, day: int | None) -> _Hit:
    date = iso(year, month, day)
    return (match.start(), date) if date else None


def _numeric(text: str) -> _Hit:
    match = _NUMERIC.search(text)
    return match and _hit(match, int(match[1]), int(match[3]), int(match[4]))


def _chinese(text: str) -> _Hit:
    match = _CHINESE.search(text)
    return match and _hit(match, int(match[1]), int(match[2]), int(match[3]) if match[3] else None)


def _numerals(text: str) -> _Hit:
    match = _NUMERALS.search(text)
    if not match or not 1900 < numeral(match[1]) < 2100:
        return None
    day = numeral(match[3]) if match[3] else None
    return _hit(match, numeral(match[1]), numeral(match[2]), day)


def _republic(text: str) -> _Hit:
    match = _REPUBLIC.search(text)
    if not match:
        return None
    day = numeral(match[3]) if match[3] else None
    return _hit(match, numeral(match[1]) + _MINGUO, numeral(match[2]), day)


def _day_or_month(text: str) -> _Hit:
    match = _DAY_OR_MONTH.search(text)
    if not match:
        return None
    less, more = sorted((int(match[1]), int(match[3])))
    return _hit(match, int(match[4]), less, more) if more > 12 or less == more else None


def _month_first(text: str) -> _Hit:
    match = _MONTH_FIRST.search(text) or _CLOCK_FIRST.search(text)
    return match and _hit(match, int(match[3]), _MONTHS[match[1].lower()], int(match[2]))


def _day_first(text: str) -> _Hit:
    match = _DAY_FIRST.search(text)
    return match and _hit(match, int(match[3]), _MONTHS[match[2].lower()], int(match[1]))


_READERS = (
    *(_numeric, _chinese, _numerals, _republic),
    *(_month_first, _day_first, _day_or_month),
)
