"""JSON: the whole measurement, for programs."""

from __future__ import annotations

import dataclasses
import json

from report.model import Measurement
from report.render.inert import plain


def measurement_json(measured: Measurement) -> str:
    """Return ``report.json``: the fields of ``report.model.Measurement`` by name, in their order.

    ``schema`` is the version of that layout; a refused ratio is null, and there is no NaN.
    """
    value = inert(dataclasses.asdict(measured))
    return json.dumps(value, ensure_ascii=False, allow_nan=False, indent=1) + "\n"


def inert(value: object) -> object:
    """Return a JSON value with every string, keys included, made plain."""
    if isinstance(value, str):
        return plain(value)
    if isinstance(value, dict):
        return {plain(str(key)): inert(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [inert(item) for item in value]
    return value
