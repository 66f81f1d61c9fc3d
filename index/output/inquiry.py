"""A question and its answers, as every form of output is given them."""

from __future__ import annotations

from dataclasses import dataclass

from index.question import Answer, Question

NAMES = {"en": "English", "zh": "中文"}


@dataclass(frozen=True, slots=True)
class Inquiry:
    """A query as typed and the answers by language. ``literal``: put as it stands to both."""

    query: str
    question: Question
    answers: dict[str, Answer]
    literal: bool = False

    @property
    def total(self) -> int:
        """Pages that match, a bilingual page once in each language it matches in."""
        return sum(answer.total for answer in self.answers.values())

    def counts(self) -> str:
        """Return the counts side by side: ``English 3 pages · 中文 41 pages``."""
        return " · ".join(
            f"{NAMES[lang]} {answer.total} {'page' if answer.total == 1 else 'pages'}"
            for lang, answer in self.answers.items()
        )
