"""How often one work lies in two clusters: the draw as a plain file, and what the labels say.

The file of the draw has a line a pair, asked or not, and one for every drawn work that nothing was
like. With it and the label file anybody can compute the rate again; the corpus is not needed.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np

from config.model import LANGUAGES
from report.estimate.split import Judged
from report.labels.file import LabelError
from report.labels.pairs import NEAREST, DrawnWork, Pair
from report.labels.verdict import NO, UNSURE, YES, Verdict
from report.render.inert import cell
from report.survey import Document

DRAW_COLUMNS = ("work", "lang", "stratum", "works", "drawn", "item", "other", "similarity")

SAME = 0.9
"""The share of a draw's works that must be there still, and how near in number to those of now (a
judgement): works that nobody drew can then move the rate by some hundredths at most."""


@dataclass(frozen=True, slots=True)
class Splits:
    """What the judged works of a language say.

    ``same`` is c_i of B1, a drawn work each: how many found clusters are the same work,
    itself included; the first ``alone`` of them are works that nothing is like, which nobody needs
    to look at. ``unjudged`` works were drawn and have a pair without a clear answer; they are left
    out. ``waiting`` pairs have no answer at all yet. ``joined_wrongly`` of ``inside_judged`` inner
    pairs are two works in one cluster.
    """

    lang: str
    works: int
    same: tuple[int, ...]
    unjudged: int
    inside_judged: int
    joined_wrongly: int
    alone: int = 0
    waiting: int = 0

    @property
    def split(self) -> int:
        """Judged works that lie in more than one cluster."""
        return sum(count > 1 for count in self.same)

    @property
    def judged(self) -> Judged | None:
        """What the estimators take; None until somebody answered every pair, and was sure of some.

        The works left out all have pairs, so those with pairs speak for them, too: without them,
        works that nothing is like, and which cannot be split, would be too many.
        """
        alike = len(self.same) - self.alone
        if self.waiting or not self.same or (self.unjudged and not alike):
            return None
        weight = np.ones(len(self.same))
        weight[self.alone :] = (alike + self.unjudged) / max(1, alike)
        return Judged(np.array(self.same, dtype=np.int64), weight)


def splits(drawn: Iterable[DrawnWork], verdicts: Mapping[str, Verdict], lang: str) -> Splits:
    """Return what the verdicts say of the works drawn in a language."""
    mine = [work for work in drawn if work.lang == lang]
    near = [work for work in mine if work.stratum == "near"]
    alone = [work for work in near if not work.pairs]
    alike = [work for work in near if work.pairs]
    counts = [_same(work, verdicts) for work in (*alone, *alike)]
    waiting = {pair.item for work in alike for pair in needed(work, verdicts)} - verdicts.keys()
    inside = [
        verdicts[pair.item].answer
        for work in mine
        if work.stratum == "inside"
        for pair in work.pairs
        if pair.item in verdicts
    ]
    return Splits(
        lang,
        near[0].works if near else 0,
        tuple(count for count in counts if count),
        counts.count(0),
        inside.count(YES) + inside.count(NO),
        inside.count(NO),
        len(alone),
        len(waiting),
    )


def _same(work: DrawnWork, verdicts: Mapping[str, Verdict]) -> int:
    """Clusters that are this work; 0 when that is not yet known."""
    answers = [_answer(pair, verdicts) for pair in needed(work, verdicts)]
    return 0 if UNSURE in answers else 1 + answers.count(YES)


def current(drawn: Sequence[DrawnWork], documents: Sequence[Document]) -> list[DrawnWork]:
    """Return the drawn works that are works of this corpus, each with the pairs that still are two.

    None of a language where they are no sample of its works: where more than a tenth of them are
    gone, or its works have grown or shrunk by more since the draw. The draw of another corpus or
    another topic says nothing of this one.
    """
    firsts = {(d.lang, d.url) for d in documents if not d.reprint}
    pages = {(d.lang, d.url): d.work for d in documents}
    made: list[DrawnWork] = []
    for lang in LANGUAGES:
        mine = [work for work in drawn if work.lang == lang]
        near = [work for work in mine if work.stratum == "near"]
        here = sum((lang, work.first) in firsts for work in near)
        now = sum(of == lang for of, _ in firsts)
        sizes = [(here, len(near)), *((now, work.works) for work in near[:1])]
        if all(SAME * max(pair) <= min(pair) for pair in sizes):
            made += [_current(work, pages) for work in mine if (lang, work.first) in firsts]
    return made


def _current(work: DrawnWork, pages: Mapping[tuple[str, str], int]) -> DrawnWork:
    own, inside = pages[work.lang, work.first], work.stratum != "near"
    pairs = [
        pair
        for pair in work.pairs
        for other in (pages.get((work.lang, pair.other)),)
        if other is not None and (other == own) == inside
    ]
    return replace(work, pairs=tuple(pairs))


def needed(work: DrawnWork, verdicts: Mapping[str, Verdict]) -> Sequence[Pair]:
    """Return the pairs of a work that must have an answer, by those that there are already.

    From the likest on, until ``NEAREST`` in a row are not known to be the same work.
    """
    last = 0
    for n, pair in enumerate(work.pairs):
        if n >= last + NEAREST:
            break
        if _answer(pair, verdicts) == YES:
            last = n + 1
    return work.pairs[: last + NEAREST]


def _answer(pair: Pair, verdicts: Mapping[str, Verdict]) -> str:
    return verdicts[pair.item].answer if pair.item in verdicts else UNSURE


def draw_csv(drawn: Iterable[DrawnWork]) -> Iterator[str]:
    """Yield the file of a draw line by line."""
    yield "\ufeff" + _line(DRAW_COLUMNS)
    for work in drawn:
        start = (work.first, work.lang, work.stratum, str(work.works), str(work.drawn))
        for pair in work.pairs:
            yield _line((*start, pair.item, pair.other, str(pair.similarity)))
        if not work.pairs:
            yield _line((*start, "", "", ""))


def read_draw(path: Path) -> list[DrawnWork]:
    """Return the works of a draw file; none where there is no file. Raises LabelError."""
    if not path.exists():
        return []
    try:
        text = path.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise LabelError(f"{path}: cannot be read as UTF-8 ({error})") from error
    rows = csv.reader(io.StringIO(text, newline=""))
    if tuple(next(rows, ())) != DRAW_COLUMNS:
        raise LabelError(f"{path}, line 1: not the columns of a draw; run `duizhao label works`")
    found: dict[tuple[str, ...], list[Pair]] = {}
    for row in rows:
        try:
            work, lang, stratum, works, drawn, item, other, similarity = row
            pairs = found.setdefault((work, lang, stratum, str(int(works)), str(int(drawn))), [])
            if item:
                pairs.append(Pair(item, stratum, work, other, float(similarity)))
        except ValueError as error:
            raise LabelError(f"{path}, line {rows.line_num}: {error}; draw anew") from error
    return [
        DrawnWork(work, lang, stratum, int(works), int(drawn), tuple(pairs))
        for (work, lang, stratum, works, drawn), pairs in found.items()
    ]


def _line(values: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([cell(value) for value in values])
    return buffer.getvalue()
