"""What a report may have beside the pages: audit, judged works, claims, effort, an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from config.model import LANGUAGES
from report.audit.sample import Sample
from report.labels.splits import Splits
from report.meaning.model import NO_MEANING, Meaning
from report.previous import Earlier
from store.records import Claim, Effort


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it, and nothing by default. ``splits`` are by language; ``previous`` is an earlier
    report."""

    sample: Sample | None = None
    splits: Mapping[str, Splits] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    effort: tuple[Effort, ...] = ()
    previous: Earlier | None = None
    meaning: Meaning = NO_MEANING

    @property
    def judged(self) -> bool:
        """Whether it is measured in both languages how often a work is split."""
        return len(self.splits) == len(LANGUAGES) and all(s.judged for s in self.splits.values())


NONE = Evidence()
