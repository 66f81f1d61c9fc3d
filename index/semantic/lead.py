"""What of a page is given a vector: its title and its lead, whole and sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass

import xxhash

from index.document import parts
from index.passage import SENTENCE
from store.model import StoredPage

# A paragraph or two; a Chinese one says in a third of the characters what an English one does.
LONGEST = {"en": 1200, "zh": 400}
MOST = 8  # sentences
SHORTEST = 6  # characters of a sentence, or it says nothing by itself


@dataclass(frozen=True, slots=True)
class Lead:
    """A page's title and lead: ``whole``, and its ``sentences`` (the title is one)."""

    whole: str
    sentences: tuple[str, ...]

    @property
    def digest(self) -> int:
        """A checksum below 2**63: equal texts need no new vectors."""
        return xxhash.xxh3_64_intdigest(self.whole.encode("utf-8", "surrogatepass")) >> 1


def leads(stored: StoredPage) -> dict[str, Lead]:
    """Return a page's lead in each language that it has a part in."""
    made = {
        lang: lead(title, text, lang)
        for lang, (title, text) in parts(stored).items()
        if title.strip() or text.strip()
    }
    return {lang: one for lang, one in made.items() if one.whole}


def lead(title: str, text: str, lang: str) -> Lead:
    """Return the lead of a text: its first sentences, at least one, the last perhaps cut."""
    room, held = LONGEST[lang], []
    for sentence in SENTENCE.split(text[: 2 * room]):
        if sentence.strip() and room > 0:
            held.append(sentence.strip()[:room])
            room -= len(sentence)
    every = [title.strip(), *held] if title.strip() else held
    telling = [one for one in every if len(one) >= SHORTEST] or every
    return Lead("\n".join(every), tuple(telling[:MOST]))
