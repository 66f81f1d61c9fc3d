"""``duizhao counterparts``: which works have one in the other language."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import config_option, data_option, format_options, topic_option
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Topic
    from meaning.counterparts.model import Found

COLUMNS = ("score", "way", "en_title", "en_url", "zh_title", "zh_url", "evidence")


@click.command()
@config_option
@data_option
@topic_option
@format_options
@click.option("--limit", type=click.IntRange(1), help="Show so many pairs, the surest first.")
def counterparts(
    config_file: Path | None, data: Path, topic: str | None, form: str | None, limit: int | None
) -> None:
    """List the works that have a counterpart in the other language, with score and evidence.

    Pages that a site joins come first (language switches, hreflang, addresses), then works that
    are each other's nearest by meaning, checked by numbers, dates and names. Needs the extra
    `semantic`. The result is kept in the data folder's meaning/, which may be deleted.
    """
    from commands.rows import show
    from config.load import load
    from index.address import readable

    found = found_in(data, load(config_file, topic=topic).topic)
    order = sorted(found.pairs, key=lambda pair: (-pair.score, pair.en))[:limit]
    rows, people = [], []
    for pair in order:
        en, zh = found.en[pair.en], found.zh[pair.zh]
        both = (en.name, en.urls[0], zh.name, zh.urls[0])
        rows.append((pair.score, pair.way, *both, pair.evidence))
        head = f"{pair.score:.2f}  {pair.way}: {', '.join(pair.evidence)}"
        lines = (f"{one.name}  {readable(one.urls[0])}" for one in (en, zh))
        people.append((head, *lines))
    show(COLUMNS, rows, form, people, "no work has a counterpart")
    for lang in ("en", "zh"):
        mine = [work for work in found.works(lang) if work.on_topic]
        alone = len(found.alone(lang))
        works = counted(len(mine), "work on topic has", "works on topic have")
        click.echo(f"{lang}: {len(mine) - alone} of {works} one", err=True)


def found_in(data: Path, topic: Topic) -> Found:
    """Return the counterparts of a data folder, made now where they are not kept."""
    from meaning.counterparts.find import find
    from store import open_store

    def say(done: int, of: int) -> None:
        if done == of or done % 1024 == 0:
            click.echo(f"meaning: {done} of {of} new leads embedded", err=True)

    with open_store(data) as store:
        return find(store, topic, data, say)
