"""The ``archive`` spider: reads archives into the store, and fetches no page."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import AsyncIterator
from pathlib import Path
from tempfile import NamedTemporaryFile

from scrapy import Request

from config.counted import counted
from config.model import Archive, Config
from crawler.archive.intake import Intake
from crawler.archive.parts import LIST, NotAnArchive, Part, Place, expand, parts, places
from crawler.archive.records import At, Capture, Passed, captures
from crawler.archive.remote import OutOfReach, Remote
from crawler.search.client import of_crawler
from crawler.session import stop
from crawler.settings import EXTENSIONS
from crawler.spiders.base import FrontierSpider
from store.errors import UNWRITABLE

log = logging.getLogger(__name__)
BREATH = 200
"""Records after which the rest of the program gets a turn."""
TELL_SECONDS = 10.0


class ArchiveSpider(FrontierSpider):
    """Reads every archive of the configuration. Its scheduler holds no URLs, so none is fetched."""

    name = "archive"
    custom_settings = {  # noqa: RUF012
        "SCHEDULER": "scrapy.core.scheduler.Scheduler",
        "EXTENSIONS": EXTENSIONS | {"crawler.progress.Progress": None},
    }

    @classmethod
    def asks_strangers(cls, config: Config) -> bool:
        """Archives on disk ask nobody."""
        return any(
            place.startswith(("http://", "https://"))
            for archive in config.archives
            for place in (*archive.files, archive.base)
        )

    async def start(self) -> AsyncIterator[Request]:
        """Read the archives one after another; yields nothing, for nothing is to be fetched."""
        config, data = self.session.config, self.session.store.folder
        limits = config.crawl
        self._remote = Remote(
            of_crawler(self.crawler),
            data,
            limits.max_bytes,
            limits.max_attempts,
            limits.retry_delay,
            self.say,
        )
        self._told = time.monotonic()
        try:
            for archive in config.archives:
                await self._read(archive)
        except UNWRITABLE as error:
            stop(self.crawler, error)
        nothing: tuple[Request, ...] = ()
        for request in nothing:
            yield request

    async def _read(self, archive: Archive) -> None:
        intake = Intake(self.session, self.extractor, archive)
        for name in archive.files:
            try:
                if name.startswith(("http://", "https://")):
                    await self._read_remote(intake, archive, name)
                else:
                    for path in expand(name):
                        await self._read_file(intake, archive, path, str(path))
            except (NotAnArchive, OutOfReach) as error:
                self.session.unread.append(f"archive {archive.id}: {error}")
                self.say(self.session.unread[-1])
        self.say(_summary(archive.id, intake))

    async def _read_remote(self, intake: Intake, archive: Archive, url: str) -> None:
        path, stamp = await self._remote.file(url)
        await self._read_file(intake, archive, path, url, stamp)
        self._remote.forget(path)

    async def _read_file(
        self, intake: Intake, archive: Archive, path: Path, label: str, stamp: str = ""
    ) -> None:
        def tell() -> None:
            if time.monotonic() - self._told > TELL_SECONDS:
                self._told = time.monotonic()
                self.say(_summary(archive.id, intake))

        for part in parts(path, label, stamp):
            listed = part.kind == LIST
            source = self._by_list(archive, path) if listed else self._records
            await intake.read(part, source, tell)

    async def _records(self, part: Part, start: At) -> AsyncIterator[tuple[At, Capture | Passed]]:
        limit = self.session.config.crawl.max_bytes
        for number, found in enumerate(captures(part, start, limit)):
            if number % BREATH == 0:
                await asyncio.sleep(0)
            yield found

    def _by_list(self, archive: Archive, path: Path) -> _Listed:
        return _Listed(archive, path, self._remote, self.session.config.crawl.max_bytes)


class _Listed:
    """The records that a CDXJ list names, each brought by its range."""

    def __init__(self, archive: Archive, path: Path, remote: Remote, max_bytes: int) -> None:
        self._archive, self._path, self._remote = archive, path, remote
        self._max_bytes = max_bytes

    async def __call__(self, part: Part, start: At) -> AsyncIterator[tuple[At, Capture | Passed]]:
        """Yield the records of a list from a line on."""
        for place in places(part):
            line = place if isinstance(place, int) else place.line
            if line < start.offset:
                continue
            yield (
                At(line),
                await self._record(place) if isinstance(place, Place) else Passed("line"),
            )

    async def _record(self, place: Place) -> Capture | Passed:
        if place.length > self._max_bytes:
            return Passed("too_large")
        base = self._archive.base
        try:
            if not base and not place.filename.startswith(("http://", "https://")):
                return self._of_file(place)
            url = (
                place.filename
                if "://" in place.filename
                else f"{base.rstrip('/')}/{place.filename}"
            )
            piece = await self._remote.piece(url, place.offset, place.length)
        except OutOfReach as error:
            log.warning("archive %s: %s", self._archive.id, error)
            return Passed("out_of_reach")
        with NamedTemporaryFile() as spool:
            spool.write(piece.body)
            spool.flush()
            return self._only(Part(url, "", Path(spool.name), 0, len(piece.body), "warc"))

    def _of_file(self, place: Place) -> Capture | Passed:
        path = self._path.parent / place.filename
        try:
            is_there = path.is_file() and path.resolve().is_relative_to(self._path.parent.resolve())
        except OSError:  # a name too long for any file
            is_there = False
        if not is_there:
            return Passed("out_of_reach")
        return self._only(Part(str(path), "", path, place.offset, place.length, "warc"))

    def _only(self, part: Part) -> Capture | Passed:
        return next((item for _, item in captures(part, At(), self._max_bytes)), Passed("damaged"))


def _summary(name: str, intake: Intake) -> str:
    """Return what came of an archive's records, on one line."""
    words = ", ".join(f"{reason} {count:,}" for reason, count in sorted(intake.counts.items()))
    line = f"archive {name}: {counted(intake.counts.total(), 'record')}: {words or 'nothing new'}"
    return f"{line}; {intake.before:,} were read before" if intake.before else line
