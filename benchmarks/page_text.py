"""Main text: shingles that are right, and what they cost beside the fastest good reader.

Used by ``benchmarks/page.py``.
"""

from __future__ import annotations

import gzip
import json
import logging
import re
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from page.build import build
from page.charset import decode
from page.extract import extract
from page.outline import outline
from page.parse import parse
from page.title import title_of

_TOKEN = {
    "en": re.compile(r"\w+"),
    "zh": re.compile(r"[\u3400-\u9fff\uf900-\ufaff]|[^\W\u3400-\u9fff\uf900-\ufaff]+"),
}
Reader = Callable[[bytes, str], str]


def shingles(text: str, lang: str) -> Counter[tuple[str, ...]]:
    """Return the 4-shingles of a text; in Chinese every Han character is a token."""
    tokens = _TOKEN[lang].findall(text)
    return Counter(tuple(tokens[i : i + 4]) for i in range(max(1, len(tokens) - 3)))


def overlap(true: str, found: str, lang: str) -> tuple[float, float]:
    """Return precision and recall of a text's shingles."""
    wanted, given = shingles(true, lang), shingles(found, lang)
    common = sum((wanted & given).values())
    return common / max(1, sum(given.values())), common / max(1, sum(wanted.values()))


def ours(body: bytes, url: str) -> str:
    """Return a page's main text as ``page.build`` reads it."""
    return build(body, url).text


def extraction(data: Path, lang: str, read: Reader = ours, every: int = 1) -> dict[str, float]:
    """Return precision, recall and F1 of a reader, means over pages (one in ``every``)."""
    pages = list(articles(data, lang))[::every]
    results = [overlap(text, read(body, url), lang) for body, url, text in pages]
    precision, recall = (sum(column) / len(results) for column in zip(*results, strict=True))
    f1 = 2 * precision * recall / (precision + recall)
    return {"precision": precision, "recall": recall, "F1": f1}


def articles(data: Path, lang: str) -> Iterator[tuple[bytes, str, str]]:
    """Yield bytes, address and true text of the development pages."""
    folder = data / "extraction" / lang
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
