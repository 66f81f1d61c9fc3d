"""How much of what people call the topic the word list catches: its recall, by hand.

Of each language's articles, pages that the word list puts on topic and pages that it does not are
drawn separately; a person says whether a page is about the topic all the same. Recall is estimated
from both parts, pages found and pages missed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace

from config.model import LANGUAGES, Topic
from index.lexicon import match_concepts, on_topic
from meaning.counterparts.corpus import text_in
from page.model import HUB
from report.estimate.interval import Interval
from report.estimate.labels import clopper_pearson
from report.labels.ask import Item
from report.labels.draw import draw, shuffled
from report.labels.verdict import Verdict, tally
from store.model import Removed, StoredPage

FILE = "lexicon.csv"
EACH = 50
FEWEST = 20
"""Clear answers a language and part, from which a recall is told at all (a judgement)."""
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page in one language, and whether the word list puts it on topic."""

    url_id: int
    url: str
    lang: str
    caught: bool

    @property
    def key(self) -> str:
        """What identifies it in a draw."""
        return f"{self.lang}#{self.url}"

    @property
    def stratum(self) -> str:
        """The group it is drawn from."""
        return stratum(self.lang, self.caught)


@dataclass(frozen=True, slots=True)
class Recall:
    """A language's recall with 95 % limits, and the pages judged."""

    lang: str
    recall: float
    limits: Interval
    judged: int


def question(topic: Topic) -> str:
    """Return what is asked of a page: answers on one topic say nothing of another."""
    return f"is it about the topic “{topic.en}”? 是否与主题“{topic.zh}”有关？"


def stratum(lang: str, caught: bool) -> str:
    """Return the name of a group that is drawn from on its own."""
    return f"{lang}-{'caught' if caught else 'not-caught'}"


def candidates(pages: Iterable[StoredPage | Removed], topic: Topic) -> list[Candidate]:
    """Return every article of each language."""
    match = match_concepts(topic)
    found = []
    for stored in pages:
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            if said := stored.page.said_in(lang):
                caught = on_topic(topic, match(said, lang))
                found.append(Candidate(stored.url_id, stored.url, lang, caught))
    return found


def drawn(found: Sequence[Candidate], *, seed: int, each: int = EACH) -> list[Candidate]:
    """Draw ``each`` of either kind in each language, mixed so that the kind cannot be told."""
    groups = [
        draw([c for c in found if c.stratum == stratum(lang, caught)], each, seed=seed, key=_key)
        for lang in LANGUAGES
        for caught in (True, False)
    ]
    return shuffled(groups, seed=seed, key=_key)


def items(
    chosen: Iterable[Candidate], topic: Topic, page: Callable[[int], StoredPage | None]
) -> list[Item]:
    """Return what a person is shown of each: the topic, the title and the text's beginning."""
    made = []
    for candidate in chosen:
        stored = page(candidate.url_id)
        if stored is not None:
            text = " ".join(text_in(stored, candidate.lang).split())
            lines = (
                f"{topic.en} · {topic.zh}   {stored.page.title}",
                f"   {text[:SHOWN]}",
                f"   … {text[len(text) // 2 :][:SHOWN]}",
            )
            short = f"{stored.page.title} | {stored.url}"
            made.append(Item(candidate.key, candidate.stratum, lines, short))
    return made


def recalls(found: Sequence[Candidate], verdicts: Mapping[str, Verdict]) -> dict[str, Recall]:
    """Return the recall of each language where enough pages were judged, and some are on the topic.

    recall = c·PPV / (c·PPV + m·FOR), c pages caught and m not; Clopper-Pearson limits carried
    through, as in B6. Only pages of this corpus count, as the word list has them now.
    """
    known = {c.key: c.stratum for c in found}
    here = [replace(v, stratum=known[v.item]) for v in verdicts.values() if v.item in known]
    made = {}
    for lang in LANGUAGES:
        parts = []
        for caught in (True, False):
            count = sum(c.stratum == stratum(lang, caught) for c in found)
            said = tally(here, stratum(lang, caught))
            parts.append((count, said.yes, said.judged))
        few = any(judged < min(FEWEST, count) for count, _, judged in parts)
        if few or not any(right for _, right, _ in parts):
            continue
        made[lang] = _recall(lang, parts)
    return made


def _recall(lang: str, parts: list[tuple[int, int, int]]) -> Recall:
    (caught, right, caught_judged), (missed, wrong, missed_judged) = parts
    ppv = clopper_pearson(right, caught_judged) if caught_judged else Interval(0.0, 1.0)
    omitted = clopper_pearson(wrong, missed_judged) if missed_judged else Interval(0.0, 0.0)
    point = _share(caught * right / max(1, caught_judged), missed * wrong / max(1, missed_judged))
    low = _share(caught * ppv.low, missed * omitted.high)
    high = _share(caught * ppv.high, missed * omitted.low)
    return Recall(lang, point, Interval(low, high), caught_judged + missed_judged)


def _share(caught: float, missed: float) -> float:
    return caught / (caught + missed) if caught + missed else 0.0


def _key(candidate: Candidate) -> str:
    return candidate.key
