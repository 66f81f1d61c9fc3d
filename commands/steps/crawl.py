"""The crawl as a step: it fetches, says how that went, and returns the exit code."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from commands.steps.ended import (
    BAD,
    INTERRUPTED,
    NAMED,
    limits_line,
    print_end,
    tell_unread,
    warn,
)
from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config
    from crawler.run import CrawlResult
    from store.records import Account


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
    print_end(result, console)
    if held := held_back(data, result.run_id):
        console.print(held, markup=False, highlight=False, soft_wrap=True)
    tell_unread(result.unread, console)
    everything, pages = _visits(data, result.run_id)
    code = 0
    console.print(f"visits: {_in_words(everything) or 'nothing was fetched'}")
    if not everything and (_tell_troubles(data) or _no_route(data, result)):
        code = BAD
    elif what := in_vain(everything, pages):
        warn(f"{what} asked for failed: `duizhao status` says how; run the crawl again later")
        code = BAD
    elif result.outcome == "finished":
        _tell_why_nothing(result.account)
    if result.outcome == "stopped":
        console.print("stopped; what was fetched is stored, run it again to go on")
        code = INTERRUPTED
    return code


def held_back(data: Path, run_id: int) -> str:
    """Return which limits held back what in this run, which need not be the newest."""
    from store import open_store

    with open_store(data) as store:
        return limits_line(store.runs(after=run_id - 1)[0])


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


def _visits(data: Path, run_id: int) -> tuple[dict[str, int], dict[str, int]]:
    """Return how many of a run's visits found what: all, and those of pages."""
    from store import open_store, visits

    with open_store(data) as store:
        return visits.verdicts(store.db, run_id), visits.verdicts_of_pages(store.db, run_id)


def _in_words(found: Mapping[str, int]) -> str:
    from store.visits import VERDICTS

    return " · ".join(f"{name} {found[name]}" for name in VERDICTS if name in found)


def in_vain(everything: Mapping[str, int], pages: Mapping[str, int]) -> str:
    """Return what a run asked for in vain, told by its visits: every page, everything, or ""."""
    from store.visits import FAILED, LOST

    if FAILED in pages and pages.keys() <= {FAILED, LOST}:  # what is lost moved to what failed
        return "every page"
    return "everything" if everything.keys() == {FAILED} else ""


def _tell_why_nothing(books: Account) -> None:
    """Where no crawl has stored a page, say what it met instead, also when no progress is shown."""
    listings = sum(count for state, _, count in books.reasons if state == "stored")
    if books.stored > listings:
        return
    met = " · ".join(f"{state} {reason} {count}" for state, reason, count in books.reasons)
    warn(f"no page is stored: {met or 'nothing was found'}; check the sources' addresses")


def _tell_troubles(data: Path) -> bool:
    """Say, also when no progress is shown, which hosts a crawl waits for; True when there are."""
    from store import hosts, open_store

    with open_store(data) as store:
        troubles = hosts.troubles(store.db) if hosts.waiting(store.db, 0.0) else ()
    if troubles:
        shown = ", ".join(f"{trouble.host} ({trouble.reason})" for trouble in troubles[:NAMED])
        more = f" and {len(troubles) - NAMED} more" if len(troubles) > NAMED else ""
        line = f"no page could be fetched from {shown}{more}; run the crawl again later"
        warn(f"{line}: `duizhao status` says when they are asked again")
    return bool(troubles)


def _no_route(data: Path, result: CrawlResult) -> bool:
    """Tell whether lists and services brought nothing because none could be read or asked."""
    from store import claims, open_store

    if not result.unread:
        return False
    with open_store(data) as store:
        said = [claim.state for claim in store.claims() if claim.run_id == result.run_id]
    return claims.ANSWERED not in said
