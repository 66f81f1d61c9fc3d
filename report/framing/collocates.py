"""The words around a concept, counted by site in both languages."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice

import numpy as np

from config.model import LANGUAGES, Topic
from meaning.counterparts.corpus import text_in
from meaning.explained.judge import Judge
from meaning.explained.passage import Passage
from page.model import HUB
from report.estimate.divergence import Words
from report.framing.inventory import entries
from store.model import Removed, StoredPage

LEAST = 5
"""Places of an entry in both languages together; a rarer one has no interval worth printing."""
EXAMPLES = 3


@dataclass(frozen=True, slots=True)
class Example:
    """A concept in context: the sentence, with the term from ``start`` to ``end``."""

    url: str
    title: str
    sentence: str
    start: int
    end: int


@dataclass(slots=True)
class Around:
    """What stands around a concept: counts by language, site and entry, examples by site."""

    concept: str
    sites: dict[str, dict[str, Counter[str]]] = field(
        default_factory=lambda: {lang: defaultdict(Counter) for lang in LANGUAGES}
    )
    passages: Counter[str] = field(default_factory=Counter)
    examples: dict[str, dict[str, list[Example]]] = field(
        default_factory=lambda: {lang: {} for lang in LANGUAGES}
    )

    def entries(self) -> list[str]:
        """Return the entries that are frequent enough, the most frequent first."""
        total: Counter[str] = Counter()
        for by_site in self.sites.values():
            for counts in by_site.values():
                total.update(counts)
        return [entry for entry, count in total.most_common() if count >= LEAST]

    def words(self, lang: str, inventory: Sequence[str]) -> Words:
        """Return a language's counts, sites × entries."""
        rows = [[c[entry] for entry in inventory] for c in self.sites[lang].values()]
        return Words(np.array(rows, dtype=np.int64).reshape(len(rows), len(inventory)))


def around(
    pages: Iterable[StoredPage | Removed], topic: Topic, concepts: Collection[str]
) -> dict[str, Around]:
    """Read the sentences that name these concepts, and their neighbours, on every article.

    A sentence counts once however often it names a concept; reprints of a text count once a
    host. The concept's own terms are not among the words around it.
    """
    judge, found = Judge(topic), {concept: Around(concept) for concept in concepts}
    seen: set[tuple[str, str]] = set()
    for stored in pages:
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            text = text_in(stored, lang)
            key = (stored.host, f"{lang}{stored.page.content_hash}")
            if text and key not in seen:
                seen.add(key)
                mine: defaultdict[str, list[Passage]] = defaultdict(list)
                for passage in judge.passages(stored.page.title, text, lang):
                    if passage.concept in found:
                        mine[passage.concept].append(passage)
                for concept, passages in mine.items():
                    _count(found[concept], stored, lang, passages)
    return found


def _count(found: Around, stored: StoredPage, lang: str, passages: list[Passage]) -> None:
    counted: set[tuple[int, str]] = set()
    for passage in passages:
        if (passage.line, passage.sentence) in counted:
            continue
        counted.add((passage.line, passage.sentence))
        words = f"{passage.before} {passage.sentence} {passage.after}".replace(passage.term, " | ")
        found.sites[lang][stored.host].update(entries(words, lang))
        found.passages[lang] += 1
    if passages:
        best = max(passages, key=lambda p: -len(p.sentence))
        example = Example(stored.url, stored.page.title, best.sentence, best.start, best.end)
        found.examples[lang].setdefault(stored.host, []).append(example)


def chosen(by_host: Mapping[str, Sequence[Example]]) -> tuple[Example, ...]:
    """Return up to three examples, of different sites as far as there are any."""
    hosts = [list(examples) for _, examples in sorted(by_host.items())]
    turns = (row[n] for n in range(EXAMPLES) for row in hosts if n < len(row))
    return tuple(islice(turns, EXAMPLES))
