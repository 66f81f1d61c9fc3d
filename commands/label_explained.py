"""``duizhao label explained``: does this passage explain the concept, or only mention it?"""

from __future__ import annotations

from pathlib import Path

import click

from commands.label_options import each_option, label_options, sitting
from config.counted import counted


@click.command()
@label_options
@each_option(75, "those that the rule says explain")
@click.option("--codebook", is_flag=True, help="Print what counts as explained, and end.")
def explained(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    who: str | None,
    file: Path | None,
    each: int,
    dry_run: bool,
    codebook: bool,
) -> None:
    """Judge whether passages explain a concept; the answers correct the report's counts.

    --codebook prints what counts. The rule's own verdict is not shown.
    """
    if codebook:
        from importlib.resources import files

        rules = files("report.labels").joinpath("codebook-explained.md")
        click.echo(rules.read_text("utf-8"), nl=False)
        return
    from config.load import load
    from meaning.explained.book import make
    from report.labels.explained import FILE, QUESTION, candidates, drawn, items
    from report.read import survey_store
    from store import open_store

    chosen = load(config_file, topic=topic).topic
    with open_store(data) as store:
        book = make(store.changes(), chosen, data)
        found = candidates(survey_store(store, chosen).documents, book)
        asked = items(drawn(found, each=each), chosen, store.page)
    if dry_run:
        click.echo(f"{counted(len(asked), 'passage')} drawn of {len(found)}")
        return
    sitting(asked, QUESTION, file or data / "labels" / FILE, who)
