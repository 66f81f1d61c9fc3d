"""Draws from a frame: the same for the same seed, kept as a plain file, grown but never changed."""

from __future__ import annotations

import csv
import heapq
import io
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from report.audit.frame import FrameError, Row
from report.audit.frame_keys import number_of
from report.labels.draw import chance
from report.render.inert import cell, uncell

COLUMNS = ("url", "weight", "lang", "rows", "drawn", "frame", "seed", "chances")
KNOWN, UNKNOWN = "known", "unknown"
FILE = "draws.csv"


@dataclass(frozen=True, slots=True)
class Draw:
    """One row drawn: ``weight`` is one over its chance, up to a factor.

    It is the frame's weight times ``rows`` / ``drawn`` of its language in the frame. ``url`` is
    the canonical key. ``chances`` is ``unknown`` where the frame is known to prefer some pages
    and nobody knows by how much: then the weight says nothing.
    """

    url: str
    weight: float
    lang: str
    rows: int
    drawn: int
    frame: str
    seed: int
    chances: str = KNOWN


Key = Callable[[str], str | None]
"""A URL in, its canonical key out; None where it has none."""


@dataclass(frozen=True, slots=True)
class Drawn:
    """The draws, and the numbers of every URL of the frame (``frame_keys``)."""

    draws: list[Draw]
    keys: NDArray[np.uint64]


def draw_rows(
    rows: Iterable[Row], n: int, *, seed: int, frame: str, key: Key, chances: str = KNOWN
) -> Drawn:
    """Return up to ``n`` draws of each language that the frame names, or of the whole frame.

    A URL that stands in the frame several times is one row, of the first one's weight. Memory:
    about 100 bytes a row of the frame. ``frame`` names it in the file of the draws.
    """
    seen: set[int] = set()
    sizes: Counter[str] = Counter()
    lowest: dict[str, list[tuple[float, str, float]]] = defaultdict(list)
    for row in rows:
        name = key(row.url)
        if name is None or (number := number_of(name)) in seen:
            continue
        seen.add(number)
        sizes[row.lang] += 1
        keep = heapq.heappush if len(lowest[row.lang]) < n else heapq.heappushpop
        keep(lowest[row.lang], (-chance(seed, name), name, row.weight))
    draws = [
        Draw(
            url,
            weight * sizes[lang] / len(drawn),
            lang,
            sizes[lang],
            len(drawn),
            frame,
            seed,
            chances,
        )
        for lang, drawn in sorted(lowest.items())
        for _, url, weight in sorted(drawn, reverse=True)
    ]
    return Drawn(draws, np.array(sorted(seen), dtype=np.uint64))


def draws_csv(draws: Iterable[Draw]) -> Iterator[str]:
    """Yield the file of the draws line by line."""
    yield "\ufeff" + _line(COLUMNS)
    for d in draws:
        numbers = (str(d.rows), str(d.drawn), d.frame, str(d.seed), d.chances)
        yield _line((d.url, f"{d.weight:.9g}", d.lang, *numbers))


def read_draws(path: Path) -> list[Draw]:
    """Return the draws of a file; none where there is no file. Raises FrameError."""
    if not path.exists():
        return []
    try:
        rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        if tuple(next(rows, ())) != COLUMNS:
            raise FrameError(f"{path}, line 1: not the columns of draws; move the file away")
        return [_read(path, rows.line_num, row) for row in rows if row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FrameError(f"{path}: cannot be read ({error})") from error


def check_same(before: Sequence[Draw], now: Sequence[Draw], path: Path) -> None:
    """Refuse draws that do not hold those made before: an audit is drawn once.

    Raises FrameError.
    """
    old, new = {d.url for d in before}, {d.url for d in now}
    made = {(d.frame, d.seed, d.chances) for d in before}
    if made and made != {(d.frame, d.seed, d.chances) for d in now}:
        raise FrameError(
            f"{path}: drawn from {before[0].frame} with seed {before[0].seed} and chances"
            f" {before[0].chances}; name the same to go on, or another --audit folder"
        )
    if not old <= new:
        raise FrameError(
            f"{path}: {len(old - new)} of the earlier draws are not drawn again: the frame has"
            " changed, or --draws is smaller; name another --audit folder for another audit"
        )


def _read(path: Path, line: int, row: list[str]) -> Draw:
    try:
        url, weight, lang, rows, drawn, frame, seed, chances = row
        if chances not in (KNOWN, UNKNOWN):
            raise ValueError(f"chances {chances[:20]!r} are neither known nor unknown")
        size = (int(rows), int(drawn))
        return Draw(url, float(weight), lang, *size, uncell(frame), int(seed), chances)
    except ValueError as error:
        raise FrameError(f"{path}, line {line}: {error}; mend the line") from error


def _line(values: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([cell(value) for value in values])
    return buffer.getvalue()
