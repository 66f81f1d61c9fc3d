"""From labels to one answer an item: a person's last line counts, persons must agree."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from report.labels.file import Label

YES, NO, UNSURE = "y", "n", "?"


@dataclass(frozen=True, slots=True)
class Verdict:
    """What people said of one item; ``answer`` is ``?`` where they differ or none was sure."""

    item: str
    stratum: str
    answer: str
    people: int
    conflict: bool


@dataclass(frozen=True, slots=True)
class Tally:
    """Counts of one stratum's items by verdict; ``conflicts`` are among ``unsure``."""

    yes: int = 0
    no: int = 0
    unsure: int = 0
    conflicts: int = 0

    @property
    def judged(self) -> int:
        """How many items have a clear answer."""
        return self.yes + self.no


def verdicts(labels: Iterable[Label], question: str) -> dict[str, Verdict]:
    """Return the verdict on every item of a question, in the order of its first label.

    Somebody who is not sure does not outvote somebody who is; y against n is a conflict.
    """
    said: dict[str, dict[str, Label]] = {}
    for label in labels:
        if label.question == question:
            said.setdefault(label.item, {})[label.who] = label
    return {item: _verdict(item, list(by.values())) for item, by in said.items()}


def tally(found: Iterable[Verdict], stratum: str) -> Tally:
    """Count the verdicts of one stratum."""
    mine = [verdict for verdict in found if verdict.stratum == stratum]
    answers = [verdict.answer for verdict in mine]
    conflicts = sum(verdict.conflict for verdict in mine)
    return Tally(answers.count(YES), answers.count(NO), answers.count(UNSURE), conflicts)


def repeated(labels: Iterable[Label]) -> list[Label]:
    """Return the labels that repeat what the same person had last said of the same item."""
    last: dict[tuple[str, str, str], str] = {}
    again = []
    for label in labels:
        key = (label.question, label.item, label.who)
        if last.get(key) == label.answer:
            again.append(label)
        last[key] = label.answer
    return again


def _verdict(item: str, labels: list[Label]) -> Verdict:
    sure = {label.answer for label in labels} - {UNSURE}
    answer = sure.pop() if len(sure) == 1 else UNSURE
    conflict = bool(sure) and answer == UNSURE
    return Verdict(item, labels[-1].stratum, answer, len(labels), conflict)
