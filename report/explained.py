"""Works that explain a concept, beside those that only mention it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from config.model import LANGUAGES, Topic
from meaning.explained.book import Book
from report.survey import Document


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


def uses(documents: Sequence[Document], book: Book, topic: Topic) -> list[Use]:
    """Return the use of every concept in both languages, in the topic's order.

    A work explains a concept where any of its pages does.
    """
    naming: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    explaining: defaultdict[tuple[str, str], set[int]] = defaultdict(set)
    for document in documents:
        explained = book.explained(document.url_id, document.lang)
        for concept in document.concepts:
            naming[concept, document.lang].add(document.work)
            if concept in explained:
                explaining[concept, document.lang].add(document.work)
    return [
        Use(concept.id, lang, len(naming[concept.id, lang]), len(explaining[concept.id, lang]))
        for concept in topic.concepts
        for lang in LANGUAGES
    ]
