"""As many documents as one asks for, made of a collection's paragraphs, the same in every run."""

from __future__ import annotations

import json
import lzma
import random
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from benchmarks.page_real import plain
from config.model import LANGUAGES
from page.model import ARTICLE, Page, Published, Segment
from store.model import SourceRow, StoredPage

# Paragraphs a document: some 1,100 English characters or 700 Chinese ones, a short news item.
PARAGRAPHS = {"en": (4, 14), "zh": (8, 24)}
SITES = 50
KINDS = ("government", "press", "think tank", "academic")


@dataclass(frozen=True)
class Made:
    """A document: its number from 1, its language, title and text."""

    number: int
    lang: str
    title: str
    text: str


def documents(pages: Path, count: int) -> Iterator[Made]:
    """Yield documents of paragraphs drawn from real pages, English and Chinese in turn."""
    titles, paragraphs = _pieces(pages)
    draw = random.Random(20240601)
    for number in range(1, count + 1):
        lang = LANGUAGES[number % len(LANGUAGES)]
        drawn = draw.choices(paragraphs[lang], k=draw.randint(*PARAGRAPHS[lang]))
        yield Made(number, lang, draw.choice(titles[lang]), "\n".join(drawn))


def stored(made: Made) -> StoredPage:
    """Return a document as a page of the store, from one of a few sites of each language."""
    site = made.number % SITES
    host = f"site{site}.example"
    source = SourceRow(f"site{site}", f"Site {site}", (made.lang,), KINDS[site % 4], "other")
    date = f"{2012 + made.number % 13}-{1 + made.number % 12:02}-{1 + made.number % 28:02}"
    page = Page(
        url=f"https://{host}/{made.number}",
        charset="utf-8",
        title=made.title,
        text=made.text,
        lang=made.lang,
        kind=ARTICLE,
        segments=(Segment(made.lang, made.text),),
        script="hans" if made.lang == "zh" else "",
        published=Published(date, "meta", 1.0),
        content_hash=str(made.number),
    )
    number = made.number
    return StoredPage(number, number, 1, page.url, host, source, "2026-01-01T00:00:00Z", page)


def _pieces(pages: Path) -> tuple[dict[str, list[str]], dict[str, list[str]]]:
    titles: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    paragraphs: dict[str, list[str]] = {lang: [] for lang in LANGUAGES}
    with lzma.open(pages, "rt", encoding="utf-8") as lines:
        for row in map(json.loads, lines):
            lang = row["lang"].partition("-")[0]
            if lang in titles:
                titles[lang].append(row["title"])
                said = (" ".join(line.split()) for line in plain(row["html"]).splitlines())
                paragraphs[lang] += [line for line in said if line]
    return titles, paragraphs
