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
from meaning.explained.mentions import Mentions
from meaning.explained.passage import Passage
from page.model import HUB
from report.estimate.divergence import Words
from report.framing.inventory import entries
from store.model import Removed, StoredPage

LEAST = 5
"""Places of an entry in both languages together; a rarer one has no interval worth printing."""
MARK = " | "
"""Stands where a term was: the words on either side do not meet."""
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
        """Return the entries that are frequent enough, the most frequent first.

        Each stands in both languages: what one lacks altogether may be the dictionary's gap.
        """
        totals: dict[str, Counter[str]] = {lang: Counter() for lang in LANGUAGES}
        for lang, by_site in self.sites.items():
            for counts in by_site.values():
                totals[lang].update(counts)
        both = totals["en"] + totals["zh"]
        known = totals["en"].keys() & totals["zh"].keys()
        return [entry for entry, n in both.most_common() if n >= LEAST and entry in known]

    def words(self, lang: str, inventory: Sequence[str]) -> Words:
        """Return a language's counts, sites × entries."""
        rows = [[c[entry] for entry in inventory] for c in self.sites[lang].values()]
        return Words(np.array(rows, dtype=np.int64).reshape(len(rows), len(inventory)))


def around(
    pages: Iterable[StoredPage | Removed], topic: Topic, concepts: Collection[str]
) -> dict[str, Around]:
    """Read the sentences that name these concepts, and their neighbours, on every article.

    A sentence of a page counts once however often it names a concept or stands beside one that
    does; reprints of a text count once a host. The concept's own terms are not among the words
    around it, and those of another concept are one entry, its English name.
    """
    judge, found = Judge(topic), {concept: Around(concept) for concept in concepts}
    names = {concept.id: concept.en.lower() for concept in topic.concepts}
    seen: set[tuple[str, str, str]] = set()
    for stored in pages:
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            text = text_in(stored, lang)
            key = (stored.host, lang, stored.page.content_hash or stored.url)
            if text and key not in seen:
                seen.add(key)
                mine: defaultdict[str, list[Passage]] = defaultdict(list)
                for passage in judge.passages(stored.page.title, text, lang):
                    if passage.concept in found:
                        mine[passage.concept].append(passage)
                for concept, passages in mine.items():
                    counts = _words(passages, judge.mentions[lang], names)
                    found[concept].sites[lang][stored.host].update(counts)
                    _count(found[concept], stored, lang, passages)
    return found


def _words(passages: list[Passage], mentions: Mentions, names: Mapping[str, str]) -> Counter[str]:
    """Count the entries in one page's passages of a concept, every sentence once."""
    sentences = dict.fromkeys(s for p in passages for s in (p.before, p.sentence, p.after))
    counts: Counter[str] = Counter()
    for sentence in sentences:
        rest, at = [], 0
        for hit in sorted(mentions.find([sentence]), key=lambda hit: (hit.start, -hit.end)):
            if hit.start >= at:
                rest.append(sentence[at : hit.start])
                counts[names[hit.concept]] += hit.concept != passages[0].concept
            at = max(at, hit.end)
        counts.update(entries(MARK.join((*rest, sentence[at:])), mentions.lang))
    return +counts


def _count(found: Around, stored: StoredPage, lang: str, passages: list[Passage]) -> None:
    found.passages[lang] += len({(passage.line, passage.sentence) for passage in passages})
    best = min(passages, key=lambda p: len(p.sentence))
    example = Example(stored.url, stored.page.title, best.sentence, best.start, best.end)
    found.examples[lang].setdefault(stored.host, []).append(example)


def chosen(by_host: Mapping[str, Sequence[Example]]) -> tuple[Example, ...]:
    """Return up to three examples, of different sites as far as there are any."""
    hosts = [list(examples) for _, examples in sorted(by_host.items())]
    turns = (row[n] for n in range(EXAMPLES) for row in hosts if n < len(row))
    return tuple(islice(turns, EXAMPLES))
