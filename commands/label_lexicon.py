"""``duizhao label lexicon``: how much of the topic the word list misses."""

from __future__ import annotations

from pathlib import Path

import click

from commands.label_options import each_option, label_options, sitting
from config.counted import counted


@click.command()
@label_options
@each_option(50, "pages that the word list catches")
def lexicon(
    config_file: Path | None,
    data: Path,
    topic: str | None,
    who: str | None,
    file: Path | None,
    each: int,
    dry_run: bool,
) -> None:
    """Judge whether pages are about the topic; the answers give the word list's recall.

    Without it `duizhao meaning` claims nothing: a list that misses a third of one language's words
    makes every comparison reject. A list that was changed is measured on other pages: those that
    it was made from do not show what it misses.
    """
    from config.load import load
    from report.framing.recall import FILE, candidates, drawn, items, question, recalls, waiting
    from report.labels.file import read
    from report.labels.verdict import verdicts
    from store import open_store

    chosen = load(config_file, topic=topic).topic
    answers = file or data / "labels" / FILE
    with open_store(data) as store:
        found = candidates(store.changes(), chosen)
        asked = items(drawn(found, each=each), chosen, store.page)
    if dry_run:
        click.echo(f"{counted(len(asked), 'page')} drawn of {len(found)}")
        return
    sitting(asked, question(chosen), answers, who)
    said = verdicts(read(answers), question(chosen))
    known, left = recalls(found, said), waiting(found, said, each=each)
    for one in known.values():
        limits = f"{one.limits.low:.2f}–{one.limits.high:.2f}"
        judged = counted(one.judged, "page")
        click.echo(f"{one.lang}: recall {one.recall:.2f} ({limits}), {judged} judged")
    for lang in (one for one in left if one not in known):
        why = "too few clear answers, or no page judged is on the topic"
        waits = f"{counted(left[lang], 'page')} of the draw not judged"
        click.echo(f"{lang}: no recall yet; {waits if left[lang] else why}")
