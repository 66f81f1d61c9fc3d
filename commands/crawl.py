"""``duizhao crawl``: fetch, store, index."""

from __future__ import annotations

import signal
import sys
from pathlib import Path

import click

from commands.options import config_option, data_option, topic_option
from commands.steps.crawl import run_crawl
from commands.steps.ended import BAD, INTERRUPTED
from commands.steps.index import PATIENCE, run_index


@click.command()
@config_option
@data_option
@topic_option
@click.option("--sources", type=click.Path(path_type=Path), help="A file of sources.")
@click.option("--contact", help="Your e-mail or web address: sites see who is asking.")
@click.option("--max-pages", type=int, help="Stop after this many pages.")
@click.option("--max-pages-per-source", type=int, help="At most this many a source.")
@click.option("--delay", type=float, help="Seconds between two requests to one host.")
@click.option("--focus/--no-focus", default=None, help="Likely pages first, or as they are found.")
@click.option(
    "--balanced", is_flag=True, default=None, help="The same effort for each language and kind."
)
@click.option("--index/--no-index", "indexed", default=True, help="Index what was fetched.")
@click.option("--quiet", is_flag=True, help="Show no progress.")
def crawl(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    sources: Path | None,
    indexed: bool,
    quiet: bool,
    **given: object,
) -> None:
    """Fetch the sources' pages into the store; run again to go on, or to look for news."""
    from config.load import load
    from index.output.terminal import Terminal

    limits = {name: value for name, value in given.items() if value is not None}
    config = load(config_file, topic=topic, sources=sources, overrides=limits)
    if not config.crawl.contact:
        raise click.UsageError(
            "a crawl says who is asking: give --contact you@example.org, or contact under [crawl]"
        )
    console = Terminal(stderr=True, quiet=quiet)
    code = run_crawl(config, data, console)
    console.quiet = quiet or code == BAD  # what an index holds is no news where nothing came
    if indexed:
        run_index(config, data, console, rebuild=False, patience=PATIENCE)
    if code == INTERRUPTED:
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # impatience must not look like a bug
    sys.exit(code)
