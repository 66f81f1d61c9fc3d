"""``duizhao topic``: help with the topic file."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import config_option, data_option, topic_option


@click.group()
def topic() -> None:
    """Improve the topic file."""


@topic.command()
@config_option
@data_option
@topic_option
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=30,
    show_default=True,
    help="Propose so many concepts, the best first.",
)
@click.option("--json", "as_json", is_flag=True, help="Print it for machines, not as TOML.")
def suggest(
    config_file: Path | None, data: Path, topic: str | None, limit: int, as_json: bool
) -> None:
    """Propose terms that the topic file lacks, as TOML ready to paste.

    Terms are taken from pages on topic and from what stands near the topic's terms elsewhere. With
    the extra `semantic` they are compared in meaning across the languages too.
    """
    import json
    from dataclasses import asdict

    from config.load import load
    from index.semantic.encoder import available, encoder
    from meaning.suggest.near import texts
    from meaning.suggest.rank import proposals
    from meaning.suggest.toml import as_toml
    from store import open_store

    chosen = load(config_file, topic=topic).topic
    with open_store(data) as store:
        found = texts(store.changes(), chosen)
    if not available():
        click.echo("no extra `semantic`: terms are not compared in meaning", err=True)
    best = proposals(found, chosen, limit, encoder().encode if available() else None)
    if not best:
        what = "none that the topic lacks is on enough pages on topic or near its terms"
        click.echo(f"no term to propose: {what}", err=True)
    if as_json:
        click.echo(json.dumps([asdict(one) for one in best], ensure_ascii=False, indent=2))
    elif best:
        click.echo(as_toml(best, chosen))
