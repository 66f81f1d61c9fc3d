"""``duizhao label works``: are these two pages the same work?"""

from __future__ import annotations

from pathlib import Path

import click

from commands.label_options import label_options, sitting


@click.command()
@label_options
@click.option("--works", type=click.IntRange(1), default=150, show_default=True, help="To draw.")
def works(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    who: str | None,
    file: Path | None,
    seed: int,
    works: int,
    dry_run: bool,
) -> None:
    """Judge whether pages that look alike are one work; the answers give the split rate.

    Works are drawn with known chances, so that the rate holds for all works found. The draw is
    kept in works-draw.csv beside the answers.
    """
    from config.load import load
    from report.labels.pairs import QUESTION, drawn_works
    from report.labels.works import FILE, items, keep_draw
    from report.read import survey_store
    from store import open_store

    answers = file or data / "labels" / FILE
    with open_store(data) as store:
        seen = survey_store(store, load(config_file, topic=topic).topic, keep_sketches=True)
        drawn = drawn_works(seen.documents, seen.sketches, seed=seed, works=works)
        keep_draw(drawn, answers.parent)
        found = items(drawn, store.find, seed=seed)
    if dry_run:
        click.echo(f"{len(found)} pairs drawn; see {answers.parent}")
        return
    sitting(found, QUESTION, answers, who)
