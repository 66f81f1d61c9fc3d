"""Makes a report from a store: reads, measures, and puts the files in place."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from config.model import LANGUAGES, Topic
from report.audit.sample import FOLDER as AUDIT
from report.audit.sample import read_sample
from report.beside import drawing
from report.files import JSON, LINKED, ReportFiles, write_files
from report.gap.evidence import Evidence
from report.labels.file import read as read_labels
from report.labels.pairs import QUESTION
from report.labels.splits import current, read_draw, splits
from report.labels.verdict import verdicts
from report.labels.works import DRAW
from report.labels.works import FILE as ANSWERS
from report.meaning.build import meaning_of
from report.measure import Books, measure
from report.previous import read_previous
from report.read import MANY, PROCESSORS, survey_store
from report.survey import Survey
from report.uncollected import uncollected
from store.model import Reader

LABELS = "labels"


@dataclass(frozen=True, slots=True)
class Sources:
    """Where the evidence lies that is not in the store; None: there is none.

    ``labels`` and ``audit`` are folders, ``since`` is an earlier ``report.json``, ``data`` the
    data folder, which may keep what is said of meaning.
    """

    labels: Path | None = None
    audit: Path | None = None
    since: Path | None = None
    data: Path | None = None

    @classmethod
    def of(cls, data: Path, since: Path | None = None, audit: Path | None = None) -> Sources:
        """Return the usual places below a data folder, or the audit elsewhere."""
        return cls(data / LABELS, audit or data / AUDIT, since, data)


NOWHERE = Sources()


def write_report(
    store: Reader,
    topic: Topic,
    out: Path,
    *,
    now: str,
    tongue: str = "en",
    sources: Sources = NOWHERE,
    include_hubs: bool = False,
    progress: Callable[[int], None] | None = None,
) -> ReportFiles:
    """Measure a topic in a store and write the report's files into the folder ``out``.

    ``now`` is ISO 8601 UTC and is printed as the time of making; ``tongue`` is the report's own
    language, ``en`` or ``zh``; ``progress`` is told how many pages have been read. The report that
    lies in ``out`` already is what changes are told from, unless ``sources`` names another. Raises
    CannotWrite, LabelError, FrameError, BadReport, ProcessEnded, and whatever reading the store
    raises.
    """
    books = Books(store.revision, store.account(), store.runs())
    audited = sources.audit is not None and sources.audit.exists()
    with uncollected():
        seen = survey_store(
            store, topic, include_hubs=include_hubs, keep_sketches=audited, progress=progress
        )
        with drawing(LINKED, beside=len(seen.documents) >= MANY and PROCESSORS > 1) as draw:
            evidence = evidence_of(store, topic, seen, sources, out / JSON)
            measured = measure(seen, topic, books, evidence, now=now, include_hubs=include_hubs)
            return write_files(measured, seen, out, draw, tongue)


def evidence_of(
    store: Reader, topic: Topic, seen: Survey, sources: Sources, last: Path
) -> Evidence:
    """Return what there is beside the pages; ``last`` is the report that is to be replaced."""
    sample = read_sample(sources.audit, seen, topic, store) if sources.audit else None
    folder = sources.labels
    drawn = current(read_draw(folder / DRAW), seen.documents) if folder else []
    found = verdicts(read_labels(folder / ANSWERS), QUESTION) if folder else {}
    judged = {lang: splits(drawn, found, lang) for lang in LANGUAGES} if drawn else {}
    previous = read_previous(sources.since or last, topic.id, asked=sources.since is not None)
    meaning = meaning_of(seen, topic, store.revision, sources.data)
    return Evidence(sample, judged, store.claims(), store.effort(), previous, meaning)
