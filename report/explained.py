"""Works that explain a concept, beside those that only mention it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from config.model import LANGUAGES, Topic
from report.labels.explained import Candidate, stratum


@dataclass(frozen=True, slots=True)
class Use:
    """How a language's works on topic use a concept.

    ``works`` name it; ``explained`` of them are judged to explain it, as the rule has it and
    before its error is corrected.
    """

    concept: str
    lang: str
    works: int
    explained: int

    @property
    def mentioned(self) -> int:
        """Works that name the concept and are not judged to explain it."""
        return self.works - self.explained


def uses(found: Iterable[Candidate], topic: Topic) -> list[Use]:
    """Return the use of every concept in both languages, in the topic's order."""
    counts = Counter((one.concept, one.stratum) for one in found)
    return [
        Use(concept.id, lang, explained + counts[concept.id, stratum(lang, False)], explained)
        for concept in topic.concepts
        for lang in LANGUAGES
        for explained in (counts[concept.id, stratum(lang, True)],)
    ]
