"""What goes into the search for counterparts and what comes out of it."""

from __future__ import annotations

from dataclasses import dataclass

LEAD = {"en": 700, "zh": 300}
"""Characters of a title and text that are embedded: what a paragraph of XQuAD has. Twice as much
put the same pairs first at twice the cost."""
ARCHIVE = "https://web.archive.org/web/{stamp}/{url}"


@dataclass(frozen=True, slots=True)
class Work:
    """A work in one language, as its first page shows it.

    ``url_ids`` and ``urls`` are of all its pages, the first page's first. ``text`` is its
    beginning, and empty where the work was read from what is kept. ``year`` may be empty;
    ``linked`` counts the hosts elsewhere that link to it; ``fetched_at`` is ISO 8601 UTC.
    ``title`` is empty where the page's, ``page_title``, is in its other language.
    """

    lang: str
    title: str
    text: str
    url_ids: tuple[int, ...]
    urls: tuple[str, ...]
    year: str = ""
    date: str = ""
    source: str = ""
    source_name: str = ""
    kind: str = ""
    host: str = ""
    fetched_at: str = ""
    on_topic: bool = True
    concepts: int = 0
    core: int = 0
    linked: int = 0
    page_title: str = ""

    @property
    def name(self) -> str:
        """What a reader is shown: the title, of whichever language, or the address."""
        return self.title or self.page_title or self.urls[0]

    @property
    def lead(self) -> str:
        """The title and the beginning of the text: what is embedded."""
        head = "" if self.text.startswith(self.title) else f"{self.title}\n"
        return f"{head}{self.text}"[: LEAD[self.lang]]

    @property
    def reprints(self) -> int:
        """How many of its pages are not its first."""
        return len(self.urls) - 1

    @property
    def archived(self) -> str:
        """Where the Internet Archive has the page as of about its fetching, if it has it."""
        stamp = "".join(c for c in self.fetched_at if c.isdigit())[:14] or "2"
        return ARCHIVE.format(stamp=stamp, url=self.urls[0])


@dataclass(frozen=True, slots=True)
class Pair:
    """Two works with the same content: places in the lists of works, score, and why.

    ``score`` is in [0, 1]; ``way`` is ``same page``, ``link``, ``address`` or ``meaning``;
    ``evidence`` are words for a reader.
    """

    en: int
    zh: int
    score: float
    way: str
    evidence: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Found:
    """All works that were looked at and the pairs among them."""

    en: tuple[Work, ...]
    zh: tuple[Work, ...]
    pairs: tuple[Pair, ...]

    def works(self, lang: str) -> tuple[Work, ...]:
        """Return the works of a language."""
        return self.en if lang == "en" else self.zh

    def paired(self, lang: str) -> frozenset[int]:
        """Return the places of a language's works that have a counterpart."""
        return frozenset(pair.en if lang == "en" else pair.zh for pair in self.pairs)

    def alone(self, lang: str) -> tuple[Work, ...]:
        """Return the works on topic that have none."""
        paired = self.paired(lang)
        works = self.works(lang)
        return tuple(w for place, w in enumerate(works) if w.on_topic and place not in paired)
