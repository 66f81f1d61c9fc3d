"""Steps that more than one command takes: each does one thing and prints how it ended."""

from __future__ import annotations

import re
import sys
import time
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeVar

from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config
    from crawler.run import CrawlResult
    from store.records import Account, Run

T = TypeVar("T")
BAD, INTERRUPTED = 5, 130
"""Exit codes: it ended badly; somebody stopped it."""
NAMED = 3  # hosts in trouble that a line names
PATIENCE = 600.0
"""Seconds for which a crawl waits for another one's index; then it is said who holds it."""


def run_crawl(config: Config, data: Path, console: Any) -> int:
    """Crawl, and print how it ended; return the exit code: 0, ``BAD`` or ``INTERRUPTED``.

    ``BAD`` where something was to be fetched and nothing answered: every address asked failed, or
    those that wait are of hosts out of reach or left alone, or no list and no service could be
    read. Not where nothing was due, where all is as it was (304), or where robots.txt forbids: that
    is an answer, which is obeyed, and running again would not change it. The schedule, which wants
    pages, is stricter: it calls a run ``ok`` or ``unchanged`` only when this returns 0.
    """
    from crawler.extraction import prepare
    from index.judge import PageJudge

    judge = PageJudge(config.topic)
    prepare(judge)
    from crawler.run import crawl as crawl_sources  # half a second, in which the workers get ready

    result = crawl_sources(config, data, console, judge=judge)
    if config.searches:
        _print_claims(data, result.run_id, console)
    _print_end(result, console)
    if held := _held_back(data):
        console.print(held, markup=False, highlight=False, soft_wrap=True)
    _tell_unread(result.unread, console)
    visited, pages = _visits(data, result.run_id)
    code = 0
    console.print(f"visits: {visited or 'nothing was fetched'}")
    if not visited and (_tell_troubles(data) or _no_route(data, result)):
        code = BAD
    # A page that was lost moved to what failed.
    elif re.fullmatch(r"(lost \d+ · )?failed \d+", pages) or re.fullmatch(r"failed \d+", visited):
        what = "every page" if pages else "everything"
        _warn(f"{what} asked for failed: `duizhao status` says how; run the crawl again later")
        code = BAD
    elif result.outcome == "finished":
        _tell_why_nothing(result.account)
    if result.outcome == "stopped":
        console.print("stopped; what was fetched is stored, run it again to go on")
        code = INTERRUPTED
    return code


def _print_end(result: CrawlResult, console: Any) -> None:
    line = f"run {result.run_id} {result.outcome}: {account_line(result.account)}"
    console.print(line, soft_wrap=True)


def _held_back(data: Path) -> str:
    from store import open_store

    with open_store(data) as store:
        return limits_line(store.runs()[-1])


def limits_line(run: Run) -> str:
    """Return which limits held back how many addresses in a run, and of what; "" for none."""
    found: dict[str, list[tuple[int, str]]] = {}
    for name, subject, count in run.limits:
        found.setdefault(name, []).append((count, subject))
    parts = []
    for name, held in found.items():
        most = [f"{subject} {count:,}" for count, subject in sorted(held, reverse=True) if subject]
        shown = ", ".join(most[:NAMED]) + (f", {len(most) - NAMED} more" * (len(most) > NAMED))
        parts.append(f"{name} {sum(count for count, _ in held):,}" + f" ({shown})" * bool(shown))
    return f"held back by limits: {'; '.join(parts)}" if parts else ""


def _tell_unread(lines: Iterable[str], console: Any) -> None:
    """Say, also when no progress is shown, which routes could not be read or asked."""
    for line in lines if console.quiet else ():
        _warn(line)


def _print_claims(data: Path, run_id: int, console: Any) -> None:
    """Print what each search service was asked and answered in a run."""
    from collections import Counter

    from store import open_store

    with open_store(data) as store:
        said = [claim for claim in store.claims() if claim.run_id == run_id]
    for service in dict.fromkeys(claim.service for claim in said):
        mine = [claim for claim in said if claim.service == service]
        counts = Counter(claim.reason or claim.state for claim in mine)
        words = ", ".join(f"{word} {count}" for word, count in sorted(counts.items()))
        found = sum(claim.results for claim in mine)
        asked = counted(len(mine), "query", "queries")
        line = f"search {service}: {asked}: {words}; {counted(found, 'address', 'addresses')}"
        console.print(line, markup=False, highlight=False, soft_wrap=True)


def _visits(data: Path, run_id: int) -> tuple[str, str]:
    """Return what a run's visits found, and those of pages; a line each, empty for no visit."""
    from store import open_store, visits

    with open_store(data) as store:
        counts = (
            visits.verdicts(store.db, run_id),
            visits.verdicts_of_pages(store.db, run_id),
        )
    everything, pages = (
        " · ".join(f"{name} {found[name]}" for name in visits.VERDICTS if found.get(name))
        for found in counts
    )
    return everything, pages


def _tell_why_nothing(books: Account) -> None:
    """Where no crawl has stored a page, say what it met instead, also when no progress is shown."""
    listings = sum(count for state, _, count in books.reasons if state == "stored")
    if books.stored > listings:
        return
    met = " · ".join(f"{state} {reason} {count}" for state, reason, count in books.reasons)
    _warn(f"no page is stored: {met or 'nothing was found'}; check the sources' addresses")


def _tell_troubles(data: Path) -> bool:
    """Say, also when no progress is shown, which hosts a crawl waits for; True when there are."""
    from store import hosts, open_store

    with open_store(data) as store:
        troubles = hosts.troubles(store.db) if hosts.waiting(store.db, 0.0) else ()
    if troubles:
        shown = ", ".join(f"{trouble.host} ({trouble.reason})" for trouble in troubles[:NAMED])
        more = f" and {len(troubles) - NAMED} more" if len(troubles) > NAMED else ""
        line = f"no page could be fetched from {shown}{more}; run the crawl again later"
        _warn(f"{line}: `duizhao status` says when they are asked again")
    return bool(troubles)


def _no_route(data: Path, result: CrawlResult) -> bool:
    """Tell whether lists and services brought nothing because none could be read or asked."""
    from store import claims, open_store

    if not result.unread:
        return False
    with open_store(data) as store:
        said = [claim.state for claim in store.claims() if claim.run_id == result.run_id]
    return claims.ANSWERED not in said


def _warn(line: str) -> None:
    import click

    click.echo(line, err=True)


def run_import(config: Config, data: Path, console: Any) -> int:
    """Read the configured archives, and print how it ended; return the exit code.

    It is ``BAD`` where one of them could not be read.
    """
    from crawler.archive.parts import expand, parts
    from crawler.run import crawl
    from crawler.spiders.archive import ArchiveSpider

    for archive in config.archives:  # what is no archive is said before anything is opened
        for name in archive.files:
            if not name.startswith(("http://", "https://")):
                for path in expand(name):
                    parts(path, str(path))
    result = crawl(config, data, console, ArchiveSpider)
    _tell_unread(result.unread, console)
    _print_end(result, console)
    if result.outcome == "stopped":
        console.print("stopped; what was read is stored, run it again to go on")
        return INTERRUPTED
    return BAD if result.unread else 0


def run_index(
    config: Config,
    data: Path,
    console: Any,
    *,
    rebuild: bool,
    vectors: bool = True,
    patience: float = 0.0,
) -> None:
    """Bring the indexes, and with the extra the vectors, up to date; print what they hold.

    For ``patience`` seconds it waits for another process that writes them.
    """
    from index.build import catch_up
    from index.build import rebuild as build_anew
    from index.dictionary import dictionary
    from store import open_store

    with open_store(data) as store:
        make = build_anew if rebuild else catch_up
        root, end = data / "index", time.monotonic() + patience
        done = _when_free(lambda: make(store, root, config.engine), console, end)
        console.print(
            f"index: English {done.en} · 中文 {counted(done.zh, 'page')},"
            f" at revision {done.revision}"
        )
        dictionary().prepare()
        if vectors:
            _when_free(lambda: _run_vectors(store, root, console, anew=rebuild), console, end)


def _when_free(write: Callable[[], T], console: Any, end: float) -> T:
    """Write an index, when another process has finished with it; raises IndexBusy at ``end``."""
    from index.errors import IndexBusy

    said = False
    while True:
        try:
            return write()
        except IndexBusy as error:
            if time.monotonic() >= end:
                raise
            if not said:
                console.print(f"index: waiting, {error.holder} is writing it", markup=False)
            said = True
        time.sleep(0.2)


def _run_vectors(store: Any, root: Path, console: Any, *, anew: bool) -> None:
    from index.semantic.encoder import available, encoder

    if not available():
        return
    from index.semantic.build import catch_up

    with console.status("making vectors of titles and leads") as status:

        def progress(done: int) -> None:
            status.update(f"making vectors of titles and leads: {counted(done, 'page')} read")

        held = catch_up(store, root, encoder(), progress, anew=anew)
    console.print(f"vectors: {counted(held, 'page')}, by {encoder().name}")


def run_search(arguments: list[str]) -> None:
    """Run a search as the command line would; finding nothing is no error here."""
    from search import search

    try:
        search.main(arguments, standalone_mode=False)
    except SystemExit as end:
        if end.code not in (0, 1, None):
            raise


def run_report(
    config: Config,
    data: Path,
    out: Path,
    console: Any,
    *,
    tongue: str = "en",
    since: Path | None = None,
    audit: Path | None = None,
) -> None:
    """Write the report, and print what it says and where it is."""
    from report.charts.svg import EXTRA, available
    from report.sections.answer import in_words
    from report.write import Sources, write_report
    from store import open_store
    from store.schema import utc

    sources = Sources.of(data, since, audit)
    with open_store(data) as store:  # of no pages nothing is missing
        if not available():
            console.print(f"report: {EXTRA}", markup=False, soft_wrap=True)
        files = write_report(store, config.topic, out, now=utc(), tongue=tongue, sources=sources)
    said = in_words(files.measurement, tongue)
    console.print(said, markup=False, highlight=False, soft_wrap=not sys.stdout.isatty())
    console.print(f"report: {files.html.resolve()}", soft_wrap=True)


def account_line(books: Account) -> str:
    """Return the accounts as one line."""
    return (
        f"discovered {books.discovered} = stored {books.stored} + failed {books.failed}"
        f" + skipped {books.skipped} + gone {books.gone} + pending {books.pending}"
    )
