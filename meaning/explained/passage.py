"""What stands around a mention: the piece of a text by which a reader would judge it."""

from __future__ import annotations

import hashlib
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


def passages(title: str, text: str, lang: str, mentions: Sequence[Mention]) -> list[Passage]:
    """Return one passage a mention, in their order; ``text`` is that the mentions are of."""
    lines = text.split("\n")
    total: dict[str, int] = {}
    for mention in mentions:
        total[mention.concept] = total.get(mention.concept, 0) + 1
    seen: dict[str, int] = {}
    found = []
    for mention in mentions:
        seen[mention.concept] = seen.get(mention.concept, 0) + 1
        count = (seen[mention.concept], total[mention.concept])
        found.append(_passage(title, lines, lang, mention, count))
    return found


def is_heading(line: str, lang: str) -> bool:
    """True for a short line that does not end as a sentence does."""
    plain = line.strip()
    return 0 < len(plain) <= HEADING[lang] and not plain.endswith(_CLOSED)


def _passage(
    title: str, lines: Sequence[str], lang: str, mention: Mention, count: tuple[int, int]
) -> Passage:
    line = lines[mention.line]
    parts = sentences(line, lang)
    at = max(n for n, (start, _) in enumerate(parts) if start <= mention.start or n == 0)
    start, sentence = parts[at]
    heads = is_heading(line, lang)
    above = _next(lines, mention.line, -1)
    before = parts[at - 1][1] if at else ""
    after = parts[at + 1][1] if at + 1 < len(parts) else ""
    if heads or not after:
        below = sentences(_next(lines, mention.line, 1), lang)
        after = "".join(text for _, text in below[: 2 if heads else 1])
    # The piece of an endless sentence that the mention is in.
    cut = max(0, mention.start - start - MOST[lang] // 2) if len(sentence) > MOST[lang] else 0
    return Passage(
        concept=mention.concept,
        lang=lang,
        title=title,
        heading=above if is_heading(above, lang) else "",
        before=before[-MOST[lang] :],
        sentence=sentence[cut : cut + max(MOST[lang], mention.end - start - cut)],
        after=after[: MOST[lang]],
        start=mention.start - start - cut,
        end=mention.end - start - cut,
        line=mention.line,
        place=mention.start,
        lines=len(lines),
        nth=count[0],
        mentions=count[1],
        is_heading=heads,
    )


def _next(lines: Sequence[str], at: int, step: int) -> str:
    """The nearest line with text, or ""; in a transcript the names of speakers are passed over."""
    at += step
    while 0 <= at < len(lines):
        plain = lines[at].strip()
        if plain and not (plain.endswith((":", "：")) and len(plain) <= MOST_SPEAKER):
            return lines[at]
        at += step
    return ""
