"""Answers for programs: JSON with everything, CSV with one row a hit."""

from __future__ import annotations

import csv
import io
import json
import re
from dataclasses import asdict
from typing import Any

from index.output.inquiry import Inquiry
from index.question import Answer, Hit
from index.snippet import clean

# A spreadsheet runs a cell that begins so as a formula; full-width forms are typed by Chinese
# input methods and read the same by some programs.
FORMULA_STARTS = tuple("=+-@\t\r＝＋－＠")
LINE_END = re.compile("\r\n|\r|\n")
# JSON itself escapes the control characters below these.
UNSEEN = re.compile("[\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
COLUMNS = (
    "lang",
    "rank",
    "score",
    "title",
    "url",
    "date",
    "source",
    "source_name",
    "kind",
    "region",
    "region_confidence",
    "page_kind",
    "script",
    "snippet",
)


def as_json(inquiry: Inquiry) -> str:
    """Return everything about the answers; the keys are stable, hits are best first."""
    filters, translated = inquiry.question.filters, inquiry.translated()
    record = {
        "query": inquiry.query,
        "similar": inquiry.similar,
        "literal": inquiry.literal,
        "any": inquiry.question.any_word,
        "filters": {
            **{name: list(values) for name, values in filters.values()},
            "since": filters.since or None,
            "until": filters.until or None,
            "hubs": filters.hubs,
            **dict.fromkeys(inquiry.selected, True),
        },
        "languages": {
            lang: _side(lang, answer, translated.get(lang, {}))
            for lang, answer in inquiry.answers.items()
        },
    }
    return escaped(json.dumps(record, ensure_ascii=False, indent=2))


def as_csv(inquiry: Inquiry) -> str:
    """Return a header and one row a hit, one language after the other, safe to open."""
    text = io.StringIO()
    writer = csv.DictWriter(text, COLUMNS, extrasaction="ignore", lineterminator="\r\n")
    writer.writeheader()
    for lang, answer in inquiry.answers.items():
        for rank, hit in enumerate(answer.hits, 1):
            record = _record(lang, rank, hit)
            writer.writerow({column: inert(record[column]) for column in COLUMNS})
    return text.getvalue()


def _side(lang: str, answer: Answer, translated: dict[str, list[str]]) -> dict[str, Any]:
    return {
        "asked": answer.asked.text,
        "translated": answer.asked.translated,
        "concepts": list(answer.asked.concepts),
        "dictionary": translated,
        "as_written": list(answer.asked.as_written),
        "meaning": answer.meaning,
        "total": answer.total,
        "did_you_mean": answer.suggestion or None,
        "facets": dict(answer.facets),
        "undated_left_out": answer.undated,
        "hits": [_record(lang, rank, hit) | _more(hit) for rank, hit in enumerate(answer.hits, 1)],
    }


def _record(lang: str, rank: int, hit: Hit) -> dict[str, Any]:
    stored = hit.stored
    return {
        "lang": lang,
        "rank": rank,
        "score": round(hit.score, 4),
        "by_meaning": hit.by_meaning,
        "url_id": stored.url_id,
        "title": hit.title.text,
        "url": stored.url,
        "date": hit.date or None,
        "source": stored.source.id,
        "source_name": stored.source.name,
        "kind": stored.source.kind,
        "region": stored.region,
        "region_confidence": round(stored.region_confidence, 2),
        "page_kind": stored.page.kind,
        "script": stored.page.script,
        "snippet": hit.snippet.text,
        "marks": [list(mark) for mark in hit.snippet.marks],
    }


def _more(hit: Hit) -> dict[str, Any]:
    """What was asked for of each page beyond its place; absent where it was not."""
    lines = [[line.left, line.keyword, line.right] for line in hit.lines]
    reasons = [asdict(reason) for reason in hit.reasons]
    return ({"lines": lines} if lines else {}) | ({"reasons": reasons} if reasons else {})


def inert(value: object) -> object:
    """Return a cell's value so that no spreadsheet runs it, and no terminal that shows it.

    Control and direction characters go, line ends stay; what begins as a formula does, also after
    spaces, gets an apostrophe before it.
    """
    if not isinstance(value, str):
        return "" if value is None else value
    plain = "\n".join(clean(line) for line in LINE_END.split(value))
    danger = plain.lstrip().startswith(FORMULA_STARTS) or value.startswith(FORMULA_STARTS)
    return f"'{plain}" if danger else plain


def escaped(text: str) -> str:
    """Return JSON in which nothing can act on a terminal; it says the same."""
    return UNSEEN.sub(lambda found: f"\\u{ord(found[0]):04x}", text)
