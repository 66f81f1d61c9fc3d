"""Chinese: every character a unit, Latin words and numbers whole, punctuation kept.

A phrase is an exact string of the folded text. White space counts only between two characters or
two words (``5G 网络`` is ``5G网络``, ``数字 政府`` is not ``数字政府``), punctuation always counts,
and a line's end is never crossed. What is stored is characters and their bigrams, which need no
dictionary; `benchmarks/search.py --only quality` prints how well they find.
"""

from __future__ import annotations

import functools
import operator
import re

from index.analysis.analyzer import Analyzer
from index.analysis.strip import EMPTY, SLOTS, laid
from index.analysis.unit import BREAK, CHARACTERS, LINE_END, MAX_TOKEN, WORD, Token, Unit

PART = re.compile(
    f"(?P<run>[{CHARACTERS}]+)|(?P<word>{WORD})|(?P<line>{LINE_END})"
    f"|(?P<space>(?:(?!{LINE_END})\\s)+(?=(?P<next>[{CHARACTERS}]?)))|(?P<mark>.)"
)
SHORT = 8  # characters of what stands between two runs; so much is worth remembering
# Folded, as every text that is analysed; the longest first.
ASKING = re.compile(
    "什么时候|为什么|什么|甚么|怎么样|怎么|怎样|为何|如何|何时|何地|何处|何人|何种|哪些|哪个|哪里|哪儿|哪"
    "|谁|多少|几个|吗|呢"
)
SPACE = "__"  # its token; no mark is two characters
ANY = "一"  # stands for any run of characters


def split(text: str) -> list[Unit]:
    """Return the units of a normal text."""
    units: list[Unit] = []
    at = 0
    for match in PART.finditer(text):
        kind = match.lastgroup
        if kind == "run":
            start = match.start()
            run = enumerate(match[0])
            units += [Unit(at + n, start + n, start + n + 1, c, c, (c,), True) for n, c in run]
            at += len(match[0])
            continue
        if kind == "line":
            # Lines without text between them are as far apart as one.
            if units and at < BREAK + units[-1].at:
                at += BREAK
            continue
        exact, mark = match[0][:MAX_TOKEN], kind == "mark"
        if kind in {"space", "next"}:
            before = units[-1] if units else None
            if not (match["next"] and before and before.character and before.at == at - 1):
                continue
            exact, mark = SPACE, True
        units.append(Unit(at, *match.span(), exact, exact, (exact,), mark=mark))
        at += 1
    return units


@functools.cache
def _run() -> re.Pattern[str]:
    """A class as large takes milliseconds to compile, and no search needs this one."""
    return re.compile(f"([{CHARACTERS}]+)")


def quick(text: str) -> str:
    """Return the strip of a normal text: that of ``split``, a run of characters at a time."""
    slots: list[str] = []
    pieces = _run().split(text)
    for number, piece in enumerate(pieces):
        if number % 2:
            run = [EMPTY] * (SLOTS * len(piece))
            run[::SLOTS] = piece
            run[1:-1:SLOTS] = map(operator.add, piece, piece[1:])
            slots += run
        elif piece:
            read = _between if len(piece) <= SHORT else _between.__wrapped__
            slots += read(piece, number > 0, number + 1 < len(pieces))
    return " ".join(slots)


@functools.lru_cache(maxsize=20_000)
def _between(text: str, before: bool, after: bool) -> tuple[str, ...]:
    """The strip of what stands before, between or after runs of characters, up to the next run;
    nothing where that is empty."""
    units = split(f"{ANY * before}{text}{ANY * after}")
    inner = units[before : len(units) - after]
    size = units[-1].at - before if after else inner[-1].at + 1 - before if inner else 0
    tokens = (Token(unit.at - before, unit.exact) for unit in inner)
    return (laid(tokens, size),) if size else ()


CHINESE = Analyzer("zh", split, quick, ASKING)
