"""The sitting of ``duizhao label explained``: does this passage explain the concept?

Works that name a concept are drawn separately from those that the rule says explain it and from the
others, in each language, so that both kinds of error are measured (B6).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.model import Topic
from meaning.counterparts.corpus import text_in, title_in
from meaning.explained.book import Book, Said
from meaning.explained.judge import Judge
from report.labels import strata
from report.labels.ask import Item
from report.labels.verdict import Verdict
from report.survey import Document
from store.model import StoredPage

FILE = "explained.csv"
QUESTION = "does it explain the term? 是否解释了该词？"
EACH = 75
"""Drawn a language of either kind: 150 a language."""
EXPLAINED, MENTIONED = "explained", "mentioned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that names a concept, at the page that speaks for it; ``passage`` is the hash of the
    passage that the rule goes by, "" where titles alone name it."""

    url_id: int
    url: str
    lang: str
    concept: str
    stratum: str
    passage: str = ""

    @property
    def key(self) -> str:
        """What identifies it in a draw."""
        return f"{self.url}#{self.lang}#{self.concept}"

    @property
    def item(self) -> str:
        """What a label file calls it: a text that changed is another item."""
        return f"{self.lang}-{self.concept}-{self.passage}"


def stratum(lang: str, explained: bool) -> str:
    """Return the name of a group that is drawn from on its own."""
    return f"{lang}-{EXPLAINED if explained else MENTIONED}"


def candidates(documents: Iterable[Document], book: Book) -> list[Candidate]:
    """Return every work and concept that any of its pages names.

    A work explains a concept where any of its pages does, and the first of those is shown.
    """
    found: defaultdict[tuple[int, str], list[tuple[Document, Said | None]]] = defaultdict(list)
    for d in documents:
        said = {one.concept: one for one in book.said.get((d.url_id, d.lang), ())}
        for concept in sorted(d.concepts):
            found[d.work, concept].append((d, said.get(concept)))
    return [_candidate(min(pages, key=_rank), concept) for (_, concept), pages in found.items()]


def _rank(page: tuple[Document, Said | None]) -> tuple[bool, bool, bool, str]:
    """Who speaks for a work: a page that explains, one with a passage, the work's first."""
    document, said = page
    return not (said and said.explained), not said, document.reprint, document.url


def _candidate(page: tuple[Document, Said | None], concept: str) -> Candidate:
    d, said = page
    explained, passage = (said.explained, said.passage) if said else (False, "")
    return Candidate(d.url_id, d.url, d.lang, concept, stratum(d.lang, explained), passage)


def askable(found: Iterable[Candidate]) -> list[Candidate]:
    """Return those with a passage to show."""
    return [c for c in found if c.passage]


def drawn(found: Sequence[Candidate], *, each: int = EACH) -> list[Candidate]:
    """Draw ``each`` of either kind in each language, mixed so that the kind cannot be told."""
    return strata.drawn(askable(found), each)


def answered(said: Mapping[str, Verdict], found: Iterable[Candidate]) -> list[Verdict]:
    """Return the verdicts that count (``strata``), one a work and concept.

    An answer given of another corpus, or before the text changed, says nothing of these.
    """
    return strata.counted(askable(found), said)


def items(
    chosen: Iterable[Candidate], topic: Topic, page: Callable[[int], StoredPage | None]
) -> list[Item]:
    """Return what a person is shown of each: the passage that the rule went by, not its verdict.

    A passage that two works share is one item.
    """
    judge = Judge(topic)
    names = {concept.id: f"{concept.en} · {concept.zh}" for concept in topic.concepts}
    made: dict[str, Item] = {}
    for candidate in chosen:
        stored = page(candidate.url_id)
        if stored is None:
            continue
        title = title_in(stored, candidate.lang)
        verdicts = judge.verdicts(title, text_in(stored, candidate.lang), candidate.lang)
        verdict = next((v for v in verdicts if v.concept == candidate.concept), None)
        if verdict is None:
            continue  # the page has changed since it was judged
        passage = verdict.passage
        left, right = passage.sentence[: passage.start], passage.sentence[passage.end :]
        sentence = f"{left}【{passage.term}】{right}"
        lines = (
            f"{names[candidate.concept]}   {stored.page.title}",
            f"   {passage.before[-160:]}",
            f"   {sentence}",
            f"   {passage.after[:320]}",
        )
        short = f"{sentence} | {candidate.url}"
        made[candidate.item] = Item(candidate.item, candidate.stratum, lines, short)
    return list(made.values())
