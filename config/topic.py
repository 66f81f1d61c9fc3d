"""A topic file: what is measured, as concepts with their terms in both languages."""

from __future__ import annotations

import unicodedata
from typing import Any

from config.checks import english_term, flag, identifier, tables, term, text
from config.document import Document
from config.errors import ConfigError, Problem
from config.names import LANGUAGES
from config.subject import Concept, Topic
from config.tables import Field, Fields, read_table, read_tables

FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "en": Field(text, required=True),
    "zh": Field(text, required=True),
    "concept": Field(tables, required=True),
}
CONCEPT_FIELDS: Fields = {
    "id": Field(identifier, required=True),
    "en": Field(text, required=True),
    "zh": Field(text, required=True),
    "en_terms": Field(english_term, required=True, many=True, least=1),
    "zh_terms": Field(term, required=True, many=True, least=1),
    "meaning": Field(text, required=True),
    "core": Field(flag),
}


def read_topic(document: Document) -> Topic:
    """Return the topic that a file describes. Raises ConfigError with all that is wrong."""
    found: list[Problem] = []
    values = read_table(document, (), FIELDS, found)
    concepts = read_tables(document, "concept", CONCEPT_FIELDS, found)
    found += _repeated_ids(document, concepts)
    for lang in LANGUAGES:
        found += _repeated_terms(document, concepts, f"{lang}_terms")
    if not found and not any(concept.get("core") for concept in concepts):
        message = "no concept has core = true; mark those that put a page on topic alone"
        found.append(document.problem(("concept",), message))
    if found:
        raise ConfigError(found)
    made = tuple(Concept(**concept) for concept in concepts)
    return Topic(values["id"], values["en"], values["zh"], made)


def _repeated_ids(document: Document, concepts: list[dict[str, Any]]) -> list[Problem]:
    seen: set[str] = set()
    found = []
    for n, concept in enumerate(concepts):
        name = concept.get("id", "")
        if name in seen:
            message = f"id: {name!r} is another concept's; choose a new one"
            found.append(document.problem(("concept", n, "id"), message))
        seen.update([name] if name else [])
    return found


def _repeated_terms(document: Document, concepts: list[dict[str, Any]], key: str) -> list[Problem]:
    """A term of two concepts would count one mention as two, and so put a page on topic."""
    owner: dict[str, str] = {}
    found = []
    for n, concept in enumerate(concepts):
        for position, each in enumerate(concept.get(key, ())):
            name = str(concept.get("id", "?"))
            first = owner.setdefault(unicodedata.normalize("NFKC", each).casefold(), name)
            way = ("concept", n, key, position)
            if first != name:
                message = f"{key}: {each!r} is also a term of {first!r}; keep it in one concept"
                found.append(document.problem(way, message))
    return found
