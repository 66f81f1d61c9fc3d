"""Files far away from servers that keep no promise about ranges, sizes and versions."""

from __future__ import annotations

import asyncio
import itertools
from collections.abc import Callable
from pathlib import Path

import pytest
from scrapy import Request
from scrapy.http import Response

from crawler.archive.remote import OutOfReach, Remote

URL = "http://a.org/x.warc"
BODY = bytes(range(256)) * 10
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
