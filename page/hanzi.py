"""Chinese characters: one comparison form, and which of the two scripts a text is written in.

The tables are OpenCC's dictionary files, as the package ``opencc-python-reimplemented`` ships them
(``opencc`` itself ships compiled ones only). Conversion here is by character, not by phrase: a
phrase table would turn the same string into different ones depending on its neighbours, and then a
term folded alone would no longer be found in a text folded whole.
"""

from __future__ import annotations

import functools
import unicodedata
from importlib import resources


def variant_rows(name: str) -> list[tuple[str, list[str]]]:
    """Return the rows of one OpenCC dictionary: a character and its targets, best first."""
    text = (resources.files("opencc") / "dictionary" / name).read_text("utf-8")
    pairs = (line.split("\t", 1) for line in text.splitlines() if "\t" in line and line[0] != "#")
    return [(key, targets.split()) for key, targets in pairs]


@functools.cache
def simplified_table() -> dict[int, str]:
    """Traditional → Simplified by single character, regional variants included."""
    table = {key: targets[0] for key, targets in variant_rows("TSCharacters.txt") if len(key) == 1}
    for name in ("TWVariantsRev.txt", "HKVariantsRev.txt"):
        for key, targets in variant_rows(name):
            # A variant leads to OpenCC's standard Traditional form, and that to Simplified.
            table.setdefault(key, table.get(targets[0], targets[0]))
    # 么 is Traditional for 幺 but also Simplified for 麼: what is someone's Simplified form stays.
    kept = set(table) - set(table.values())
    return {ord(key): table[key] for key in kept if len(key) == 1}


def fold(text: str) -> str:
    """Return the form in which texts are compared: NFKC, Simplified, case-folded.

    Idempotent. Used on both sides of every comparison (index and query, fingerprint, concept
    match), so Traditional finds Simplified and full-width finds half-width. Not for display.
    """
    normal = unicodedata.normalize("NFKC", text)
    if not normal.isascii():
        normal = unicodedata.normalize("NFKC", normal.translate(simplified_table()))
    return normal.casefold()
