"""The report's two tongues: every sentence stands in the code twice, side by side.

So that none is forgotten, there is no way to say something in one language only.
"""

from __future__ import annotations

import math
from dataclasses import dataclass

from markupsafe import Markup, escape

from report.render.inert import plain

PERCENT = "\xa0%"
HTML_LANG = {"en": "en", "zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Say:
    """Says things in one tongue: ``say("Works", "作品")``."""

    tongue: str = "en"

    def __call__(self, en: str, zh: str, /, **values: object) -> str:
        """Return the sentence in this tongue, ``{names}`` replaced by values."""
        sentence = zh if self.tongue == "zh" else en
        return sentence.format(**values) if values else sentence

    def rich(self, en: str, zh: str, /, **values: object) -> Markup:
        """Return a sentence with markup of our own; every value is made plain and escaped."""
        sentence = Markup(zh if self.tongue == "zh" else en)  # noqa: S704  # our own words
        return sentence.format(**{name: safe(value) for name, value in values.items()})

    def many(self, n: int, one: str, more: str, zh: str) -> str:
        """Return a count with its noun, in English of one or of more.

        >>> Say().many(1, "{n} reprint", "{n} reprints", "转载{n}次")
        '1 reprint'
        """
        return self(one if n == 1 else more, zh, n=f"{n:,}")

    def lang(self, lang: str) -> str:
        """Return the name of ``en`` or ``zh``; other languages have their codes."""
        names = {
            "en": ("English", "英文"),
            "zh": ("Chinese", "中文"),
            "unknown": ("unknown", "无法判断"),
        }
        return self(*names[lang]) if lang in names else lang

    def label(self, en: str, zh: str) -> str:
        """Return a thing's own name in this tongue, in the other where it has none."""
        return (zh or en) if self.tongue == "zh" else (en or zh)

    def percent(self, share: float | None) -> str:
        r"""Return a share in percent, or a dash where there is none; only all is 100, only none 0.

        The space before % is one at which no line is broken.

        >>> Say().percent(0.125), Say("zh").percent(0.004), Say().percent(0.998)
        ('13\xa0%', '<1%', '>99\xa0%')
        """
        if share is None:
            return "–"
        if 0 < share < 0.01:
            words = "<1"
        elif 0.99 < share < 1:
            words = ">99"
        else:  # half a percent goes up, as readers round; a binary fraction lies just beside it
            words = str(math.floor(100 * share + 0.5 + 1e-9))
        return words + ("%" if self.tongue == "zh" else PERCENT)

    def limits(self, low: float, high: float) -> str:
        r"""Return both ends of an interval of shares.

        >>> Say().limits(0.1, 0.256), Say("zh").limits(0.0, 0.004)
        ('10–26\xa0%', '0至<1%')
        """
        first, last = self.percent(low).rstrip(PERCENT), self.percent(high)
        if first.isdecimal() and last[0].isdecimal():
            return f"{first}–{last}"
        return self("{a} to {b}", "{a}至{b}", a=first, b=last)

    @property
    def html_lang(self) -> str:
        """The BCP 47 tag of this tongue."""
        return HTML_LANG[self.tongue]


def safe(value: object) -> Markup:
    """Return a value as it may stand in HTML: our own markup as it is, all else plain."""
    if isinstance(value, Markup):
        return value
    return escape(plain(value) if isinstance(value, str) else value)


def number(value: int) -> str:
    """Return a count with its thousands apart."""
    return f"{value:,}"


def whole(value: float) -> str:
    """Return a number without its fraction, a half upwards, thousands apart.

    >>> whole(32.5), whole(47.5), whole(1234.4)
    ('33', '48', '1,234')
    """
    return f"{math.floor(value + 0.5):,}"


def times(log2: float) -> str:
    """Return a log2 ratio as a factor of at least 1, to two digits: 1.585 → 3.0, -1 → 2.0.

    >>> times(1.585), times(-1.0), times(6.7), times(0.02)
    ('3.0', '2.0', '104', '1.01')
    """
    factor = 2.0 ** abs(log2)
    if factor >= 10:
        return f"{factor:,.0f}"
    return f"{factor:.2f}" if factor < 1.1 else f"{factor:.1f}"


def at_least(log2: float) -> str:
    """Return a log2 ratio as a factor that it does not fall short of, in the digits of ``times``.

    >>> at_least(0.97), times(0.97), at_least(6.7), at_least(0.004)
    ('1.9', '2.0', '103', '1.00')
    """
    factor = 2.0**log2
    step = 1 if factor >= 10 else 0.1 if factor >= 1.1 else 0.01
    return times(math.log2(max(1.0, math.floor(factor / step + 1e-9) * step)))


def signed(value: float | None, digits: int = 1) -> str:
    """Return a number with its sign, or a dash where it was refused."""
    if value is None:
        return "–"
    if value in (float("inf"), float("-inf")):
        return "∞" if value > 0 else "−∞"
    rounded = f"{value:+.{digits}f}"
    return rounded.replace("-", "−") if float(rounded) else f"{0:.{digits}f}"
