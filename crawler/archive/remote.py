"""Files of archives that are far away: by HTTP range, piece by piece, through Scrapy's downloader.

A whole file is brought to a folder beside the store first, and goes on where it was after a kill;
then it is read like any other and removed. Requests for archives obey the address guard, the
host's delay and the size limit; robots.txt is for crawlers of pages, and has no say in them.
"""

from __future__ import annotations

import asyncio
import hashlib
import re
import shutil
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin

from scrapy import Request
from scrapy.exceptions import DownloadCancelledError
from scrapy.http import Response

from crawler.archive.parts import kind_of
from crawler.middlewares.address import is_refusal
from crawler.redirects import location
from crawler.search.asking import SERVICE
from crawler.search.client import SILENCE
from page.url import canonical, host_of

CHUNK = 8_000_000
FOLDER = "incoming"
LEFT_FREE = 500_000_000
"""Bytes of the disk that no copy takes: a server may name no size, or a false one."""
MAX_REDIRECTS = 5
"""Archives on the web often lie on another host than the one that is asked for them."""
MOVED = (301, 302, 303, 307, 308)
_RANGE = re.compile(rb"bytes (\d+)-(\d+)/(\d+|\*)")
_END = re.compile(rb"bytes \*/(\d+)")

Download = Callable[[Request], Awaitable[Response]]


class OutOfReach(Exception):
    """A remote file cannot be had; the message says why, on one line."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Part of a remote file: the bytes, the size of the whole, and what tells its versions apart.

    ``size`` is None where the server does not say. ``whole`` says that there is no more: the server
    knows no ranges and sent everything, or (without bytes) the file ends before the range.
    """

    body: bytes
    size: int | None
    stamp: str
    whole: bool


class Remote:
    """Brings remote files; ``attempts`` and ``delay`` in seconds are for what fails in passing.

    ``tell`` is told, on one line, why it waits.
    """

    def __init__(
        self,
        download: Download,
        data: Path,
        max_bytes: int,
        attempts: int,
        delay: float,
        tell: Callable[[str], None],
    ) -> None:
        self._download, self._tell = download, tell
        self._folder = data / FOLDER
        self._chunk = min(CHUNK, max_bytes)
        self._attempts, self._delay = attempts, delay

    async def file(self, url: str) -> tuple[Path, str]:
        """Return a local copy of a remote file, and its stamp. Raises OutOfReach, NotAnArchive."""
        self._folder.mkdir(parents=True, exist_ok=True)
        name = hashlib.sha256(url.encode()).hexdigest()[:32]
        copy, note = self._folder / name, self._folder / f"{name}.stamp"
        at = copy.stat().st_size if copy.exists() and note.exists() else 0
        known = note.read_text("utf-8") if at else ""
        begun = 1
        while True:
            piece = await self.piece(url, at, self._chunk)
            is_past = at > 0 and piece.whole and not piece.body
            if is_past and piece.size in (at, None):
                return copy, known
            if known and (is_past or piece.stamp != known):  # it has changed: begin again
                if begun >= self._attempts:
                    raise OutOfReach(f"{url}: it changes while it is fetched; try again later")
                begun += 1
                at, known = 0, ""
                copy.unlink(missing_ok=True)
                continue
            self._leave_room(url, at, piece)
            if not known:
                kind_of(piece.body, url)  # what is no archive need not come whole
                copy.write_bytes(b"")
                note.write_text(piece.stamp, "utf-8")
                known = piece.stamp
            with copy.open("ab") as file:
                file.write(piece.body)
            at += len(piece.body)
            if piece.whole or (piece.size is not None and at >= piece.size):
                return copy, piece.stamp
            if piece.size is None and len(piece.body) < self._chunk:
                return copy, piece.stamp
            if not piece.body:
                raise OutOfReach(f"{url}: ended at {at:,} of {piece.size:,} bytes; try again")

    def _leave_room(self, url: str, at: int, piece: Piece) -> None:
        missing = max(len(piece.body), (piece.size or 0) - at)
        if shutil.disk_usage(self._folder).free - missing < LEFT_FREE:
            raise OutOfReach(
                f"{url}: would leave less than {LEFT_FREE // 1_000_000} MB of the disk free, with"
                f" {at // 1_000_000} MB of it in {self._folder}; make room or remove them"
            )

    def forget(self, path: Path) -> None:
        """Remove a local copy that has been read."""
        path.unlink(missing_ok=True)
        path.with_name(f"{path.name}.stamp").unlink(missing_ok=True)

    async def piece(self, url: str, start: int, length: int) -> Piece:
        """Return ``length`` bytes of a remote file from ``start``. Raises OutOfReach."""
        for attempt in range(self._attempts):
            try:
                return self._read(url, start, await self._get(url, start, length))
            except _InPassing as error:
                if attempt + 1 == self._attempts:
                    raise OutOfReach(f"{url}: {error}") from None
                pause = self._delay * 2**attempt
                self._tell(f"{url}: {error}; asked again in {pause:.0f} s")
                await asyncio.sleep(pause)
        raise OutOfReach(f"{url}: no attempt is allowed")

    async def _get(self, url: str, start: int, length: int) -> Response:
        """Ask for a range, also where its server says that it is somewhere else."""
        if canonical(url) is None:
            raise OutOfReach(f"{url!r} is no http(s) address")
        headers = {"Range": f"bytes={start}-{start + length - 1}", "Accept-Encoding": "identity"}
        place = url
        for _ in range(MAX_REDIRECTS + 1):
            response = await self._ask(url, place, headers)
            if response.status not in MOVED:
                return response
            target = location(response)
            if canonical(target, place) is None:
                raise OutOfReach(f"{url}: it moved to what is no http(s) address")
            place = urljoin(place, target)
        raise OutOfReach(f"{url}: it is redirected more than {MAX_REDIRECTS} times")

    async def _ask(self, url: str, place: str, headers: dict[str, str]) -> Response:
        meta = {SERVICE: "archive", "download_slot": host_of(place)}
        request = Request(place, headers=headers, meta=meta, dont_filter=True)
        try:
            return await self._download(request)
        except DownloadCancelledError:  # too large: the range asked for would have had room
            raise OutOfReach(
                f"{url}: its server sends no ranges, and the whole is more than max_bytes;"
                " download it yourself, and import the file"
            ) from None
        except Exception as error:
            if is_refusal(error):
                raise OutOfReach(f"{url}: its address is not public; see allow_addresses") from None
            raise _InPassing(_silence(error, place)) from error

    def _read(self, url: str, start: int, response: Response) -> Piece:
        stamp = (
            response.headers.get("ETag") or response.headers.get("Last-Modified") or b""
        ).decode("latin-1")
        if response.status == 206:
            found = _RANGE.match(response.headers.get("Content-Range") or b"")
            if found is None or int(found[1]) != start:
                raise OutOfReach(f"{url}: sent another range than it was asked for")
            size = None if found[3] == b"*" else int(found[3])
            return Piece(response.body, size, stamp or str(size), whole=False)
        if response.status == 200 and start == 0:
            size = len(response.body)
            return Piece(response.body, size, stamp or str(size), whole=True)
        if response.status == 416:
            ends = _END.match(response.headers.get("Content-Range") or b"")
            return Piece(b"", int(ends[1]) if ends else None, stamp, whole=True)
        if response.status == 429 or response.status >= 500:
            raise _InPassing(f"it answered {response.status}, try again later")
        raise OutOfReach(f"{url}: it answered {response.status}; check the address")


def _silence(error: Exception, place: str) -> str:
    for kind, _, message in SILENCE:
        if isinstance(error, kind):
            return f"{host_of(place)} {message}"
    return "the connection broke, try again later"


class _InPassing(Exception):
    """A failure after which asking again may help; the message says what, and what to do."""
