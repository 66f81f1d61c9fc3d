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
from index.analysis.unit import BREAK, LINE_END, MAX_TOKEN, Token, Unit, pieces, run_pattern

# Between runs of characters.
PART = re.compile(
    f"(?P<word>[^\\W_]+)|(?P<line>{LINE_END})|(?P<space>(?:(?!{LINE_END})\\s)+)|(?P<mark>.)"
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
    at = start = 0
    parts = pieces(text)
    for number, piece in enumerate(parts):
        if number % 2:
            run = enumerate(piece)
            units += [Unit(at + n, start + n, start + n + 1, c, c, (c,), True) for n, c in run]
            at += len(piece)
        else:
            at = _split_between(piece, start, number + 1 < len(parts), units, at)
        start += len(piece)
    return units


def _split_between(piece: str, start: int, leads: bool, units: list[Unit], at: int) -> int:
    """Add the units of what stands between two runs of characters; return where the next is.

    ``start`` is where the piece begins in the text; ``leads``: a run follows it.
    """
    for match in PART.finditer(piece):
        kind = match.lastgroup
        if kind == "line":
            # Lines without text between them are as far apart as one.
            if units and at < BREAK + units[-1].at:
                at += BREAK
            continue
        exact, mark = match[0][:MAX_TOKEN], kind == "mark"
        if kind == "space":
            before = units[-1] if units else None
            next_to = leads and match.end() == len(piece)
            if not (next_to and before and before.character and before.at == at - 1):
                continue
            exact, mark = SPACE, True
        span = start + match.start(), start + match.end()
        units.append(Unit(at, *span, exact, exact, (exact,), mark=mark))
        at += 1
    return at


def quick(text: str) -> str:
    """Return the strip of a normal text: that of ``split``, a run of characters at a time."""
    slots: list[str] = []
    parts = run_pattern().split(text)
    for number, piece in enumerate(parts):
        if number % 2:
            run = [EMPTY] * (SLOTS * len(piece))
            run[::SLOTS] = piece
            run[1:-1:SLOTS] = map(operator.add, piece, piece[1:])
            slots += run
        elif piece:
            read = _between if len(piece) <= SHORT else _between.__wrapped__
            slots += read(piece, number > 0, number + 1 < len(parts))
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
