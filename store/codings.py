"""Content codings undone (RFC 9110, section 8.4), the same for a crawl, an archive and evidence.

What comes out is bounded, so a bomb costs no more than a page may be. Of a damaged body what comes
before the damage counts, as in browsers. To add a coding, write what yields its pieces, and name it
in ``CODINGS``.
"""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial
from io import BytesIO

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd

MAX_CODINGS = 2
"""Two are an accident of a server and its proxy; more are an attack on whoever undoes them."""
_PIECE = 1 << 20
_DAMAGE = (OSError, EOFError, zlib.error, brotli.error, zstd.ZstdError)


def codings(said: Iterable[str]) -> list[str]:
    """Return the codings that Content-Encoding headers name, the last applied first."""
    names = [name.strip().lower() for name in ",".join(said).split(",")]
    return [name for name in reversed(names) if name not in ("", "identity", "none")]


def decoded(body: bytes, named: Sequence[str], most: int) -> bytes:
    """Return a body without the codings ``codings`` returned, up to one that nobody here knows.

    A result longer than ``most`` bytes is the beginning of one, perhaps with a coding still on it.
    Raises ValueError for a body that is not coded as it is said to be, or too often.
    """
    if len(named) > MAX_CODINGS:
        raise ValueError(f"{len(named)} codings are more than {MAX_CODINGS}")
    for name in named:
        if not body or name not in CODINGS:
            break
        body = _undone(body, name, most)
        if len(body) > most:
            break
    return body


def _undone(body: bytes, name: str, most: int) -> bytes:
    held = b""
    try:
        for piece in CODINGS[name](body):
            held += piece
            if len(held) > most:
                break
    except _DAMAGE as error:
        if not held:
            raise ValueError(f"the body is not {name}: {error}") from error
    return held


def _gzip(body: bytes) -> Iterator[bytes]:
    inflate = zlib.decompressobj(zlib.MAX_WBITS | 16)
    try:
        whole = inflate.decompress(body, _PIECE)
    except zlib.error:
        whole = b""
    if inflate.eof and not inflate.unused_data:  # nearly all: a quarter faster than as a file
        return iter((whole,))
    return iter(partial(gzip.GzipFile(fileobj=BytesIO(body)).read1, _PIECE), b"")


def _deflate(body: bytes) -> Iterator[bytes]:
    inflate = zlib.decompressobj()
    try:
        piece = inflate.decompress(body, _PIECE)
    except zlib.error:  # without the header that the standard asks for, as some servers send it
        inflate = zlib.decompressobj(-zlib.MAX_WBITS)
        piece = inflate.decompress(body, _PIECE)
    while piece:
        yield piece
        piece = inflate.decompress(inflate.unconsumed_tail, _PIECE)


def _brotli(body: bytes) -> Iterator[bytes]:
    stream = brotli.Decompressor()
    piece = stream.process(body, output_buffer_limit=_PIECE)
    while piece:
        yield piece
        piece = stream.process(b"", output_buffer_limit=_PIECE)


def _zstd(body: bytes) -> Iterator[bytes]:
    return iter(partial(zstd.ZstdFile(BytesIO(body)).read1, _PIECE), b"")


CODINGS: dict[str, Callable[[bytes], Iterator[bytes]]] = {
    "gzip": _gzip,
    "x-gzip": _gzip,
    "deflate": _deflate,
    "br": _brotli,
    "zstd": _zstd,
}
