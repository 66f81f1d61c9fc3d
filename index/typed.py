"""What is typed on the command line, as a question holds it; a wrong value is a line of click's."""

from __future__ import annotations

import os
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import click

if TYPE_CHECKING:
    from index.question import Question


def first_day(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """Return the first day of a year, month or day as a number (20240601); 0 for none."""
    return _days(param, value)[0]


def last_day(ctx: click.Context, param: click.Parameter, value: str) -> int:
    """Return the last day of a year, month or day as a number; 0 for none."""
    return _days(param, value)[1]


def hosts(ctx: click.Context, param: click.Parameter, values: tuple[str, ...]) -> tuple[str, ...]:
    """Return hosts and domains as ``site:`` understands them."""
    if not values:
        return ()
    from index.properties import PropertyError, host

    try:
        return tuple(map(host, values))
    except PropertyError as error:
        raise click.BadParameter(str(error), param=param) from None


def as_typed(text: str) -> str:
    """Return an argument as UTF-8 where the locale (C, say) could not decode it."""
    if text.isprintable() or not any("\udc80" <= c <= "\udcff" for c in text):
        return text
    return os.fsencode(text).decode("utf-8", "surrogateescape")


def question_of(query: str | None, options: Mapping[str, Any]) -> Question:
    """Return a query and the options of a search as one question.

    Raises QueryError, and BadParameter where ``--since`` is later than ``--until``.
    """
    from index.engine import Filters
    from index.query import parse
    from index.question import Question
    from index.syntax import Words

    since, until = options["since"], options["until"]
    if since and until and since > until:
        raise click.BadParameter("it is later than --until", param_hint="--since")
    filters = Filters(
        sites=options["site"],
        kinds=options["kind"],
        regions=options["region"],
        scripts=options["script"],
        since=since,
        until=until,
        hubs=options["hubs"],
    )
    return Question(
        Words("") if query is None else parse(query),
        filters,
        options["limit"],
        options["any_word"],
        dictionary=not (options["literal"] or options["no_dictionary"]),
        meaning=options["any_word"] and not (options["literal"] or options["no_meaning"]),
        facets=options["facets"],
        in_context=options["kwic"],
        explain=options["explain"],
    )


def _days(param: click.Parameter, value: str) -> tuple[int, int]:
    if not value:
        return 0, 0
    from index.document import days

    bounds = days(value.strip())
    if not bounds[0]:
        message = f"{value!r} is no date; write 2024, 2024-06 or 2024-06-01"
        raise click.BadParameter(message, param=param)
    return bounds
