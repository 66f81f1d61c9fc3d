"""A pool of queries as a frame: random query, random result, weighted by one over its degree.

After Bar-Yossef & Gurevich (2008, "Random sampling from a search engine's index"): a page that d
queries of the pool find comes up d times as often as one that a single query finds, so it weighs
1/d. They guess d from a page's text; here the whole pool is asked, so d is counted.

Queries whose answer is cut off are left out, as there: what a service shows of a longer answer is
what it ranks first, by chances nobody knows. The frame is every page that a query with a whole
answer finds; a page that no query of the pool finds is outside it.

Each of the M pairs of a query and a page that it finds is drawn with the same chance f = n/M, by a
number of its own. So a page of degree d is drawn with chance 1-(1-f)^d, about n·d/M, and its weight
is one over that. ``report.estimate.audit`` sums weights (Hájek).
"""

from __future__ import annotations

import csv
import io
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from config.model import LANGUAGES, Topic
from report.audit.draws import Draw, Drawn, Key
from report.audit.frame import FrameError
from report.audit.frame_keys import number_of
from report.labels.draw import chance
from report.render.inert import cell, link, uncell

FILE = "pool.csv"
COLUMNS = ("lang", "query", "whole", "url")
FEWEST = 10
"""Queries with a whole answer that a language needs (a judgement): fewer find what is theirs."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What one query of the pool found; ``whole`` says that it is all the service has."""

    lang: str
    query: str
    whole: bool
    urls: tuple[str, ...]


def queries_of(topic: Topic) -> list[tuple[str, str]]:
    """Return the topic's own terms as a pool: (language, words), each once."""
    pool = {
        (lang, term.casefold()): (lang, term)
        for concept in topic.concepts
        for lang in LANGUAGES
        for term in concept.terms(lang)
    }
    return list(pool.values())


def read_queries(path: Path) -> list[tuple[str, str]]:
    """Return the pool in a CSV file with the columns lang and query. Raises FrameError."""
    found = {}
    for line, row in _rows(path, ("lang", "query")):
        lang, words = row[0].strip(), row[1].strip()
        if lang not in LANGUAGES or not words:
            raise FrameError(
                f"{path}, line {line}: en or zh and then a query are needed, not {row[:2]!r}"
            )
        found[lang, words.casefold()] = (lang, words)
    return list(found.values())


def answers_csv(answers: Iterable[Answer]) -> Iterator[str]:
    """Yield the file of the answers line by line, a line a result."""
    yield "\ufeff" + _line(COLUMNS)
    for answer in answers:
        for url in answer.urls or ("",):
            yield _line((answer.lang, answer.query, str(int(answer.whole)), url))


def read_answers(path: Path) -> list[Answer]:
    """Return the answers of a file; none where there is no file. Raises FrameError."""
    if not path.exists():
        return []
    found: dict[tuple[str, str], list[str]] = defaultdict(list)
    whole: dict[tuple[str, str], bool] = {}
    for _, (lang, query, all_of_it, url) in _rows(path, COLUMNS):
        found[lang, query] += [url] if url else []
        whole[lang, query] = all_of_it == "1"
    return [Answer(*key, whole[key], tuple(urls)) for key, urls in found.items()]


def draw_pool(answers: Sequence[Answer], n: int, *, seed: int, frame: str, key: Key) -> Drawn:
    """Return about ``n`` draws a language. The same seed and answers draw the same pages, and a
    larger ``n`` draws them too.

    Raises FrameError where a language has fewer than ``FEWEST`` queries with a whole answer.
    """
    draws: list[Draw] = []
    numbers: set[int] = set()
    for lang in LANGUAGES:
        finders = _finders(answers, lang, key)
        numbers |= {number_of(url) for url in finders}
        draws += _drawn(finders, n, lang, seed, frame)
    return Drawn(draws, np.array(sorted(numbers), dtype=np.uint64))


def _finders(answers: Sequence[Answer], lang: str, key: Key) -> dict[str, set[str]]:
    """Return of each page which queries find it."""
    mine = [answer for answer in answers if answer.lang == lang]
    whole = [answer for answer in mine if answer.whole and answer.urls]
    if len(whole) < FEWEST:
        raise FrameError(
            f"{frame_name(lang)}: {len(whole)} of {len(mine)} queries have a whole answer that is"
            f" not empty, and {FEWEST} are needed; of the others nobody knows what is left out."
            " Give narrower queries with --pool FILE, or a larger max_results"
        )
    finders: dict[str, set[str]] = defaultdict(set)
    for answer in whole:
        for url in answer.urls:
            if link(url) and (name := key(url)) is not None:
                finders[name].add(answer.query)
    return finders


def frame_name(lang: str) -> str:
    """Return what a language's part of a pool is called in a message."""
    return f"the pool in {'English' if lang == 'en' else 'Chinese'}"


def _drawn(finders: dict[str, set[str]], n: int, lang: str, seed: int, frame: str) -> list[Draw]:
    pairs = sum(map(len, finders.values()))
    share = min(1.0, n / pairs) if pairs else 0.0
    drawn = [
        url
        for url, queries in sorted(finders.items())
        if min(chance(seed, f"{query} {url}") for query in queries) < share
    ]
    rows = (len(finders), len(drawn))
    return [
        Draw(url, 1 / (1 - (1 - share) ** len(finders[url])), lang, *rows, frame, seed)
        for url in drawn
    ]


def _rows(path: Path, columns: Sequence[str]) -> Iterator[tuple[int, list[str]]]:
    try:
        rows = csv.reader(io.StringIO(path.read_text("utf-8-sig"), newline=""))
        if [name.strip().casefold() for name in next(rows, [])][: len(columns)] != list(columns):
            raise FrameError(f"{path}, line 1: the columns are {', '.join(columns)}")
        for row in rows:
            if row and len(row) < len(columns):
                raise FrameError(f"{path}, line {rows.line_num}: {', '.join(columns)} are needed")
            if row:
                yield rows.line_num, [uncell(value) for value in row]
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise FrameError(f"{path}: cannot be read as UTF-8 CSV ({error})") from error


def _line(values: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([cell(value) for value in values])
    return buffer.getvalue()
