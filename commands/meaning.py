"""``duizhao meaning [CONCEPT]``: how each language speaks of a concept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from commands.options import config_option, data_option, json_option, topic_option
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Topic
    from report.framing.compare import Collocate, Framing


@click.command()
@click.argument("concept", required=False)
@config_option
@data_option
@topic_option
@json_option
def meaning(
    concept: str | None,
    config_file: Path | None,
    data: Path,
    topic: str | None,
    as_json: bool,
) -> None:
    """Compare the words around CONCEPT (an id or a name) in English and in Chinese.

    Without CONCEPT, every concept that enough sites of both languages name, in a line each. Words
    are mapped through the topic and CC-CEDICT, log ratios have site-jackknife intervals, and the
    divergence is beside its null. Nothing is claimed while the word list's recall is unmeasured:
    see `duizhao label lexicon`. The result is kept for the report in the data folder's meaning/.
    """
    import json
    from dataclasses import asdict

    from config.load import load
    from index.lexicon import Lexicon
    from report.estimate.divergence import FEWEST_SITES

    chosen = load(config_file, topic=topic).topic
    names = [Lexicon(chosen).concept(concept)] if concept else [c.id for c in chosen.concepts]
    found = _made(data, chosen, names)
    if not concept:
        found = [one for one in found if one.comparable]
        if not found:
            click.echo(
                f"no concept is named on at least {FEWEST_SITES} sites in both languages", err=True
            )
    if as_json:
        rows = [asdict(one) for one in found]
        click.echo(json.dumps(rows[0] if concept else rows, ensure_ascii=False, indent=2))
    elif concept:
        _print(found[0])
    else:
        for one in sorted(found, key=lambda one: one.divergence.p if one.divergence else 2):
            click.echo(_line(one))
        for why in dict.fromkeys(one.refused.en for one in found if one.refused):
            click.echo(f"not compared: {why}", err=True)


def _made(data: Path, topic: Topic, names: list[str]) -> list[Framing]:
    """Compare these concepts and keep what came out."""
    from report.framing.collocates import around
    from report.framing.compare import compare
    from report.framing.keep import add
    from report.framing.recall import FILE, candidates, question, recalls, refusal, waiting
    from report.labels.file import read
    from report.labels.verdict import verdicts
    from store import open_store

    said = verdicts(read(data / "labels" / FILE), question(topic))
    with open_store(data) as store:
        pages = candidates(store.changes(), topic) if said else []
        measured, left = recalls(pages, said), sum(waiting(pages, said).values())
        found = around(store.changes(), topic, names)
        revision = store.revision
    refused = refusal(measured)
    if refused and left:
        asks = f"{counted(left, 'page')} of the draw not judged; `duizhao label lexicon` asks"
        click.echo(f"recall: {asks}", err=True)
    made = [compare(found[name], refused=refused) for name in names]
    comparable = [one for one in made if one.comparable]
    if comparable or len(names) == len(topic.concepts):  # else the report would say: of all, none
        add(data, revision, topic, measured, comparable)
    return made


def _line(one: Framing) -> str:
    counts = ", ".join(f"{lang} {_spread(one, lang)}" for lang in ("en", "zh"))
    if one.divergence:
        said = (
            f"divergence {one.divergence.bits:.3f} bits, p = {one.divergence.p:.3f}{_beyond(one)}"
        )
    else:
        said = "not compared"
    return f"{one.concept:32} {said}  ({counts})"


def _spread(one: Framing, lang: str) -> str:
    sites = counted(one.sites[lang], "site")
    return f"{counted(one.passages[lang], 'sentence')} on {sites}"


def _beyond(one: Framing) -> str:
    return "" if one.differs else "; no more than the dictionary may make of one meaning"


def _print(framing: Framing) -> None:
    from index.address import readable
    from report.render.inert import plain

    for lang in ("en", "zh"):
        click.echo(f"{lang}: {_spread(framing, lang)}")
    if framing.refused:
        click.echo(framing.refused.en)
    elif framing.divergence:
        d = framing.divergence
        click.echo(
            f"divergence {d.bits:.3f} bits beyond what sites differ (raw {d.raw_bits:.3f},"
            f" by chance {d.null_mean:.3f}), p = {d.p:.3f}{_beyond(framing)}"
        )
        for word in framing.words:
            click.echo(_word(word))
    for lang in ("en", "zh"):
        for example in framing.examples[lang]:
            click.echo(f"{lang}: {plain(example.sentence)}")
            click.echo(f"    {plain(example.title)}  {plain(readable(example.url))}")


def _word(word: Collocate) -> str:
    mark = "*" if word.marked else " "
    limits = f"{word.low:+.1f} to {word.high:+.1f}"
    return f"{mark} {word.word:20} {word.log2:+.1f} bits ({limits}); en {word.en}, zh {word.zh}"
