"""``duizhao report``: the two languages side by side, as files."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import config_option, data_option, topic_option
from commands.steps import run_report


@click.command()
@config_option
@data_option
@topic_option
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
