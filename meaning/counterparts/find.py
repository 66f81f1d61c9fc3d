"""Counterparts of a whole store: made once a revision and topic, then read from what is kept."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator
from dataclasses import asdict
from pathlib import Path
from typing import Any, Protocol

from config.model import Topic
from index.semantic.encoder import MODEL, encoder
from meaning import keep
from meaning.counterparts import hints
from meaning.counterparts.align import align
from meaning.counterparts.corpus import works
from meaning.counterparts.model import Found, Pair, Work
from page.model import VERSION
from store.model import Removed, StoredPage

FILE, VECTORS = "counterparts.json", "vectors.npz"
RULE = 3
"""Grows when the same works would make other pairs, so that what is kept is made anew."""

Progress = Callable[[int, int], None]


class Linked(Protocol):
    """What is read of a store."""

    @property
    def revision(self) -> int:
        """The newest revision."""
        ...

    def changes(self, after: int = 0) -> Iterator[StoredPage | Removed]:
        """Yield the latest state of every URL."""
        ...

    def links_named(self, anchors: frozenset[str], prefix: str) -> list[tuple[int, int]]:
        """Return (from, to) of the links with these anchors or this beginning."""
        ...

    def linking_hosts(self) -> dict[int, set[str]]:
        """Return the other hosts that link to a page, by url_id."""
        ...


def stamp(revision: int, topic: Topic) -> str:
    """Return what tells whether something kept is of this store and topic."""
    said = hashlib.sha256(repr(topic).encode()).hexdigest()[:16]
    return f"{revision}:{said}:{RULE}"


def kept(data: Path, revision: int, topic: Topic) -> Found | None:
    """Return the counterparts that were found at this revision, or None."""
    value = keep.read(data / keep.FOLDER / FILE, stamp(revision, topic))
    return None if value is None else _found(value)


def find(store: Linked, topic: Topic, data: Path, progress: Progress | None = None) -> Found:
    """Return the counterparts in a store, and keep them beside its indexes.

    ``progress`` is told how many new leads are embedded of how many. Raises NoExtra where the
    extra ``semantic`` is missing.
    """
    held = kept(data, store.revision, topic)
    if held is not None:
        return held
    revision = store.revision
    sides = works(store.changes(), topic, store.linking_hosts())
    found = _aligned(store, sides["en"], sides["zh"], data / keep.FOLDER / VECTORS, progress)
    keep.write(data / keep.FOLDER / FILE, stamp(revision, topic), _value(found))
    return found


def _aligned(
    store: Linked,
    en: tuple[Work, ...],
    zh: tuple[Work, ...],
    file: Path,
    progress: Progress | None,
) -> Found:
    leads = [work.lead for work in (*en, *zh)]
    vectors = keep.vectors(leads, MODEL, encoder().encode, file, progress)
    ids = [{i: place for place, w in enumerate(side) for i in w.url_ids} for side in (en, zh)]
    urls = [{u: place for place, w in enumerate(side) for u in w.urls} for side in (en, zh)]
    switches = store.links_named(hints.SWITCH, VERSION)
    known = [
        ("link", hints.by_link(switches, ids[0], ids[1])),
        ("address", hints.by_address(urls[0], urls[1])),
    ]
    pairs = align(en, zh, (vectors[: len(en)], vectors[len(en) :]), known)
    return Found(en, zh, tuple(pairs))


def _value(found: Found) -> dict[str, Any]:
    """Everything but the texts, which the store has."""
    sides = {
        lang: [{**asdict(work), "text": ""} for work in found.works(lang)] for lang in ("en", "zh")
    }
    return {**sides, "pairs": [asdict(pair) for pair in found.pairs]}


def _found(value: dict[str, Any]) -> Found:
    sides = [
        tuple(
            Work(**{**row, "url_ids": tuple(row["url_ids"]), "urls": tuple(row["urls"])})
            for row in value[lang]
        )
        for lang in ("en", "zh")
    ]
    pairs = (Pair(**{**row, "evidence": tuple(row["evidence"])}) for row in value["pairs"])
    return Found(sides[0], sides[1], tuple(pairs))
