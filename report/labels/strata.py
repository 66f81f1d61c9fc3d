"""Strata: which of their candidates are asked, and which answers count.

A candidate has a random number for good (``draw``). Of each stratum those with the lowest are
asked, the lowest first; of the answers, those count that come before the first candidate without
one. So what counts is a simple random sample of the stratum as it is now, whatever the rule and the
corpus were when an answer was given, and wherever a sitting was broken off: the numbers know
nothing of pages, rules and answers. (Not to the last: the candidate that ends the sample is left
out for having no answer, which moves a share of n by some 1/n.) An answer of a sitting whose
lowest numbers were others' waits until those before it are answered.

Two things would spoil that. A rule that was made from the answers does well on them: whoever lets
it be so gives its candidates other numbers (``key``), as ``report.framing.recall`` does. And no
answers may be chosen: a candidate that nobody can be asked of is passed over by both functions.
Candidates that share an ``item`` are answered at once and each counts, for shares are of
candidates; "not sure" is an answer, and left out of shares.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace
from itertools import takewhile
from typing import Protocol, TypeVar

from report.labels.draw import draw, shuffled
from report.labels.verdict import Verdict

SEED = 1
"""Of every draw: with another, answers would be of another sample, and the file does not say."""


class Candidate(Protocol):
    """Who may be drawn."""

    @property
    def key(self) -> str:
        """What the random number is made from."""

    @property
    def item(self) -> str:
        """What a label file calls it."""

    @property
    def stratum(self) -> str:
        """The group that it is drawn from."""


C = TypeVar("C", bound=Candidate)


def drawn(askable: Iterable[C], each: int) -> list[C]:
    """Draw ``each`` of every stratum, mixed so that the stratum cannot be told."""
    groups = [group[:each] for _, group in sorted(_ordered(askable).items())]
    return shuffled(groups, seed=SEED, key=_key)


def counted(askable: Iterable[C], said: Mapping[str, Verdict]) -> list[Verdict]:
    """Return the verdicts that count, one a candidate, in the stratum that it is in now."""
    return [
        replace(said[candidate.item], stratum=candidate.stratum)
        for group in _ordered(askable).values()
        for candidate in takewhile(lambda one: one.item in said, group)
    ]


def waiting(askable: Iterable[C], said: Mapping[str, Verdict], each: int) -> Counter[str]:
    """Return how many items of the draw nobody has answered yet, by stratum."""
    return Counter(
        stratum
        for stratum, group in _ordered(askable).items()
        for _ in {candidate.item for candidate in group[:each]} - said.keys()
    )


def _ordered(askable: Iterable[C]) -> dict[str, list[C]]:
    groups: defaultdict[str, list[C]] = defaultdict(list)
    for candidate in draw(askable, 2**31, seed=SEED, key=_key):
        groups[candidate.stratum].append(candidate)
    return groups


def _key(candidate: Candidate) -> str:
    return candidate.key
