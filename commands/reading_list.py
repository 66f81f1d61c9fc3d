"""``duizhao reading-list``: the most prominent works without a counterpart."""

from __future__ import annotations

from dataclasses import astuple
from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import config_option, data_option, format_options, topic_option

if TYPE_CHECKING:
    from meaning.counterparts.listed import Listed

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
    from meaning.counterparts.listed import reading_list as listed

    works = listed(found_in(data, load(config_file, topic=topic).topic), lang, limit)
    rows = [(rank, *astuple(work)[1:]) for rank, work in enumerate(works, 1)]  # but the language
    people = [_lines(rank, work) for rank, work in enumerate(works, 1)]
    show(COLUMNS, rows, form, people, f"no {NAMES[lang]} work on topic is without a counterpart")


def _lines(rank: int, work: Listed) -> tuple[str, ...]:
    from index.address import readable

    why = (
        f"{work.source} ({work.kind or 'kind not stated'}), {work.date or 'undated'};"
        f" reprints: {work.reprints}, linking hosts: {work.linked}, concepts: {work.concepts},"
        f" core ones: {work.core}"
    )
    archived = f"archived, if it is: {readable(work.archived)}"
    return f"{rank}. {work.title}", why, readable(work.url), archived
