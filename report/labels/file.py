"""The label file: read with line-numbered errors, grown a whole line at a time."""

from __future__ import annotations

import csv
import fcntl
import io
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import astuple, dataclass
from pathlib import Path

from config.counted import counted
from report.render.inert import cell, uncell

COLUMNS = ("item", "stratum", "question", "shown", "answer", "reason", "who", "when")
ANSWERS = ("y", "n", "?")
MAX_FIELD = 4_000
"""Characters of one field: what was shown is a reminder, not an archive."""

_BOM = b"\xef\xbb\xbf"


class LabelError(Exception):
    """A label file cannot be used; the message says which line, why, and what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Label:
    """One answer of one person; the fields are the columns of the file (see the package)."""

    item: str
    stratum: str
    question: str
    shown: str
    answer: str
    reason: str
    who: str
    when: str


def read(path: Path) -> list[Label]:
    """Return the labels of a file in its order; none where there is no file yet.

    A last line that a killed writer left unfinished is no label. Raises LabelError.
    """
    try:
        data = path.read_bytes() if path.exists() else b""
    except OSError as error:
        raise LabelError(f"{path}: cannot be read ({error.strerror or error})") from error
    whole = _whole(data)
    if not whole:
        _checked_torn(path, data)
    try:
        text = data[:whole].decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = data[: error.start].count(b"\n") + 1
        raise LabelError(f"{path}, line {line}: not UTF-8; save the file as UTF-8") from error
    return list(_parsed(path, text))


def append(path: Path, labels: Sequence[Label]) -> None:
    """Add labels at the end of a file, and make it where it is missing.

    They are on the disk when this returns; other processes may append at the same time. Raises
    LabelError when the file cannot be written, or is no label file.
    """
    lines = "".join(_line(astuple(label)) for label in labels).encode()
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with _locked(path) as file:
            data = file.read()
            whole = _whole(data)
            if not whole:
                _checked_torn(path, data)
                lines = _BOM + _line(COLUMNS).encode() + lines
            else:
                _checked_header(path, data[: data.find(b"\n")].decode("utf-8-sig", "replace"))
            file.truncate(whole)
            file.seek(whole)
            file.write(lines)
            file.flush()
            os.fsync(file.fileno())
    except OSError as error:
        raise LabelError(f"{path}: cannot be written ({error.strerror or error})") from error


@contextmanager
def _locked(path: Path) -> Iterator[io.FileIO]:
    path.touch()
    with path.open("r+b", buffering=0) as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield file


def _whole(data: bytes) -> int:
    """Return where the last whole record ends: a line end outside quotes."""
    end = len(data)
    while end:
        end = data.rfind(b"\n", 0, end) + 1
        if data.count(b'"', 0, end) % 2 == 0:
            return end
        end -= 1
    return 0


def _line(values: Sequence[str]) -> str:
    buffer = io.StringIO()
    csv.writer(buffer, lineterminator="\r\n").writerow([cell(v[:MAX_FIELD]) for v in values])
    return buffer.getvalue()


def _parsed(path: Path, text: str) -> Iterator[Label]:
    rows = csv.reader(io.StringIO(text, newline=""))
    try:
        header = next(rows, None)
        if header is None:
            return
        _checked_header(path, ",".join(header))
        for row in rows:
            if row:
                yield _label(path, rows.line_num, row)
    except csv.Error as error:
        raise LabelError(f"{path}, line {rows.line_num}: not CSV ({error})") from error


def _checked_header(path: Path, header: str) -> None:
    if header.strip() != ",".join(COLUMNS):
        raise LabelError(
            f"{path}, line 1: the columns are {header.strip()[:80]!r}, not {','.join(COLUMNS)!r};"
            " name another file, or put the header back"
        )


def _checked_torn(path: Path, data: bytes) -> None:
    """A file without a whole line may be one that a killed writer began; any other is not ours."""
    begun = _BOM + _line(COLUMNS).encode()
    if not begun.startswith(data):
        _checked_header(path, data[:200].decode("utf-8-sig", "replace"))
        raise LabelError(f"{path}, line 1: the header's line does not end; put a line end there")


def _label(path: Path, line: int, row: list[str]) -> Label:
    where = f"{path}, line {line}"
    if len(row) != len(COLUMNS):
        found = counted(len(row), "column")
        raise LabelError(f"{where}: {found} instead of {len(COLUMNS)}; mend the line")
    label = Label(*map(uncell, row))
    if not label.item or not label.question:
        raise LabelError(f"{where}: item and question may not be empty; mend or remove the line")
    if label.answer not in ANSWERS:
        raise LabelError(f"{where}: answer {label.answer[:20]!r} is none of y, n, ?; mend the line")
    return label
