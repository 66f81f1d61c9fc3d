"""The pages that ``benchmarks/meaning.py`` reads: a collection's and the samples', understood."""

from __future__ import annotations

import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from benchmarks.page_real import served
from page.build import build
from page.url import canonical
from samples.web import build as build_samples
from store.model import SourceRow, StoredPage

SITES = {
    "127.0.1.1": "flk",
    "127.0.1.2": "pdis",
    "127.0.1.3": "18f",
    "127.0.1.4": "digitalgov",
    "127.0.1.5": "gds",
}
NOW = "2100-01-01"


def collection(data: Path, pages: Path | None = None) -> Iterator[tuple[str, StoredPage]]:
    """Yield (page id, page) for the content pages of a collection's sites, reposts left out.

    ``data`` is the folder of ``serve.py``. A page id is ``site/path``.
    """
    number = 0
    for item in served(data, pages, 0):
        place = urllib.parse.urlsplit(item.url)
        site = SITES.get(place.hostname or "")
        if site is None or item.truth is None:
            continue
        number += 1
        yield f"{site}{urllib.parse.unquote(place.path)}", _stored(number, item.url, item, site)


def samples() -> Iterator[tuple[str, StoredPage]]:
    """Yield (page id, page) for the samples' pages."""
    origins = {site: f"http://127.0.0.{n}:1" for n, site in enumerate(_sample_sites(), 1)}
    number = 1_000_000
    for site, built in build_samples(origins).items():
        for target, reply in built.replies.items():
            if reply.status != 200 or "html" not in reply.type:
                continue
            number += 1
            item = _Sample(reply.type, reply.body)
            yield f"{site}{target}", _stored(number, origins[site] + target, item, site)


class _Sample:
    def __init__(self, content_type: str, body: bytes) -> None:
        self.content_type, self.body = content_type, body


def _sample_sites() -> list[str]:
    from samples.content_reader import sites

    return [site.id for site in sites()]


def _stored(number: int, url: str, item: object, site: str) -> StoredPage:
    body, kind = getattr(item, "body"), getattr(item, "content_type")  # noqa: B009
    key = canonical(url) or url
    page = build(body, key, content_type=kind, now=NOW)
    source = SourceRow(site, site, ("en", "zh"), "government", "")
    host = urllib.parse.urlsplit(key).netloc
    return StoredPage(number, number, 1, key, host, source, "2026-01-01T00:00:00Z", page)
