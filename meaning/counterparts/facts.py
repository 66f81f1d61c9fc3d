"""What two texts about the same thing share in any language: numbers, dates and names."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from index.analysis.unit import normal
from index.crossing import EMPTY
from index.dictionary import dictionary

READ = 6000
"""Characters of a text that are read: what a lead does not say may stand further down."""
MOST_NAMES = 12
PLAUSIBLE = 0.5  # a name's translation by CC-CEDICT; below, it is one word of a gloss

_NUMBER = re.compile(r"(?<![a-z0-9.])\d[\d,]*(?:\.\d+)?")
_SCALED_EN = re.compile(r"(\d[\d,]*(?:\.\d+)?)[\s-]*(thousand|million|billion|trillion)")
_SCALED_ZH = re.compile(r"(\d[\d,]*(?:\.\d+)?)\s*([万亿])(亿?)")
_HAN_YEAR = re.compile(r"[〇零一二三四五六七八九]{4}(?=年)")
_HAN = {character: str(value) for value, character in enumerate("零一二三四五六七八九")} | {
    "〇": "0"
}
_SCALE = {"thousand": 1e3, "million": 1e6, "billion": 1e9, "trillion": 1e12, "万": 1e4, "亿": 1e8}
_MONTHS = "january february march april may june july august september october november december"
_MONTH = re.compile(rf"\b({'|'.join(_MONTHS.split())})\b(?=[\s,.]*\d)")
_LATIN = re.compile(r"[a-z][a-z0-9.&'’-]*[a-z0-9]")
_NAME = re.compile(
    r"(?<![.!?:“\"(]\s)(?<!^)\b[A-Z][a-zA-Z’'-]{2,}(?:\s[A-Z][a-zA-Z’'-]{2,})?", re.M
)


@dataclass(frozen=True, slots=True)
class Shared:
    """What two texts share, and how much of what they could share that is.

    ``numbers`` and ``names`` are as the English text has them; ``share`` is shared numbers of
    those of the side with fewer, in [0, 1]; None where a side has none.
    """

    numbers: tuple[str, ...]
    names: tuple[str, ...]
    share: float | None

    @property
    def count(self) -> int:
        """How many numbers and names agree."""
        return len(self.numbers) + len(self.names)


def numbers(text: str) -> frozenset[str]:
    """Return a text's numbers of two digits and more, years and scaled ones (150万) included.

    >>> sorted(numbers("二〇二一年, 1.5 million, 150万 and 7"))
    ['1500000', '2021']
    """
    plain = normal(text[:READ])
    plain = _HAN_YEAR.sub(lambda match: "".join(_HAN[c] for c in match[0]), plain)
    found = set()
    for pattern in (_SCALED_EN, _SCALED_ZH):
        for match in pattern.finditer(plain):
            factor = _SCALE[match[2]] * (1e8 if match.lastindex == 3 and match[3] else 1)
            found.add(f"{float(_plain(match[1])) * factor:.10g}")
        plain = pattern.sub(" ", plain)
    found |= {_plain(match[0]) for match in _NUMBER.finditer(plain)}
    months = {str(_MONTHS.split().index(m[1]) + 1) for m in _MONTH.finditer(plain)}
    return frozenset(number for number in found | months if len(number) > 1)


def shared(english: str, chinese: str) -> Shared:
    """Return what an English and a Chinese text share."""
    ours, theirs = numbers(english), numbers(chinese)
    both = ours & theirs
    least = min(len(ours), len(theirs))
    named = tuple(_names(english[:READ], normal(chinese[:READ])))
    return Shared(tuple(sorted(both)), named, len(both) / least if least else None)


def _names(english: str, chinese: str) -> Iterable[str]:
    """English names that the Chinese text has, in Latin letters or as CC-CEDICT has them."""
    latin = set(_LATIN.findall(chinese))
    seen: set[str] = set()
    for match in _NAME.finditer(english):
        name = match[0]
        words = [word for word in normal(name).split() if word not in seen | EMPTY]
        if not words or len(seen) > MOST_NAMES:
            continue
        seen.update(words)
        if any(word in latin for word in words) or _translated(name, chinese):
            yield name


def _translated(name: str, chinese: str) -> bool:
    return any(
        len(found.text) > 1 and found.plausible >= PLAUSIBLE and found.text in chinese
        for found in dictionary().to_chinese(name)
    )


def _plain(number: str) -> str:
    plain = number.replace(",", "")
    return plain.rstrip("0").rstrip(".") if "." in plain else plain
