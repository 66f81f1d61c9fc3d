"""One corpus in both engines, and a plain reading of queries to compare them with."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable
from pathlib import Path

from index.analysis import ANALYZERS, Token
from index.analysis.strip import spread
from index.engine import (
    BODY,
    TITLE,
    Alike,
    Among,
    And,
    Best,
    Dated,
    Document,
    Engine,
    Near,
    Or,
    Phrase,
    Prefix,
    Query,
    Term,
    Within,
)
from index.engines import ENGINES, open_engine

ZH_PIECES = [*"数字政府大脑城市", "數", "5G", "app", "，", "。", "“", "”", " ", "　", "\n", "+"]
EN_PIECES = [
    *("open ", "Open", "data", "city ", "cities ", "government ", "governance ", "e-government "),
    *(" ", ", ", ". ", "\n", "-", "数字", "政府", "?", "U.S. ", "e "),
]


def texts(pieces: list[str], number: int, length: int) -> dict[int, str]:
    """Random texts, the same in every run."""
    chance = random.Random(20240601)
    return {
        url_id: "".join(chance.choices(pieces, k=chance.randint(0, length)))
        for url_id in range(1, number + 1)
    }


TEXTS = {"zh": texts(ZH_PIECES, 120, 30), "en": texts(EN_PIECES, 120, 24)}


def document(url_id: int, lang: str, text: str) -> Document:
    day = 20240000 + 100 * (url_id % 12 + 1) + url_id % 28 + 1 if url_id % 3 else 0
    return Document(
        url_id=url_id,
        title=ANALYZERS[lang].stored(text.strip().split("\n")[0]),
        body=ANALYZERS[lang].stored(text),
        sites=("www.gov.cn", "gov.cn", "cn") if url_id % 2 else ("example.org", "org"),
        source=f"source-{url_id % 4}",
        kind="state media" if url_id % 5 else "government",
        region="Hong Kong" if url_id % 7 else "mainland",
        page_kind="article" if url_id % 6 else "hub",
        script="hans" if url_id % 2 else "hant",
        first_day=day,
        last_day=day,
        year=str(day)[:4] if day else "",
        digest=url_id**3,
    )


class Corpus:
    """The same documents in every engine, and outside of them. (No dataclass: a failing test
    would print all of it.)"""

    def __init__(
        self, lang: str, documents: dict[int, Document], engines: dict[str, Engine]
    ) -> None:
        self.lang, self.documents, self.engines = lang, documents, engines


def corpus(folder: Path, lang: str) -> Corpus:
    documents = {i: document(i, lang, text) for i, text in TEXTS[lang].items()}
    engines = {name: open_engine(name, folder / lang / name) for name in ENGINES}
    for engine in engines.values():
        half = len(documents) // 2
        listed = list(documents.values())
        engine.write(listed[:half])
        engine.write(listed[half:], gone=[999])
    return Corpus(lang, documents, engines)


def matches(query: Query, document: Document) -> bool:
    """Whether a document matches, read from the definition, with no index."""
    match query:
        case And(parts, without):
            found = all(matches(part, document) for part in parts)
            return found and not any(matches(part, document) for part in without)
        case Or(parts):
            return any(matches(part, document) for part in parts)
        case Best(weighted):
            return any(matches(part, document) for part, _ in weighted)
        case Term(text, field):
            return any(text == token.text for one in held(document, field) for token in one)
        case Prefix(text, field):
            return any(t.text.startswith(text) for one in held(document, field) for t in one)
        case Phrase(tokens, field):
            return any(has_phrase(tokens, one) for one in held(document, field))
        case Near(rows, field):
            return any(has_phrase(row, one) for one in held(document, field) for row in rows)
        case Alike(text, distance, field):
            return any(
                t.text.startswith(text[: 1 + text.startswith("=")])
                and edits(t.text, text) <= distance
                for one in held(document, field)
                for t in one
            )
        case Within(name, values):
            held_values = getattr(document, name)
            every = held_values if name == "sites" else (held_values,)
            return any(value in every for value in values)
        case Among(ids):
            return document.url_id in ids
        case Dated(since, until):
            first, last = document.first_day, document.last_day
            return bool(first) and last >= since and (not until or first <= until)


@functools.cache
def edits(left: str, right: str) -> int:
    """Optimal string alignment, by its definition."""
    if not left or not right:
        return len(left) + len(right)
    counts = [
        edits(left[1:], right) + 1,
        edits(left, right[1:]) + 1,
        edits(left[1:], right[1:]) + (left[0] != right[0]),
    ]
    if left[:2] == right[1::-1] and len(left) > 1 and len(right) > 1:
        counts.append(edits(left[2:], right[2:]) + 1)
    return min(counts)


def held(document: Document, field: str) -> Iterable[tuple[Token, ...]]:
    fields = {TITLE: document.title, BODY: document.body}
    for strip in [fields[field]] if field else fields.values():
        texts, places = spread(strip)
        yield tuple(map(Token, places, texts))


def has_phrase(wanted: tuple[Token, ...], tokens: tuple[Token, ...]) -> bool:
    there = set(tokens)
    return any(all((start.at + w.at, w.text) in there for w in wanted) for start in tokens)
