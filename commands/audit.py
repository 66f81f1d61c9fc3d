"""``duizhao audit``: an independent sample, and which of it the corpus already had."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import config_option, data_option, topic_option
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config
    from report.audit.draws import Draw


NOTHING = "nothing was drawn yet: name a list of URLs with --frame, or a service with --service"


@click.command()
@config_option
@data_option
@topic_option
@click.option(
    "--frame",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="A list of URLs that was not used to find pages: CSV of url[,weight,lang], a URL a"
    " line, or rows of the Common Crawl index (.cdx, JSON, Parquet); .gz or not.",
)
@click.option(
    "--service",
    help='Or a search service that was kept aside: a [[search]] table with role = "audit".',
)
@click.option(
    "--pool",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="The queries it is asked: CSV of lang,query. Without it, the topic's own terms.",
)
@click.option("--draws", type=click.IntRange(1), default=200, show_default=True, help="A language.")
@click.option("--seed", type=int, default=1, show_default=True, help="Of the draw.")
@click.option(
    "--biased",
    is_flag=True,
    help="The frame prefers well-known pages, by nobody knows how much: no estimate is made.",
)
@click.option(
    "--audit", "folder", type=click.Path(path_type=Path, file_okay=False), help="Its own folder."
)
@click.option("--contact", help="Your e-mail or web address: sites see who is asking.")
@click.option("--no-fetch", is_flag=True, help="Draw, or look at what was fetched; ask no site.")
def audit(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    frame: Path | None,
    service: str | None,
    pool: Path | None,
    draws: int,
    seed: int,
    biased: bool,
    folder: Path | None,
    contact: str | None,
    no_fetch: bool,
) -> None:
    """Draw pages that the crawl did not choose, and count which of them it had found.

    Run again to go on, or with more --draws. What is fetched is kept apart from the corpus.
    """
    from config.load import load
    from store import open_store

    config = load(config_file, topic=topic, overrides={"contact": contact} if contact else None)
    where = folder or data / "audit"
    open_store(data).close()  # an audit of nothing is refused before anything is drawn
    if service is not None:
        from commands.audit_pool import draw_from_service

        if frame is not None or biased:
            raise click.UsageError("--service draws by itself: leave out --frame and --biased")
        draw_from_service(config, data, service, pool, draws, seed, where)
        return  # a process asks the network once: fetching is the next run's
    if frame is not None:
        _unused(config, frame)
        _draw(frame, draws, seed, biased, where)
    _go_on(config, data, where, fetch=not no_fetch)


def _unused(config: Config, frame: Path) -> None:
    """Refuse a file that finds pages for the corpus. Raises UsageError."""
    tables = [("list", one.id, str(one.file)) for one in config.lists]
    tables += [("archive", one.id, file) for one in config.archives for file in one.files]
    for kind, name, file in tables:
        if Path(file).is_file() and frame.samefile(file):
            raise click.UsageError(
                f"--frame {frame}: the [[{kind}]] table {name!r} finds pages for this corpus in it,"
                " so an audit would meet what it found; draw from a list that no crawl reads"
            )


def _draw(frame: Path, n: int, seed: int, biased: bool, where: Path) -> None:
    from page.url import canonical
    from report.atomic import replace_all
    from report.audit.draws import (
        FILE,
        KNOWN,
        UNKNOWN,
        check_same,
        draw_rows,
        draws_csv,
        read_draws,
    )
    from report.audit.frame import read_frame
    from report.audit.frame_keys import keep_keys

    chances = UNKNOWN if biased else KNOWN
    rows = read_frame(frame)
    drawn = draw_rows(rows, n, seed=seed, frame=frame.name, key=canonical, chances=chances)
    check_same(read_draws(where / FILE), drawn.draws, where / FILE)
    replace_all(where, {FILE: draws_csv(drawn.draws)})
    keep_keys(drawn.keys, where)


def _go_on(config: Config, data: Path, where: Path, *, fetch: bool) -> None:
    """Fetch what was drawn and not fetched yet, and compare. Raises UsageError without a draw."""
    from index.output.terminal import Terminal
    from report.audit.draws import FILE, read_draws

    if not (drawn := read_draws(where / FILE)):
        raise click.UsageError(NOTHING)
    if fetch:
        _fetch(config, drawn, where, Terminal(stderr=True))
    _compare(config, data, where)


def _fetch(config: Config, drawn: list[Draw], where: Path, console: Any) -> None:
    from commands.steps.ended import account_line
    from crawler.run import crawl
    from crawler.spiders.drawn import DrawnScope, DrawnSpider, drawn_config

    if not config.crawl.contact:
        raise click.UsageError(
            "an audit says who is asking: give --contact you@example.org, or contact under [crawl]"
        )
    urls = [draw.url for draw in drawn]
    audit = drawn_config(config, urls)
    result = crawl(audit, where, console, DrawnSpider, DrawnScope(audit, urls))
    line = f"audit {result.outcome}: {account_line(result.account)}"
    console.print(line, soft_wrap=True)


def _compare(config: Config, data: Path, where: Path) -> None:
    """Print and save which of the drawn works the corpus had."""
    from report.atomic import replace_all
    from report.audit.sample import FOLDER, RESULT, audited_csv, read_sample
    from report.read import survey_store
    from store import open_store

    with open_store(data) as store:
        corpus = survey_store(store, config.topic, keep_sketches=True)
        sample = read_sample(where, corpus, config.topic, store)
    if sample is None:
        click.echo("audit: drawn, not fetched yet")
        return
    replace_all(where, {RESULT: audited_csv(sample)})
    for lang, name in (("en", "English"), ("zh", "中文")):
        works = sample.works[lang]
        found = sum(work.found for work in works)
        drawn = counted(len(works), "work on topic was", "works on topic were")
        click.echo(f"{name}: {drawn} drawn, the corpus had {found}")
    named = "" if where == data / FOLDER else f" --audit {where}"
    click.echo(f"every work: {where / RESULT}; `duizhao report{named}` makes an estimate of it")
