"""Every match with its full text, as a file for other tools: CSV, JSON lines or Parquet."""

from __future__ import annotations

import csv
import json
import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

from index.errors import IndexUnusable
from index.output.records import escaped, inert
from store.model import StoredPage

COLUMNS = (
    *("lang", "rank", "score", "title", "url", "date", "date_source", "date_confidence"),
    *("source", "source_name", "kind", "region", "region_confidence", "page_kind", "page_lang"),
    *("script", "origin", "flags", "fetched_at", "content_hash", "text"),
)
NUMBERS = {"rank": "int64"} | dict.fromkeys(
    ("score", "date_confidence", "region_confidence"), "float64"
)
ROWS = 500  # of a Parquet group

Row = dict[str, Any]
Found = Mapping[str, Iterable[tuple[StoredPage, float]]]


class ExportFailed(IndexUnusable):
    """The file cannot be written."""


class NoFormat(ExportFailed):
    """The file's name says no known format."""

    exit_code = 2


def export(file: Path, found: Found) -> int:
    """Write ranked pages by language; return how many. The old file stays until all is written.

    The name's ending says the format. Raises ExportFailed.
    """
    write = FORMATS.get(file.suffix.lower())
    if write is None:
        raise NoFormat(f"{file}: name it .csv, .jsonl or .parquet, for the format")
    partial = file.with_name(f".{file.name}.{os.getpid()}.part")
    try:
        count = write(partial, _rows(found))
        partial.replace(file)
    except OSError as error:
        raise ExportFailed(f"{file}: cannot be written ({error.strerror})") from error
    finally:
        partial.unlink(missing_ok=True)
    return count


def _rows(found: Found) -> Iterator[Row]:
    for lang, pages in found.items():
        for rank, (stored, score) in enumerate(pages, 1):
            yield _row(lang, rank, stored, score)


def _row(lang: str, rank: int, stored: StoredPage, score: float) -> Row:
    page, source, date = stored.page, stored.source, stored.page.published
    return {
        "lang": lang,
        "rank": rank,
        "score": round(score, 4),
        "title": page.title,
        "url": stored.url,
        "date": date.date if date else None,
        "date_source": date.source if date else None,
        "date_confidence": date.confidence if date else None,
        "source": source.id,
        "source_name": source.name,
        "kind": source.kind,
        "region": stored.region,
        "region_confidence": stored.region_confidence,
        "page_kind": page.kind,
        "page_lang": page.lang,
        "script": page.script,
        "origin": page.origin,
        "flags": " ".join(page.flags),
        "fetched_at": stored.fetched_at,
        "content_hash": page.content_hash,
        "text": page.text_in(lang) or page.text,
    }


def _csv(file: Path, rows: Iterator[Row]) -> int:
    """With a byte order mark, without which Excel reads UTF-8 as something else."""
    count = 0
    with file.open("w", encoding="utf-8-sig", errors="replace", newline="") as out:
        writer = csv.DictWriter(out, COLUMNS)
        writer.writeheader()
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the number
            writer.writerow({column: inert(value) for column, value in row.items()})
    return count


def _jsonl(file: Path, rows: Iterator[Row]) -> int:
    count = 0
    with file.open("w", encoding="utf-8", errors="replace") as out:
        for count, row in enumerate(rows, 1):  # noqa: B007 - the last count is the number
            out.write(escaped(json.dumps(row, ensure_ascii=False)) + "\n")
    return count


def _parquet(file: Path, rows: Iterator[Row]) -> int:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        message = "Parquet needs pyarrow; run `pip install 'duizhao[parquet]'`, or choose .jsonl"
        raise ExportFailed(message) from None
    kinds = [(name, getattr(pyarrow, NUMBERS.get(name, "string"))()) for name in COLUMNS]
    schema, count, batch = pyarrow.schema(kinds), 0, []
    with parquet.ParquetWriter(file, schema, compression="zstd") as writer:
        for row in rows:
            batch.append({k: _whole(v) for k, v in row.items()})
            if len(batch) == ROWS:
                writer.write_table(pyarrow.Table.from_pylist(batch, schema))
                count, batch = count + len(batch), []
        writer.write_table(pyarrow.Table.from_pylist(batch, schema))
    return count + len(batch)


def _whole(value: object) -> object:
    """Text without halves of surrogate pairs, which no UTF-8 has."""
    return value.encode("utf-8", "replace").decode() if isinstance(value, str) else value


FORMATS: dict[str, Callable[[Path, Iterator[Row]], int]] = {
    ".csv": _csv,
    ".jsonl": _jsonl,
    ".parquet": _parquet,
}
