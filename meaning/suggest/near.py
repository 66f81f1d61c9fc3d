"""What stands near the topic's terms: the lines that name it, and every page's words to compare."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from config.model import LANGUAGES, Topic
from index.analysis.unit import normal
from index.lexicon import on_topic
from meaning.counterparts.corpus import text_in
from meaning.explained.mentions import Mention, Mentions
from page.model import HUB
from store.model import Removed, StoredPage

READ = 30_000
"""Characters of a page that are read: a transcript must not outweigh a hundred notices."""


AROUND = 3
"""Lines on either side of one that names the topic: they are about it too."""


@dataclass(frozen=True, slots=True)
class Text:
    """One page in one language, in normal form without the topic's own terms.

    ``near`` are the lines that name the topic and those beside them, ``written`` the same lines
    as written.
    """

    url: str
    text: str
    on_topic: bool
    near: tuple[str, ...]
    written: tuple[str, ...]

    @property
    def read(self) -> str:
        """What candidates are taken from: all of a page on topic, else what is near its terms."""
        return self.text if self.on_topic else "\n".join(self.near)


@dataclass(slots=True)
class Texts:
    """The pages of each language."""

    of: dict[str, list[Text]] = field(default_factory=lambda: {lang: [] for lang in LANGUAGES})


def texts(pages: Iterable[StoredPage | Removed], topic: Topic) -> Texts:
    """Read every article once; the same text on two pages counts once."""
    mentions = {lang: Mentions(topic, lang) for lang in LANGUAGES}
    found = Texts()
    seen: set[tuple[str, str]] = set()
    for stored in pages:
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            text = text_in(stored, lang)[:READ]
            key = (lang, stored.page.content_hash or stored.url)
            if text and key not in seen:
                seen.add(key)
                found.of[lang].append(_text(stored.url, text, mentions[lang], topic))
    return found


def _text(url: str, text: str, mentions: Mentions, topic: Topic) -> Text:
    lines = text.split("\n")
    hits = list(mentions.find(lines))
    places = {n for hit in hits for n in range(hit.line - AROUND, hit.line + AROUND + 1)}
    kept = [n for n in sorted(places) if 0 <= n < len(lines)]
    concepts = {hit.concept for hit in hits}
    blank = _without(lines, hits)
    near = tuple(normal(blank[n]) for n in kept)
    whole = normal("\n".join(blank))
    return Text(url, whole, on_topic(topic, concepts), near, tuple(lines[n] for n in kept))


def _without(lines: list[str], hits: list[Mention]) -> list[str]:
    """The lines with the topic's own terms taken out: what is left may be another term."""
    blank = list(lines)
    for hit in sorted(hits, key=lambda hit: -hit.start):
        line = blank[hit.line]
        gap = " | " if hit.end > hit.start else ""
        blank[hit.line] = line[: hit.start] + gap + line[hit.end :]
    return blank
