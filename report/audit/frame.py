"""Frames: lists of URLs that an audit is drawn from.

A frame is a ``.parquet`` file with a column ``url`` (as the Common Crawl index has it), or a text
file, ``.gz`` or not, in one of four forms, told by its first line:

    url[,weight][,lang]                     CSV with a header line; other columns are ignored,
                                            and a quoted cell may hold line breaks
    https://…                               a URL a line
    {"url": …, "languages": "zho"}          JSON a line, or after a key and a time: a row of the
    org,example)/ 20240102030405 {"url": …} Common Crawl index (CDXJ)
    org,example)/ 20240102030405 https://…  CDX, with or without its header line

``weight`` is one over the chance with which the row came into the list, up to a factor; without
it every row had the same. ``lang`` (``en``, ``zh``) lets each language have draws of its own.
"""

from __future__ import annotations

import csv
import gzip
import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import TextIO

from config.model import LANGUAGES
from report.render.inert import link

INDEX_CODES = {"eng": "en", "zho": "zh", "en": "en", "zh": "zh"}
"""ISO 639-3 codes as the Common Crawl index writes them; the first one is the main language."""

_COLUMNS = re.compile(r"(?:[,;](?:[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?|en|zh)?)+$")


class FrameError(Exception):
    """A frame cannot be used; the message says which line, why, and what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a frame; ``lang`` is ``en``, ``zh`` or "" where the frame does not say."""

    url: str
    weight: float = 1.0
    lang: str = ""


def read_frame(path: Path) -> Iterator[Row]:
    """Yield the rows of a frame in order; lines without an http(s) URL raise.

    Raises FrameError.
    """
    if path.suffix == ".parquet":
        yield from _parquet_rows(path)
        return
    try:
        with _open(path) as file:
            lines = enumerate(file, 1)
            first = next((line for line in lines if line[1].strip()), (1, ""))
            yield from _rows(path, first[1].strip(), chain((first,), lines))
    except (OSError, EOFError) as error:
        raise FrameError(f"{path}: cannot be read ({error})") from error
    except UnicodeDecodeError as error:
        raise FrameError(f"{path}: not UTF-8 ({error}); save it as UTF-8") from error


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _rows(path: Path, start: str, lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
    if not start:
        raise FrameError(f"{path}: empty; a frame is a list of URLs")
    if link(start):
        _refuse_columns(path, start)
        parse = _url_row
    elif start.endswith("}"):
        parse = _json_row
    elif start.startswith("CDX ") or _cdx_url(start):
        parse = _cdx_row
    elif "url" in _names(start):
        yield from _csv_rows(path, start, lines)
        return
    else:
        raise FrameError(
            f"{path}, line 1: {start[:60]!r} is neither a URL, a header with a column url, nor JSON"
        )
    for number, line in lines:
        if line.strip() and not line.strip().startswith("CDX "):
            yield parse(f"{path}, line {number}", line.strip())


def _refuse_columns(path: Path, start: str) -> None:
    """Refuse a URL that ends as a weight or a language would: it may be either, and both are met.

    Raises FrameError.
    """
    if _COLUMNS.search(start):
        raise FrameError(
            f"{path}, line 1: {start[-60:]!r} ends as columns without a header would; name them in"
            " a first line (url,weight), or make that line url and put addresses in quotation marks"
        )


def _url_row(where: str, line: str) -> Row:
    return Row(_url(where, line))


def _json_row(where: str, line: str) -> Row:
    try:
        found = json.loads(line if line.startswith("{") else line.split(maxsplit=2)[-1])
        url, languages = found["url"], str(found.get("languages", ""))
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        raise FrameError(f"{where}: no JSON object with a url ({error})") from error
    return Row(_url(where, str(url)), 1.0, INDEX_CODES.get(languages.split(",")[0], ""))


def _cdx_url(line: str) -> str:
    """Return the third field of a CDX line where the second is a time of 14 digits, or ""."""
    fields = line.split(" ")
    return fields[2] if len(fields) > 2 and re.fullmatch("[0-9]{14}", fields[1]) else ""


def _cdx_row(where: str, line: str) -> Row:
    return Row(_url(where, _cdx_url(line)))


def _parquet_rows(path: Path) -> Iterator[Row]:
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError:
        raise FrameError(
            f"{path}: Parquet needs pyarrow; run `pip install 'duizhao[parquet]'`"
        ) from None
    try:
        with parquet.ParquetFile(path) as file:
            if "url" not in file.schema_arrow.names:
                raise FrameError(f"{path}: no column url; it has {file.schema_arrow.names[:9]}")
            has = [n for n in ("url", "content_languages") if n in file.schema_arrow.names]
            number = 0
            for batch in file.iter_batches(columns=has):
                for values in batch.to_pylist():
                    number += 1
                    said = str(values.get("content_languages") or "").split(",")[0]
                    where = f"{path}, row {number}"
                    yield Row(_url(where, str(values["url"])), 1.0, INDEX_CODES.get(said, ""))
    except (OSError, pyarrow.ArrowException) as error:
        raise FrameError(f"{path}: cannot be read as Parquet ({error})") from error


def _names(header: str) -> list[str]:
    """Return the columns that a header line names, in quotation marks (as R writes them) or not."""
    return [name.strip().casefold() for name in next(csv.reader([header]))]


def _csv_rows(path: Path, header: str, lines: Iterator[tuple[int, str]]) -> Iterator[Row]:
    names = _names(header)
    for number, values in _cells(path, lines):
        given = dict(zip(names, (value.strip() for value in values), strict=False))
        where = f"{path}, line {number}"
        yield Row(
            _url(where, given.get("url", "")),
            _weight(where, given.get("weight", "")),
            _lang(where, given.get("lang", "")),
        )


def _cells(path: Path, lines: Iterator[tuple[int, str]]) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows below the header, each with the line that it begins at.

    Strict, since an open quotation mark would swallow what follows it without a word.
    """
    top, header = next(lines)
    reader = csv.reader(chain((header,), (line for _, line in lines)), strict=True)
    begins = top
    try:
        next(reader)
        begins = top + reader.line_num
        for values in reader:
            if values:
                yield begins, values
            begins = top + reader.line_num
    except csv.Error as error:
        raise FrameError(
            f"{path}, line {begins}: no CSV row begins here ({error}); mend its quotation marks"
        ) from error


def _url(where: str, url: str) -> str:
    if not link(url):
        raise FrameError(f"{where}: {url[:80]!r} is not an http(s) URL; mend or remove the line")
    return url


def _weight(where: str, text: str) -> float:
    try:
        weight = float(text) if text else 1.0
    except ValueError:
        weight = math.nan
    if not (math.isfinite(weight) and weight > 0):
        raise FrameError(f"{where}: weight {text[:20]!r} is not a positive number")
    return weight


def _lang(where: str, text: str) -> str:
    if text and text not in LANGUAGES:
        raise FrameError(f"{where}: lang {text[:20]!r} is none of {', '.join(LANGUAGES)}")
    return text
