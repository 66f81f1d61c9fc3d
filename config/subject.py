"""What is measured: a topic and its concepts, in both languages."""

from __future__ import annotations

from typing import NamedTuple


class Concept(NamedTuple):
    """One idea of a topic, in both languages.

    ``zh_terms`` holds Simplified terms and, where Taiwan words it differently, Taiwan's.
    ``core`` concepts put a page on topic alone; of the others it takes two.
    """

    id: str
    en: str
    zh: str
    en_terms: tuple[str, ...]
    zh_terms: tuple[str, ...]
    meaning: str
    core: bool = False

    def terms(self, lang: str) -> tuple[str, ...]:
        """Return the terms of one language (``en`` or ``zh``)."""
        return self.en_terms if lang == "en" else self.zh_terms


class Topic(NamedTuple):
    """What is being measured: a name in both languages and its concepts."""

    id: str
    en: str
    zh: str
    concepts: tuple[Concept, ...]


class Verdict(NamedTuple):
    """What a topic has to do with a page: the languages in which it is on topic, and how much.

    ``concepts`` is how many of the topic's concepts it names in any language, on topic or not.
    """

    langs: tuple[str, ...]
    concepts: int
