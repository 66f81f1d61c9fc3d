"""Works over time: months, the undated, and the window in which the crawl could see."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from report.gap.model import Lag, Month, Times
from report.survey import Document, Survey


def times(survey: Survey, lags: tuple[Lag, ...]) -> Times:
    """Return works by month of their first page; a date of a year alone keeps its year."""
    firsts = [document for document in survey.documents if not document.reprint]
    dated = [document for document in firsts if document.date]
    counts = Counter((document.date[:7], document.lang) for document in dated)
    months = sorted({month for month, _ in counts})
    return Times(
        tuple(Month(month, counts[month, "en"], counts[month, "zh"]) for month in months),
        _undated(firsts, "en"),
        _undated(firsts, "zh"),
        survey.fetched_from[:10],
        survey.fetched_to[:10],
        lags,
    )


def _undated(firsts: Sequence[Document], lang: str) -> int:
    return sum(document.lang == lang and not document.date for document in firsts)
