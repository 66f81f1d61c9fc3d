"""The figures on meaning: numbers and strings only."""

from __future__ import annotations

from dataclasses import dataclass

from report.framing.compare import Collocate


@dataclass(frozen=True, slots=True)
class ConceptUse:
    """One concept in one language: works that name it, and of them those that explain it.

    ``explained`` is the rule's count; ``corrected`` allows for its error where labels measured it,
    with 95 % limits of what they leave open.
    """

    concept: str
    label: str
    label_zh: str
    lang: str
    works: int
    explained: int
    corrected: float | None
    corrected_low: float | None = None
    corrected_high: float | None = None

    @property
    def mentioned(self) -> int:
        """Works that only mention it, by the rule's count."""
        return self.works - self.explained


@dataclass(frozen=True, slots=True)
class Explaining:
    """One language: the share of (work, concept) that explains, corrected by B6, or why not.

    ``judged`` of them by hand count; ``waiting`` passages of a draw that
    was begun have no answer yet.
    """

    lang: str
    works: int
    explained: int
    share: float | None
    low: float | None
    high: float | None
    judged: int
    refused_en: str
    refused_zh: str
    waiting: int = 0


@dataclass(frozen=True, slots=True)
class CounterpartShare:
    """Works on topic with a counterpart in the other language, by one value of one dimension.

    ``by`` is ``all``, ``kind`` or ``year``; limits are 95 %, wider where the row's sites differ,
    None where its works come from too few sites.
    """

    lang: str
    by: str
    value: str
    works: int
    paired: int
    share: float
    low: float | None
    high: float | None


@dataclass(frozen=True, slots=True)
class Alone:
    """A prominent work without a counterpart; ``archived`` is where a copy may be kept."""

    lang: str
    title: str
    url: str
    archived: str
    source: str
    kind: str
    date: str
    reprints: int
    linked: int
    concepts: int


@dataclass(frozen=True, slots=True)
class WordRecall:
    """How much of what people call the topic the word list catches, with 95 % limits."""

    lang: str
    recall: float
    low: float
    high: float
    judged: int


@dataclass(frozen=True, slots=True)
class InContext:
    """A sentence that names a concept, in three parts around the term; ``url`` is its page."""

    lang: str
    before: str
    term: str
    after: str
    title: str
    url: str


@dataclass(frozen=True, slots=True)
class Framed:
    """How both languages speak of a concept: the words that lean to a side, and examples.

    ``bits`` is the divergence beyond what sites differ, ``p`` its one-sided p-value, ``marked``
    where it is a discovery among all concepts compared (Benjamini and Hochberg); None and refused
    in words where nothing is claimed.
    """

    concept: str
    label: str
    label_zh: str
    en_sentences: int
    zh_sentences: int
    en_sites: int
    zh_sites: int
    bits: float | None
    p: float | None
    marked: bool
    refused_en: str
    refused_zh: str
    words: tuple[Collocate, ...]
    examples: tuple[InContext, ...]


@dataclass(frozen=True, slots=True)
class Framings:
    """Every comparison that ``duizhao meaning`` kept; ``made`` is False where it kept none."""

    made: bool = False
    recalls: tuple[WordRecall, ...] = ()
    concepts: tuple[Framed, ...] = ()


@dataclass(frozen=True, slots=True)
class Meaning:
    """All of it; empty where nothing is kept of this revision."""

    uses: tuple[ConceptUse, ...] = ()
    explaining: tuple[Explaining, ...] = ()
    counterparts: tuple[CounterpartShare, ...] = ()
    alone: tuple[Alone, ...] = ()
    framings: Framings = Framings()


NO_MEANING = Meaning()
