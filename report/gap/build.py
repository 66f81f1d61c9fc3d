"""Puts the gap together: every part from the same survey, so that they agree."""

from __future__ import annotations

from collections.abc import Sequence

from config.model import LANGUAGES, Topic
from report.counted import Counted
from report.counts import Table
from report.gap.arrays import works_of
from report.gap.changes import changes
from report.gap.claims import claimed, spent
from report.gap.compare import differences
from report.gap.evidence import Evidence
from report.gap.headline import headline
from report.gap.lags import lags
from report.gap.model import Gap
from report.gap.time import times
from report.survey import Survey


def gap_of(
    survey: Survey,
    topic: Topic,
    tables: Sequence[Table],
    evidence: Evidence,
    counted: Counted,
) -> Gap:
    """Return all that is known of the gap; ``tables`` are the report's counts, ``counted`` is what
    decided them."""
    works = {lang: works_of(survey.documents, lang) for lang in LANGUAGES}
    pages = tuple(sum(d.lang == lang for d in survey.documents) for lang in LANGUAGES)
    concepts = next(table.rows for table in tables if table.name == "concepts")
    compared = differences(works, tables)
    counts = (len(works["en"]), len(works["zh"]))
    before = evidence.previous
    changed = changes(before, concepts, compared, counts, counted) if before is not None else None
    return Gap(
        headline=headline(works, (pages[0], pages[1]), evidence),
        differences=compared,
        times=times(survey, lags(works, topic)),
        claims=claimed(evidence.claims, topic, concepts),
        effort=spent(evidence.effort),
        changes=changed,
    )
