"""Which pairs of pages a person is shown to learn how often clustering splits or joins works.

Of the works found in a language some are drawn, each with the same chance; each is shown beside the
works whose first pages are most like its own (``near``), the likest first, until some in a row are
other works: is it the same work? A work that nothing is like needs no question. Of the works with
reprints some are drawn too, and shown beside one of their pages (``inside``).
"""

from __future__ import annotations

import hashlib
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from config.model import LANGUAGES
from report.labels.draw import draw
from report.survey import Document

QUESTION = "same work? 是同一作品吗？"
WORKS, INSIDE = 150, 50
"""Works drawn a language. B1 asks for 150; the inner pairs only check the joining."""
NEAREST = 3
"""Other works in a row after which nobody is asked on."""
MOST = 30
"""Neighbours that a draw lists: a work in more clusters counts for 1/31 instead of less."""
NEAR = {"en": 0.27, "zh": 0.06}
"""Least similarity that is shown. One pair in a hundred of unrelated pages reaches it: measured on
1,346 pages of the ``realweb`` collection (four letters say less in English than in Chinese)."""
_LANES = 256


@dataclass(frozen=True, slots=True)
class Pair:
    """Two pages to compare; ``item`` is the same for the same two URLs."""

    item: str
    stratum: str
    first: str
    other: str
    similarity: float


@dataclass(frozen=True, slots=True)
class DrawnWork:
    """A work that was drawn from ``works`` of its language, as ``drawn`` were, with its pairs.

    ``first`` is the URL of its first page. Without pairs, nothing was near it; of those that it
    has not all are asked (``splits.needed``).
    """

    first: str
    lang: str
    stratum: str
    works: int
    drawn: int
    pairs: tuple[Pair, ...]


def drawn_works(
    documents: Sequence[Document],
    sketches: Mapping[int, bytes],
    *,
    seed: int,
    works: int = WORKS,
    inside: int = INSIDE,
) -> list[DrawnWork]:
    """Draw works of each language, and pair each with what it should be compared with.

    ``sketches`` are by url_id. Pages without a sketch cannot be compared and are left out.
    """
    found: list[DrawnWork] = []
    for lang in LANGUAGES:
        mine = [d for d in documents if d.lang == lang and sketches.get(d.url_id)]
        firsts = [d for d in mine if not d.reprint]
        found += _near(firsts, sketches, lang, draw(firsts, works, seed=seed, key=_url))
        found += _inside(mine, lang, inside, seed)
    return found


def _near(
    firsts: Sequence[Document], sketches: Mapping[int, bytes], lang: str, chosen: list[Document]
) -> Iterable[DrawnWork]:
    data = b"".join(sketches[d.url_id][: 4 * _LANES] for d in firsts)
    lanes = np.frombuffer(data, dtype=np.uint32).reshape(len(firsts), _LANES)
    for document in chosen:
        own = np.frombuffer(sketches[document.url_id][: 4 * _LANES], dtype=np.uint32)
        alike = (lanes == own).mean(axis=1)
        order = np.argsort(-alike, kind="stable")[: MOST + 1]
        pairs = [
            _pair("near", document, firsts[i], float(alike[i]))
            for i in order
            if firsts[i].url_id != document.url_id and alike[i] >= NEAR[lang]
        ]
        size = (len(firsts), len(chosen))
        yield DrawnWork(document.url, lang, "near", *size, tuple(pairs[:MOST]))


def _inside(mine: Sequence[Document], lang: str, n: int, seed: int) -> Iterable[DrawnWork]:
    members: dict[int, list[Document]] = defaultdict(list)
    for document in mine:
        members[document.work].append(document)
    reprinted = [group for group in members.values() if len(group) > 1]
    chosen = draw(reprinted, n, seed=seed, key=lambda group: min(map(_url, group)))
    for group in chosen:
        first = next((d for d in group if not d.reprint), group[0])
        other = draw([d for d in group if d is not first], 1, seed=seed, key=_url)[0]
        pair = _pair("inside", first, other, 1.0)
        yield DrawnWork(first.url, lang, "inside", len(reprinted), len(chosen), (pair,))


def _pair(stratum: str, first: Document, other: Document, similarity: float) -> Pair:
    names = "\n".join(sorted((first.url, other.url)))
    item = hashlib.blake2b(names.encode("utf-8", "replace"), digest_size=6).hexdigest()
    return Pair(f"{first.lang}-{item}", stratum, first.url, other.url, round(similarity, 3))


def _url(document: Document) -> str:
    return document.url
