"""One pass over the stored pages: what is on topic in each language, and what surrounds it.

A page is judged language by language on its own text in that language: a bilingual page may be
on topic in one, in both or in none. Texts are dropped as soon as they are judged, so that a
hundred thousand pages fit into memory.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, NamedTuple, TypeVar

from config.model import LANGUAGES
from report.works import Candidate, Cluster, place
from store.model import Removed, SourceRow, StoredPage
from store.works import sketch_of

T = TypeVar("T", bound=Hashable)
OTHER = "other"
UNDATED = "undated"
HUB = "hub"
MAX_TITLE = 300
"""Characters of a title that are kept: more is no title, and fills the memory."""
UNSURE = 0.5
"""A date or a language believed with less confidence than this is counted as uncertain."""
UNSURE_REGION = 0.7
"""The same for a region: less is told from the script alone, or from nothing (``page.region``)."""
PROGRESS_EVERY = 500

_ISO_DATE = re.compile(r"[0-9]{4}(-[0-9]{2}){0,2}")
_WORD = re.compile(r"\w+(?:['’-]\w+)*")
_SPACE = re.compile(r"\s+")

VOLUME_UNITS = {"en": "words", "zh": "characters"}


@dataclass(frozen=True, slots=True)
class Judge:
    """What puts a text on topic: ``match(text, lang)`` finds concept ids, ``on_topic`` weighs."""

    match: Callable[[str, str], frozenset[str]]
    on_topic: Callable[[frozenset[str]], bool]


class Document(NamedTuple):
    """A page on topic in one language: a tuple, as a hundred thousand are made, and given works.

    ``date`` is ISO 8601 of the page's own precision, or "". ``work`` numbers are unique across
    the languages. ``bilingual`` says that the page also has text in the other language.
    """

    url_id: int
    url: str
    title: str
    lang: str
    script: str
    date: str
    host: str
    source: SourceRow
    region: str
    fetched_at: str
    concepts: frozenset[str]
    routes: tuple[str, ...]
    doubts: frozenset[str]
    volume: int
    bilingual: bool
    work: int = 0
    reprint: bool = False

    @property
    def year(self) -> str:
        """The publication year, or ``undated``."""
        return self.date[:4] or UNDATED


@dataclass(slots=True)
class Survey:
    """What the pass found.

    ``stored`` counts every page by (main language, ``article`` or ``hub``); ``articles`` by
    language of which they have text; ``doubts`` by (doubt, ``en``, ``zh`` or ``other``).
    ``sketches`` are those of the pages on topic by url_id, where they were asked for.
    """

    documents: list[Document] = field(default_factory=list)
    stored: Counter[tuple[str, str]] = field(default_factory=Counter)
    articles: Counter[str] = field(default_factory=Counter)
    doubts: Counter[tuple[str, str]] = field(default_factory=Counter)
    sources: dict[str, SourceRow] = field(default_factory=dict)
    fetched_from: str = ""
    fetched_to: str = ""
    sketches: dict[int, bytes] = field(default_factory=dict)


@dataclass(slots=True)
class Part:
    """A part of the pages, read but not clustered: ``found`` has no works yet, ``sketches`` go with
    its documents, and ``seen`` are the url_ids that were read."""

    found: Survey = field(default_factory=Survey)
    sketches: list[bytes] = field(default_factory=list)
    seen: set[int] = field(default_factory=set)


class _Once:
    """One of each value that many documents share: kept once, and handed over once."""

    def __init__(self) -> None:
        self._known: dict[Hashable, Any] = {}

    def __call__(self, value: T) -> T:
        kept: T = self._known.setdefault(value, value)
        return kept


def survey(
    pages: Iterable[StoredPage | Removed],
    judge: Judge,
    cluster: Cluster,
    *,
    routes: Mapping[int, tuple[str, ...]] | None = None,
    include_hubs: bool = False,
    keep_sketches: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Survey:
    """Read every page once and keep what the counts need.

    A URL that turns up twice, because a crawl goes on meanwhile, counts once. ``progress`` is
    told how many pages have been read. Raises what ``pages``, ``judge`` and ``cluster`` raise.
    """
    part = read_part(pages, judge, routes or {}, include_hubs=include_hubs, progress=progress)
    return joined([part], cluster, keep_sketches=keep_sketches)


def read_part(
    pages: Iterable[StoredPage | Removed],
    judge: Judge,
    routes: Mapping[int, tuple[str, ...]],
    *,
    include_hubs: bool = False,
    before: Iterable[int] = (),
    progress: Callable[[int], None] | None = None,
) -> Part:
    """Read pages without clustering them; those whose url_id is in ``before`` are passed over."""
    part, known, once = Part(), set(before), _Once()
    for stored in pages:
        if isinstance(stored, Removed) or stored.url_id in part.seen or stored.url_id in known:
            continue
        part.seen.add(stored.url_id)
        _count(part.found, stored)
        if include_hubs or stored.page.kind != HUB:
            found = _documents(part.found, stored, judge, once, routes.get(stored.url_id, ()))
            part.found.documents += found
            part.sketches += [sketch_of(stored)] * len(found) if found else []
        if progress and len(part.seen) % PROGRESS_EVERY == 0:
            progress(len(part.seen))
    return part


def joined(parts: Sequence[Part], cluster: Cluster, *, keep_sketches: bool = False) -> Survey:
    """Return the survey of all parts, with their works; parts hold different pages, in order."""
    whole = Survey()
    sketches: list[bytes] = []
    for part in parts:
        whole.documents += part.found.documents
        sketches += part.sketches
        whole.stored += part.found.stored
        whole.articles += part.found.articles
        whole.doubts += part.found.doubts
        whole.sources |= part.found.sources
        first, last = part.found.fetched_from, part.found.fetched_to
        whole.fetched_from = min(whole.fetched_from or first, first or whole.fetched_from)
        whole.fetched_to = max(whole.fetched_to, last)
    if keep_sketches:
        whole.sketches = {d.url_id: s for d, s in zip(whole.documents, sketches, strict=True)}
    whole.documents = _placed(whole.documents, sketches, cluster)
    return whole


def doubts(stored: StoredPage) -> frozenset[str]:
    """Return what makes a page uncertain: its own flags, and what its confidences say."""
    page = stored.page
    found = set(page.flags)
    if page.charset_suspect:
        found.add("charset_suspect")
    if page.lang_confidence < UNSURE:
        found.add("language_uncertain")
    if stored.region_confidence < UNSURE_REGION:
        found.add("region_uncertain")
    if not iso_date(stored):
        found.add(UNDATED)
    elif page.published and page.published.confidence < UNSURE:
        found.add("date_uncertain")
    return frozenset(found)


def iso_date(stored: StoredPage) -> str:
    """Return the publication date, or "" when there is none or it is not ISO 8601."""
    date = stored.page.published.date if stored.page.published else ""
    return date if _ISO_DATE.fullmatch(date) else ""


def part(stored: StoredPage, lang: str) -> str:
    """Return the page's text in a language; its title goes with its main language."""
    return stored.page.said_in(lang)


def volume(text: str, lang: str) -> int:
    """Return the length of a text: words in English, characters without spaces in Chinese."""
    if lang == "en":
        return len(_WORD.findall(text))
    return len(_SPACE.sub("", text))


def _count(result: Survey, stored: StoredPage) -> None:
    lang = stored.page.lang or "unknown"
    known = lang if lang in LANGUAGES else OTHER
    result.stored[lang, HUB if stored.page.kind == HUB else "article"] += 1
    result.doubts.update((doubt, known) for doubt in doubts(stored))
    result.sources.setdefault(stored.source.id, stored.source)
    result.fetched_from = min(result.fetched_from or stored.fetched_at, stored.fetched_at)
    result.fetched_to = max(result.fetched_to, stored.fetched_at)


def _documents(
    result: Survey, stored: StoredPage, judge: Judge, once: _Once, routes: tuple[str, ...]
) -> list[Document]:
    """Count an article's parts, and return those on topic."""
    texts = {lang: part(stored, lang) for lang in LANGUAGES}
    # A page without any text still is an article of its language: it is shown, not dropped.
    present = [lang for lang in LANGUAGES if texts[lang] or stored.page.lang == lang]
    if stored.page.kind != HUB:
        result.articles.update(present)
    found = []
    for lang in present:
        concepts = judge.match(texts[lang], lang)
        if judge.on_topic(concepts):
            # One SourceRow a source, not one a page.
            source = result.sources[stored.source.id]
            length = volume(texts[lang], lang)
            bilingual = len(present) > 1
            shared = once(concepts), once(routes)
            found.append(_document(stored, lang, source, once, *shared, length, bilingual))
    return found


def _document(
    stored: StoredPage,
    lang: str,
    source: SourceRow,
    once: _Once,
    concepts: frozenset[str],
    routes: tuple[str, ...],
    length: int,
    bilingual: bool,
) -> Document:
    return Document(
        url_id=stored.url_id,
        url=stored.url,
        title=stored.page.title[:MAX_TITLE],
        lang=once(lang),
        script=once(stored.page.script if lang == "zh" else ""),
        date=once(iso_date(stored)),
        host=once(stored.host),
        source=source,
        region=once(stored.region),
        fetched_at=once(stored.fetched_at),
        concepts=concepts,
        routes=routes,
        doubts=once(doubts(stored)),
        volume=length,
        bilingual=bilingual,
    )


def _placed(documents: list[Document], sketches: list[bytes], cluster: Cluster) -> list[Document]:
    """Return the documents, English first, with their works; each language on its own."""
    placed: list[Document] = []
    for lang in LANGUAGES:
        pairs = [
            (document, sketch)
            for document, sketch in zip(documents, sketches, strict=True)
            if document.lang == lang
        ]
        candidates = [Candidate(d.date, d.fetched_at, d.url_id, sketch) for d, sketch in pairs]
        before = max((document.work for document in placed), default=0)
        placed += [
            Document(*document[:-2], before + found.work, found.reprint)
            for (document, _), found in zip(pairs, place(candidates, cluster), strict=True)
        ]
    return placed
