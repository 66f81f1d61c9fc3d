"""How a scheduled run went, in one word and in one line. Pure.

``ok``: a page was stored, or no crawl was asked for. ``unchanged``: pages were looked at, and none
was new; or none was due, and a sitemap or feed has answered. ``nothing``: not a page. ``failed``: a
step ended with an error. ``stopped``: somebody stopped it. Only ``ok`` and ``unchanged`` end with
exit code 0.
"""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass, field

from store.visits import CHANGED, NEW, SAME, VERDICTS

OK, UNCHANGED, NOTHING, FAILED, STOPPED = "ok", "unchanged", "nothing", "failed", "stopped"
GOOD = (OK, UNCHANGED)
INTERRUPTED = 130
EXIT_CODE = 6
_MOST = 8


@dataclass(frozen=True, slots=True)
class Step:
    """One command that was run: its name, its exit code, the last line it complained with.

    ``pid`` is its process, 0 when that is not known.
    """

    name: str
    code: int
    said: str = ""
    pid: int = 0


@dataclass(frozen=True, slots=True)
class Trouble:
    """A host, or a source, that did not answer as it should.

    ``failures`` counts them in a row; ``next_at`` is ISO 8601 UTC, empty when the next run tries.
    """

    subject: str
    sources: tuple[str, ...]
    reason: str
    failures: int
    next_at: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """What a run did; ``visits`` counts pages by what was found (new, changed, same, lost, failed).

    ``crawled`` says whether a crawl was part of it.
    """

    job: str
    slot: str
    started_at: str
    seconds: float
    outcome: str
    steps: tuple[Step, ...] = ()
    crawled: bool = False
    fetched: int = 0
    visits: Mapping[str, int] = field(default_factory=dict)
    troubles: tuple[Trouble, ...] = ()

    @property
    def code(self) -> int:
        """The exit code that the outcome stands for."""
        return 0 if self.outcome in GOOD else INTERRUPTED if self.outcome == STOPPED else EXIT_CODE

    def line(self) -> str:
        """Return the run in one line."""
        parts = [f"{self.job} {self.outcome}", f"{self.seconds:.0f} s"]
        if self.crawled:
            named = VERDICTS
            parts += [f"{name} {self.visits[name]}" for name in named if self.visits.get(name)]
            parts += [] if self.stored else ["no page was stored"]
        parts += [_complaint(step) for step in self.steps if step.code]
        if self.troubles:
            shown = ", ".join(map(_named, self.troubles[:_MOST]))
            more = len(self.troubles) - _MOST
            parts.append(f"in trouble: {shown}" + (f" and {more} more" if more > 0 else ""))
        return " · ".join(parts)

    @property
    def stored(self) -> int:
        """The page versions that the crawl stored."""
        return self.visits.get("new", 0) + self.visits.get("changed", 0)

    def as_json(self) -> str:
        """Return it as JSON, with its exit code."""
        return json.dumps(asdict(self) | {"code": self.code}, ensure_ascii=False)


def _complaint(step: Step) -> str:
    return f"{step.name} exited {step.code}" + (f" ({step.said})" if step.said else "")


def _named(trouble: Trouble) -> str:
    whose = f" of {', '.join(trouble.sources)}" if trouble.sources else ""
    later = f", next try {trouble.next_at}" if trouble.next_at else ""
    return f"{trouble.subject}{whose} ({trouble.reason}, {trouble.failures} in a row{later})"


def judge(
    steps: Sequence[Step], *, crawled: bool, visits: Mapping[str, int], listed: bool = False
) -> str:
    """Return the word for a run. A run whose crawl stored no page is never ``ok``.

    ``visits`` counts pages; ``listed`` says that a sitemap or feed has answered.
    """
    if any(step.code == INTERRUPTED for step in steps):
        return STOPPED
    if any(step.code for step in steps):
        return FAILED
    if not crawled or visits.get(NEW) or visits.get(CHANGED):
        return OK
    none_due = listed and not any(visits.values())
    return UNCHANGED if visits.get(SAME) or none_due else NOTHING
