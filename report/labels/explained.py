"""The sitting of ``duizhao label explained``: does this passage explain the concept?

Works that name a concept are drawn separately from those that the rule says explain it and from the
others, in each language, so that both kinds of error are measured (B6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from config.model import LANGUAGES, Topic
from meaning.counterparts.corpus import text_in, title_in
from meaning.explained.book import Book, Said
from meaning.explained.judge import Judge
from report.labels.ask import Item
from report.labels.draw import draw, shuffled
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
    """A work that names a concept, at its first page; ``passage`` is the hash of the passage that
    the rule goes by, "" where the title alone names it."""

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
    """Return every work and concept that it names, reprints left out."""
    return [
        _candidate(d, concept, said.get(concept))
        for d in documents
        if not d.reprint
        for said in [{one.concept: one for one in book.said.get((d.url_id, d.lang), ())}]
        for concept in sorted(d.concepts)
    ]


def _candidate(d: Document, concept: str, said: Said | None) -> Candidate:
    explained, passage = (said.explained, said.passage) if said else (False, "")
    return Candidate(d.url_id, d.url, d.lang, concept, stratum(d.lang, explained), passage)


def answered(said: Iterable[Verdict], found: Iterable[Candidate]) -> list[Verdict]:
    """Return the verdicts on passages of these works, each in the stratum that it is in now.

    An answer given of another corpus, or before the text changed, says nothing of these; one given
    when the rule said otherwise is an answer still, of the other stratum.
    """
    known = {c.item: c.stratum for c in found if c.passage}
    return [replace(v, stratum=known[v.item]) for v in said if v.item in known]


def drawn(found: Sequence[Candidate], *, seed: int, each: int = EACH) -> list[Candidate]:
    """Draw ``each`` of either kind in each language, mixed so that the kind cannot be told."""
    groups = [
        draw(
            [c for c in found if c.stratum == stratum(lang, explained)],
            each,
            seed=seed,
            key=lambda c: c.key,
        )
        for lang in LANGUAGES
        for explained in (True, False)
    ]
    return shuffled(groups, seed=seed, key=lambda c: c.key)


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
            continue  # named in the title alone
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
