"""How much of what people call the topic the word list catches: its recall, by hand.

Of each language's articles, pages that the word list puts on topic and pages that it does not are
drawn separately; a person says whether a page is about the topic all the same. Recall is estimated
from both parts, pages found and pages missed.

A list to which the words of the pages judged were added catches those pages whatever else it
misses, so they cannot say what it is worth. So another list draws other pages: their random numbers
are made from the language's words as well. Answers given before count where those are drawn again.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass

from config.model import LANGUAGES, Topic
from index.lexicon import match_concepts, on_topic
from index.terms import said_of
from meaning.counterparts.corpus import text_in
from page.model import HUB
from report.estimate.interval import Interval
from report.estimate.labels import clopper_pearson
from report.estimate.refused import Refused, refuse
from report.labels import strata
from report.labels.ask import Item
from report.labels.verdict import Verdict, tally
from store.model import Removed, StoredPage

FILE = "lexicon.csv"
EACH = 50
FEWEST = 20
"""Clear answers a language and part, from which a recall is told at all (a judgement)."""
LEAST = 0.6
"""The lower limit of a recall, below which nothing is compared (a judgement): a list that may miss
more than two pages in five does not speak for its language. None is high enough to be safe: in the
simulations of B8 a list that missed two in five of a fifth of its terms made every test reject, and
few of its pages were missed. The report says so beside the recalls."""
SHOWN = 500


@dataclass(frozen=True, slots=True)
class Candidate:
    """A page in one language, and whether the word list, known by a hash, puts it on topic."""

    url_id: int
    url: str
    lang: str
    caught: bool
    words: str = ""

    @property
    def key(self) -> str:
        """What identifies it in a draw by this word list."""
        return f"{self.words}#{self.item}"

    @property
    def item(self) -> str:
        """What a label file calls it."""
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
    words = {lang: words_of(topic, lang) for lang in LANGUAGES}
    found = []
    for stored in pages:
        if isinstance(stored, Removed) or stored.page.kind == HUB:
            continue
        for lang in LANGUAGES:
            if said := stored.page.said_in(lang):
                caught = on_topic(topic, match(said, lang))
                found.append(Candidate(stored.url_id, stored.url, lang, caught, words[lang]))
    return found


def words_of(topic: Topic, lang: str) -> str:
    """Return a hash of what puts a text of one language on topic, in whatever order it is said."""
    core = sorted(concept.id for concept in topic.concepts if concept.core)
    said = sorted((said.concept, said.normal) for said in said_of(topic, lang))
    return hashlib.blake2b(repr((core, said)).encode(), digest_size=6).hexdigest()


def drawn(found: Sequence[Candidate], *, each: int = EACH) -> list[Candidate]:
    """Draw ``each`` of either kind in each language, mixed so that the kind cannot be told."""
    return strata.drawn(found, each)


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
            made.append(Item(candidate.item, candidate.stratum, lines, short))
    return made


def recalls(found: Sequence[Candidate], verdicts: Mapping[str, Verdict]) -> dict[str, Recall]:
    """Return the recall of each language where enough pages were judged, and some are on the topic.

    recall = c·PPV / (c·PPV + m·FOR), c pages caught and m not; Clopper-Pearson limits carried
    through, as in B6. Which answers count is in ``report.labels.strata``.
    """
    here = strata.counted(found, verdicts)
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


def refusal(recalls: Mapping[str, Recall]) -> Refused | None:
    """Return why these recalls bear no comparison of the languages; None where they do."""
    if set(recalls) != set(LANGUAGES):
        return refuse("lexicon_unmeasured")
    worst = min(recalls.values(), key=lambda one: one.limits.low)
    if worst.limits.low >= LEAST:
        return None
    low, needed = round(100 * worst.limits.low), round(100 * LEAST)
    return refuse("lexicon_misses", language=worst.lang, low=low, needed=needed)


def waiting(
    found: Sequence[Candidate], verdicts: Mapping[str, Verdict], *, each: int = EACH
) -> dict[str, int]:
    """Return how many pages of the draw nobody has answered yet, by language."""
    left = strata.waiting(found, verdicts, each)
    return {lang: left[stratum(lang, True)] + left[stratum(lang, False)] for lang in LANGUAGES}


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
