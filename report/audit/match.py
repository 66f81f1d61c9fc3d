"""Which audited works the corpus already had, in each language.

A drawn page counts when it is an article on the topic in the language, by the same judgement as the
corpus. It was found when its URL is a page of the corpus on topic in that language, or when its
text is of the same work as one: a reprint of a known work is known. What was published after the
crawl had ended could not have been found and is left out. So is what the corpus had and its site
has taken down since: it is neither among the works that exist now nor one that was missed.

A frame of pages meets a work as often as it has copies there. So a drawn work's weight is divided
by the rows of the frame that are known to be it: drawn pages, and the corpus's own pages of it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from report.audit.draws import Draw
from report.survey import Document, Survey
from report.works import Cluster

_LANES, _ROWS = 256, 4
"""Four equal lanes in one of 64 places: .995 of the pairs at similarity .53 meet, the least that
clustering calls one work (``page.fingerprint``); the others are not worth comparing."""
MOST_HOPS = 10


@dataclass(frozen=True, slots=True)
class Audited:
    """One drawn work of a language. ``known_as`` is the URL of a corpus page that it is, or ""."""

    url: str
    title: str
    lang: str
    date: str
    weight: float
    known_as: str

    @property
    def found(self) -> bool:
        """Whether the corpus had it."""
        return bool(self.known_as)


def match(
    corpus: Survey,
    audit: Survey,
    draws: Sequence[Draw],
    redirects: Mapping[str, str],
    in_frame: Container[str],
    cluster: Cluster,
    lang: str,
    was_held: Callable[[str], bool],
) -> list[Audited]:
    """Return the audited works of a language, a work that was drawn twice once.

    Both surveys must have kept their sketches. ``redirects`` leads from a URL to where it went;
    ``in_frame`` tells of a corpus URL whether it is a row of the frame, ``was_held`` of any URL
    whether the corpus had a page there that is there no more. Draws that brought no page on topic
    are not here: they say nothing of the topic.
    """
    known = [d for d in corpus.documents if d.lang == lang]
    weights = final_weights(draws, redirects)
    end = corpus.fetched_to
    drawn = [
        d
        for d in audit.documents
        if d.lang == lang and d.url in weights and not (end and d.date > end[: len(d.date)])
    ]
    places = _places(known, corpus.sketches, drawn, audit.sketches, cluster)
    groups: dict[tuple[str, int], list[Document]] = defaultdict(list)
    for document, place in zip(drawn, places, strict=True):
        groups[place].append(document)
    members: dict[int, list[str]] = defaultdict(list)
    for document in known:
        members[document.work].append(document.url)
    return [
        _audited(group, members[number] if kind == KNOWN else [], weights, in_frame)
        for (kind, number), group in groups.items()
        if kind == KNOWN or not all(was_held(d.url) for d in group)
    ]


KNOWN, NEW = "known", "new"


def final_weights(draws: Iterable[Draw], redirects: Mapping[str, str]) -> dict[str, float]:
    """Return the weight of every URL that draws led to; two ways to one URL add their chances."""
    chances: dict[str, float] = defaultdict(float)
    for draw in draws:
        chances[_followed(draw.url, redirects)] += 1 / draw.weight
    return {url: 1 / chance for url, chance in chances.items()}


def _followed(url: str, redirects: Mapping[str, str]) -> str:
    for _ in range(MOST_HOPS):
        if url not in redirects:
            break
        url = redirects[url]
    return url


def _audited(
    group: Sequence[Document],
    copies: Sequence[str],
    weights: Mapping[str, float],
    in_frame: Container[str],
) -> Audited:
    """Return one work from its drawn pages and the corpus's copies of it."""
    rows = {d.url for d in group} | {url for url in copies if url in in_frame}
    weight = sum(weights[d.url] for d in group) / len(rows)
    first = group[0]
    return Audited(
        first.url, first.title, first.lang, first.date, weight, copies[0] if copies else ""
    )


def _places(
    known: Sequence[Document],
    known_sketches: Mapping[int, bytes],
    drawn: Sequence[Document],
    drawn_sketches: Mapping[int, bytes],
    cluster: Cluster,
) -> list[tuple[str, int]]:
    """Return for each drawn page (``known``, work of the corpus) or (``new``, a number)."""
    by_url = {d.url: d.work for d in known}
    sketches = [drawn_sketches.get(d.url_id, b"") for d in drawn]
    near = _near([known_sketches.get(d.url_id, b"") for d in known], sketches)
    candidates = [known[i] for i in near]
    joined = cluster([*(known_sketches[d.url_id] for d in candidates), *sketches])
    theirs, ours = joined[: len(candidates)], joined[len(candidates) :]
    works = {number: d.work for number, d in zip(theirs, candidates, strict=True)}
    places = []
    for document, number in zip(drawn, ours, strict=True):
        work = by_url.get(document.url, works.get(number))
        places.append((NEW, number) if work is None else (KNOWN, work))
    return places


def _near(known: Sequence[bytes], drawn: Sequence[bytes]) -> list[int]:
    """Return the places of the known sketches that share a row of lanes with a drawn one."""
    ours = _rows([sketch for sketch in drawn if sketch])
    have = [i for i, sketch in enumerate(known) if sketch]
    if not len(ours) or not have:
        return []
    theirs = _rows([known[i] for i in have])
    met = np.zeros(len(have), dtype=bool)
    for place in range(ours.shape[1]):
        met |= np.isin(theirs[:, place], ours[:, place])
    return [have[i] for i in np.flatnonzero(met)]


def _rows(sketches: Sequence[bytes]) -> NDArray[np.uint64]:
    """Return sketches × 64 numbers, one for every four lanes in a row."""
    data = b"".join(sketch[: 4 * _LANES] for sketch in sketches)
    lanes = np.frombuffer(data, dtype=np.uint32).reshape(-1, _LANES // _ROWS, _ROWS)
    mixed = np.zeros(lanes.shape[:2], dtype=np.uint64)
    for place in range(_ROWS):
        mixed = mixed * np.uint64(0x9E3779B97F4A7C15) + lanes[:, :, place]
    return mixed
