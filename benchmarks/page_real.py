"""Real pages against the collection's own truth: language, title, date, kind, works.

Used by ``benchmarks/page.py``.
"""

from __future__ import annotations

import importlib.util
import random
import re
import sys
import urllib.parse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree, html

from benchmarks.page_text import overlap
from page.build import build
from page.fingerprint import cluster, letters
from page.model import ARTICLE, HUB, Page, fold

TERMS = (
    "一网通办",
    "电子政务",
    "数字政府",
    "數位政府",
    "open government",
    "digital service",
    "open source",
)
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th div br blockquote tr pre figcaption".split())  # noqa: SIM905
_JACCARD = 0.6
_PEER_EVERY = 10
_NOW = "2100-01-01"  # the collections have no future dates to refuse


@dataclass
class Tally:
    """Right and asked, by figure, and the pages that were wrong."""

    right: Counter[str] = field(default_factory=Counter)
    asked: Counter[str] = field(default_factory=Counter)
    wrong: dict[str, list[str]] = field(default_factory=lambda: defaultdict(list))

    def add(self, figure: str, right: float, url: str = "") -> None:
        """Count one page; ``right`` is in [0, 1]."""
        self.asked[figure] += 1
        self.right[figure] += right  # type: ignore[assignment]
        if right < 1 and len(self.wrong[figure]) < 5:
            self.wrong[figure].append(url)

    def shares(self) -> dict[str, float]:
        """Return the share that was right."""
        return {figure: self.right[figure] / self.asked[figure] for figure in self.asked}


@dataclass(frozen=True, slots=True)
class Served:
    """One page of the collection as a server sends it; ``truth`` is None for lists."""

    url: str
    content_type: str
    body: bytes
    truth: dict[str, Any] | None


def served(data: Path, pages: Path | None, sample: int) -> Iterator[Served]:
    """Yield content pages and list pages of each site, ``sample`` of each (0: all)."""
    draw = random.Random(1)
    for site in _serve(data).load(pages or data / "pages.jsonl.xz", 8700):
        truth = {row["path"]: row for row in site.pages}
        paths = [path for path, (kind, _, _) in site.files.items() if "html" in kind]
        for group in ([p for p in paths if p in truth], [p for p in paths if p not in truth]):
            for path in draw.sample(group, min(sample, len(group))) if sample else group:
                kind, body, _ = site.files[path]
                if path != "/search":  # a page of one sentence, neither list nor content
                    url = site.base + urllib.parse.quote(path)
                    yield Served(url, kind, body, truth.get(path))


def _serve(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("serve", data / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def realweb(
    folder: Path,
    pages: Path | None = None,
    sample: int = 0,
    peer_date: Callable[[bytes, str], str] | None = None,
) -> dict[str, float]:
    """Return the share of real pages on which each part is right; see ``floors.toml``.

    With ``peer_date`` also the share of one page in ten whose date another reader gets right.
    """
    tally = Tally()
    found: list[tuple[str, str, Page]] = []
    for number, item in enumerate(served(folder, pages, sample)):
        page = build(item.body, item.url, content_type=item.content_type, now=_NOW)
        tally.add("kind", page.kind == (ARTICLE if item.truth else HUB), item.url)
        if item.truth:
            text = plain(item.truth["html"])
            compare(tally, page, item.truth, text)
            found.append((item.url, text, page))
            if peer_date and number % _PEER_EVERY == 0:
                compare_peer(tally, peer_date, item)
    works(tally, found)
    for figure, urls in sorted(tally.wrong.items()):
        print(f"wrong {figure}: {' '.join(urls)}", file=sys.stderr)
    return tally.shares()


def compare_peer(tally: Tally, read: Callable[[bytes, str], str], item: Served) -> None:
    """Count whether another reader's date is right: the page's, or none where there is none."""
    assert item.truth is not None
    try:
        tally.add("date by htmldate", read(item.body, item.url) == (item.truth["date"] or ""))
    except ImportError:
        return


def compare(tally: Tally, page: Page, truth: dict[str, Any], text: str) -> None:
    """Count what is right on one content page."""
    lang, _, script = truth["lang"].partition("-")
    tally.add("language", page.lang == lang, page.url)
    if lang == "zh":
        tally.add("script", page.script == script.lower(), page.url)
    tally.add("title", spaced(page.title) == spaced(truth["title"]), page.url)
    date = page.published.date if page.published else None
    tally.add("date", date == truth["date"], page.url)
    precision, recall = overlap(text, page.text, "zh")
    tally.add("text_precision", precision, page.url)
    tally.add("text_recall", recall, page.url)
    mine, true = spaced(fold(page.text)), spaced(fold(text))
    for term in map(fold, TERMS):
        if term in mine:
            tally.add("terms_precision", term in true, page.url)
        if term in true:
            tally.add("terms_recall", term in mine, page.url)


def works(tally: Tally, found: list[tuple[str, str, Page]]) -> None:
    """Count reposts that came together, and pairs in one work whose texts are that much alike."""
    numbers = cluster([page.sketch for _, _, page in found])
    same_text, same_work = defaultdict(list), defaultdict(list)
    for number, (url, text, _) in zip(numbers, found, strict=True):
        same_text[text].append((url, number))
        same_work[number].append((url, text))
    for copies in same_text.values():
        for (url, one), (_, other) in combinations(copies, 2):
            tally.add("reposts_together", one == other, url)
    for members in same_work.values():
        for (url, text), (_, other_text) in combinations(members, 2):
            tally.add("works_precision", jaccard(text, other_text) >= _JACCARD, url)


def jaccard(a: str, b: str) -> float:
    """Return the exact Jaccard similarity of two texts' five-character shingles."""
    one, other = ({x[i : i + 5] for i in range(len(x) - 4)} for x in (letters(a), letters(b)))
    return len(one & other) / max(1, len(one | other))


def plain(markup: str) -> str:
    """Return all text of an article's markup, a line a block."""
    pieces: list[str] = []
    for event, element in etree.iterwalk(
        html.fragment_fromstring(markup, create_parent="div"), events=("start", "end")
    ):
        if element.tag in _BLOCKS:
            pieces.append("\n")
        text = element.text if event == "start" else element.tail
        pieces.append("" if event == "start" and element.tag in ("script", "style") else text or "")
    return "".join(pieces)


def spaced(text: str) -> str:
    """Return a text with runs of white space as one space."""
    return re.sub(r"\s+", " ", text).strip()
