"""What there is to read: files on disk, the WARC files inside a WACZ, places named by a list."""

from __future__ import annotations

import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from glob import glob, has_magic
from pathlib import Path

WARC, LIST, WACZ = "warc", "list", "wacz"
GZIP, ZIP = b"\x1f\x8b", b"PK\x03\x04"
NAMES = ("*.warc", "*.warc.gz", "*.wet.gz", "*.wet", "*.wacz", "*.cdxj")
"""What is taken of a folder."""
_HEAD = 64_000
_LOCAL_HEADER = 30


class NotAnArchive(Exception):
    """A file that holds no records; the message says what it is and what to do."""

    exit_code = 2


@dataclass(frozen=True, slots=True)
class Part:
    """One file's worth of records: a range of a file on disk, known by ``label`` and ``stamp``.

    ``label`` is a path or URL, with ``!member`` for a file in a WACZ; ``stamp`` changes when its
    content does. ``kind`` is ``warc`` or ``list`` (of places in other files).
    """

    label: str
    stamp: str
    path: Path
    start: int
    size: int
    kind: str


class Slice(io.RawIOBase):
    """A range of a file as a file of its own."""

    def __init__(self, part: Part) -> None:
        self._file = part.path.open("rb")
        self._start, self._size, self._at = part.start, part.size, 0

    def readable(self) -> bool:
        """It is for reading."""
        return True

    def seekable(self) -> bool:
        """Any place in it can be read."""
        return True

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Go to a place; returns it."""
        base = {io.SEEK_SET: 0, io.SEEK_CUR: self._at, io.SEEK_END: self._size}[whence]
        self._at = max(0, base + offset)
        return self._at

    def tell(self) -> int:
        """Return where it is."""
        return self._at

    def readinto(self, buffer: memoryview) -> int:  # type: ignore[override]
        """Read up to the end of the range."""
        wanted = min(len(buffer), max(0, self._size - self._at))
        self._file.seek(self._start + self._at)
        got = self._file.readinto(memoryview(buffer)[:wanted])
        self._at += got
        return got

    def close(self) -> None:
        """Close the file."""
        self._file.close()
        super().close()


def expand(name: str) -> list[Path]:
    """Return the files that a path, a pattern or a folder stands for, sorted.

    Raises NotAnArchive when there is none.
    """
    path = Path(name)
    if path.is_dir():
        found = sorted({file for pattern in NAMES for file in path.rglob(pattern)})
    elif path.is_file() or not has_magic(name):
        found = [path]
    else:
        found = sorted(Path(each) for each in glob(name, recursive=True))  # noqa: PTH207
        found = [each for each in found if each.is_file()]
    if not found and path.is_dir():
        raise NotAnArchive(f"{name}: holds none of {', '.join(NAMES)}; name the files themselves")
    if not found or not all(each.is_file() for each in found):
        raise NotAnArchive(f"{name}: there is no such file; check the name")
    return found


def parts(path: Path, label: str, stamp: str = "") -> list[Part]:
    """Return the parts of a file. Raises NotAnArchive; OSError when it cannot be read."""
    status = path.stat()
    stamp = stamp or f"{status.st_size}-{status.st_mtime_ns}"
    with path.open("rb") as file:
        kind = kind_of(file.read(_HEAD), label)
    if kind == WACZ:
        return list(_members(path, label, stamp))
    return [Part(label, stamp, path, 0, status.st_size, kind)]


def kind_of(head: bytes, label: str) -> str:
    """Return what a file is by how it begins: WARC, LIST or WACZ. Raises NotAnArchive."""
    kind = _kind(head[:_HEAD])
    if not kind:
        raise NotAnArchive(
            f"{label}: is no WARC, WET, WACZ or CDXJ file; it begins with {_shown(head)}"
        )
    return kind


def _shown(head: bytes) -> str:
    """Return how a file begins: its first words, or its first bytes where it is no text."""
    line = head[:120].decode("utf-8", "replace").strip().split("\n", 1)[0][:30].rstrip("\r")
    is_text = line and line.isprintable() and "\ufffd" not in line
    return repr(line) if is_text else f"the bytes {head[:8].hex(' ')}"


def _kind(head: bytes) -> str:
    if head.startswith(ZIP):
        return WACZ
    if head.startswith(GZIP):
        try:
            head = zlib.decompressobj(wbits=31).decompress(head, 4096)
        except zlib.error:
            return ""
        return WARC if head.startswith(b"WARC/") else ""
    if head.startswith(b"WARC/") or not head.strip():
        return WARC
    return LIST if re.match(rb"(?:!|\{\"|\S+ \d{4,14} \{)", head) else ""


def _members(path: Path, label: str, stamp: str) -> Iterator[Part]:
    """The WARC files of a WACZ (Webrecorder's WACZ 1.1), which are stored uncompressed."""
    try:
        with zipfile.ZipFile(path) as packed:
            members = [
                m for m in packed.infolist() if re.match(r"archive/.+\.warc(\.gz)?$", m.filename)
            ]
            for member in members:
                if member.compress_type != zipfile.ZIP_STORED:
                    raise NotAnArchive(
                        f"{label}: {member.filename!r} is compressed once more, which WACZ forbids;"
                        " unpack it and import the WARC files"
                    )
                place = _data_at(path, member)
                yield Part(f"{label}!{member.filename}", stamp, path, place, member.file_size, WARC)
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise NotAnArchive(f"{label}: is a damaged WACZ ({error}); get it anew") from error
    if not members:
        raise NotAnArchive(f"{label}: is a ZIP without WARC files under archive/")


def _data_at(path: Path, member: zipfile.ZipInfo) -> int:
    """Where a member's bytes begin: behind its local header, whose length only it knows."""
    with path.open("rb") as file:
        file.seek(member.header_offset)
        header = file.read(_LOCAL_HEADER)
    if len(header) < _LOCAL_HEADER or not header.startswith(ZIP):
        raise ValueError("a member's header is not where it should be")
    lengths = [int.from_bytes(header[at : at + 2], "little") for at in (26, 28)]
    return member.header_offset + _LOCAL_HEADER + sum(lengths)


@dataclass(frozen=True, slots=True)
class Place:
    """A record in another file: its name there, where it begins, and how long it is."""

    line: int
    filename: str
    offset: int
    length: int


def places(part: Part) -> Iterator[Place | int]:
    """Yield the places a CDXJ list names, in its order; the line's number where it names none.

    Lines are ``urlkey timestamp {JSON}`` or JSON alone, as Common Crawl's index answers; lines
    that begin with ``!`` are a list's own header.
    """
    with io.TextIOWrapper(io.BufferedReader(Slice(part)), "utf-8", "replace") as lines:
        for number, line in enumerate(lines, 1):
            if line.strip() and not line.startswith("!"):
                yield _place(number, line) or number


def _place(number: int, line: str) -> Place | None:
    try:
        entry = json.loads(line if line.startswith("{") else line.split(maxsplit=2)[-1])
        name, offset, length = entry["filename"], int(entry["offset"]), int(entry["length"])
    except (ValueError, KeyError, TypeError, OverflowError, RecursionError):  # int("Infinity")
        return None
    if not isinstance(name, str) or not name or not 0 <= offset < 2**62 or not 0 < length < 2**31:
        return None
    return Place(number, name, offset, length)
