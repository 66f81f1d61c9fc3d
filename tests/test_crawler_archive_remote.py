"""Files far away from servers that keep no promise about ranges, sizes and versions."""

from __future__ import annotations

import asyncio
import itertools
import shutil
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.archive.parts import NotAnArchive
from crawler.archive.remote import LEFT_FREE, OutOfReach, Remote

URL = "http://a.org/x.warc"
BODY = b"WARC/1.1" + bytes(range(256)) * 10
CHUNK = 1000


def ranged(total: str = str(len(BODY)), etag: Callable[[], str] = lambda: '"1"', spare: int = 0):  # type: ignore[no-untyped-def]
    """A server of BODY that says what it is told of size and version, and sends ``spare`` more."""
    asked: list[int] = []

    async def download(request: Request) -> Response:
        first, last = map(int, (request.headers["Range"] or b"")[6:].split(b"-"))
        asked.append(first)
        assert len(asked) < 50, "for ever"
        if first >= len(BODY):
            return Response(URL, status=416)
        body = BODY[first : last + 1 + spare]
        span = f"bytes {first}-{first + len(body) - 1}/{total}"
        return Response(URL, status=206, body=body, headers={"Content-Range": span, "ETag": etag()})

    return download


def fetched(download, folder: Path) -> bytes:  # type: ignore[no-untyped-def]
    path, _ = asyncio.run(Remote(download, folder, CHUNK, 3, 0.0, lambda _: None).file(URL))
    return path.read_bytes()


@pytest.mark.parametrize("total", [str(len(BODY)), "*"])
@pytest.mark.parametrize("spare", [0, 7])
def test_a_file_comes_whole(total: str, spare: int, tmp_path: Path) -> None:
    assert fetched(ranged(total, spare=spare), tmp_path) == BODY


def test_a_whole_number_of_pieces_of_unknown_size_ends(tmp_path: Path) -> None:
    async def download(request: Request) -> Response:
        first = int((request.headers["Range"] or b"")[6:].split(b"-")[0])
        if first >= 2 * CHUNK:
            return Response(URL, status=416)
        span = {"Content-Range": f"bytes {first}-{first + CHUNK - 1}/*", "ETag": '"1"'}
        return Response(URL, status=206, body=BODY[first : first + CHUNK], headers=span)

    assert fetched(download, tmp_path) == BODY[: 2 * CHUNK]


def test_a_file_that_changed_once_is_begun_anew(tmp_path: Path) -> None:
    versions = itertools.chain(['"1"'], itertools.repeat('"2"'))
    assert fetched(ranged(etag=lambda: next(versions)), tmp_path) == BODY


def test_a_file_that_is_another_at_every_answer_is_given_up(tmp_path: Path) -> None:
    numbers = itertools.count()
    with pytest.raises(OutOfReach, match="changes while it is fetched"):
        fetched(ranged(etag=lambda: f'"{next(numbers)}"'), tmp_path)


@pytest.mark.parametrize("total", ["*", "999999999999999999"])
def test_a_file_without_end_leaves_room_on_the_disk(
    total: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sent = Counter[str]()

    async def download(request: Request) -> Response:
        first = int((request.headers["Range"] or b"")[6:].split(b"-")[0])
        sent["bytes"] += CHUNK
        span = f"bytes {first}-{first + CHUNK - 1}/{total}"
        return Response(URL, status=206, body=BODY[:CHUNK], headers={"Content-Range": span})

    def usage(_: Path) -> SimpleNamespace:
        return SimpleNamespace(free=LEFT_FREE + 5 * CHUNK - sent["bytes"])

    monkeypatch.setattr(shutil, "disk_usage", usage)
    with pytest.raises(OutOfReach, match="less than 500 MB of the disk free"):
        fetched(download, tmp_path)
    assert sent["bytes"] <= 5 * CHUNK


def test_what_is_no_archive_is_not_fetched_whole(tmp_path: Path) -> None:
    asked: list[bytes | None] = []

    async def download(request: Request) -> Response:
        asked.append(request.headers["Range"])
        span = {"Content-Range": f"bytes 0-{CHUNK - 1}/*", "ETag": '"1"'}
        return Response(URL, status=206, body=b"<html>\n".ljust(CHUNK), headers=span)

    with pytest.raises(NotAnArchive, match="it begins with '<html>"):
        fetched(download, tmp_path)
    assert len(asked) == 1
    assert not any((tmp_path / "incoming").iterdir())
