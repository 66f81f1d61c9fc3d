"""Verdicts on every page of a store, kept by the hash of what is judged: only news is judged."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path

from config.model import LANGUAGES, Topic
from meaning import keep
from meaning.counterparts.corpus import text_in, title_in
from meaning.explained.judge import Judge
from page.model import HUB
from store.model import Removed, StoredPage

FILE = "explained.json"
FORMAT = 4
"""Grows when other things are kept of a verdict, or under another key."""
_RULES = (
    *("weights.toml", "cues_en.py", "cues_en_against.py", "cues_zh.py", "cues.py"),
    *("beside.py", "passage.py", "sentences.py"),
)


@dataclass(frozen=True, slots=True)
class Said:
    """What one page does with one concept; ``passage`` is the hash of its best passage."""

    concept: str
    explained: bool
    passage: str = ""


@dataclass(frozen=True, slots=True)
class Book:
    """What every page says, by (url_id, language)."""

    said: dict[tuple[int, str], tuple[Said, ...]]

    def explaining(self, lang: str, concepts: Collection[str] = ()) -> frozenset[int]:
        """Return the url_ids of a language's pages that explain one of these concepts, or any."""
        return frozenset(
            url_id
            for (url_id, of), said in self.said.items()
            if of == lang
            and any(s.explained and (not concepts or s.concept in concepts) for s in said)
        )

    def explained(self, url_id: int, lang: str) -> frozenset[str]:
        """Return the concepts that a page explains in a language."""
        return frozenset(s.concept for s in self.said.get((url_id, lang), ()) if s.explained)


def stamp(topic: Topic) -> str:
    """Return what tells whether kept verdicts are of this topic and rule."""
    room = files("meaning.explained")
    rule = "".join(room.joinpath(name).read_text("utf-8") for name in _RULES)
    return hashlib.sha256(f"{FORMAT}{topic!r}{rule}".encode()).hexdigest()[:16]


def make(
    pages: Iterable[StoredPage | Removed],
    topic: Topic,
    data: Path | None = None,
    progress: Callable[[int], None] | None = None,
) -> Book:
    """Return the verdicts on all pages; what the data folder keeps of unchanged ones is used.

    ``progress`` is told how many texts were judged anew.
    """
    judge, mark = Judge(topic), stamp(topic)
    file = data / keep.FOLDER / FILE if data else None
    value = keep.read(file, mark) if file else None
    if not isinstance(value, dict) or "texts" not in value:
        value = {"texts": {}}
    held: dict[str, list[list[object]]] = value["texts"]
    now: dict[str, list[list[object]]] = {}
    places: dict[str, str] = {}
    revision = 0
    book: dict[tuple[int, str], tuple[Said, ...]] = {}
    fresh = 0
    for stored in pages:
        revision = max(revision, stored.revision)
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            title, text = title_in(stored, lang), text_in(stored, lang)
            if not text:
                continue
            key = _key(title, text, lang)
            if key not in held:
                held[key] = _judged(judge, title, text, lang)
                fresh += 1
            now[key] = held[key]
            if held[key]:
                places[f"{stored.url_id}:{lang}"] = key
                book[stored.url_id, lang] = tuple(_said(row) for row in held[key])
    if file and (fresh or value.get("pages") != places or value.get("revision") != revision):
        keep.write(file, mark, {"texts": now, "pages": places, "revision": revision})
    if progress:
        progress(fresh)
    return Book(book)


def kept(data: Path, revision: int, topic: Topic) -> Book | None:
    """Return the verdicts that were kept at this revision, or None."""
    value = keep.read(data / keep.FOLDER / FILE, stamp(topic))
    if not isinstance(value, dict) or value.get("revision") != revision:
        return None
    said: dict[tuple[int, str], tuple[Said, ...]] = {}
    for place, key in value["pages"].items():
        url_id, _, lang = place.partition(":")
        said[int(url_id), lang] = tuple(_said(row) for row in value["texts"][key])
    return Book(said)


def _key(title: str, text: str, lang: str) -> str:
    """What a verdict is kept under: all that the rule reads.

    A page's ``content_hash`` leaves out punctuation, line ends and title, which decide too.
    """
    return hashlib.sha256(repr((lang, title, text)).encode()).hexdigest()[:32]


def _judged(judge: Judge, title: str, text: str, lang: str) -> list[list[object]]:
    return [[v.concept, v.explained, v.passage.digest()] for v in judge.verdicts(title, text, lang)]


def _said(row: list[object]) -> Said:
    concept, explained, passage = row
    return Said(str(concept), bool(explained), str(passage))
