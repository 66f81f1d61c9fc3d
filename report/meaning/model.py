"""The figures on meaning: numbers and strings only."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class ConceptUse:
    """One concept in one language: works that name it, and of them those that explain it.

    ``explained`` is the rule's count; ``corrected`` allows for its error where labels measured it.
    """

    concept: str
    label: str
    label_zh: str
    lang: str
    works: int
    explained: int
    corrected: float | None

    @property
    def mentioned(self) -> int:
        """Works that only mention it, by the rule's count."""
        return self.works - self.explained


@dataclass(frozen=True, slots=True)
class Explaining:
    """One language: the share of (work, concept) that explains, corrected by B6, or why not."""

    lang: str
    works: int
    explained: int
    share: float | None
    low: float | None
    high: float | None
    judged: int
    refused_en: str
    refused_zh: str


@dataclass(frozen=True, slots=True)
class CounterpartShare:
    """Works on topic with a counterpart in the other language, by one value of one dimension.

    ``by`` is ``all``, ``kind`` or ``year``; limits are 95 %, wider where few sites decide.
    """

    lang: str
    by: str
    value: str
    works: int
    paired: int
    share: float
    low: float
    high: float


@dataclass(frozen=True, slots=True)
class Alone:
    """A prominent work without a counterpart; ``archived`` is where a copy may be read."""

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
class Meaning:
    """All of it; empty where nothing is kept of this revision."""

    uses: tuple[ConceptUse, ...] = ()
    explaining: tuple[Explaining, ...] = ()
    counterparts: tuple[CounterpartShare, ...] = ()
    alone: tuple[Alone, ...] = ()


NO_MEANING = Meaning()
