"""Asks a service that was kept aside the queries of a pool, and draws from what it finds."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from config.counted import counted

if TYPE_CHECKING:
    from config.model import Config, Search


def draw_from_service(
    config: Config, data: Path, name: str, queries: Path | None, n: int, seed: int, where: Path
) -> None:
    """Ask what has not been asked yet, and draw. What was answered is kept in ``pool.csv``."""
    from page.url import canonical
    from report.atomic import replace_all
    from report.audit.draws import FILE, check_same, draws_csv, read_draws
    from report.audit.frame_keys import keep_keys
    from report.audit.pool import FILE as POOL
    from report.audit.pool import draw_pool, read_answers

    search = _aside(config, name)
    _unused(data, search)
    before = read_draws(where / FILE)
    if not before:  # an audit is drawn once: a pool that was drawn from is asked no more
        _ask(config, search, queries, where)
    answers = read_answers(where / POOL)
    drawn = draw_pool(answers, n, seed=seed, frame=f"service {search.id}", key=canonical)
    check_same(before, drawn.draws, where / FILE)
    replace_all(where, {FILE: draws_csv(drawn.draws)})
    keep_keys(drawn.keys, where)
    whole = sum(answer.whole for answer in answers)
    click.echo(
        f"audit: {counted(len(answers), 'query', 'queries')} asked, {whole} with a whole answer;"
        f" {len(drawn.draws)} of {counted(len(drawn.keys), 'page')} drawn;"
        " run `duizhao audit` to fetch them"
    )


def _aside(config: Config, name: str) -> Search:
    """Return the service that was kept aside. Raises UsageError where it was not."""
    from config.checks import hint

    if any(search.id == name for search in config.searches):
        raise click.UsageError(
            f"{name} finds pages for this corpus, so an audit by it would meet what it found; ask"
            ' another service and write role = "audit" in its [[search]] table'
        )
    kept = {search.id: search for search in config.aside}
    if name not in kept:
        raise click.UsageError(
            f'no [[search]] table with role = "audit" is called {name!r}; {hint(name, list(kept))}'
        )
    return kept[name]


def _unused(data: Path, search: Search) -> None:
    """Refuse a service that ever found pages for this corpus, whatever the configuration says."""
    from store import open_store

    with open_store(data) as store:
        used = [
            claim
            for claim in store.claims()
            if (claim.results and search.service == claim.kind) or claim.service == search.id
        ]
    if used:
        first = used[0]
        raise click.UsageError(
            f"{search.id} is no independent check: {first.kind} (as {first.service}) found pages"
            f" for this corpus on {first.day}; keep another service aside, or use --frame"
        )


def _ask(config: Config, search: Search, queries: Path | None, where: Path) -> None:
    from crawler.search.pool import ask_pool
    from report.atomic import replace_all
    from report.audit.pool import FILE, Answer, answers_csv, queries_of, read_answers, read_queries

    if not config.crawl.contact:
        raise click.UsageError(
            "an audit says who is asking: give --contact you@example.org, or contact under [crawl]"
        )
    answers = read_answers(where / FILE)
    known = {(answer.lang, answer.query) for answer in answers}
    pool = read_queries(queries) if queries else queries_of(config.topic)

    def tell(lang: str, query: str, urls: tuple[str, ...], whole: bool) -> None:
        answers.append(Answer(lang, query, whole, urls))
        replace_all(where, {FILE: answers_csv(answers)})

    left: list[Any] = [query for query in pool if query not in known]
    if left and (ended := ask_pool(search, config, left, tell)):
        click.echo(f"audit: {ended}; run it again to go on", err=True)
