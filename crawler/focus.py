"""What a link promises: how likely the page behind it is on topic, learned as the crawl goes on.

The estimate starts from the share of pages on topic in the URL's part of its site, each level
drawn towards the one above it while it has seen little: all sites, host, folder. It is then moved
by what is said of the URL: the words of its anchors and of its address (Chinese in pairs of
characters), whether they are words of the topic's terms, and whether the pages that link to it are
on topic. Each of these weighs what it has turned out to tell: naive Bayes with pseudo-counts.
"""

from __future__ import annotations

import functools
import math
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from config.model import Topic
from page.model import fold
from store.frontier import Found

ENTRY = 1.0  # what an entry point promises; nothing that is estimated reaches it
LISTING = 0.25  # a sitemap of a sitemap: like a page, since a site may have hundreds
DRAWN = 5.0
"""Pages that a level of a site must have shown before it outweighs the level above it."""
TRUST = 8.0
"""The same for a word: words are many, and rare ones would otherwise decide by accident."""
SPREAD = 1.5
"""A text's evidence is the sum over its words, divided by the root of their number, times this.
Words of one text repeat each other. Factors from .5 to 2 give harvests a tenth apart."""
FIRST_GUESS = (1.0, 5.0)  # one page in five on topic, before anything is known
MAX_NOTED = 20_000  # URLs whose evidence is held in memory; later ones keep their first estimate
MAX_WORDS = 100_000
MAX_SAID = 4  # different anchors a URL
MAX_CITED = 8  # linking pages that count: navigation links are on every page
GROWTH = 1.5  # what waits at a host is estimated anew each time its pages have grown so much

_WORD = re.compile("[a-z]{3,}|[\u3400-\u9fff]+")
_NUMBER = re.compile(r"\d+")
# What is expected of the marks before any page has shown it: factors of the share on topic.
_EXPECTED = {"§term1": 1.2, "§term2": 1.6, "§term3": 2.5, "§cited": 1.5, "§uncited": 0.8}


@functools.lru_cache(maxsize=4_000)
def words(text: str) -> frozenset[str]:
    """Return the words of a text, folded: Latin ones whole, Chinese as pairs of characters."""
    found: set[str] = set()
    for run in _WORD.findall(fold(text)):
        if run[0] < "\u3400":
            found.add(run)
        else:
            found.update(run[i : i + 2] for i in range(max(1, len(run) - 1)))
    return frozenset(found)


@functools.lru_cache(maxsize=4_000)
def place(key: str) -> tuple[str, str]:
    """Return a URL's host, and its first folders with numbers made alike."""
    parts = urlsplit(key)
    folders = [_NUMBER.sub("#", folder) for folder in parts.path.split("/")[1:-1]]
    return parts.netloc, "/".join(folders[:2])


@dataclass(slots=True)
class _Evidence:
    """What is said of a URL that waits."""

    said: tuple[str, ...] = ()
    cited: int = 0
    on_topic: int = 0


@dataclass(slots=True)
class _Share:
    """How many pages were seen, how many were on topic, and how many were expected to be."""

    seen: int = 0
    on_topic: int = 0
    expected: float = 0.0

    def towards(self, expected: float, trust: float) -> float:
        return (self.on_topic + trust * expected) / (self.seen + trust)


_UNSEEN = _Share()


class Focus:
    """Estimates promises in (0, 1), and learns from every page that was judged."""

    def __init__(self, topic: Topic) -> None:
        terms = (text for c in topic.concepts for text in (c.en, c.zh, *c.en_terms, *c.zh_terms))
        self._terms = frozenset(word for text in terms for word in words(text))
        self._noted: defaultdict[str, dict[str, _Evidence]] = defaultdict(dict)
        self._size = 0
        self._done: set[int] = set()
        self._all = _Share()
        self._shares: defaultdict[tuple[str, ...], _Share] = defaultdict(_Share)
        self._words: dict[str, _Share] = {}
        self._milestone: dict[str, float] = {}

    def weighed(
        self, found: Iterable[Found], on_topic: bool | None = None
    ) -> tuple[list[Found], list[tuple[str, float]]]:
        """Return the findings with their promises, and promises that these findings change.

        ``on_topic`` is that of the page that links to them; None for a sitemap or a feed.
        """
        weighed, changed = [], []
        for item in found:
            if item.state != "pending" or item.role != "page" or hash(item.key) in self._done:
                weighed.append(item)
                continue
            host = self._noted[item.host]
            known = host.get(item.key)
            evidence = known or _Evidence()
            if not _adds(evidence, item.anchor, on_topic) and known:
                weighed.append(item)
                continue
            promise = self._promise(item.key, evidence)
            if known:
                changed.append((item.key, promise))
            elif self._size < MAX_NOTED:
                host[item.key] = evidence
                self._size += 1
            weighed.append(item._replace(promise=promise))
        return weighed, changed

    def learn(self, key: str, hint: str, on_topic: bool) -> list[tuple[str, float]]:
        """Learn from a judged page; return new promises of what waits at its host, now and then."""
        host, folder = place(key)
        evidence = self._noted[host].pop(key, None)
        if evidence is None:
            evidence = _Evidence((hint,) if hint else ())
        else:
            self._size -= 1
        if len(self._done) < MAX_WORDS:
            self._done.add(hash(key))
        _, expected = self._expected(key)
        shares = [self._all, self._shares[host,], self._shares[host, folder]]
        said = _said(key, evidence)
        for word in (*said, *self._marks(said, evidence)):
            if len(self._words) < MAX_WORDS or word in self._words:
                shares.append(self._words.setdefault(word, _Share()))
        for share in shares:
            share.seen += 1
            share.on_topic += on_topic
            share.expected += expected
        return self._anew(host)

    def _anew(self, host: str) -> list[tuple[str, float]]:
        seen = self._shares[host,].seen
        if seen < self._milestone.get(host, 3.0):
            return []
        self._milestone[host] = seen * GROWTH
        return [(key, self._promise(key, said)) for key, said in self._noted[host].items()]

    def _promise(self, key: str, evidence: _Evidence) -> float:
        base, share = self._expected(key)
        said = _said(key, evidence)
        lean = sum(self._lean(word, base) for word in said if word in self._words)
        lean *= SPREAD / math.sqrt(max(1, len(said)))
        lean += sum(self._lean(mark, base) for mark in self._marks(said, evidence))
        return 1 / (1 + math.exp(-_logit(share) - lean))

    def _expected(self, key: str) -> tuple[float, float]:
        """Return the share on topic of all pages, and that of a URL's part of its site."""
        host, folder = place(key)
        base = self._all.towards(FIRST_GUESS[0] / FIRST_GUESS[1], FIRST_GUESS[1])
        share = self._shares[host,].towards(base, DRAWN) if (host,) in self._shares else base
        if (host, folder) in self._shares:
            share = self._shares[host, folder].towards(share, DRAWN)
        return base, share

    def _lean(self, word: str, base: float) -> float:
        """How far a word moves the estimate: the log odds of its pages against those expected.

        Expected by where they are, or a site's own words would count what the site counts already.
        """
        first = min(0.9, base * _EXPECTED.get(word, 1.0))
        known = self._words.get(word, _UNSEEN)
        usual = (known.expected + TRUST * base) / (known.seen + TRUST)
        return _logit(known.towards(first, TRUST)) - _logit(usual)

    def _marks(self, said: frozenset[str], evidence: _Evidence) -> Iterator[str]:
        """Marks count like words: how much of the topic's vocabulary is there, and who links."""
        held = len(self._terms & said)
        if held:
            yield f"§term{min(held, 3)}"
        if evidence.cited:
            yield "§cited" if evidence.on_topic * 2 >= evidence.cited else "§uncited"


def _said(key: str, evidence: _Evidence) -> frozenset[str]:
    """The words that are said of a URL: in its address and in the anchors that lead to it."""
    return _name_words(key).union(*map(words, evidence.said))


def _adds(evidence: _Evidence, anchor: str, on_topic: bool | None) -> bool:
    """Add what one link says of a URL; True when that is news."""
    news = False
    if anchor and anchor not in evidence.said and len(evidence.said) < MAX_SAID:
        evidence.said = (*evidence.said, anchor)
        news = True
    if on_topic is not None and evidence.cited < MAX_CITED:
        evidence.cited += 1
        evidence.on_topic += on_topic
        news = True
    return news


@functools.lru_cache(maxsize=4_000)
def _name_words(key: str) -> frozenset[str]:
    """The words of an address's path; a site's own folders are not among them."""
    parts = urlsplit(key)
    return words(unquote(parts.path.rstrip("/").rpartition("/")[2]))


def _logit(share: float) -> float:
    share = min(0.99, max(0.01, share))
    return math.log(share / (1 - share))
