"""The page room against the evaluation sets and real pages: bytes → Page, no network.

    python benchmarks/page.py --data ../shared [--pages FILE] [--sample N]

Prints each figure beside its bar (``benchmarks/floors.toml``), ends with ``reached N of M`` and
exits 1 when one falls short. Nothing is tuned to these sets: ``--pages`` takes any collection in
the format of ``realweb/pages.jsonl.xz``.
"""

from __future__ import annotations

import argparse
import gzip
import importlib.util
import json
import logging
import random
import re
import sys
import time
import tomllib
import urllib.parse
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import combinations
from pathlib import Path
from types import ModuleType
from typing import Any

from lxml import etree, html

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))  # before this folder, whose page.py would hide the page room

from benchmarks import page_made as made  # noqa: E402
from benchmarks.scoreboard import Scoreboard  # noqa: E402
from page.build import build  # noqa: E402
from page.charset import decode  # noqa: E402
from page.extract import extract  # noqa: E402
from page.fingerprint import cluster, letters  # noqa: E402
from page.model import ARTICLE, HUB, Page, fold  # noqa: E402
from page.outline import outline  # noqa: E402
from page.parse import parse  # noqa: E402
from page.script import chinese_script  # noqa: E402
from page.title import title_of  # noqa: E402

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())["page"]
TERMS = (
    "一网通办",
    "电子政务",
    "数字政府",
    "數位政府",
    "open government",
    "digital service",
    "open source",
)
_TOKEN = {
    "en": re.compile(r"\w+"),
    "zh": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+"),
}
_BLOCKS = frozenset("p h1 h2 h3 h4 h5 h6 li td th div br blockquote tr pre figcaption".split())  # noqa: SIM905
_JACCARD = 0.6
_EDITED_PAGES = 40  # a site
_NOW = "2100-01-01"  # the collections have no future dates to refuse


def shared() -> Path | None:
    """Return the folder of evaluation sets, or None where it is absent."""
    path = ROOT / ".." / "shared"
    return path if (path / "eval").exists() else None


# Main text


def shingles(text: str, lang: str) -> Counter[tuple[str, ...]]:
    """Return the 4-shingles of a text; in Chinese every Han character is a token."""
    tokens = _TOKEN[lang].findall(text)
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))


def overlap(true: str, found: str, lang: str) -> tuple[float, float]:
    """Return precision and recall of a text's shingles."""
    wanted, given = shingles(true, lang), shingles(found, lang)
    common = sum((wanted & given).values())
    return common / sum(given.values()), common / sum(wanted.values())


def extraction(data: Path, lang: str) -> dict[str, float]:
    """Return precision, recall and F1, means over pages."""
    results = [
        overlap(text, build(body, url).text, lang) for body, url, text in articles(data, lang)
    ]
    precision, recall = (sum(column) / len(results) for column in zip(*results, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": precision, "recall": recall, "F1": f1}


def articles(data: Path, lang: str) -> Iterator[tuple[bytes, str, str]]:
    """Yield bytes, address and true text of the development pages."""
    folder = data / "eval" / "extraction" / lang
    for name, row in json.loads((folder / "ground-truth.json").read_text("utf-8")).items():
        body = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        yield body, str(row.get("url") or "http://example.org/"), row["articleBody"]


def costs(data: Path, lang: str) -> dict[str, float]:
    """Return CPU milliseconds a page: the whole of ``build``, its main text, the peer's main text.

    They take turns on the same bytes, and each page counts at the best of three rounds.
    """
    from trafilatura import extract as peer

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    bodies = [(body, url) for body, url, _ in articles(data, lang)]

    def main_text(body: bytes, _: str) -> None:
        tree = parse(decode(body).text).tree
        lines = outline(tree)
        extract(tree, lines, title_of(tree, lines))

    readers: dict[str, Callable[[bytes, str], object]] = {
        "build": build,
        "main text": main_text,
        "trafilatura": lambda body, _: peer(body, fast=True),
    }
    spent = dict.fromkeys(readers, 0.0)
    for body, url in bodies:
        rounds = [{n: _milliseconds(read, body, url) for n, read in readers.items()} for _ in "123"]
        for name in readers:
            spent[name] += min(times[name] for times in rounds) / len(bodies)
    return spent


def _milliseconds(read: Callable[[bytes, str], object], body: bytes, url: str) -> float:
    start = time.process_time()
    read(body, url)
    return 1000 * (time.process_time() - start)


def script_accuracy(data: Path) -> float:
    """Return the share of UI strings with evidence whose script is right."""
    lines = (data / "eval" / "zh_variant.tsv").read_text("utf-8").strip().split("\n")[1:]
    rows = [row for row in (line.split("\t", 2) for line in lines) if row[1] != "ambiguous"]
    return sum(f"zh-{chinese_script(text)}" == label for label, _, text in rows) / len(rows)


# Real pages


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
    for site in _serve(data).load(pages or data / "realweb" / "pages.jsonl.xz", 8700):
        truth = {row["path"]: row for row in site.pages}
        paths = [path for path, (kind, _, _) in site.files.items() if "html" in kind]
        for group in ([p for p in paths if p in truth], [p for p in paths if p not in truth]):
            for path in draw.sample(group, min(sample, len(group))) if sample else group:
                kind, body, _ = site.files[path]
                if path != "/search":  # a page of one sentence, neither list nor content
                    url = site.base + urllib.parse.quote(path)
                    yield Served(url, kind, body, truth.get(path))


def _serve(data: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("serve", data / "realweb" / "serve.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def realweb(data: Path, pages: Path | None = None, sample: int = 0) -> dict[str, float]:
    """Return the share of real pages on which each part is right; see ``floors.toml``."""
    tally = Tally()
    found: list[tuple[str, str, Page]] = []
    for item in served(data, pages, sample):
        page = build(item.body, item.url, content_type=item.content_type, now=_NOW)
        tally.add("kind", page.kind == (ARTICLE if item.truth else HUB), item.url)
        if item.truth:
            text = plain(item.truth["html"])
            compare(tally, page, item.truth, text)
            found.append((item.url, text, page))
    works(tally, found)
    for figure, urls in sorted(tally.wrong.items()):
        print(f"wrong {figure}: {' '.join(urls)}", file=sys.stderr)
    return tally.shares()


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


def on_purpose(board: Scoreboard, data: Path, pages: Path | None) -> None:
    """Measure what is made for the purpose; see ``benchmarks/page_made.py``."""
    floors = FLOORS["made"]
    asked, wrong = made.charsets(data)
    board.at_least("mislabelled pages", asked, floors["charset_pages"])
    board.at_most("mislabelled pages misread without a flag", wrong, 0)
    for level, name in (("sentences", "sentence"), ("word-pairs", "word pair")):
        value = made.four_ways(data, level)
        board.at_least(f"language of a {name}, four ways", value, floors[level])
    board.at_least("mixed pages, shares within 5 points", made.mixes(data), floors["mixes"])
    texts = [
        plain(item.truth["html"])
        for item in served(data, pages, _EDITED_PAGES)
        if item.truth and "/127.0.1.9:" not in item.url  # the site of reposts
    ]
    for change, share in (("phrases", made.phrases), ("scattered characters", made.scattered)):
        precision, recall = made.edits(texts, share)
        name = f"edited texts (5 % of them, {change}) and their originals"
        if share is made.phrases:
            board.at_least(f"{name}: precision", precision, floors["edits"])
            board.at_least(f"{name}: recall", recall, floors["edits"])
        else:
            board.shown(f"{name}: recall", recall, "such texts are .63 alike")
    board.at_most("slowest hostile page, CPU seconds", made.slowest(), floors["hostile_seconds"])


def main() -> None:
    """Measure everything and print it."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--data", type=Path, default=ROOT / ".." / "shared")
    parser.add_argument("--pages", type=Path, help="another collection of real pages")
    parser.add_argument("--sample", type=int, default=0, help="pages a site (default: all)")
    args = parser.parse_args()
    board = Scoreboard("Page: bytes to text, title, date, language, works")
    for lang in ("en", "zh"):
        figures = extraction(args.data, lang)
        note = f"P {figures['precision']:.3f}, R {figures['recall']:.3f}"
        board.at_least(f"main text F1, {lang}", figures["F1"], FLOORS["extraction"][lang], note)
        spent = costs(args.data, lang)
        ratio = spent["main text"] / spent["trafilatura"]
        note = ", ".join(f"{name} {ms:.1f} ms" for name, ms in spent.items())
        board.at_most(f"cost of main text beside trafilatura fast, {lang}", ratio, 1.0, note)
    board.at_least("Simplified or Traditional, strings", script_accuracy(args.data), 0.998)
    on_purpose(board, args.data, args.pages)
    for figure, value in realweb(args.data, args.pages, args.sample).items():
        board.at_least(f"real pages: {figure}", value, FLOORS["realweb"][figure])
    print(board.markdown())
    board.exit()


if __name__ == "__main__":
    main()
