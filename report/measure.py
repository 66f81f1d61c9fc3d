"""From a survey to a measurement: counts, and what they say of the gap; nothing dropped.

Works are counted at their first page where a page has exactly one value (year, kind, region,
script, source), and once a value where it may have several (concept, route).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace

from config.model import ALL_KINDS, LANGUAGES, REGIONS, Topic
from report.counted import Counted, fingerprint
from report.counts import Row, Table, Totals, log2_ratio
from report.gap.build import gap_of
from report.gap.evidence import NONE, Evidence
from report.model import SCHEMA, CrawlRun, Doubt, Limit, Measurement, Stored, TopicName
from report.reading import reading
from report.survey import HUB, OTHER, UNDATED, VOLUME_UNITS, Document, Survey
from report.tabulate import Dimension, tabulate
from store.records import Account, Run

SCRIPTS = {"hans": "Simplified", "hant": "Traditional", "mixed": "mixed", "": "unknown"}
KNOWN_DOUBTS = (
    "undated",
    "date_uncertain",
    "language_uncertain",
    "region_uncertain",
    "charset_suspect",
    "extraction_empty",
    "no_text",
    "pdf_damaged",
    "pdf_encrypted",
    "truncated",
)


@dataclass(frozen=True, slots=True)
class Books:
    """What the store says of the crawl itself."""

    revision: int
    account: Account
    runs: tuple[Run, ...]


def measure(
    survey: Survey,
    topic: Topic,
    books: Books,
    evidence: Evidence = NONE,
    *,
    now: str,
    include_hubs: bool = False,
) -> Measurement:
    """Return every figure of the report. ``now`` is ISO 8601 UTC and is only printed."""
    counts = tables(survey, topic)
    if not evidence.judged:
        counts = tuple(_without_ratios(table) for table in counts)
    en, zh = (totals(survey, lang) for lang in LANGUAGES)
    terms = fingerprint(topic)
    rows = next(table.rows for table in counts if table.name == "sources")
    sources = {row.value: bool(row.en.pages or row.zh.pages) for row in rows}
    return Measurement(
        schema=SCHEMA,
        made_at=now,
        revision=books.revision,
        topic=TopicName(topic.id, topic.en, topic.zh, terms),
        hubs_included=include_hubs,
        fetched_from=survey.fetched_from,
        fetched_to=survey.fetched_to,
        en=en,
        zh=zh,
        pages_log2=log2_ratio(en.pages, zh.pages),
        works_log2=log2_ratio(en.works, zh.works) if evidence.judged else None,
        stored=_stored(survey),
        tables=counts,
        doubts=_doubts(survey),
        account=books.account,
        runs=tuple(_run(run, survey) for run in books.runs),
        reading=reading(survey.documents, topic),
        gap=gap_of(survey, topic, counts, evidence, Counted(terms, include_hubs, sources)),
        meaning=evidence.meaning,
    )


def _without_ratios(table: Table) -> Table:
    """Return a table without its ratios of works: refused where the split rate is unmeasured."""
    return replace(table, rows=tuple(replace(row, log2=None) for row in table.rows))


def totals(survey: Survey, lang: str) -> Totals:
    """Return one language's totals; reprints = pages − works."""
    mine = [document for document in survey.documents if document.lang == lang]
    reprints = sum(document.reprint for document in mine)
    return Totals(
        lang=lang,
        articles=survey.articles[lang],
        hubs=survey.stored[lang, HUB],
        pages=len(mine),
        works=len(mine) - reprints,
        reprints=reprints,
        sources=len({document.source.id for document in mine}),
        hosts=len({document.host for document in mine}),
        bilingual=sum(document.bilingual for document in mine),
        volume=sum(document.volume for document in mine),
        volume_unit=VOLUME_UNITS[lang],
    )


def tables(survey: Survey, topic: Topic) -> tuple[Table, ...]:
    """Return a table a dimension, in the order in which the report shows them."""
    documents = survey.documents
    chinese = [document for document in documents if document.lang == "zh"]
    years = [*sorted({d.year for d in documents} - {UNDATED}), UNDATED]
    names = {row.id: row.name for row in survey.sources.values()}
    return (
        concepts(documents, topic),
        tabulate(documents, Dimension("years", True, lambda d: (d.year,), years)),
        tabulate(documents, Dimension("kinds", True, lambda d: (d.source.kind,), ALL_KINDS)),
        tabulate(documents, Dimension("regions", True, lambda d: (d.region,), REGIONS)),
        tabulate(
            chinese, Dimension("scripts", True, lambda d: (d.script,), tuple(SCRIPTS), SCRIPTS)
        ),
        tabulate(documents, Dimension("routes", False, lambda d: d.routes or ("",))),
        tabulate(
            documents,
            Dimension("sources", True, lambda d: (d.source.id,), sorted(survey.sources), names),
        ),
    )


def concepts(documents: Sequence[Document], topic: Topic) -> Table:
    """Count concepts; those of which the crawl found most works come first.

    By both languages together, as the counts alone may not rank a gap: ``gap.compare`` does that.
    """
    ids = [concept.id for concept in topic.concepts]
    english = {concept.id: concept.en for concept in topic.concepts}
    chinese = {concept.id: concept.zh for concept in topic.concepts}
    by = Dimension("concepts", False, lambda d: d.concepts, ids, english, chinese)
    return Table(by.name, False, tuple(sorted(tabulate(documents, by).rows, key=_by_works)))


def _by_works(row: Row) -> int:
    return -(row.en.works + row.zh.works)


def _stored(survey: Survey) -> tuple[Stored, ...]:
    """English and Chinese first, then the languages that are shown but not compared."""
    others = sorted({lang for lang, _ in survey.stored} - set(LANGUAGES))
    return tuple(
        Stored(lang, survey.stored[lang, "article"], survey.stored[lang, HUB])
        for lang in (*LANGUAGES, *others)
    )


def _doubts(survey: Survey) -> tuple[Doubt, ...]:
    others = sorted({name for name, _ in survey.doubts} - set(KNOWN_DOUBTS))
    found: Counter[tuple[str, str]] = Counter()
    for (lang, names), count in Counter((d.lang, d.doubts) for d in survey.documents).items():
        for name in names:
            found[name, lang] += count
    return tuple(
        Doubt(
            name,
            *(survey.doubts[name, lang] for lang in (*LANGUAGES, OTHER)),
            *(found[name, lang] for lang in LANGUAGES),
        )
        for name in (*KNOWN_DOUBTS, *others)
    )


def _run(run: Run, survey: Survey) -> CrawlRun:
    names = {row.id: row.name for row in survey.sources.values()}
    limits = tuple(Limit(name, names.get(of, of), left) for name, of, left in run.limits)
    return CrawlRun(run.id, run.started_at, run.ended_at, run.outcome, run.fetched, limits)
