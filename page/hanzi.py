"""Chinese characters: one comparison form, and which of the two scripts a text is written in.

The tables are OpenCC's dictionary files, as the package ``opencc-python-reimplemented`` ships them
(``opencc`` itself ships compiled ones only). Conversion here is by character, not by phrase: a
phrase table would turn the same string into different ones depending on its neighbours, and then a
term folded alone would no longer be found in a text folded whole.
"""

from __future__ import annotations

import functools
import re
import unicodedata
from importlib.util import find_spec
from pathlib import Path

OPENCC = "opencc-python-reimplemented"
"""The distribution that the tables come from."""


def variant_rows(name: str) -> list[tuple[str, list[str]]]:
    """Return the rows of one OpenCC dictionary: a character and its targets, best first."""
    text = (_opencc() / "dictionary" / name).read_text("utf-8")
    pairs = (line.split("\t", 1) for line in text.splitlines() if "\t" in line and line[0] != "#")
    return [(key, targets.split()) for key, targets in pairs]


@functools.cache
def _opencc() -> Path:
    found = find_spec("opencc")  # finding it is a tenth of importing it
    places = (found and found.submodule_search_locations) or []
    assert places, "opencc-python-reimplemented is a required package"
    return Path(places[0])


@functools.cache
def simplified_table() -> dict[int, str]:
    """Traditional → Simplified by single character, regional variants included."""
    table = {key: targets[0] for key, targets in variant_rows("TSCharacters.txt") if len(key) == 1}
    for name in ("TWVariantsRev.txt", "HKVariantsRev.txt"):
        for key, targets in variant_rows(name):
            # A variant leads to OpenCC's standard Traditional form, and that to Simplified.
            table.setdefault(key, table.get(targets[0], targets[0]))
    # 么 is Traditional for 幺 but also Simplified for 麼: what is someone's Simplified form stays.
    kept = set(table) - set(table.values())
    return {ord(key): table[key] for key in kept if len(key) == 1}


# Folding leaves these as they are, case apart, and they join no neighbour. Han outside this range
# and what TSCharacters.txt converts are looked up one by one.
_STABLE = "\x00-\x7f·—‘’“”、。《-】"
_HAN = "\u3400\u9fff"
# So frequent in Chinese that replacing each in the whole text beats looking at every one.
_FREQUENT = tuple((mark, unicodedata.normalize("NFKC", mark)) for mark in "，：；！？（）\u3000…")
_SHORT = 64  # characters; below, a table or a pattern costs more than it saves
_FEW = 100_000  # characters; getting these takes as long as folding so many without them
_JAMO = re.compile("[\u1100-\u11ff]")
_SELECTORS = re.compile("[\ufe00-\ufe0f]")  # marks that join nothing
_SCRIPTS = re.compile("[\U00010000-\U0001cfff]")  # of letters; some join, and all are rare


def fold(text: str) -> str:
    """Return the form in which texts are compared: NFKC, Simplified, case-folded, NFKC.

    Idempotent. Used on both sides of every comparison (index and query, fingerprint, concept
    match), so Traditional finds Simplified and full-width finds half-width. Not for display.
    """
    if text.isascii():
        return text.casefold()
    if len(text) < _SHORT or _few(len(text)):
        return fold_whole(text)
    return fold_quickly(text)


def fold_quickly(text: str) -> str:
    """Return what ``fold`` does: by a table, where each character folds to one; most texts."""
    from page.single import folded_by_table  # numpy is 24 MB that a search has no use for

    found = folded_by_table(text.replace("…", "..."))
    return _by_pattern(text) if found is None else found


def _by_pattern(text: str) -> str:
    """Return what ``fold`` does, by a pattern of all that may change."""
    try:
        quick = text
        for mark, folded in _FREQUENT:
            quick = quick.replace(mark, folded)
        # Split, map, join: a fifth of the time of calling a function for each match.
        pieces = _changing().split(quick)
        pieces[1::2] = map(_FOLDED.__getitem__, pieces[1::2])
        return _without_marks_astray("".join(pieces).casefold())
    except _Joining:
        return fold_whole(text)


def fold_whole(text: str) -> str:
    """Return what ``fold`` does, by its definition: ten times as slow on Simplified text."""
    return _without_marks_astray(_without_case(text).casefold())


def _without_marks_astray(folded: str) -> str:
    """Normalize once more: casefold takes letters apart, İ into an i and a mark that others order
    themselves by (Unicode 3.13, NFKC_Casefold)."""
    return unicodedata.normalize("NFKC", folded)


def _without_case(text: str) -> str:
    normal = unicodedata.normalize("NFKC", text)
    return unicodedata.normalize("NFKC", normal.translate(simplified_table()))


@functools.cache
def _changing() -> re.Pattern[str]:
    """The characters that folding may change."""
    # One class, not two beside each other, which are forty times as slow.
    changed = sorted(chr(code) for code in simplified_table() if _HAN[0] <= chr(code) <= _HAN[1])
    bounds = [_HAN[0], *(bound for han in changed for bound in _around(han)), _HAN[1]]
    stable = (f"{a}-{b}" for a, b in zip(bounds[::2], bounds[1::2], strict=True) if a <= b)
    return re.compile(f"([^{_STABLE}{''.join(stable)}])")


def _around(character: str) -> tuple[str, str]:
    return chr(ord(character) - 1), chr(ord(character) + 1)


class _Few:
    """Whether so many characters and those before are still few: most searches fold no more."""

    def __init__(self) -> None:
        self.left = _FEW

    def __call__(self, size: int) -> bool:
        self.left -= size
        return self.left > 0


_few = _Few()


class _Joining(Exception):
    """A text has a character that depends on its neighbours."""


class _Folded(dict[str, str]):
    """Single characters folded, case apart, as they are met; _Joining for one that cannot be."""

    def __missing__(self, character: str) -> str:
        folded = _without_case(character)
        if any(map(_joins, folded)):
            raise _Joining
        self[character] = folded
        return folded


_FOLDED = _Folded()


def _joins(character: str) -> bool:
    """Whether normalization may join a character to the one before, or move it."""
    mark = unicodedata.category(character)[0] == "M" and not _SELECTORS.match(character)
    return bool(mark or _JAMO.match(character) or _SCRIPTS.match(character))
