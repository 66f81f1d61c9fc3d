"""From what is kept to the figures on meaning."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import fields
from pathlib import Path

import numpy as np

from config.model import LANGUAGES, Topic
from meaning.counterparts.find import kept as kept_counterparts
from meaning.counterparts.listed import reading_list
from meaning.counterparts.model import Found, Work
from meaning.explained.book import Book
from meaning.explained.book import kept as kept_book
from report.estimate.clustered import clustered
from report.estimate.labels import Screen, corrected
from report.estimate.refused import Refused
from report.explained import Use, uses
from report.labels.explained import (
    EACH,
    FILE,
    QUESTION,
    answered,
    askable,
    candidates,
    stratum,
)
from report.labels.file import read
from report.labels.strata import waiting
from report.labels.verdict import Tally, tally, verdicts
from report.meaning.framings import framings_of
from report.meaning.model import Alone, ConceptUse, CounterpartShare, Explaining, Meaning
from report.survey import UNDATED, Survey

LISTED = 15


def meaning_of(survey: Survey, topic: Topic, revision: int, data: Path | None) -> Meaning:
    """Return what may be said of meaning at this revision. Raises LabelError."""
    if data is None:
        return Meaning()
    book = kept_book(data, revision, topic)
    found = kept_counterparts(data, revision, topic)
    use, explaining = _explained(survey, topic, book, data) if book else ((), ())
    shares = tuple(_shares(found)) if found else ()
    alone = tuple(_alone(found)) if found else ()
    return Meaning(use, explaining, shares, alone, framings_of(data, revision, topic))


def _explained(
    survey: Survey, topic: Topic, book: Book, data: Path
) -> tuple[tuple[ConceptUse, ...], tuple[Explaining, ...]]:
    found = candidates(survey.documents, book)
    given = verdicts(read(data / "labels" / FILE), QUESTION)
    said = answered(given, found) if given else []
    left = waiting(askable(found), given, EACH) if given else Counter[str]()
    tallies = {
        (lang, flagged): tally(said, stratum(lang, flagged))
        for lang in LANGUAGES
        for flagged in (True, False)
    }
    used = uses(found, topic)
    names = {concept.id: (concept.en, concept.zh) for concept in topic.concepts}
    made = tuple(
        ConceptUse(
            use.concept,
            *names[use.concept],
            use.lang,
            use.works,
            use.explained,
            *_corrected(use, tallies[use.lang, True], tallies[use.lang, False]),
        )
        for use in used
        if use.works
    )
    return made, tuple(_explaining(lang, used, tallies, left) for lang in LANGUAGES)


def _corrected(use: Use, flagged: Tally, others: Tally) -> tuple[float | None, ...]:
    """Works that explain a concept, and limits, by the language's error rates (B6)."""
    said = corrected(_screen(use.explained, use.mentioned, flagged, others), use.lang)
    if isinstance(said, Refused):
        return (None, None, None)
    shares = (said.share, said.limits.low, said.limits.high)
    return tuple(round(use.works * share, 1) for share in shares)


def _screen(flagged: int, others: int, right: Tally, missed: Tally) -> Screen:
    return Screen(flagged, others, right.judged, right.yes, missed.judged, missed.yes)


def _explaining(
    lang: str,
    used: Sequence[Use],
    tallies: dict[tuple[str, bool], Tally],
    left: Counter[str],
) -> Explaining:
    flagged = sum(use.explained for use in used if use.lang == lang)
    others = sum(use.mentioned for use in used if use.lang == lang)
    said = corrected(_screen(flagged, others, tallies[lang, True], tallies[lang, False]), lang)
    total, waits = flagged + others, sum(left[stratum(lang, kind)] for kind in (True, False))
    if isinstance(said, Refused):
        return Explaining(lang, total, flagged, None, None, None, 0, said.en, said.zh, waits)
    limits = said.limits
    return Explaining(
        lang, total, flagged, said.share, limits.low, limits.high, said.judged, "", "", waits
    )


def _shares(found: Found) -> Iterable[CounterpartShare]:
    for lang in LANGUAGES:
        paired = found.paired(lang)
        works = [(work, n in paired) for n, work in enumerate(found.works(lang)) if work.on_topic]
        groups: defaultdict[tuple[str, str], list[tuple[Work, bool]]] = defaultdict(list)
        for work, has in works:
            groups["all", ""].append((work, has))
            groups["kind", work.kind].append((work, has))
            groups["year", work.year or UNDATED].append((work, has))
        for (by, value), group in sorted(groups.items()):
            yield _share(lang, by, value, group)


def _share(lang: str, by: str, value: str, group: Sequence[tuple[Work, bool]]) -> CounterpartShare:
    """The share, with limits where the works come from enough sites."""
    n, hits = len(group), sum(has for _, has in group)
    sites: defaultdict[str, list[int]] = defaultdict(lambda: [0, 0])
    for work, has in group:
        sites[work.host][0] += has
        sites[work.host][1] += 1
    paired, works = np.array(list(sites.values()), dtype=np.int64).T
    limits = clustered(paired, works)
    low, high = (limits.low, limits.high) if limits else (None, None)
    return CounterpartShare(lang, by, value, n, hits, hits / n, low, high)


def _alone(found: Found) -> Iterable[Alone]:
    names = [field.name for field in fields(Alone)]
    for lang in ("zh", "en"):
        for work in reading_list(found, lang, LISTED):
            yield Alone(**{name: getattr(work, name) for name in names})
