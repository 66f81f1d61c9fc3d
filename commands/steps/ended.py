"""How a run of the crawler ended: exit codes, and the lines that more than one command prints."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from crawler.run import CrawlResult
    from store.records import Account, Run

BAD, INTERRUPTED = 5, 130
"""Exit codes: it ended badly; somebody stopped it."""
NAMED = 3
"""Hosts or sources that a line names; the others are counted."""


def account_line(books: Account) -> str:
    """Return the accounts as one line."""
    return (
        f"discovered {books.discovered} = stored {books.stored} + failed {books.failed}"
        f" + skipped {books.skipped} + gone {books.gone} + pending {books.pending}"
    )


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


def print_end(result: CrawlResult, console: Any) -> None:
    """Print how a run ended, with its accounts."""
    line = f"run {result.run_id} {result.outcome}: {account_line(result.account)}"
    console.print(line, soft_wrap=True)


def tell_unread(lines: Iterable[str], console: Any) -> None:
    """Say, also when no progress is shown, which routes could not be read or asked."""
    for line in lines if console.quiet else ():
        warn(line)


def warn(line: str) -> None:
    """Say a line, also when no progress is shown."""
    click.echo(line, err=True)
