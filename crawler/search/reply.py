"""What an answer of a service comes to: a reply, or a refusal with its reason."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import Any

from store.claims import NONE

MAX_URLS = 20_000
"""Addresses of one response; more is no answer to a question that asked for fewer."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One response, read.

    ``urls`` are what it found, as the service wrote them. ``total`` and ``bound`` are its claim
    (see ``store.claims``). ``next`` says where to go on, "" at the end. ``points`` are a timeline:
    (series, ISO date, value, unit).
    """

    urls: tuple[str, ...] = ()
    total: int | None = None
    bound: str = NONE
    next: str = ""
    points: tuple[tuple[str, str, float, str], ...] = ()


class Refusal(Exception):
    """A service did not answer the question.

    ``reason`` is one stable word. The text is for a person, never quotes a key, and is one line.
    ``wait`` are seconds after which asking again may help, None when it would not. ``whole`` says
    that every other query to this service would be refused as well.
    """

    def __init__(
        self, reason: str, message: str, *, wait: float | None = None, whole: bool = False
    ) -> None:
        super().__init__(message)
        self.reason = reason
        self.wait = wait
        self.whole = whole


def as_json(body: bytes) -> Any:
    """Return what a JSON body holds. Raises Refusal: ``html``, ``not_json``."""
    text = body.decode("utf-8", "replace").strip().removeprefix("\ufeff")
    if re.match(r"<(?:!doctype|html|head|body|\?xml)", text, re.IGNORECASE):
        raise Refusal("html", "it answered with a web page instead of JSON")
    try:
        return json.loads(text, strict=False)  # GDELT leaves control characters in titles
    except (ValueError, RecursionError) as error:
        raise Refusal(
            "not_json", f"it answered with something that is not JSON: {said(text)}"
        ) from (error)


def table(value: Any, what: str) -> dict[str, Any]:
    """Return a JSON object. Raises Refusal (``not_json``) for anything else."""
    if not isinstance(value, dict):
        raise Refusal("not_json", f"its JSON has no {what} where the documentation has one")
    return value


def rows(value: Any) -> list[dict[str, Any]]:
    """Return the objects of a JSON array; what is no object is left out."""
    return [item for item in value if isinstance(item, dict)] if isinstance(value, list) else []


def listed(value: Any, what: str) -> list[dict[str, Any]]:
    """Return the objects of a list that the answer must hold, though it may be empty.

    Raises Refusal (``not_json``) without one: what has no list of results does not say that there
    are none.
    """
    found = rows(value)
    if not isinstance(value, list) or (value and not found):
        raise Refusal("not_json", f"its JSON has no list of {what} where the documentation has one")
    return found


def addresses(items: list[dict[str, Any]], name: str) -> tuple[str, ...]:
    """Return the text under ``name`` of each item that has one."""
    found = (item.get(name) for item in items[:MAX_URLS])
    return tuple(url for url in found if isinstance(url, str) and url)


def count(value: Any) -> int | None:
    """Return a claimed total as a whole number; None for what is no number, or a negative one."""
    if isinstance(value, str) and re.fullmatch(r"[0-9]{1,18}", value):
        value = int(value)
    if isinstance(value, bool) or not isinstance(value, int | float):
        return None
    if not 0 <= value < 2**63:  # also NaN and infinity, and what the store could not hold
        return None
    return int(value)


def said(text: str) -> str:
    """Return the beginning of what a service said, on one line, without control characters."""
    line = "".join(c if c.isprintable() else " " for c in text[:400])
    short = " ".join(line.split())
    return repr(short if len(short) <= 120 else f"{short[:119]}…")


def state(at: str) -> dict[str, Any]:
    """Return where a query is, as a service noted it in ``Reply.next``."""
    kept = json.loads(at) if at else {}
    return kept if isinstance(kept, dict) else {}


def note(**where: object) -> str:
    """Return where a query goes on, for ``Reply.next``."""
    return json.dumps(where, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
