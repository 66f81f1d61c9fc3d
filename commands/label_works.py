"""``duizhao label works``: are these two pages the same work?"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.label_options import label_options, sitting
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config
    from report.labels.pairs import DrawnWork

WORKS = 150
"""Works drawn a language (B1 of the estimators asks for as many)."""


@click.command()
@label_options
@click.option("--works", type=click.IntRange(1), default=WORKS, show_default=True, help="To draw.")
def works(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    who: str | None,
    file: Path | None,
    works: int,
    dry_run: bool,
) -> None:
    """Judge whether pages that look alike are one work; the answers give the split rate.

    Works are drawn with known chances, so that the rate holds for all works found. The draw is
    kept in works-draw.csv beside the answers. When more than a tenth of the works have come or
    gone the report asks for another: run this again, and answers are kept.
    """
    from config.load import load
    from report.labels.pairs import QUESTION
    from report.labels.works import FILE, rounds
    from store import open_store

    answers = file or data / "labels" / FILE
    folder = None if dry_run else answers.parent
    drawn = draw(load(config_file, topic=topic), data, folder, works=works)
    with open_store(data) as store:
        for found in rounds(drawn, store.find, answers):
            if dry_run:
                click.echo(f"{counted(len(found), 'pair')} would be asked about; nothing is kept")
                return
            if sitting(found, QUESTION, answers, who).left:
                return


def draw(config: Config, data: Path, folder: Path | None, *, works: int = WORKS) -> list[DrawnWork]:
    """Draw works, keep the draw in ``folder`` where one is given, and return it."""
    from report.labels.pairs import drawn_works
    from report.labels.strata import SEED
    from report.labels.works import keep_draw
    from report.read import survey_store
    from store import open_store

    with open_store(data) as store:
        seen = survey_store(store, config.topic, keep_sketches=True)
        drawn = drawn_works(seen.documents, seen.sketches, seed=SEED, works=works)
    if folder is not None:
        keep_draw(drawn, folder)
    return drawn
