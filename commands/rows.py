"""Rows of an answer, printed for people, for machines or for spreadsheets."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Sequence

import click

Row = Sequence[object]
"""One value a column."""


def show(
    columns: Sequence[str],
    rows: Sequence[Row],
    form: str | None,
    people: Sequence[Sequence[str]],
    none: str,
) -> None:
    """Print rows as JSON or CSV, or for people: ``people`` has the lines of each row.

    ``none`` is said, beside the answer, where there is no row; CSV has its header all the same.
    Nothing of a row is active in a terminal or a spreadsheet.
    """
    from report.render.inert import plain

    if not rows:
        click.echo(none, err=True)
    if form == "json":
        named = [dict(zip(columns, row, strict=True)) for row in rows]
        click.echo(json.dumps(named, ensure_ascii=False, indent=2))
    elif form == "csv":
        click.echo(as_csv(columns, rows), nl=False)
    else:
        for lines in people:
            for number, line in enumerate(lines):
                click.echo(f"{'    ' if number else ''}{plain(line)}")


def as_csv(columns: Sequence[str], rows: Sequence[Row]) -> str:
    """Return rows as CSV with a byte order mark and a header; lists joined by semicolons."""
    buffer = io.StringIO()
    writer = csv.writer(buffer, lineterminator="\r\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_cell(value) for value in row])
    return "\ufeff" + buffer.getvalue()


def _cell(value: object) -> str:
    """Only text is guarded: a negative number is a number."""
    from report.render.inert import cell

    if value is None or isinstance(value, int | float):
        return "" if value is None else str(value)
    return cell("; ".join(map(str, value)) if isinstance(value, list | tuple) else str(value))
