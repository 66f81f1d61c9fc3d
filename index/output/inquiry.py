"""A question and its answers, as every form of output is given them."""

from __future__ import annotations

from typing import NamedTuple

from config.counted import counted
from index.question import Answer, Question
from index.syntax import foreign_words

NAMES = {"en": "English", "zh": "中文"}


class Inquiry(NamedTuple):
    """A query as typed and the answers by language. ``literal``: put as it stands to both.

    ``similar``: the query is a page's URL, and pages like it were looked for. ``selected`` says
    what else the pages had to be, ``explained`` or ``no_counterpart``.
    """

    query: str
    question: Question
    answers: dict[str, Answer]
    literal: bool = False
    similar: bool = False
    selected: tuple[str, ...] = ()

    @property
    def total(self) -> int:
        """Pages that match, a bilingual page once in each language it matches in."""
        return sum(answer.total for answer in self.answers.values())

    def translated(self) -> dict[str, dict[str, list[str]]]:
        """Return what the dictionary made of each word, by language asked."""
        return {
            lang: {word.text: [text for text, _ in word.options] for word in words}
            for lang, answer in self.answers.items()
            if (words := foreign_words(answer.asked.node))
        }

    def counts(self) -> str:
        """Return the counts side by side: ``English 3 pages · 中文 41 pages``."""
        return " · ".join(
            f"{NAMES[lang]} {counted(answer.total, 'page')}"
            for lang, answer in self.answers.items()
        )
