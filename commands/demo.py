"""``duizhao demo``: the whole path on a small web of our own."""

from __future__ import annotations

import subprocess
import sys
from contextlib import ExitStack, contextmanager
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.steps.crawl import run_crawl
from commands.steps.index import run_index
from commands.steps.report import run_report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from config.model import Config
    from samples.serve import Served

CONFIG, REGISTER = "demo.toml", "register.txt"
AUTHORS = "authors"
"""Who judges the demo's pages: those who wrote them say which are one text."""


@click.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("duizhao-demo"),
    show_default=True,
    help="Where the demo keeps its store, indexes and report.",
)
def demo(data: Path) -> None:
    """Crawl a small bilingual web of our own on loopback, search it, and measure its gap.

    Run again, it visits the same pages again.
    """
    from config.load import load
    from index.output.terminal import Terminal

    console = Terminal()
    with _served(data) as served:
        data.mkdir(parents=True, exist_ok=True)
        (data / REGISTER).write_text(_register(served), encoding="utf-8")
        file = data / CONFIG
        file.write_text(served.sources_toml(), encoding="utf-8")
        config = load(file)
        console.rule("crawl")
        if code := run_crawl(config, data, console):
            raise SystemExit(code)
        console.rule("index")
        run_index(config, data, console, rebuild=False)
        for query in ("digital government", "一网通办"):
            console.rule(f"search {query}")
            _search([query, "--data", str(data), "--config", str(file), "--limit", "3"])
        console.rule("audit: which pages of a list had the crawl found?")
        _audit(file, data)
        console.rule("label works: which pages are one text?")
        _label(config, data, served, console)
    console.rule("report")
    run_report(config, data, data / "report", console)


@contextmanager
def _served(data: Path) -> Iterator[Served]:
    """Serve the sample web, at the addresses of the last demo in this folder if there was one.

    Elsewhere each of its pages would be a new one, and the old ones be gone.
    """
    from samples.serve import serve
    from samples.sources import ports

    file = data / CONFIG
    try:
        known = ports(file.read_text(encoding="utf-8")) if file.is_file() else {}
    except (ValueError, LookupError, TypeError) as error:
        raise click.UsageError(
            f"{file} is not as a demo wrote it; remove that folder, or give another --data"
        ) from error
    with ExitStack() as stack:
        try:
            served = stack.enter_context(serve(known))
        except OSError as error:
            raise click.UsageError(
                f"the sample web cannot be served where the demo in {data} had it"
                f" ({error.strerror or error}); end what holds its ports, or give another --data"
            ) from error
        yield served


def _register(served: Served) -> str:
    from samples.answers import register

    return register(served)


def _search(arguments: list[str]) -> None:
    """Run a search as the command line would; finding nothing is no error here."""
    from search import search

    try:
        search.main(arguments, standalone_mode=False)
    except SystemExit as end:
        if end.code not in (0, 1, None):
            raise


def _audit(file: Path, data: Path) -> None:
    """In a process of its own: one asks the network once."""
    from crawler.schedule.launch import command

    asked = [*command("audit", file, data), "--frame", str(data / REGISTER)]
    sys.stdout.flush()
    if code := subprocess.run(asked, check=False).returncode:  # noqa: S603  # our own
        raise SystemExit(code)


def _label(config: Config, data: Path, served: Served, console: Any) -> None:
    """Have the authors of the pages answer what a person is asked."""
    from commands.label_works import draw
    from report.labels.ask import Talk, ask
    from report.labels.file import read
    from report.labels.pairs import QUESTION
    from report.labels.works import FILE, rounds
    from samples.answers import Judge
    from store import open_store
    from store.schema import utc

    judge, file = Judge(served), data / "labels" / FILE
    drawn = draw(config, data, file.parent)
    said = {p.item: judge.same_work(p.first, p.other) for work in drawn for p in work.pairs}
    with open_store(data) as store:
        for found in rounds(drawn, store.find, file):
            before = {label.item for label in read(file) if label.who == AUTHORS}
            answers = iter([said[item.id] for item in found if item.id not in before])
            talk = Talk(partial(next, answers, None), lambda _: None, utc)
            ask(found, QUESTION, file, AUTHORS, talk)
    yes = sum(said[item.id] == "y" for item in found)
    console.print(
        f"{len(found)} pairs look alike; by those who wrote them {yes} are one text: {file}",
        soft_wrap=True,
    )
