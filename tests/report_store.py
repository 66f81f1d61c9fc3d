"""A store in memory for the report's tests, and pages to put into it.

``MemoryStore`` keeps ``store.model.Reader``; ``match``, ``weigh`` and ``cluster`` do what the
index and the store offer, simply enough to be checked by eye.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path

from config.model import Concept, Topic
from page.model import ARTICLE, HUB, Page, Published, Segment
from report.beside import drawing
from report.files import LINKED, ReportFiles, write_files
from report.gap.evidence import NONE, Evidence
from report.measure import Books, measure
from report.model import Measurement
from report.survey import Judge, Survey, survey
from store.model import Removed, SourceRow, StoredPage
from store.records import Account, Claim, Effort, Run, Volume

NOW = "2026-02-03T04:05:06Z"

TOPIC = Topic(
    "digital-government",
    "digital government",
    "数字政府",
    (
        Concept(
            "dg", "digital government", "数字政府", ("digital government",), ("数字政府",), "", True
        ),
        Concept("onestop", "one-stop services", "一网通办", ("one-stop",), ("一网通办",), ""),
        Concept("cloud", "government cloud", "政务云", ("government cloud",), ("政务云",), ""),
        Concept("brain", "city brain", "城市大脑", ("city brain",), ("城市大脑",), ""),
    ),
)
GOV = SourceRow("gov", "中国政府网", ("zh", "en"), "government", "mainland")
PRESS = SourceRow("press", "Example Press", ("en",), "press", "other")
NO_ACCOUNT = Account(0, 0, 0, 0, 0, 0)


def match(text: str, lang: str, topic: Topic = TOPIC) -> frozenset[str]:
    """Find concepts by substring, without folding."""
    low = text.lower()
    return frozenset(c.id for c in topic.concepts if any(t in low for t in c.terms(lang)))


def weigh(concepts: frozenset[str], topic: Topic = TOPIC) -> bool:
    """A core concept, or two others."""
    core = {concept.id for concept in topic.concepts if concept.core}
    return bool(concepts & core) or len(concepts) >= 2


def cluster(sketches: Sequence[bytes]) -> list[int]:
    """Equal sketches are one work; the numbers are odd on purpose."""
    order = {sketch: 7 * i for i, sketch in enumerate(dict.fromkeys(sketches))}
    return [order[sketch] for sketch in sketches]


JUDGE = Judge(match, weigh)


def a_page(url_id: int, text: str = "数字政府", lang: str = "zh", **fields: object) -> StoredPage:
    """Return a stored page; ``fields`` go to the row or to its page, whichever has them.

    ``date`` is short for a publication date, ``parts`` for (lang, text) segments.
    """
    parts = fields.pop("parts", ((lang, text),))
    date = fields.pop("date", "2024-05-06")
    page = Page(
        url=f"https://example.org/{url_id}",
        charset="utf-8",
        title="",
        text="\n".join(part for _, part in parts),  # type: ignore[attr-defined]
        lang=lang,
        kind=ARTICLE,
        lang_confidence=1.0,
        segments=tuple(Segment(*part) for part in parts),  # type: ignore[attr-defined]
        script="hans" if lang == "zh" else "",
        published=Published(str(date), "byline", 0.9) if date else None,
        sketch=str(url_id).encode(),
    )
    row = StoredPage(url_id, url_id, 1, page.url, "example.org", GOV, "2026-01-01T00:00:00Z", page)
    of_page = {k: v for k, v in fields.items() if k in Page._fields and k != "url"}
    of_row = {k: v for k, v in fields.items() if k not in of_page}
    return row._replace(page=page._replace(**of_page), **of_row)  # type: ignore[arg-type]


def a_hub(url_id: int, **fields: object) -> StoredPage:
    return a_page(url_id, kind=HUB, **fields)  # type: ignore[arg-type]


@dataclass
class MemoryStore:
    """Pages in a list, in the order of their revisions."""

    pages: Sequence[StoredPage | Removed] = ()
    found_by: dict[int, tuple[str, ...]] = field(default_factory=dict)
    ran: tuple[Run, ...] = ()
    books: Account = NO_ACCOUNT
    claimed: tuple[Claim, ...] = ()

    last_run: tuple[int, str] | None = (1, "this computer")

    def has_run(self, run: tuple[int, str]) -> bool:
        return run == self.last_run

    @property
    def revision(self) -> int:
        return max((page.revision for page in self.pages), default=0)

    def changes(self, after: int = 0) -> Iterator[StoredPage | Removed]:
        return (page for page in self.pages if page.revision > after)

    def page(self, url_id: int) -> StoredPage | None:
        found = (p for p in self.pages if isinstance(p, StoredPage) and p.url_id == url_id)
        return next(found, None)

    def find(self, url: str) -> StoredPage | None:
        pages = (self.page(url_id) for url_id in range(10_000))
        return next((page for page in pages if page and page.url == url), None)

    def was_held(self, url: str) -> bool:
        return False

    def routes(self) -> dict[int, tuple[str, ...]]:
        return self.found_by

    def runs(self) -> tuple[Run, ...]:
        return self.ran

    def effort(self) -> tuple[Effort, ...]:
        return ()

    def account(self) -> Account:
        return self.books

    def claims(self) -> tuple[Claim, ...]:
        return self.claimed

    def volumes(self) -> tuple[Volume, ...]:
        return ()


def survey_of(store: MemoryStore, topic: Topic = TOPIC, *, include_hubs: bool = False) -> Survey:
    judge = Judge(partial(match, topic=topic), partial(weigh, topic=topic))
    return survey(store.changes(), judge, cluster, routes=store.routes(), include_hubs=include_hubs)


def measurement_of(
    store: MemoryStore,
    topic: Topic = TOPIC,
    evidence: Evidence = NONE,
    *,
    include_hubs: bool = False,
) -> Measurement:
    books = Books(store.revision, store.account(), store.runs())
    seen = survey_of(store, topic, include_hubs=include_hubs)
    return measure(seen, topic, books, evidence, now=NOW, include_hubs=include_hubs)


def files_of(store: MemoryStore, out: Path, topic: Topic = TOPIC) -> ReportFiles:
    with drawing(LINKED, beside=False) as draw:
        return write_files(measurement_of(store, topic), survey_of(store, topic), out, draw)


def written(
    store: MemoryStore, out: Path, evidence: Evidence = NONE, tongue: str = "en"
) -> ReportFiles:
    measured = measurement_of(store, TOPIC, evidence)
    with drawing(LINKED, beside=False) as draw:
        return write_files(measured, survey_of(store), out, draw, tongue)
