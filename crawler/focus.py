"""What a link promises: how much of the topic is in the page behind it, learned while crawling.

The estimate is a weighted sum of what is known of the URL: its host and folder, the words of its
anchors and of its address (Chinese in pairs of characters), how many of them are words of the
topic's terms, and whether the pages that link to it are on topic. The weights are learned from
every judged page by linear regression, one page at a time: each has a mean and a variance, and an
error is shared out among the weights of the page by how uncertain they still are (a Kalman filter
whose covariances are left out). So what a word tells is told apart from what its site tells, and
what has been seen often changes little.
"""

from __future__ import annotations

import functools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urlsplit

from config.model import Topic
from page.model import fold
from store.frontier import Found

ENTRY = 1.0  # what an entry point promises; nothing that is estimated reaches it
LISTING = 0.25  # a sitemap of a sitemap: like a page, since a site may have hundreds
BEFORE = 0.2
"""What any page promises before anything is known."""
ENOUGH = 3
"""Concepts of the topic that make a page as good as one can be. That a page had one and not two
tells more than that it was not on topic, and a page in five that is on topic tells little alone."""
NOISE = 3.0
"""How much of what a page turns out to hold is its own, as a multiple of what is uncertain of a
weight at first. From .3 to 6 it makes hardly a difference."""
FLOOR = 0.02  # from here downwards, estimates approach nothing instead of crossing it
CEILING = 0.95
MAX_NOTED = 20_000  # URLs whose evidence is held in memory; later ones keep their first estimate
MAX_WORDS = 100_000
MAX_SAID = 4  # different anchors a URL
MAX_CITED = 8  # linking pages that count: navigation links are on every page
GROWTH = 1.5  # what waits at a host is estimated anew each time its pages have grown so much

_WORD = re.compile("[a-z]{3,}|[\u3400-\u9fff]+")
_NUMBER = re.compile(r"\d+")
_TERMS, _CITED = "§terms", "§cited"
# What weights are expected to be before any page has shown it; any other, nothing.
_EXPECTED = {_TERMS: 0.3, _CITED: 0.3}
_TERM = 0.4  # a word of the topic's terms, of three at most
_CITING = 0.5  # how far linking pages on topic count, above or below the usual share of them
_USUALLY = 0.35


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
class _Weight:
    """What something tells of a page, and how uncertain that still is."""

    mean: float = 0.0
    variance: float = 1.0


class Focus:
    """Estimates promises in (0, 1), and learns from every page that was judged."""

    def __init__(self, topic: Topic) -> None:
        terms = (text for c in topic.concepts for text in (c.en, c.zh, *c.en_terms, *c.zh_terms))
        self._terms = frozenset(word for text in terms for word in words(text))
        self._noted: defaultdict[str, dict[str, _Evidence]] = defaultdict(dict)
        self._size = 0
        self._done: set[int] = set()
        self._weights = {name: _Weight(mean) for name, mean in _EXPECTED.items()}
        self._seen: Counter[str] = Counter()
        self._milestone: dict[str, float] = {}
        self._news: dict[str, float] = {}

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
            self._news[item.host] = max(promise, self.news(item.host))
            if known:
                changed.append((item.key, promise))
            elif self._size < MAX_NOTED:
                host[item.key] = evidence
                self._size += 1
            weighed.append(item._replace(promise=promise))
        return weighed, changed

    def news(self, host: str) -> float:
        """Return the best promise made at a host since it was last considered, or 0."""
        return self._news.get(host, 0.0)

    def considered(self, host: str) -> None:
        """Note that all that waits at a host has been compared."""
        self._news.pop(host, None)

    def learn(self, key: str, hint: str, concepts: int) -> list[tuple[str, float]]:
        """Learn how many concepts a page held; return new promises of its host, now and then."""
        host, _ = place(key)
        evidence = self._noted[host].pop(key, None)
        if evidence is None:
            evidence = _Evidence((hint,) if hint else ())
        else:
            self._size -= 1
        if len(self._done) < MAX_WORDS:
            self._done.add(hash(key))
        self._correct([*self._told(key, evidence)], min(concepts, ENOUGH) / ENOUGH)
        self._seen[host] += 1
        return self._anew(host)

    def _correct(self, told: list[tuple[str, float]], held: float) -> None:
        """Share out the error among the weights, the most to the least certain."""
        weights = []
        for name, value in told:
            weight = self._weights.get(name)
            if weight is None:
                weight = _Weight()
                if len(self._weights) < MAX_WORDS:
                    self._weights[name] = weight
            weights.append((weight, value))
        error = held - BEFORE - sum(weight.mean * value for weight, value in weights)
        uncertain = NOISE + sum(weight.variance * value * value for weight, value in weights)
        for weight, value in weights:
            gain = weight.variance * value / uncertain
            weight.mean += gain * error
            weight.variance *= 1 - gain * value

    def _anew(self, host: str) -> list[tuple[str, float]]:
        seen = self._seen[host]
        if seen < self._milestone.get(host, 3.0):
            return []
        self._milestone[host] = seen * GROWTH
        self._news[host] = ENTRY  # what was the best may have sunk
        return [(key, self._promise(key, said)) for key, said in self._noted[host].items()]

    def _promise(self, key: str, evidence: _Evidence) -> float:
        known = self._weights
        promise = BEFORE + sum(
            known[name].mean * value for name, value in self._told(key, evidence) if name in known
        )
        if promise < FLOOR:
            return FLOOR * math.exp(max(promise / FLOOR - 1, -50.0))
        return min(promise, CEILING)

    def _told(self, key: str, evidence: _Evidence) -> Iterator[tuple[str, float]]:
        """What is known of a URL, by name, and how much of each."""
        yield "§any", 1.0
        host, folder = place(key)
        yield f"§{host}", 1.0
        yield f"§{host}/{folder}", 1.0
        said = _said(key, evidence)
        if said:
            each = 1 / math.sqrt(len(said))  # words of one text repeat each other
            for word in said:
                yield word, each
            if held := len(self._terms & said):
                yield _TERMS, _TERM * min(held, 3)
        if evidence.cited:
            yield _CITED, _CITING * (evidence.on_topic / evidence.cited - _USUALLY)


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
