"""An audit as it lies in its folder, set against a corpus: which drawn works it had."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from config.model import LANGUAGES, Topic
from report.audit.draws import FILE as DRAWS
from report.audit.draws import UNKNOWN, Draw, read_draws
from report.audit.frame_keys import read_keys
from report.audit.match import Audited, match
from report.read import survey_store
from report.render.inert import cell
from report.survey import Survey
from store import DATABASE, open_store
from store.model import Reader
from store.records import Account
from store.works import cluster

FOLDER = "audit"
RESULT = "audited.csv"
COLUMNS = ("url", "title", "lang", "date", "weight", "found", "known_as")


@dataclass(frozen=True, slots=True)
class Sample:
    """One audit: its draws, the audit store's accounts, and by language the works on topic."""

    draws: tuple[Draw, ...]
    account: Account
    works: dict[str, tuple[Audited, ...]]

    @property
    def biased(self) -> bool:
        """Whether the frame prefers some pages by nobody knows how much."""
        return any(draw.chances == UNKNOWN for draw in self.draws)


def read_sample(folder: Path, corpus: Survey, topic: Topic, store: Reader) -> Sample | None:
    """Return the audit in a folder, set against a corpus; None where none was drawn or fetched.

    ``corpus`` is what ``store`` holds, and must have kept its sketches. Raises FrameError and what
    opening a store raises.
    """
    draws = read_draws(folder / DRAWS)
    if not draws or not (folder / DATABASE).exists():
        return None
    with open_store(folder) as fetched:
        seen = survey_store(fetched, topic, keep_sketches=True)
        redirects, account = fetched.redirects(), fetched.account()
    keys = read_keys(folder)
    works = {
        lang: tuple(match(corpus, seen, draws, redirects, keys, cluster, lang, store.was_held))
        for lang in LANGUAGES
    }
    return Sample(tuple(draws), account, works)


def audited_csv(sample: Sample) -> Iterator[str]:
    """Yield a line a drawn work: whether the corpus had it, and as which of its pages."""
    yield "\ufeff" + _line(COLUMNS)
    for work in (work for lang in LANGUAGES for work in sample.works[lang]):
        known = (str(int(work.found)), work.known_as)
        yield _line((work.url, work.title, work.lang, work.date, f"{work.weight:.9g}", *known))


def _line(values: tuple[str, ...]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([cell(value) for value in values])
    return buffer.getvalue()
