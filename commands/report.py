"""``duizhao report``: the two languages side by side, as files."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import config_option, data_option, topic_option
from commands.steps.report import run_report


@click.command()
@config_option
@data_option
@topic_option
@click.option(
    "--out",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where to write; the data folder's report/ when not given.",
)
@click.option(
    "--lang",
    "tongue",
    type=click.Choice(["en", "zh"]),
    default="en",
    show_default=True,
    help="The report's own language.",
)
@click.option(
    "--since",
    type=click.Path(path_type=Path, dir_okay=False, exists=True),
    help="An earlier report.json to tell changes from; the one in the folder when not given.",
)
@click.option(
    "--audit",
    type=click.Path(path_type=Path, file_okay=False, exists=True),
    help="The folder of an audit; the data folder's audit/ when not given.",
)
def report(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    out: Path | None,
    tongue: str,
    since: Path | None,
    audit: Path | None,
) -> None:
    """Write the report: the size of the gap as far as it can be said, and what that rests on.

    Files: report.html, report.csv, report.json, pages.csv. An audit and judged works are read from
    the data folder where there are any (`duizhao audit`, `duizhao label works`).
    """
    from config.load import load
    from index.output.terminal import Terminal
    from report.audit.sample import RESULT

    if audit is not None and not (audit / RESULT).is_file():
        raise click.UsageError(
            f"--audit {audit}: no {RESULT} there; `duizhao audit --audit {audit}` makes one"
        )
    config = load(config_file, topic=topic)
    where = out or data / "report"
    run_report(config, data, where, Terminal(), tongue=tongue, since=since, audit=audit)
