"""Keyword search in English and Chinese at once: ``python search.py "digital government"``.

Importing this does nothing; what a search needs is imported when it runs.
"""

from __future__ import annotations

import gc
import os
import sys
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.counted import counted
from config.names import ALL_KINDS, ENGINES, LANGUAGES, REGIONS
from index.typed import as_typed, first_day, hosts, last_day, question_of

if TYPE_CHECKING:
    from config.subject import Topic
    from index.output.export import Found
    from index.question import Answer, Question

NO_MATCH = 1
UNWRITTEN = 4
BUG = 70
INTERRUPTED = 130
SELDOM = 100_000  # objects more than before: an answer makes no more, bringing an index up does
SORTS = ("page", "left", "right")
MAX_HITS = 10_000
SELECTIONS = ("explained", "no_counterpart")
EPILOG = """\b
Examples:
  search "digital government" --since 2019 --facets
  search 城市大脑 --kwic --sort right --lang zh
  search '"open data" NOT health site:gov.cn' --export found.csv
  search --similar-to https://www.example.org/report

Query: words (all must be there), "a phrase", AND OR NOT, parentheses,
govern* goverment~1 "cloud city"~5 (near each other) title:word
site:gov.cn kind:press region:Taiwan script:hant source:ID
concept:smart-city date:2019..2022
A run of Chinese characters is a phrase by itself. A term of the topic is
put to the other language in that language's words; other words by
dictionary (CC-CEDICT); with --any and the extra duizhao[semantic], pages
that mean the same are found too.

Exit codes: 0 found · 1 no match · 2 wrong query or option · 3 no pages yet ·
4 store or index cannot be used, or the answer not be written · 70 a bug ·
130 interrupted."""


@click.command(epilog=EPILOG)
@click.argument("query", required=False)
@click.option(
    "--lang",
    type=click.Choice([*LANGUAGES, "both"]),
    default="both",
    show_default=True,
    help="Which language's pages to show.",
)
@click.option(
    "--site",
    multiple=True,
    callback=hosts,
    help="A host or domain: gov.cn. May be repeated.",
)
@click.option(
    "--kind",
    multiple=True,
    type=click.Choice(ALL_KINDS, case_sensitive=False),
    metavar="KIND",
    help=f"Kind of source: {', '.join(ALL_KINDS)}.",
)
@click.option(
    "--region",
    multiple=True,
    type=click.Choice(REGIONS, case_sensitive=False),
    metavar="REGION",
    help=f"Where the source is: {', '.join(REGIONS)}.",
)
@click.option(
    "--script",
    multiple=True,
    type=click.Choice(["hans", "hant", "mixed"]),
    help="Simplified, Traditional or mixed Chinese.",
)
@click.option(
    "--since",
    callback=first_day,
    default="",
    metavar="DATE",
    help="Published then or later: 2024, 2024-06 or 2024-06-01.",
)
@click.option(
    "--until",
    callback=last_day,
    default="",
    metavar="DATE",
    help="Published then or earlier. With either, undated pages are left out, and counted.",
)
@click.option("--hubs", is_flag=True, help="Count lists of links too, not only articles.")
@click.option("--literal", is_flag=True, help="Translate nothing: ask as it stands.")
@click.option("--no-dictionary", is_flag=True, help="Translate by the topic's terms alone.")
@click.option("--no-meaning", is_flag=True, help="With --any: no sentence embeddings.")
@click.option(
    "--any", "any_word", is_flag=True, help="Any word or Chinese character will do; best first."
)
@click.option(
    "--explained",
    is_flag=True,
    help="Only pages that explain a concept of the topic: one that QUERY names, if it names any.",
)
@click.option(
    "--no-counterpart",
    is_flag=True,
    help="Only works on topic without a counterpart in the other language.",
)
@click.option("--similar-to", metavar="URL", help="Pages like this stored one, instead of a QUERY.")
@click.option(
    "--facets", is_flag=True, help="Count by year, source, kind, region, script, concept."
)
@click.option("--kwic", is_flag=True, help="Keyword in context: every match on a line, aligned.")
@click.option(
    "--sort",
    type=click.Choice(SORTS),
    default=SORTS[0],
    show_default=True,
    help="Order of --kwic: by page, or by what stands left or right of the match (words; in"
    " Chinese, characters).",
)
@click.option("--explain", is_flag=True, help="Say why each page is where it is.")
@click.option(
    "--export",
    type=click.Path(path_type=Path, dir_okay=False),
    help="Also write every match, with full text and metadata, to a .csv (Excel opens it),"
    " .jsonl or .parquet file.",
)
@click.option(
    "--limit",
    type=click.IntRange(1, MAX_HITS),
    default=10,
    show_default=True,
    metavar="N",
    help="How many pages of each language to show.",
)
@click.option(
    "--format",
    "form",
    type=click.Choice(["table", "json", "csv"]),
    default="table",
    show_default=True,
    help="For people, for programs, or one row a page.",
)
@click.option("--json", "as_json", is_flag=True, help="The same as --format json.")
@click.option(
    "--data",
    type=click.Path(path_type=Path, file_okay=False),
    default=Path("duizhao-data"),
    envvar="DUIZHAO_DATA",
    show_default=True,
    help="The folder that holds the store and the indexes.",
)
@click.option("--engine", type=click.Choice(ENGINES), help="Instead of the configuration's.")
@click.option("--config", "config_file", type=click.Path(path_type=Path), help="Your TOML file.")
@click.option("--topic", help="A shipped topic's name, or a topic file: whose terms to use.")
def search(query: str | None, lang: str, similar_to: str | None, **options: Any) -> None:
    """Search the pages of both languages for QUERY."""
    from index.output.inquiry import Inquiry
    from index.output.show import show

    query = None if query is None else as_typed(query)
    if (query is None) == (similar_to is None):
        raise click.UsageError("give a QUERY, or --similar-to with a stored page's URL")
    _refuse_what_does_nothing(options)
    question = question_of(query, options)
    langs = LANGUAGES if lang == "both" else (lang,)
    answers = _answers(question, langs, similar_to, options)
    typed = similar_to or query or ""
    selected = tuple(name for name in SELECTIONS if options[name])
    inquiry = Inquiry(typed, question, answers, options["literal"], bool(similar_to), selected)
    try:
        show(inquiry, "json" if options["as_json"] else options["form"], options["sort"])
    except BrokenPipeError:
        # The reader (head, less) has seen enough: no error here, nor at Python's exit. click would
        # end with 1, which means that nothing matched.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    if not inquiry.total:
        hint = "" if question.any_word else "; --any asks for any word of it"
        _say(f"no page matches{hint}")
        raise SystemExit(NO_MATCH)


def _refuse_what_does_nothing(options: dict[str, Any]) -> None:
    """Raise UsageError for options of which one leaves the other without effect."""
    if options["form"] == "csv":
        if options["as_json"]:
            raise click.UsageError("--json is --format json: give it, or --format csv")
        for name in ("facets", "kwic", "explain"):
            if options[name]:
                raise click.UsageError(
                    f"--format csv has one row a page and no --{name}; ask for --format json"
                )
    if options["sort"] != SORTS[0] and not options["kwic"]:
        raise click.UsageError("--sort orders the lines of --kwic; give that, too")


def _answers(
    question: Question, langs: Sequence[str], similar_to: str | None, options: dict[str, Any]
) -> dict[str, Answer]:
    """Ask each language; write what is to be exported."""
    from config.part import topic_and_engine
    from index.lexicon import Lexicon
    from index.opening import open_library

    topic, engine = topic_and_engine(options["config_file"], topic=options["topic"])
    lexicon = None if options["literal"] else Lexicon(topic)
    data = options["data"]
    with open_library(data, options["engine"] or engine, _say) as library:
        only = _only(data, library.store.revision, topic, question, options)
        question = question._replace(only=only)
        ranked = {lang: library.find(question, lang, lexicon, similar_to) for lang in langs}
        if options["export"]:
            every = question._replace(limit=max(library.size, 1))
            found = {lang: library.find(every, lang, lexicon, similar_to).best for lang in langs}
            _export(options["export"], found)
        return {
            lang: library.answer(found, question, lang, lexicon) for lang, found in ranked.items()
        }


def _only(
    data: Path, revision: int, topic: Topic, question: Question, options: dict[str, Any]
) -> dict[str, frozenset[int]]:
    chosen = {name: options[name] for name in SELECTIONS}
    if not any(chosen.values()):
        return {}
    from index.lexicon import Lexicon, named
    from meaning.selection import selection

    return selection(data, revision, topic, concepts=named(question.node, Lexicon(topic)), **chosen)


def _export(file: Path, found: Found) -> None:
    from index.output.export import export

    count = export(file, found)
    _say(f"{file}: {counted(count, 'page')} written")


def _say(message: str) -> None:
    click.echo(f"search: {message}", err=True)


def program() -> None:
    """Be a process: answer, and end at once.

    An answer is mostly start-up. Looking for garbage meanwhile finds none, and what is taken down
    object by object at an orderly end, the system takes back whole.
    """
    gc.set_threshold(SELDOM)
    code = 0
    try:
        main()
    except SystemExit as end:
        code = int(end.code or 0)
    try:
        with suppress(BrokenPipeError, AttributeError):  # closed by its reader, or never open
            sys.stdout.flush()
    except OSError as error:
        _say(f"the answer could not be written: {error.strerror}")
        code = UNWRITTEN
    os._exit(code)


def main() -> None:
    """Run as a program: an error is a line and an exit code."""
    try:
        search.main(standalone_mode=False)
    except click.ClickException as error:
        _say(" ".join(error.format_message().split()))
        sys.exit(error.exit_code)
    except (click.Abort, KeyboardInterrupt):
        sys.exit(INTERRUPTED)
    except SystemExit:
        raise
    except BaseException as error:  # a panic of tantivy's is no Exception
        sys.exit(_failed(error))


def _failed(error: BaseException) -> int:
    """Say what went wrong in a line, or all there is to say of a bug; return the exit code."""
    code = getattr(error, "exit_code", None)
    if isinstance(code, int):
        _say(str(error))
        return code
    from store import disk

    if line := disk.trouble(error):
        _say(line)
        return disk.EXIT_CODE
    import traceback

    traceback.print_exc()
    _say("this is a bug in Duizhao; please report the lines above")
    return BUG


if __name__ == "__main__":
    program()
