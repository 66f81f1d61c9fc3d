"""``duizhao label explained``: does this passage explain the concept, or only mention it?"""

from __future__ import annotations

from pathlib import Path

import click

from commands.label_options import label_options, sitting
from commands.options import config_option, data_option, topic_option


@click.command()
@config_option
@data_option
@topic_option
@label_options
@click.option(
    "--each",
    type=click.IntRange(1),
    default=75,
    show_default=True,
    help="To draw a language, of those that the rule says explain and of the others.",
)
@click.option("--dry-run", is_flag=True, help="Say how many are drawn and ask nothing.")
def explained(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    who: str | None,
    file: Path | None,
    seed: int,
    each: int,
    dry_run: bool,
) -> None:
    """Judge whether passages explain a concept; the answers correct the report's counts.

    docs/codebook-explained.md says what counts. The rule's own verdict is not shown.
    """
    from config.load import load
    from meaning.explained.book import make
    from report.labels.explained import FILE, QUESTION, candidates, drawn, items
    from report.read import survey_store
    from store import open_store

    chosen = load(config_file, topic=topic).topic
    with open_store(data) as store:
        book = make(store.changes(), chosen, data)
        found = candidates(survey_store(store, chosen).documents, book)
        asked = items(drawn(found, seed=seed, each=each), chosen, store.page)
    if dry_run:
        click.echo(f"{len(asked)} passages drawn of {len(found)}")
        return
    sitting(asked, QUESTION, file or data / "labels" / FILE, who)
