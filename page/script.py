"""Scripts: which writing systems a text uses, and whether its Chinese is Simplified or Traditional.

Script is decided before any statistics: measured, langdetect alone calls 数字政府 Korean and gets a
third of Traditional Chinese right, while script counts have precision and recall 1 for Chinese.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import numpy as np

from page.hanzi import variant_rows
from page.tally import ALL, BASIC, Table, kinds, listed, table, tally

_HAN = "\u3007\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff"
_KANA = "\u3041-\u30ff\u31f0-\u31ff\uff66-\uff9d"
_HANGUL = "\u1100-\u11ff\u3130-\u318f\uac00-\ud7a3"
_KANA_RUN = re.compile(f"[{_KANA}]+")
_HANGUL_RUN = re.compile(f"[{_HANGUL}]+")
_NOT_HAN = re.compile(f"[{_KANA}{_HANGUL}]")
_WIDE_RUN = re.compile(f"[{_HAN}{_KANA}{_HANGUL}]+")
WORD = re.compile(rf"[^\W\d_{_HAN}{_KANA}{_HANGUL}]+")
"""A word outside the three scripts that write without, or with other, spaces."""
_LINE = 64  # characters: below, patterns are faster than tables
_LETTERS = bytes(97 if chr(code).isascii() and chr(code).isalpha() else 32 for code in range(256))
"""Of ASCII, every letter as ``a`` and everything else as a space."""
_ADDRESS = re.compile(r"(?:https?://|www\.)[\x21-\x7e]+")

# Scripts that one language writes, as far as a crawl of English and Chinese sources can care.
_UNIQUE = {
    "th": "\u0e00-\u0e7f",
    "he": "\u0590-\u05ff",
    "el": "\u0370-\u03ff",
    "hy": "\u0530-\u058f",
    "ka": "\u10a0-\u10ff",
    "ta": "\u0b80-\u0bff",
    "te": "\u0c00-\u0c7f",
    "gu": "\u0a80-\u0aff",
    "pa": "\u0a00-\u0a7f",
    "bn": "\u0980-\u09ff",
    "lo": "\u0e80-\u0eff",
    "km": "\u1780-\u17ff",
    "my": "\u1000-\u109f",
    "bo": "\u0f00-\u0fff",
}
_UNIQUE_SCRIPTS = {lang: re.compile(f"[{chars}]") for lang, chars in _UNIQUE.items()}
_FOREIGN = re.compile("[\u0370-\u10ff\u1780-\u17ff]")
_NOTABLE = 0.12
"""Share of the rarer kind from which a text is mixed, and of kana from which Han is Japanese.
Chinese has の in a brand name now and then; Japanese has a third of kana and more."""


def mostly_wide(text: str) -> bool:
    """Tell whether a text is Chinese, Japanese or Korean, by letters.

    One Han character weighs four Latin letters: about half a word each.
    """
    wide, narrow = tally(text, _alphabets())
    return wide * 4 > narrow


@functools.cache
def _alphabets() -> Table:
    wide = re.compile("[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7a3\uf900-\ufaff]+")
    return table([wide, re.compile("[A-Za-z\u00c0-\u024f\u0400-\u04ff]+")], BASIC)


def without_addresses(text: str) -> str:
    """Return a text without the URLs written in it: they are in no language."""
    return _ADDRESS.sub(" ", text) if "://" in text or "www." in text else text


def weight(text: str) -> float:
    """Return how much text there is, in words: a Han character, kana or syllable is half a word."""
    wide, words = counted(text)
    return wide / 2 + words


@functools.lru_cache(maxsize=1)  # a block is weighed for what it is and for what holds it
def counted(text: str) -> tuple[int, int]:
    """Return how many Han characters, kana and syllables there are, and how many other words."""
    if text.isascii():
        return 0, (" " + text).encode().translate(_LETTERS).count(b" a")
    if len(text) > _LINE:
        return counts([text])[0]
    rest, runs = _WIDE_RUN.subn(" ", text)
    return len(text) - len(rest) + runs, len(WORD.findall(rest))


def counts(lines: Sequence[str]) -> list[tuple[int, int]]:
    """Return what ``counted`` does for each of many lines, in a third of the time or less."""
    if not lines:
        return []
    found = kinds("\n".join((*lines, "")), _classes())
    letters = found == 1
    begins = letters.copy()
    begins[1:] &= ~letters[:-1]
    starts = np.cumsum([0, *(len(line) + 1 for line in lines[:-1])])
    wide = np.add.reduceat(found == 2, starts, dtype=np.int64)
    words = np.add.reduceat(begins, starts, dtype=np.int64)
    return list(zip(wide.tolist(), words.tolist(), strict=True))


@functools.cache
def _classes() -> Table:
    return table([WORD, _WIDE_RUN], ALL)


def east_asian(text: str, wide: int, words: int) -> str:
    """Return ``zh``, ``ja`` or ``ko`` if that is what a text is written in, else ``""``.

    ``wide`` and ``words`` are what was counted in it. An English phrase in a Chinese sentence
    leaves it Chinese, and a Chinese name in an English one leaves that English: there must be a
    Han character for every word, a third of the weight.
    """
    if not wide or wide < words:
        return ""
    if not _NOT_HAN.search(text):
        return "zh"
    kana, hangul = (sum(map(len, run.findall(text))) for run in (_KANA_RUN, _HANGUL_RUN))
    han = wide - kana - hangul
    if kana and kana >= _NOTABLE * (han + kana):
        return "ja"
    return "ko" if hangul > han else "zh"


def unique_script(text: str) -> str:
    """Return the language of a script that only one language uses, else ``""``."""
    if text.isascii():
        return ""
    letters = len(_FOREIGN.findall(text))
    if not letters or letters * 2 < sum(map(len, WORD.findall(text))):
        return ""
    counts = {lang: len(chars.findall(text)) for lang, chars in _UNIQUE_SCRIPTS.items()}
    best = max(counts, key=lambda lang: counts[lang])
    return best if counts[best] * 2 > letters else ""


def chinese_script(text: str) -> str:
    """Return ``hans``, ``hant``, ``mixed``, or ``""`` when no character tells.

    Counts characters that only one of the two scripts uses, after OpenCC's tables; only where
    there are none, those that one of the two uses more.
    """
    hans, hant = tally(text, _distinct())
    if not hans + hant:
        hans, hant = tally(text, _usual())
    if hans == hant:
        return "mixed" if hans else ""
    if min(hans, hant) > max(1, _NOTABLE * (hans + hant)):
        return "mixed"
    return "hans" if hans > hant else "hant"


@functools.cache
def _distinct() -> Table:
    """Characters that only Simplified, and that only Traditional writing uses."""
    simplified = {c for c, targets in variant_rows("STCharacters.txt") if c not in targets}
    traditional = {c for c, targets in variant_rows("TSCharacters.txt") if c not in targets}
    for name in ("TWVariants.txt", "HKVariants.txt"):
        # OpenCC's standard form is not Taiwan's: 群 is as Traditional as 羣.
        simplified -= {target for _, targets in variant_rows(name) for target in targets}
    return listed([simplified - traditional, traditional - simplified])


@functools.cache
def _usual() -> Table:
    """Characters that usually are one of the two, such as 后: rare in Traditional, not unknown."""
    simplified = {c for c, targets in variant_rows("STCharacters.txt") if c != targets[0]}
    traditional = {c for c, targets in variant_rows("TSCharacters.txt") if c != targets[0]}
    return listed([simplified - traditional, traditional - simplified])
