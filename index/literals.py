"""Many strings looked for in one pass over a text."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Collection


class Literals:
    """Knows which of its strings a text holds.

    One regular expression made as a trie, so that a character that begins none of the strings
    costs one look: three times as fast as asking for some 300 Chinese terms one by one.
    """

    def __init__(self, strings: Collection[str]) -> None:
        known = sorted({string for string in strings if string})
        # The trie finds the longest string at a place; what lies within it is held, too.
        self.within = {long: {short for short in known if short in long} for long in known}
        self.trie = re.compile(_trie(known)) if known else None

    def held(self, text: str) -> set[str]:
        """Return the strings that ``text`` holds, also where they overlap."""
        longest: set[str] = set()
        place = 0
        while self.trie and (match := self.trie.search(text, place)):
            longest.add(match[0])
            place = match.start() + 1
        return set().union(*(self.within[string] for string in longest))


def _trie(strings: Collection[str]) -> str:
    """The pattern of the longest of these strings, one branch a first character."""
    rests: defaultdict[str, list[str]] = defaultdict(list)
    for string in strings:
        rests[string[:1]].append(string[1:])
    ends = bool(rests.pop("", None))
    branches = [re.escape(first) + _trie(rest) for first, rest in rests.items()]
    return f"(?:{'|'.join(branches)}){'?' * ends}" if branches else ""
