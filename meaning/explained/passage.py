"""What stands around a mention: the piece of a text by which a reader would judge it."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from index.analysis.unit import normal
from meaning.explained.mentions import Mention
from meaning.explained.sentences import sentences

MOST = {"en": 420, "zh": 160}
"""Characters of a sentence that are read: longer ones are lists or lost punctuation."""
HEADING = {"en": 90, "zh": 30}
MOST_SPEAKER = 40
_CLOSED = tuple(".。;；,，、!！:：…")


@dataclass(frozen=True, slots=True)
class Passage:
    """A mention with its surroundings, as written.

    ``sentence`` holds the mention from ``start`` to ``end``; ``before`` and ``after`` are its
    neighbours in the same line or, beside a heading, in the line below. ``heading`` is the short
    line above it, or "". ``line`` and ``place`` say where the mention is in the text, ``lines``
    how many lines that has; ``nth`` counts the concept's mentions up to this one, ``mentions``
    all of them.
    """

    concept: str
    lang: str
    title: str
    heading: str
    before: str
    sentence: str
    after: str
    start: int
    end: int
    line: int
    place: int
    lines: int
    nth: int
    mentions: int
    is_heading: bool

    @property
    def term(self) -> str:
        """The term as the text writes it."""
        return self.sentence[self.start : self.end]

    def digest(self) -> str:
        """Return a hash of what the reader sees, in normal form: the same passage anywhere."""
        seen = "\n".join((self.concept, self.before, self.sentence, self.after))
        return hashlib.sha256(normal(seen).encode()).hexdigest()[:16]


def passages(
    title: str, text: str, lang: str, mentions: Sequence[Mention], most: int | None = None
) -> list[Passage]:
    """Return a passage for each mention, in their order; ``text`` is that the mentions are of.

    Of each concept only the first ``most``, where it is given; all of them are counted.
    """
    lines = _Lines(text, lang)
    total = Counter(mention.concept for mention in mentions)
    seen: Counter[str] = Counter()
    found = []
    for mention in mentions:
        seen[mention.concept] += 1
        count = (seen[mention.concept], total[mention.concept])
        if most is None or count[0] <= most:
            found.append(_passage(title, lines, mention, count))
    return found


def is_heading(line: str, lang: str) -> bool:
    """True for a short line that does not end as a sentence does."""
    plain = line.strip()
    return 0 < len(plain) <= HEADING[lang] and not plain.endswith(_CLOSED)


class _Lines:
    """A text's lines, each taken apart once: a page may be one line with thousands of mentions."""

    def __init__(self, text: str, lang: str) -> None:
        self.lang = lang
        self.lines = text.split("\n")
        self._parts: dict[int, tuple[list[int], list[str]]] = {}

    def parts(self, at: int) -> tuple[list[int], list[str]]:
        """Return where a line's sentences start, and the sentences."""
        if at not in self._parts:
            found = sentences(self.lines[at], self.lang)
            self._parts[at] = [start for start, _ in found], [said for _, said in found]
        return self._parts[at]

    def next(self, at: int, step: int) -> int | None:
        """Return the nearest line with text; in a transcript speakers' names are passed over."""
        at += step
        while 0 <= at < len(self.lines):
            plain = self.lines[at].strip()
            if plain and not (plain.endswith((":", "：")) and len(plain) <= MOST_SPEAKER):
                return at
            at += step
        return None


def _passage(title: str, lines: _Lines, mention: Mention, count: tuple[int, int]) -> Passage:
    lang, line = lines.lang, lines.lines[mention.line]
    starts, parts = lines.parts(mention.line)
    at = max(bisect_right(starts, mention.start) - 1, 0)
    start, sentence = starts[at], parts[at]
    heads = is_heading(line, lang)
    above, below = lines.next(mention.line, -1), lines.next(mention.line, 1)
    heading = "" if above is None else lines.lines[above]
    before = parts[at - 1] if at else ""
    after = parts[at + 1] if at + 1 < len(parts) else ""
    if heads or not after:
        after = "" if below is None else "".join(lines.parts(below)[1][: 2 if heads else 1])
    # The piece of an endless sentence that the mention is in.
    cut = max(0, mention.start - start - MOST[lang] // 2) if len(sentence) > MOST[lang] else 0
    return Passage(
        concept=mention.concept,
        lang=lang,
        title=title,
        heading=heading if is_heading(heading, lang) else "",
        before=before[-MOST[lang] :],
        sentence=sentence[cut : cut + max(MOST[lang], mention.end - start - cut)],
        after=after[: MOST[lang]],
        start=mention.start - start - cut,
        end=mention.end - start - cut,
        line=mention.line,
        place=mention.start,
        lines=len(lines.lines),
        nth=count[0],
        mentions=count[1],
        is_heading=heads,
    )
