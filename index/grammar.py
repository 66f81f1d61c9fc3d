"""What is wrong with a query, said before it is parsed: Whoosh accepts anything, and guesses."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

MAX_LENGTH = 500
MAX_DEPTH = 20
BEFORE, AFTER = 60, 40  # characters of a query that are shown around a wrong place
# One character for one, so that a place in the one text is a place in the other.
PUNCTUATION = str.maketrans("“”„‟〝〞＂「」『』（）：＊\u3000", '"' * 11 + "():*" + " ")
# Full-width letters, digits and the marks of hosts and dates: ＡＮＤ, ｇｏｖ．ｃｎ, ２０１９－０６.
PUNCTUATION |= {
    0xFF00 + place: 0x20 + place for place in range(0x60) if chr(0x20 + place).isalnum()
}
PUNCTUATION |= str.maketrans("－．", "-.")
# A tilde after a word or a phrase; between numbers, as in 2019～2022, it is a range's.
TILDE = re.compile('(?<=[^\\W\\d_]|")～(?=[0-9])')
ITEM = re.compile('"[^"]*"(?:~[0-9]+)?|[()]|[^\\s()"]+')
# What a query may be limited to, by the names a user may give it.
FIELDS = {
    **dict.fromkeys(("title", "标题", "標題"), "title"),
    **dict.fromkeys(("site", "网站", "網站"), "site"),
    **dict.fromkeys(("kind", "类型", "類型"), "kind"),
    **dict.fromkeys(("region", "地区", "地區"), "region"),
    **dict.fromkeys(("concept", "概念"), "concept"),
    **dict.fromkeys(("date", "日期"), "date"),
    "script": "script",
    "source": "source",
}
FIELD = re.compile(f"({'|'.join(FIELDS)}):(?=[\\s)]|$)")
OPERATORS = ("AND", "OR", "NOT")


class QueryError(Exception):
    """A query that cannot be asked: what is wrong, and a caret under the place.

    Where only a ``piece`` of the query is known, whoever knows the query finds its place (see
    ``index.pointing``).
    """

    exit_code = 2

    def __init__(self, message: str, query: str = "", place: int = 0, piece: str = "") -> None:
        super().__init__(message, query, place, piece)
        self.message = message
        self.query = query
        self.place = place
        self.piece = piece

    def __str__(self) -> str:
        if not self.query.strip():
            return f"query: {self.message}"
        line = "".join(c if c.isprintable() else " " for c in self.query[: self.place + AFTER])
        start = max(0, self.place - BEFORE)
        cut = "…" if start else ""
        blank = columns(cut + line[start : self.place])
        more = "…" if len(self.query) > self.place + AFTER else ""
        return f"query: {self.message}\n  {cut}{line[start:]}{more}\n  {' ' * blank}^"


def columns(text: str) -> int:
    """Return how many columns of a terminal a text takes up."""
    return sum(map(_width, text))


def prepared(text: str) -> str:
    """Return the text with ASCII operators, quotation marks and spaces, place by place."""
    blank = (" " if unicodedata.category(c) in {"Cc", "Cs", "Zl", "Zp"} else c for c in text)
    return TILDE.sub("~", "".join(blank).translate(PUNCTUATION))


def check(text: str, ready: str) -> None:
    """Raise QueryError for a prepared text that is empty, too long or not well formed."""
    if not ready.strip():
        raise QueryError("it is empty; give a word or a phrase")
    if len(ready) > MAX_LENGTH:
        message = f"{len(ready)} characters are too many; {MAX_LENGTH} are the most"
        raise QueryError(message, text, MAX_LENGTH)
    if ready.count('"') % 2:
        raise QueryError("this quotation mark is not closed", text, ready.rindex('"'))
    for place, message in _mistakes(ready):
        raise QueryError(message, text, place)


def ungrouped(bound: str, place: int, ready: str) -> int:
    """Return where a place of ``grouped(ready)`` is in ``ready``."""
    there = 0
    for character in bound[:place]:
        there += there < len(ready) and ready[there] == character
    return there


def exclusions(ready: str) -> list[int]:
    """Return the places of a checked text's NOTs."""
    return [match.start() for match in ITEM.finditer(ready) if match[0] == "NOT"]


def grouped(ready: str) -> str:
    """Return a checked text in which neighbours are bound tighter than by AND and OR.

    ``digital government OR 数字政府`` means what it says; Whoosh alone would read
    ``digital AND (government OR 数字政府)``.
    """
    marks: list[tuple[int, str]] = []
    levels: list[list[_Run]] = [[_Run()]]
    for match in ITEM.finditer(ready):
        item = match[0]
        if item == "(":
            levels[-1][-1].reach(match.start())
            levels.append([_Run()])
            continue
        if item == ")":
            marks += _bound(levels.pop())
        if item in {"AND", "OR"}:
            levels[-1].append(_Run())
        else:
            levels[-1][-1].reach(match.start(), match.end(), item != "NOT")
    marks += _bound(levels[0])
    for place, mark in sorted(marks, reverse=True):
        ready = ready[:place] + mark + ready[place:]
    return ready


class _Run:
    """Neighbours without an operator between them: where they are, and how many."""

    def __init__(self) -> None:
        self.start = self.end = -1
        self.operands = 0

    def reach(self, start: int, end: int = -1, operand: bool = False) -> None:
        self.start = start if self.start < 0 else self.start
        self.end = max(self.end, end)
        self.operands += operand


def _bound(level: list[_Run]) -> Iterator[tuple[int, str]]:
    if len(level) > 1:
        for run in level:
            if run.operands > 1:
                yield run.start, "("
                yield run.end, ")"


def _mistakes(ready: str) -> Iterator[tuple[int, str]]:
    opened: list[int] = []
    before = ""
    for match in ITEM.finditer(ready):
        place, item = match.start(), match[0]
        yield from ((place, message) for message in _misplaced(before, item))
        if FIELD.match(ready, place):
            yield place, f"{item} needs a word or a phrase right after it, without a space"
        if item == "(":
            opened.append(place)
        elif item == ")" and not opened:
            yield place, "this parenthesis was never opened"
        elif item == ")":
            opened.pop()
        if len(opened) > MAX_DEPTH:
            yield place, f"parentheses are more than {MAX_DEPTH} deep"
        before, last = item, place
    if opened:
        yield opened[-1], "this parenthesis is not closed"
    yield from ((last, message) for message in _misplaced(before, ""))


def _misplaced(before: str, item: str) -> Iterator[str]:
    """What is wrong with one item after another; ``""`` is the query's start or end."""
    starts, ends = before in {"", "("}, item in {"", ")"}
    binary = item in {"AND", "OR"}
    advice = "; put it in quotation marks to search for the word"
    if before in OPERATORS and (ends or binary):
        yield f"{before} needs something after it{advice}"
    elif binary and starts:
        yield f"{item} needs something before it{advice}"
    elif before == item == "NOT":
        yield "NOT twice"
    elif before == "(" and item == ")":
        yield "there is nothing between these parentheses"


def _width(character: str) -> int:
    if unicodedata.combining(character):
        return 0
    return 2 if unicodedata.east_asian_width(character) in "WF" else 1
