"""The check of a whole table: which keys it may hold, which it must, and each value's own check."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from config.checks import Check, Wrong, hint, nearest
from config.document import Document
from config.errors import ConfigError, Problem, shown
from config.toml_lines import Keys

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Field:
    """What a key may hold.

    ``many`` is an array of values, each of which passes ``check``, at least ``least`` of them.
    ``inner`` are the fields of a table that is read on its own; they are suggested for slips.
    """

    check: Check
    required: bool = False
    many: bool = False
    least: int = 0
    inner: Mapping[str, Field] = field(default_factory=dict)


Fields = Mapping[str, Field]


def read_table(
    document: Document, keys: Keys, fields: Fields, found: list[Problem]
) -> dict[str, Any]:
    """Return the good values of the table at ``keys``; add what is wrong to ``found``."""
    given = document.at(keys)
    if not isinstance(given, dict):
        found.append(document.problem(keys, f"{shown(given)} stands where a table should"))
        return {}
    values: dict[str, Any] = {}
    for name, value in given.items():
        way = (*keys, name)
        if name not in fields:
            found.append(
                document.problem(way, f"unknown key {shown(name)}; {_meant(name, fields)}")
            )
        else:
            _read_field(document, way, value, fields[name], values, found)
    found += [
        document.problem(keys, f"{name!r} is missing; add it")
        for name, known in fields.items()
        if known.required and name not in given
    ]
    return values


def read_tables(
    document: Document, name: str, fields: Fields, found: list[Problem]
) -> list[dict[str, Any]]:
    """Return the good values of each table of the array ``name``; add problems to ``found``."""
    items = document.data.get(name)
    if not isinstance(items, list):
        return []
    return [read_table(document, (name, n), fields, found) for n in range(len(items))]


def _meant(name: str, fields: Fields) -> str:
    below = (f"{outer}.{inner}" for outer, known in fields.items() for inner in known.inner)
    meant = nearest(name, [*fields, *below])
    return f"did you mean {meant!r}?" if meant else hint(name, list(fields))


def attempt(found: list[Problem], step: Callable[[], T]) -> T | None:
    """Do one step of reading; when it fails, add its problems to ``found`` and go on."""
    try:
        return step()
    except ConfigError as error:
        found += error.problems
        return None


def _read_field(
    document: Document,
    way: Keys,
    value: Any,
    known: Field,
    values: dict[str, Any],
    found: list[Problem],
) -> None:
    name = str(way[-1])
    if not known.many:
        _read_value(document, way, name, value, known.check, values, found)
    elif not isinstance(value, list):
        message = f"{name}: {shown(value)} is not an array; write it in [brackets]"
        found.append(document.problem(way, message))
    elif len(value) < known.least:
        found.append(document.problem(way, f"{name} is empty; name at least {known.least}"))
    else:
        items: dict[int, Any] = {}
        for n, item in enumerate(value):
            _read_value(document, (*way, n), name, item, known.check, items, found)
        values[name] = tuple(items.values())


def _read_value(
    document: Document,
    way: Keys,
    name: str,
    value: Any,
    check: Check,
    values: dict[Any, Any],
    found: list[Problem],
) -> None:
    try:
        values[way[-1]] = check(value)
    except Wrong as wrong:
        label = "" if document.path is None else f"{name}: "
        found.append(document.problem(way, f"{label}{wrong}"))
