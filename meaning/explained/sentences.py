"""Sentences of a line of text, in either language."""

from __future__ import annotations

import re

# A point ends an English sentence where a capital, a digit or a bracket follows it.
_ENGLISH = re.compile(
    r"(?<=[.!?])[\"'”’)\]]*\s+(?=[\"'“‘(\[]?[A-Z0-9])"
    r"|(?<!\b[A-Z]\.)(?<=[!?])\s+"
)
_SHORTENED = re.compile(r"\b(?:[A-Z]|Dr|Mr|Mrs|Ms|St|No|vs|etc|e\.g|i\.e|U\.S|U\.K)\.$")
_CHINESE = re.compile(r"(?<=[。！？!?])[”’」』）)]*|(?<=[;；])")


def sentences(line: str, lang: str) -> list[tuple[int, str]]:
    """Return (start, sentence) for a line; nothing of the line is lost but white space between."""
    pattern = _ENGLISH if lang == "en" else _CHINESE
    found: list[tuple[int, str]] = []
    start = 0
    for match in pattern.finditer(line):
        if match.end() == start or (
            lang == "en" and _SHORTENED.search(line[start : match.start()])
        ):
            continue
        found.append((start, line[start : match.end()]))
        start = match.end()
    if start < len(line):
        found.append((start, line[start:]))
    return [(place, text) for place, text in found if text.strip()]
