"""Strata: the language and the kind of source that a fetch is spent on, and how to spend evenly.

A page's language is known when it has been fetched. Before that it is expected: from the address,
from what pages beside it turned out to be, from its source, from its anchor. The count goes by
what came back.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from urllib.parse import unquote, urlsplit

from config.model import LANGUAGES, Source
from crawler.focus import place
from page.model import Page
from store.frontier import FOUND, Found, Lease

Stratum = tuple[str, str]
UNKNOWN, OTHER = "unknown", "other"
LEAD = 2
"""Fetches by which one stratum may be ahead: a few, so that waiting for one host's delay does not
stop the others at once."""
SETTLED = 5  # pages that a folder must have shown, nearly all in one language, to be believed
NEARLY_ALL = 0.8

# Folders, host labels and parameters by which sites part their languages.
_ENGLISH_TEXT = "en eng english en-us en-gb en_us en-hk"
_CHINESE_TEXT = """
zh cn chn chinese zh-cn zh-tw zh-hk zh-hans zh-hant zh_cn zh_tw sc tc chs cht gb big5
"""
_NAMES = {"en": frozenset(_ENGLISH_TEXT.split()), "zh": frozenset(_CHINESE_TEXT.split())}
_PARTS = re.compile(r"[/?&=.]+")
_HAN = re.compile("[\u3400-\u9fff]")
_LATIN = re.compile("[A-Za-z]{2,}")
_WORDS = 3  # Latin words without a Chinese character: an English title; fewer are a name


class Strata:
    """What language to expect of URLs, and which stratum a fetch belongs to."""

    def __init__(self, sources: Iterable[Source]) -> None:
        self._sources = {source.id: source for source in sources}
        self._seen: defaultdict[tuple[str, str], Counter[str]] = defaultdict(Counter)

    def expected(self, found: Found) -> str:
        """Return the language expected at a URL, or ``""`` where nothing tells."""
        if named := _named(found.key):
            return named
        seen = self._seen.get(place(found.key))
        if seen and seen.total() >= SETTLED:
            lang, count = seen.most_common(1)[0]
            if count >= NEARLY_ALL * seen.total():
                return lang
        source = self._sources.get(found.source)
        if source and len(source.langs) == 1:
            return source.langs[0]
        return _written_in(found.anchor) or _written_in(unquote(urlsplit(found.key).path))

    def of(self, lease: Lease, page: Page | None) -> Stratum:
        """Return the stratum that a fetch was spent on, and learn from what came back."""
        source = self._sources.get(lease.source)
        kind = self.kind(lease.source)
        if page is None:
            only = source.langs[0] if source and len(source.langs) == 1 else ""
            return lease.lang or only or UNKNOWN, kind
        lang = page.lang if page.lang in LANGUAGES else OTHER
        self._seen[place(lease.key)][lang] += 1
        return lang, kind

    def kind(self, source: str) -> str:
        """Return the kind of a source; ``unknown`` on a host that no source names."""
        known = self._sources.get(source)
        if known is None:
            return UNKNOWN if source.startswith(FOUND) else ""
        return known.kind


def _named(key: str) -> str:
    parts = urlsplit(key.lower())
    names = {*parts.netloc.split(".")[:-1], *_PARTS.split(f"{parts.path}?{parts.query}")}
    found = [lang for lang, known in _NAMES.items() if not known.isdisjoint(names)]
    # An address below .cn is not named Chinese by it: the label of the host is left out above.
    return found[0] if len(found) == 1 else ""


def _written_in(text: str) -> str:
    if _HAN.search(text):
        return "zh"
    return "en" if len(_LATIN.findall(text)) >= _WORDS else ""


class Balance:
    """Deficit round robin: of the languages, and of the kinds within one, the least spent is next.

    Counts go by what came back; what is under way counts as expected. One language is never ahead
    by more than a few, so the crawl ends when one of them has nothing left. Of the kinds within a
    language only those with something left are compared.
    """

    def __init__(self) -> None:
        self._spent: Counter[Stratum] = Counter()
        self._under_way: Counter[Stratum] = Counter()
        self._left: frozenset[Stratum] = frozenset()

    def left(self, strata: Mapping[Stratum, int]) -> None:
        """Say what waits, by stratum."""
        self._left = frozenset(stratum for stratum, count in strata.items() if count)

    def sent(self, stratum: Stratum) -> None:
        """A request goes out."""
        self._under_way[stratum] += 1

    def back(self, stratum: Stratum) -> None:
        """A request that went out for a stratum is over."""
        self._under_way[stratum] -= 1

    def spent(self, stratum: Stratum) -> None:
        """A fetch was spent on a stratum."""
        self._spent[stratum] += 1

    def allows(self, stratum: Stratum) -> bool:
        """True when this stratum is not ahead of those it is compared with."""
        lang, _ = stratum
        levels = {each: self._level(each) for each in LANGUAGES}
        if lang not in levels:  # may come back as either: a few, to find out
            return max(levels.values()) - min(levels.values()) < LEAD
        if levels[lang] - min(levels.values()) >= LEAD:
            return False
        rivals = [self._count(each) for each in self._left if each[0] == lang]
        return self._count(stratum) - min(rivals, default=0) < LEAD or not rivals

    def _level(self, lang: str) -> int:
        return sum(
            count
            for counts in (self._spent, self._under_way)
            for (each, _), count in counts.items()
            if each == lang
        )

    def _count(self, stratum: Stratum) -> int:
        return self._spent[stratum] + self._under_way[stratum]
