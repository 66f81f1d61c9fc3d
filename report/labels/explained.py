"""The sitting of ``duizhao label explained``: does this passage explain the concept?

Works that name a concept are drawn separately from those that the rule says explain it and from the
others, in each language, so that both kinds of error are measured (B6).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from config.model import LANGUAGES, Topic
from meaning.counterparts.corpus import text_in
from meaning.explained.book import Book
from meaning.explained.judge import Judge
from report.labels.ask import Item
from report.labels.draw import draw, shuffled
from report.survey import Document
from store.model import StoredPage

FILE = "explained.csv"
QUESTION = "does it explain the term? 是否解释了该词？"
EACH = 75
"""Drawn a language of either kind: 150 a language."""
EXPLAINED, MENTIONED = "explained", "mentioned"


@dataclass(frozen=True, slots=True)
class Candidate:
    """A work that names a concept, at its first page."""

    url_id: int
    url: str
    lang: str
    concept: str
    stratum: str

    @property
    def key(self) -> str:
        """What identifies it in a draw."""
        return f"{self.url}#{self.lang}#{self.concept}"


def stratum(lang: str, explained: bool) -> str:
    """Return the name of a group that is drawn from on its own."""
    return f"{lang}-{EXPLAINED if explained else MENTIONED}"


def candidates(documents: Iterable[Document], book: Book) -> list[Candidate]:
    """Return every work and concept that it names, reprints left out."""
    return [
        Candidate(
            d.url_id,
            d.url,
            d.lang,
            concept,
            stratum(d.lang, concept in book.explained(d.url_id, d.lang)),
        )
        for d in documents
        if not d.reprint
        for concept in sorted(d.concepts)
    ]


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

    An item's id holds the passage's hash: a text that changed is another item.
    """
    judge = Judge(topic)
    names = {concept.id: f"{concept.en} · {concept.zh}" for concept in topic.concepts}
    made = []
    for candidate in chosen:
        stored = page(candidate.url_id)
        if stored is None:
            continue
        title = stored.page.title
        verdicts = judge.verdicts(title, text_in(stored, candidate.lang), candidate.lang)
        verdict = next((v for v in verdicts if v.concept == candidate.concept), None)
        if verdict is None:
            continue  # named in the title alone
        passage = verdict.passage
        left, right = passage.sentence[: passage.start], passage.sentence[passage.end :]
        sentence = f"{left}【{passage.term}】{right}"
        lines = (
            f"{names[candidate.concept]}   {title}",
            f"   {passage.before[-160:]}",
            f"   {sentence}",
            f"   {passage.after[:320]}",
        )
        item = f"{candidate.lang}-{candidate.concept}-{passage.digest()}"
        made.append(Item(item, candidate.stratum, lines, f"{sentence} | {candidate.url}"))
    return made
