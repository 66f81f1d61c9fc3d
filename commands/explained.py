"""``duizhao explained``: which concepts each language explains, and which it only mentions."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import config_option, data_option, format_options, topic_option

if TYPE_CHECKING:
    from config.model import Topic

COUNTS = ("works", "explained", "mentioned")
COLUMNS = ("concept", *(f"{lang}_{what}" for lang in ("en", "zh") for what in COUNTS))
WHY = ("concept", "lang", "verdict", "score", "passage", "reasons")


@click.command()
@config_option
@data_option
@topic_option
@format_options
@click.option("--why", metavar="URL", help="Show one stored page's verdicts with their reasons.")
def explained(
    config_file: Path | None, data: Path, topic: str | None, form: str | None, why: str | None
) -> None:
    """Count the works that explain each concept beside those that only mention it.

    The counts are the rule's own; `duizhao label explained` measures its error, and the report
    corrects for it. Verdicts are kept in the data folder's meaning/, which may be deleted.
    """
    from commands.rows import show
    from config.load import load
    from meaning.explained.book import make
    from report.explained import uses
    from report.labels.explained import candidates
    from report.read import survey_store
    from store import open_store

    chosen = load(config_file, topic=topic).topic
    if why:
        _why(why, chosen, data, form)
        return
    with open_store(data) as store:
        book = make(store.changes(), chosen, data)
        found = uses(candidates(survey_store(store, chosen).documents, book), chosen)
    rows, people = [], []
    for en, zh in zip(found[::2], found[1::2], strict=True):
        if en.works or zh.works:
            counts = (getattr(use, what) for use in (en, zh) for what in COUNTS)
            rows.append((en.concept, *counts))
            people.append(
                (
                    f"{en.concept:32} en {en.explained:4} of {en.works:<5}"
                    f" zh {zh.explained:4} of {zh.works:<5} explain it",
                )
            )
    none = "no work on topic, so none that explains a concept or mentions it"
    show(COLUMNS, rows, form, people, none)


def _why(url: str, topic: Topic, data: Path, form: str | None) -> None:
    from commands.rows import show
    from config.model import LANGUAGES
    from meaning.counterparts.corpus import text_in, title_in
    from meaning.explained.judge import Judge
    from store import open_store

    with open_store(data) as store:
        stored = store.find(url)
    if stored is None:
        raise click.UsageError(f"no page is stored at {url!r}; give the URL of one that is")
    judge = Judge(topic)
    rows, people = [], []
    for lang in LANGUAGES:
        for verdict in judge.verdicts(title_in(stored, lang), text_in(stored, lang), lang):
            said = "explained" if verdict.explained else "mentioned"
            passage, reasons = verdict.passage.sentence, tuple(verdict.reasons())
            rows.append((verdict.concept, lang, said, verdict.score, passage, reasons))
            head = f"{lang} {verdict.concept}: {said} (score {verdict.score})"
            people.append((head, passage, *reasons))
    show(WHY, rows, form, people, "the text of this page names no concept of the topic")
