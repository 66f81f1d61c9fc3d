"""Rows of an answer, printed for people, for machines or for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Mapping, Sequence

import click

Row = Mapping[str, object]


def show(rows: Sequence[Row], form: str | None, people: Sequence[Sequence[str]], none: str) -> None:
    """Print rows as JSON or CSV, or for people: ``people`` has the lines of each row.

    ``none`` is said, beside the answer, where there is no row.
    Nothing of a row is active in a terminal or a spreadsheet.
    """
    from report.render.inert import plain

    if not rows:
        click.echo(none, err=True)
    if form == "json":
        click.echo(json.dumps(list(rows), ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(as_csv(rows), nl=False)
    else:
        for lines in people:
            for number, line in enumerate(lines):
                click.echo(f"{'    ' if number else ''}{plain(line)}")


def as_csv(rows: Sequence[Row]) -> str:
    """Return rows as CSV with a byte order mark and a header; lists joined by semicolons."""
    from report.render.inert import cell

    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(rows[0] if rows else [])
    for row in rows:
        writer.writerow([cell(_text(value)) for value in row.values()])
    return "\ufeff" + buffer.getvalue()


def _text(value: object) -> str:
    if isinstance(value, list | tuple):
        return "; ".join(map(str, value))
    return "" if value is None else str(value)
