"""The ``duizhao`` command: thin subcommands; what they need is imported when they run.

Exit codes: 0 done · 1 nothing matched, or verify found something · 2 wrong usage, configuration or
query · 3 no data yet · 4 store or index cannot be used · 5 a crawl ended badly · 70 a bug · 130
interrupted.
"""

from __future__ import annotations

import io
import json
import os
import signal
import sys
import traceback
from collections.abc import Callable
from importlib import metadata
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

import click

if TYPE_CHECKING:
    from config.model import Config

F = TypeVar("F", bound=Callable[..., Any])
EXIT_CODES = __doc__.split("Exit codes: ")[1].strip().replace("\n", " ")
DIFFERENT = 1
BUG = 70
INTERRUPTED = 130


def version() -> str:
    """Return the installed version; a checkout that is not installed says so."""
    try:
        return metadata.version("duizhao")
    except metadata.PackageNotFoundError:
        return "0.1.0 (a checkout, not installed)"


class LazyGroup(click.Group):
    """Takes ``search`` from search.py only when it is asked for."""

    def list_commands(self, ctx: click.Context) -> list[str]:
        """Return the commands in the order a user meets them."""
        return ["demo", "config", "crawl", "index", "search", "report", "status", "verify"]

    def get_command(self, ctx: click.Context, name: str) -> click.Command | None:
        """Return a command by name."""
        if name == "search":
            from search import search

            return search
        return super().get_command(ctx, name)


def config_option(command: F) -> F:
    """Add ``--config FILE``."""
    return click.option(
        "--config",
        "config_file",
        type=click.Path(path_type=Path),
        help="Your TOML configuration; what it leaves out is Duizhao's own.",
    )(command)


def data_option(command: F) -> F:
    """Add ``--data DIR``."""
    return click.option(
        "--data",
        type=click.Path(path_type=Path, file_okay=False),
        default=Path("duizhao-data"),
        envvar="DUIZHAO_DATA",
        show_default=True,
        help="The folder that holds the store, the indexes and the report.",
    )(command)


@click.group(cls=LazyGroup, epilog=f"Exit codes: {EXIT_CODES}")
@click.version_option(version(), prog_name="duizhao")
def cli() -> None:
    """Duizhao 对照: how much of a topic is there in English and in Chinese?"""


@cli.command()
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("duizhao-demo"),
    show_default=True,
    help="Where the demo keeps its store, indexes and report.",
)
def demo(data: Path) -> None:
    """Crawl a small bilingual web of our own on loopback, search it, and write a report."""
    from config.load import load
    from index.output.terminal import Terminal
    from samples.serve import serve

    console = Terminal()
    with serve() as served:
        data.mkdir(parents=True, exist_ok=True)
        file = data / "demo.toml"
        file.write_text(served.sources_toml(), encoding="utf-8")
        console.rule("crawl")
        run_crawl(load(file), data, console)
    console.rule("index")
    run_index(load(file), data, console, rebuild=False)
    for query in ("digital government", "一网通办"):
        console.rule(f"search {query}")
        run_search([query, "--data", str(data), "--config", str(file), "--limit", "3"])
    console.rule("report")
    run_report(load(file), data, data / "report", console)


@cli.group("config")
def config_group() -> None:
    """Look at the configuration."""


@config_group.command()
@config_option
@click.option("--topic", help="A shipped topic's name, or a topic file.")
@click.option("--sources", type=click.Path(path_type=Path), help="A file of sources.")
@click.option("--json", "as_json", is_flag=True, help="Print it for machines.")
def check(config_file: Path | None, topic: str | None, sources: Path | None, as_json: bool) -> None:
    """Print what was understood, or what is wrong; nothing is contacted."""
    from config.describe import as_dict, describe
    from config.load import load
    from index.output.terminal import Terminal

    config = load(config_file, topic=topic, sources=sources)
    if as_json:
        click.echo(json.dumps(as_dict(config), ensure_ascii=False, indent=2))
    else:
        Terminal().print(describe(config))


@cli.command()
@config_option
@data_option
@click.option("--topic", help="A shipped topic's name, or a topic file.")
@click.option("--sources", type=click.Path(path_type=Path), help="A file of sources.")
@click.option("--contact", help="Your e-mail or web address: sites see who is asking.")
@click.option("--max-pages", type=int, help="Stop after this many pages.")
@click.option("--max-pages-per-source", type=int, help="At most this many a source.")
@click.option("--delay", type=float, help="Seconds between two requests to one host.")
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
    outcome = run_crawl(config, data, console)
    if indexed:
        run_index(config, data, console, rebuild=False)
    if outcome == "stopped":
        signal.signal(signal.SIGINT, signal.SIG_IGN)  # impatience must not look like a bug
        sys.exit(INTERRUPTED)


@cli.command()
@config_option
@data_option
@click.option("--rebuild", is_flag=True, help="Make both indexes anew from the store.")
def index(config_file: Path | None, data: Path, rebuild: bool) -> None:
    """Bring the two indexes up to date with the store."""
    from config.load import load
    from index.output.terminal import Terminal

    run_index(load(config_file), data, Terminal(stderr=True), rebuild=rebuild)


@cli.command()
@config_option
@data_option
@click.option("--topic", help="A shipped topic's name, or a topic file.")
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; the data folder's report/ when not given.",
)
def report(config_file: Path | None, data: Path, topic: str | None, out: Path | None) -> None:
    """Write report.html, report.csv and report.json: the two languages side by side."""
    from config.load import load
    from index.output.terminal import Terminal

    run_report(load(config_file, topic=topic), data, out or data / "report", Terminal())


@cli.command()
@config_option
@data_option
def verify(config_file: Path | None, data: Path) -> None:
    """Compare the store with its evidence and the indexes with the store; 1 when they differ."""
    from config.load import load
    from index.output.terminal import Terminal

    if run_verify(load(config_file), data, Terminal(stderr=True)):
        sys.exit(DIFFERENT)


@cli.command()
@data_option
@click.option("--json", "as_json", is_flag=True, help="Print it for machines.")
def status(data: Path, as_json: bool) -> None:
    """Show the runs and where every discovered URL went."""
    import dataclasses

    from index.output.terminal import Terminal
    from store import open_store

    with open_store(data) as store:
        runs, books = store.runs(), store.account()
    if as_json:
        state = {
            "runs": [dataclasses.asdict(r) for r in runs],
            "account": dataclasses.asdict(books),
        }
        click.echo(json.dumps(state, ensure_ascii=False, indent=2))
        return
    console = Terminal()
    for run in runs:
        console.print(f"run {run.id}  {run.started_at} – {run.ended_at or '…'}  {run.outcome}")
    console.print(account_line(books))
    for state_name, reason, count in books.reasons:
        console.print(f"  {state_name:8} {reason:24} {count:>8}", markup=False)


def run_crawl(config: Config, data: Path, console: Any) -> str:
    """Crawl, and print how it ended; return the outcome."""
    from crawler.run import crawl as crawl_sources

    result = crawl_sources(config, data, console)
    console.print(f"run {result.run_id} {result.outcome}: {account_line(result.account)}")
    if result.outcome == "stopped":
        console.print("stopped; what was fetched is stored, run it again to go on")
    return result.outcome


def run_index(config: Config, data: Path, console: Any, *, rebuild: bool) -> None:
    """Bring the indexes up to date, and print what they hold."""
    from index.build import catch_up
    from index.build import rebuild as build_anew
    from store import open_store

    with open_store(data) as store:
        make = build_anew if rebuild else catch_up
        done = make(store, data / "index", config.engine)
    console.print(f"index: English {done.en} · 中文 {done.zh} pages, at revision {done.revision}")


def run_verify(config: Config, data: Path, console: Any) -> int:
    """Print what is not as it should be, and return how many lines that are."""
    from index.verify import problems
    from store import open_store

    with open_store(data) as store, console.status("reading every page and its evidence"):
        read = [0]
        found = [*store.problems(read.append), *problems(store, data / "index", config.engine)]
    for line in found:
        click.echo(line)
    verdict = f"{len(found)} things are not as they should be" if found else "all is as written"
    console.print(f"verify: {read[-1]} pages, {verdict}", highlight=False)
    return len(found)


def run_search(arguments: list[str]) -> None:
    """Run a search as the command line would; finding nothing is no error here."""
    from search import search

    try:
        search.main(arguments, standalone_mode=False)
    except SystemExit as end:
        if end.code not in (0, 1, None):
            raise


def run_report(config: Config, data: Path, out: Path, console: Any) -> None:
    """Write the report, and print where it is."""
    from report.write import write_report
    from store import open_store
    from store.schema import utc

    with open_store(data) as store:
        files = write_report(store, config.topic, out, now=utc())
    console.print(f"report: {files.html.resolve()}", soft_wrap=True)


def account_line(books: Any) -> str:
    """Return the accounts as one line."""
    return (
        f"discovered {books.discovered} = stored {books.stored} + failed {books.failed}"
        f" + skipped {books.skipped} + gone {books.gone} + pending {books.pending}"
    )


def main() -> None:
    """Run the command line: errors become one line and an exit code, bugs a traceback and 70."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")  # a terminal without Chinese shows codes
    try:
        cli(standalone_mode=False)
    except click.exceptions.Exit as end:
        sys.exit(end.exit_code)
    except click.Abort:
        _fail("interrupted", INTERRUPTED)
    except click.ClickException as error:
        error.show()
        sys.exit(error.exit_code)
    except KeyboardInterrupt:
        _fail("interrupted", INTERRUPTED)
    except BrokenPipeError:
        # The reader (head, less) has seen enough; Python must not complain at exit either.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except Exception as error:
        code = getattr(error, "exit_code", None)
        if not isinstance(code, int):
            traceback.print_exc()
            _fail("this is a bug in Duizhao; please report the lines above", BUG)
        else:
            _fail(str(error), code)


def _fail(message: str, code: int) -> None:
    click.echo(f"duizhao: {message}", err=True)
    sys.exit(code)


if __name__ == "__main__":
    main()
