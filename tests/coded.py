"""Bodies as servers send them: what Content-Encoding says, and how it is made true."""

from __future__ import annotations

import gzip
import sys
import zlib
from collections.abc import Callable

import brotli

if sys.version_info >= (3, 14):
    from compression import zstd
else:
    from backports import zstd


def gzipped(body: bytes) -> bytes:
    return gzip.compress(body, mtime=0)


def headless(body: bytes) -> bytes:
    """What some servers call deflate."""
    packer = zlib.compressobj(wbits=-zlib.MAX_WBITS)
    return packer.compress(body) + packer.flush()


CODED: tuple[tuple[str, Callable[[bytes], bytes]], ...] = (
    ("gzip", gzipped),
    ("x-gzip", gzipped),
    ("deflate", zlib.compress),
    ("deflate", headless),
    ("br", brotli.compress),
    ("zstd", zstd.compress),
    ("gzip, gzip", lambda body: gzipped(gzipped(body))),
    ("deflate, br", lambda body: brotli.compress(zlib.compress(body))),
    ("identity", bytes),
    ("snappy", bytes),  # nobody asks for it, and what comes is taken as it is
)
