"""The JSON Schema of ``report.json``, made from the dataclasses that the file is made from.

    python -m report.schema > docs/report.schema.json

A test keeps that file equal to what this makes. ``model.SCHEMA`` is its version. New names may come
within a version, so the schema allows names that it does not list, and a reader passes over them.
"""

from __future__ import annotations

import dataclasses
import json
import sys
import types
import typing
from typing import Any

from report.model import SCHEMA, Measurement

SIMPLE: dict[Any, dict[str, Any]] = {
    str: {"type": "string"},
    int: {"type": "integer"},
    float: {"type": "number"},
    bool: {"type": "boolean"},
    type(None): {"type": "null"},
}


def report_schema() -> dict[str, Any]:
    """Return the schema (JSON Schema 2020-12); descriptions are the classes' own."""
    found: dict[str, dict[str, Any]] = {}
    _object(Measurement, found)
    top = found.pop(Measurement.__name__)
    top["properties"]["schema"] = {"const": SCHEMA}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:duizhao:report:{SCHEMA}",
        "title": f"Duizhao report, version {SCHEMA}",
        **top,
        "$defs": dict(sorted(found.items())),
    }


def _object(kind: type[Any], found: dict[str, dict[str, Any]]) -> None:
    if kind.__name__ in found:
        return
    found[kind.__name__] = {}
    hints = typing.get_type_hints(kind)
    names = [field.name for field in dataclasses.fields(kind)]
    doc = " ".join((kind.__doc__ or "").replace("``", "").split())
    found[kind.__name__] = {
        "description": doc,
        "type": "object",
        "properties": {name: _value(hints[name], found) for name in names},
        "required": names,
    }


def _value(hint: Any, found: dict[str, dict[str, Any]]) -> dict[str, Any]:
    if hint in SIMPLE:
        return dict(SIMPLE[hint])
    if dataclasses.is_dataclass(hint) and isinstance(hint, type):
        _object(hint, found)
        return {"$ref": f"#/$defs/{hint.__name__}"}
    origin, given = typing.get_origin(hint), typing.get_args(hint)
    if origin in (types.UnionType, typing.Union):
        return {"anyOf": [_value(one, found) for one in given]}
    if origin is tuple and given[-1] is Ellipsis:
        return {"type": "array", "items": _value(given[0], found)}
    if origin is tuple:
        items = [_value(one, found) for one in given]
        return {"type": "array", "prefixItems": items, "minItems": len(items), "items": False}
    if origin is dict:
        return {"type": "object", "additionalProperties": _value(given[1], found)}
    raise TypeError(f"no JSON Schema for {hint}; add it in report.schema")


if __name__ == "__main__":
    json.dump(report_schema(), sys.stdout, ensure_ascii=False, indent=1)
    sys.stdout.write("\n")
