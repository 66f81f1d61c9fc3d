"""``duizhao demo``: the whole path on a small web of our own."""

from __future__ import annotations

from pathlib import Path

import click

from commands.steps import run_crawl, run_index, run_report, run_search


@click.command()
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
