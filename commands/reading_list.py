"""``duizhao reading-list``: the most prominent works without a counterpart."""

from __future__ import annotations

from pathlib import Path

import click

from commands.options import config_option, data_option, format_options, topic_option

COLUMNS = (
    "rank",
    "title",
    "url",
    "archived",
    "source",
    "kind",
    "date",
    "prominence",
    "reprints",
    "linking_hosts",
    "concepts",
    "core_concepts",
)
NAMES = {"en": "English", "zh": "Chinese"}


@click.command()
@config_option
@data_option
@topic_option
@format_options
@click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    default="zh",
    show_default=True,
    help="Whose works: zh are the Chinese ones without an English counterpart.",
)
@click.option(
    "--limit",
    type=click.IntRange(1),
    default=25,
    show_default=True,
    help="Show so many works, the most prominent first.",
)
def reading_list(
    config_file: Path | None, data: Path, topic: str | None, form: str | None, lang: str, limit: int
) -> None:
    """List the most prominent works that have no counterpart in the other language.

    Prominence comes from reprints, other hosts' links, the kind of source and, a little, how many
    core concepts are named; each is shown. At most three works a source. The Internet Archive is
    not asked whether it has a copy. Needs the extra `semantic`.
    """
    from commands.counterparts import found_in
    from commands.rows import show
    from config.load import load
    from index.address import readable
    from meaning.counterparts.prominence import prominence, ranked

    found = found_in(data, load(config_file, topic=topic).topic)
    rows, people = [], []
    for number, work in enumerate(ranked(found.alone(lang), limit), 1):
        rows.append(
            (
                number,
                work.name,
                work.urls[0],
                work.archived,
                work.source_name,
                work.kind,
                work.date,
                round(prominence(work), 2),
                work.reprints,
                work.linked,
                work.concepts,
                work.core,
            )
        )
        why = (
            f"{work.source_name} ({work.kind or 'kind not stated'}), {work.date or 'undated'};"
            f" reprints: {work.reprints}, linking hosts: {work.linked}, concepts: {work.concepts},"
            f" core ones: {work.core}"
        )
        archived = f"archived, if it is: {readable(work.archived)}"
        people.append((f"{number}. {work.name}", why, readable(work.urls[0]), archived))
    show(COLUMNS, rows, form, people, f"no {NAMES[lang]} work on topic is without a counterpart")
