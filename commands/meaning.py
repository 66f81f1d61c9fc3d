"""``duizhao meaning CONCEPT``: how each language speaks of a concept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from commands.options import config_option, data_option, json_option, topic_option

if TYPE_CHECKING:
    from report.framing.compare import Framing


@click.command()
@click.argument("concept")
@config_option
@data_option
@topic_option
@json_option
def meaning(
    concept: str, config_file: Path | None, data: Path, topic: str | None, as_json: bool
) -> None:
    """Compare the words around CONCEPT (an id or a name) in English and in Chinese.

    Words are mapped through the topic and CC-CEDICT, log ratios have site-jackknife intervals, and
    the divergence is beside its null. Nothing is claimed while the word list's recall is
    unmeasured: see `duizhao label lexicon`.
    """
    import json
    from dataclasses import asdict

    from config.load import load
    from index.lexicon import Lexicon
    from report.framing.collocates import around
    from report.framing.compare import compare
    from report.framing.recall import FILE, QUESTION, candidates, recalls
    from report.labels.file import read
    from report.labels.verdict import verdicts
    from store import open_store

    chosen = load(config_file, topic=topic).topic
    name = Lexicon(chosen).concept(concept)
    said = verdicts(read(data / "labels" / FILE), QUESTION)
    with open_store(data) as store:
        measured = said and recalls(candidates(store.changes(), chosen), said)
        found = around(store.changes(), chosen, name)
    framing = compare(found, recall_measured=len(measured) == 2)
    if as_json:
        click.echo(json.dumps(asdict(framing), ensure_ascii=False, indent=2))
    else:
        _print(framing)


def _print(framing: Framing) -> None:
    from report.render.inert import plain

    for lang in ("en", "zh"):
        passages, sites = framing.passages[lang], framing.sites[lang]
        click.echo(f"{lang}: {passages} sentences on {sites} sites")
    if framing.refused:
        click.echo(framing.refused.en)
    elif framing.divergence:
        d = framing.divergence
        click.echo(
            f"divergence {d.bits:.3f} bits beyond what sites differ (raw {d.raw_bits:.3f},"
            f" by chance {d.null_mean:.3f}), p = {d.p:.3f}"
        )
        for word in framing.words:
            click.echo(_line(word))
    for lang in ("en", "zh"):
        for example in framing.examples[lang]:
            click.echo(f"{lang}: {plain(example.sentence)}")
            click.echo(f"    {plain(example.title)}  {plain(example.url)}")


def _line(word: Any) -> str:
    mark = "*" if word.marked else " "
    limits = f"{word.low:+.1f} to {word.high:+.1f}"
    return f"{mark} {word.word:20} {word.log2:+.1f} bits ({limits}); en {word.en}, zh {word.zh}"
