"""From places in a normal text back to places in the text as it was written."""

from __future__ import annotations

import functools
import re

from index.analysis.unit import INVISIBLES, normal

# A character with the marks that compose with it: they fold together or not at all.
MARKS = f"[\u0300-\u036f\u3099\u309a\uff9e\uff9f{INVISIBLES}]"
MARK = re.compile(MARKS)


def aligned(text: str) -> tuple[str, list[int]]:
    """Return the normal text, and for each of its places (and its end) the place in ``text``."""
    if not MARK.search(text):
        each = list(map(_normal, text))
        whole = "".join(each)
        if len(whole) == len(text) and all(each):
            return whole, list(range(len(text) + 1))
    parts: list[str] = []
    places: list[int] = []
    for match in re.finditer(f"(?s).{MARKS}*", text):
        part = _normal(match[0])
        parts.append(part)
        places += [match.start()] * len(part)
    return "".join(parts), [*places, len(text)]


_normal = functools.lru_cache(maxsize=20_000)(normal)
