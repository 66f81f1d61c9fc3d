"""``duizhao import``: pages that somebody else has crawled, with their own dates."""

from __future__ import annotations

import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import config_option, data_option, topic_option
from commands.steps.ended import BAD, INTERRUPTED, print_end, tell_unread
from commands.steps.index import PATIENCE, run_index

if TYPE_CHECKING:
    from config.model import Config

REMOTE = ("http://", "https://")


@click.command(name="import")
@click.argument("files", nargs=-1, metavar="[FILE|FOLDER|URL]...")
@config_option
@data_option
@topic_option
@click.option("--sources", type=click.Path(path_type=Path), help="A file of sources.")
@click.option("--name", "id", default="import", show_default=True, help="The route: archive:NAME.")
@click.option("--base", default="", help="What the file names in a CDXJ list are relative to.")
@click.option("--sources-only", is_flag=True, help="Leave out hosts that no source names.")
@click.option("--contact", help="Your e-mail or web address: servers see who is asking.")
@click.option("--index/--no-index", "indexed", default=True, help="Index what was imported.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def import_(
    files: tuple[str, ...],
    config_file: Path | None,
    data: Path,
    topic: str | None,
    sources: Path | None,
    indexed: bool,
    quiet: bool,
    contact: str | None,
    **options: object,
) -> None:
    """Read WARC, WET and WACZ files, or CDXJ lists of records in some, as if they were crawled.

    Without files, every [[archive]] of the configuration is read. Run it again to go on; what was
    read before is not read again. No page is fetched from the live web.
    """
    from config.load import load
    from config.routes import archives_of
    from index.output.terminal import Terminal

    limits = {"contact": contact} if contact else None
    config = load(config_file, topic=topic, sources=sources, overrides=limits)
    config = archives_of(config, files, options)
    _check(config)
    console = Terminal(stderr=True, quiet=quiet)
    code = _import(config, data, console)
    if indexed:
        run_index(config, data, console, rebuild=False, patience=PATIENCE)
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # impatience must not look like a bug
    sys.exit(code)


def _check(config: Config) -> None:
    """Say what is missing before anything is opened."""
    if not config.archives:
        raise click.UsageError("name files to read, or write an [[archive]] table")
    places = [place for archive in config.archives for place in (*archive.files, archive.base)]
    if any(place.startswith(REMOTE) for place in places) and not config.crawl.contact:
        raise click.UsageError(
            "a server sees who is asking: give --contact you@example.org, or contact under [crawl]"
        )


def _import(config: Config, data: Path, console: Any) -> int:
    """Read the configured archives, and print how it ended; return the exit code.

    It is ``BAD`` where one of them could not be read.
    """
    from crawler.archive.parts import expand, parts
    from crawler.run import crawl
    from crawler.spiders.archive import ArchiveSpider

    for archive in config.archives:  # what is no archive is said before anything is opened
        for name in archive.files:
            if not name.startswith(REMOTE):
                for path in expand(name):
                    parts(path, str(path))
    result = crawl(config, data, console, ArchiveSpider)
    tell_unread(result.unread, console)
    print_end(result, console)
    if result.outcome == "stopped":
        console.print("stopped; what was read is stored, run it again to go on")
        return INTERRUPTED
    return BAD if result.unread else 0
