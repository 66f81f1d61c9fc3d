"""What can be wrong with a store, each with the exit code the command line uses for it."""

from __future__ import annotations

import sqlite3


class StoreError(Exception):
    """The store cannot be used; the message says why and what to do."""

    exit_code = 4


class NoStore(StoreError):
    """There is no store in the folder (yet)."""

    exit_code = 3


class SchemaMismatch(StoreError):
    """The store was written by a newer Duizhao; it is left untouched."""


class AccountingError(StoreError):
    """Some discovered URL is not in exactly one state."""

    exit_code = 5


UNWRITABLE = (sqlite3.Error, OSError)
"""What writing to a full, read-only or broken disk raises, for whoever has to stop over it."""
