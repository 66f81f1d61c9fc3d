"""Hints of one site: two addresses that differ in the name of the language alone."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import urlsplit

# The longest first: zh-tw is not zh with something after it.
_NAMES = (
    "english|chinese|zh-hans|zh-hant|en-us|en-gb|zh-cn|zh-tw|zh-hk|eng|zho|chi|chs|cht|en|zh|cn|tw|hk"
    "|sc|tc"
)
_PART = re.compile(rf"(?<=[/._=-])({_NAMES.replace('-', '[-_]')})(?=[/._&-]|$)", re.I)
_HOST = re.compile(rf"^(?:www\.)?(?:({_NAMES})\.)?(?=.*\.)", re.I)
_ENGLISH = "english|en|eng|english version|in english|英文|英文版|英語|英语"
_CHINESE = (
    "chinese|中文|中文版|简体中文|简体|簡體|簡體中文|繁體中文|繁體|繁体|正體中文"
    "|中文（简体）|中文（繁體）|简|繁|繁中|简中"
)
SWITCH = frozenset((*_ENGLISH.split("|"), *_CHINESE.split("|")))
"""What a link to the same page in the other language is called."""


def language_key(url: str) -> str:
    """Return a URL with the names of languages taken out; equal for the versions of a page.

    Country codes at a host's end are no names of languages.

    >>> language_key("https://www.example.org/en/news/1_en.html")
    'example.org/*/news/1_*.html'
    >>> language_key("https://zh.example.org/news/1") == language_key("https://example.org/news/1")
    True
    """
    parts = urlsplit(url)
    host = _HOST.sub("", (parts.netloc or "").lower(), count=1)
    rest = parts.path + (f"?{parts.query}" if parts.query else "")
    return host + _PART.sub("*", rest)


def by_address(en: Mapping[str, int], zh: Mapping[str, int]) -> set[tuple[int, int]]:
    """Return the pairs (English, Chinese) whose URLs differ in the language's name alone.

    The arguments give a work's place by each of its URLs. A key that several works of a language
    share says nothing.
    """
    sides = [_unique(side) for side in (en, zh)]
    return {(sides[0][key], sides[1][key]) for key in sides[0].keys() & sides[1].keys()}


def _unique(places: Mapping[str, int]) -> dict[str, int]:
    found: defaultdict[str, set[int]] = defaultdict(set)
    for url, place in places.items():
        found[language_key(url)].add(place)
    return {key: next(iter(works)) for key, works in found.items() if len(works) == 1}


def by_link(
    switches: Iterable[tuple[int, int]], en: Mapping[int, int], zh: Mapping[int, int]
) -> set[tuple[int, int]]:
    """Return the pairs that a language switch joins; ``switches`` are (from, to) url_ids."""
    found = set()
    for origin, target in switches:
        if origin in en and target in zh:
            found.add((en[origin], zh[target]))
        elif origin in zh and target in en:
            found.add((en[target], zh[origin]))
    return found
