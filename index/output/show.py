"""An answer on standard output, in the form that was asked for."""

from __future__ import annotations

import io
import os
import sys

from index.output.inquiry import Inquiry


def show(inquiry: Inquiry, form: str, order: str) -> None:
    """Print an answer as ``table``, ``json`` or ``csv``; ``order`` is that of ``--kwic``."""
    if not sys.stdout:  # never open: nobody reads, but there may be an --export
        return
    if isinstance(sys.stdout, io.TextIOWrapper):
        # Programs get UTF-8; people whose locale has no Chinese get \u6570, not an error.
        encoding = sys.stdout.encoding if form == "table" else "utf-8"
        sys.stdout.reconfigure(encoding=encoding, errors="backslashreplace")
    if form == "json":
        from index.output.records import as_json

        sys.stdout.write(f"{as_json(inquiry)}\n")
    elif form == "csv":
        from index.output.records import as_csv

        sys.stdout.write(as_csv(inquiry))
    else:
        _for_people(inquiry, order)


def _for_people(inquiry: Inquiry, order: str) -> None:
    from index.output import plain

    if plain.suffices(inquiry, sys.stdout, os.environ):
        plain.show(inquiry, sys.stdout)
        return
    from index.output.table import show as show_table
    from index.output.terminal import Terminal

    show_table(inquiry, Terminal(highlight=False), order)
