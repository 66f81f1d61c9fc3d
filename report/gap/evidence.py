"""What a report may have beside the pages: audit, judged works, claims, effort, an earlier one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from report.audit.sample import Sample
from report.labels.splits import Splits
from report.meaning.model import NO_MEANING, Meaning
from store.model import Claim, Effort


@dataclass(frozen=True, slots=True)
class Evidence:
    """All of it, and nothing by default. ``splits`` are by language; ``previous`` is an earlier
    ``report.json`` as it was read."""

    sample: Sample | None = None
    splits: Mapping[str, Splits] = field(default_factory=dict)
    claims: tuple[Claim, ...] = ()
    effort: tuple[Effort, ...] = ()
    previous: Mapping[str, Any] | None = None
    meaning: Meaning = NO_MEANING


NONE = Evidence()
