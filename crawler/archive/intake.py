"""Captures → the store: understood in the worker processes, stored in batches with their place."""

from __future__ import annotations

import asyncio
import html
import logging
from collections import Counter
from collections.abc import AsyncIterator, Callable
from dataclasses import dataclass, replace

from config.model import Archive
from crawler.archive.parts import Part
from crawler.archive.records import At, Capture, Passed
from crawler.extraction import Extractor
from crawler.session import Session
from page import directives
from page.model import Page
from store import archives, pages
from store.archives import OLDER, SAME, Progress
from store.frontier import FOUND, Found
from store.pages import Fetch
from store.schema import utc

log = logging.getLogger(__name__)
BATCH = 32
BATCH_BYTES = 16_000_000
"""What a batch holds at most: the pages understood at once, and lost when the process is killed."""
FIRST, ANY_ZONE = "1990", 86_400.0
"""The year of the first page, and the seconds by which an honest clock may be ahead: no later page
could ever take the place of one from the future."""
TEXT_ONLY = "text_only"
"""The flag of a page of which an archive keeps the text alone: no links, no markup, no date."""
# What was decoded is kept decoded, so these would be untrue.
_DECODED = {"content-encoding", "transfer-encoding", "content-length"}

Source = Callable[[Part, At], AsyncIterator[tuple[At, Capture | Passed]]]


@dataclass(frozen=True, slots=True)
class Understood:
    """A capture and its page; without a page, why there is none."""

    capture: Capture
    found: Found
    page: Page | None
    reason: str = ""


class Intake:
    """Reads parts of one archive into the store of a session.

    ``counts`` says what came of the records of this run, ``before`` how many an earlier one read.
    """

    def __init__(self, session: Session, extractor: Extractor, archive: Archive) -> None:
        self._session = session
        self._extractor = extractor
        self._archive = archive
        self._route = f"archive:{archive.id}"
        self.counts: Counter[str] = Counter()
        self.before = 0

    async def read(self, part: Part, source: Source, tell: Callable[[], object]) -> None:
        """Store what a part holds, from where the last import left off; ``tell`` after a batch.

        ``source`` gives its captures from a place on, each with the place it begins at.
        """
        with self._session.store.transaction():
            db = self._session.store.db
            progress = archives.begin(db, self._archive.id, part.label, part.stamp, part.size)
        if progress.done:
            self.before += sum(progress.counts.values())
            return
        batch: list[Capture | Passed] = []
        held = 0
        async for place, item in source(part, At(progress.offset, progress.skip)):
            if len(batch) >= BATCH or held >= BATCH_BYTES:
                progress = await self._store(batch, progress, place, done=False)
                batch, held = [], 0
                tell()
            batch.append(item)
            held += len(item.body) if isinstance(item, Capture) else 0
        await self._store(batch, progress, At(part.size), done=True)
        tell()

    async def _store(
        self, batch: list[Capture | Passed], progress: Progress, place: At, *, done: bool
    ) -> Progress:
        """Store a batch and where to go on, all or nothing."""
        taken = [item for item in batch if isinstance(item, Capture)]
        understood = await asyncio.gather(*(self._understand(item) for item in taken))
        counts = Counter(item.reason for item in batch if isinstance(item, Passed))
        with self._session.store.transaction():
            counts.update(self._keep(each) for each in understood)
            total = Counter(progress.counts) + counts
            after = replace(
                progress, offset=place.offset, skip=place.skip, done=done, counts=dict(total)
            )
            archives.advance(self._session.store.db, after)
        self.counts += counts
        return after

    async def _understand(self, capture: Capture) -> Understood:
        found = self._session.scope.found(capture.key, self._route)
        if reason := self._unwanted(capture, found):
            return Understood(capture, found, None, reason)
        db = self._session.store.db
        url_id = pages.url_id(db, capture.key)
        if url_id is not None and archives.is_held(db, url_id, capture.digest):
            return Understood(capture, found, None, "duplicate")
        body, kind = capture.body, capture.content_type
        if not capture.status:
            body, kind = as_html(body), "text/html; charset=utf-8"
        page, _ = await self._extractor.page(body, capture.key, kind, capture.at[:10])
        if not capture.status:
            page = page._replace(charset="utf-8", flags=(*page.flags, TEXT_ONLY), links=())
        if page.missing:  # as an archived 404: no page, whatever is known of the URL
            return Understood(capture, found, None, "soft_404")
        named = [value for name, value in capture.headers if name.lower() == "x-robots-tag"]
        asked = directives.in_headers(named, capture.at[:10])
        page = page._replace(
            noindex=page.noindex or directives.NOINDEX in asked,
            nofollow=page.nofollow or directives.NOFOLLOW in asked,
        )
        return Understood(capture, found, page)

    def _unwanted(self, capture: Capture, found: Found) -> str:
        """A source's patterns hold here, too; what its path is called does not: the bytes speak."""
        if not FIRST <= capture.at <= utc(self._session.clock() + ANY_ZONE):
            return "no_date"
        if found.reason in ("offsite", "pattern"):
            return found.reason
        if self._archive.sources_only and found.source.startswith(FOUND):
            return "offsite"
        return ""

    def _keep(self, item: Understood) -> str:
        """Store one page; returns the word it is counted under."""
        capture, page, frontier = item.capture, item.page, self._session.frontier
        db = self._session.store.db
        if page is None and item.reason != "duplicate":
            return item.reason
        frontier.add([item.found._replace(state="pending", reason="", again=False)])
        url_id = pages.url_id(db, capture.key)
        assert url_id is not None
        if page is None or archives.is_held(db, url_id, capture.digest):
            return "duplicate"
        archives.hold(db, url_id, capture.digest, capture.at)
        state, reason, _ = archives.state_of(db, url_id)
        if page.noindex or (state, reason) == ("skipped", "noindex"):
            if state == "pending":
                frontier.settle(url_id, "skipped", "noindex", fetched=False)
            return "noindex"
        kept = self._save(url_id, page, capture)
        if state not in ("leased", "stored") and kept not in (OLDER, SAME):
            frontier.settle(url_id, "stored", fetched=False)
        if not page.nofollow:
            links = self._session.scope.links(page.links, item.found.depth)
            frontier.add((found for found in links if found.source), found_on=url_id)
        return kept

    def _save(self, url_id: int, page: Page, capture: Capture) -> str:
        warc = self._session.warc
        if capture.status:
            headers = [(n, v) for n, v in capture.headers if n.lower() not in _DECODED]
            place = warc.write(capture.key, capture.status, headers, capture.body, at=capture.at)
        else:
            place = warc.write_text(capture.key, capture.body, at=capture.at)
        fetch = Fetch(self._session.run_id, capture.at, capture.status or 200, *place)
        return archives.keep(self._session.store.db, url_id, page, fetch)


def as_html(text: bytes) -> bytes:
    """Return extracted text as the plainest page that has it: a line, a paragraph."""
    lines = [line.strip() for line in text.decode("utf-8", "replace").splitlines()]
    lines = [html.escape(line) for line in lines if line]
    title = lines[0][:300] if lines else ""
    paragraphs = "".join(f"<p>{line}</p>" for line in lines)
    page = f"<!doctype html><title>{title}</title><article>{paragraphs}</article>"
    return page.encode()
