"""Language by segment: paragraphs are labelled, short ones join their neighbours.

Script first (``page.script``), statistics only for alphabets (``page.latin``). What a page
declares is ignored: sites label their English pages ``zh-Hant-TW``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby

from page.latin import clearly_english, detect, maybe_foreign
from page.model import Segment
from page.script import (
    chinese_script,
    counted,
    counts,
    east_asian,
    unique_script,
    without_addresses,
)

UNKNOWN = "unknown"
_ALPHABET = "alphabet"
_SHORT = 4.0
"""Words (or eight Han characters): a shorter paragraph says nothing of its own language. A name, a
heading or a reply of two words belongs to the text around it."""
_PASSAGE = re.compile(
    r"(?<![A-Za-zÀ-ɏ])[A-Za-zÀ-ɏ]++(?:[^A-Za-zÀ-ɏ\u3040-\u9fff\uac00-\ud7a3]{1,8}[A-Za-zÀ-ɏ]++){7,}+[^\s\w]*"
)
_SENTENCE = 8
"""Words of an alphabet on end that are a sentence of their own, not names in another's."""
_CHINESE = re.compile("[，。；！？的了是我你他她们們这這]")
_LITTLE_BESIDE = 2  # a page of Chinese headlines, one of them about a Japanese title, stays Chinese
_MAX_DETECTED = 30  # paragraphs a page: enough to find the foreign ones, and time stays bounded


@dataclass(frozen=True, slots=True)
class Languages:
    """A text's main language and how sure that is, its segments, each language's share, script."""

    lang: str
    confidence: float
    segments: tuple[Segment, ...]
    shares: tuple[tuple[str, float], ...]
    script: str


def languages(text: str) -> Languages:
    """Return the languages of a text whose paragraphs are separated by newlines."""
    lines = [line for line in text.split("\n") if line.strip()]
    sizes = counts(lines)
    paragraphs = [
        part
        for line, (wide, words) in zip(lines, sizes, strict=True)
        for part in (_parts(line) if wide >= 2 * _SHORT and words >= _SENTENCE else (line,))
    ]
    plain = [without_addresses(line) for line in paragraphs]
    if plain != lines:
        sizes = counts(plain)
    weights = [wide / 2 + words for wide, words in sizes]
    labels = [_by_script(line, *size) for line, size in zip(plain, sizes, strict=True)]
    labels = _joined(_without_kana(plain, labels, weights))
    if labels and labels[0] == "":
        labels = [_written_in(text, *counted(text)) if any(weights) else UNKNOWN] * len(labels)
    labels, confidence = _resolved(plain, labels, weights)
    segments = _segments(paragraphs, labels)
    shares = _shares(labels, weights)
    lang = shares[0][0] if shares else UNKNOWN
    chinese = "\n".join(segment.text for segment in segments if segment.lang == "zh")
    return Languages(lang, confidence.get(lang, 0.0), segments, shares, chinese_script(chinese))


def _parts(paragraph: str) -> Iterator[str]:
    """Yield a paragraph, or its pieces where sentences of an alphabet stand among Chinese ones."""
    if counted(_PASSAGE.sub(" ", paragraph))[0] < 2 * _SHORT:
        yield paragraph
        return
    place = 0
    for passage in _PASSAGE.finditer(paragraph):
        yield from _said(paragraph[place : passage.start()])
        yield passage[0]
        place = passage.end()
    yield from _said(paragraph[place:])


def _said(piece: str) -> Iterator[str]:
    if piece.strip():
        yield piece


def _by_script(text: str, wide: int, words: int) -> str:
    """``zh``, ``ja``, ``ko``, a language with its own script, ``alphabet``; "" for short."""
    return _written_in(text, wide, words) if wide / 2 + words >= _SHORT else ""


def _written_in(text: str, wide: int, words: int) -> str:
    return east_asian(text, wide, words) or unique_script(text) or _ALPHABET


def _without_kana(paragraphs: list[str], labels: list[str], weights: list[float]) -> list[str]:
    """Give the headings and cells of a Japanese text to it: 令和五年度予算案 is no Chinese.

    What has the marks or particles of a Chinese sentence stays Chinese, or a character that Japan's
    standard lacks. So does everything where that is more than the Japanese, or Japanese is little
    beside what may be either.
    """
    if "ja" not in labels:
        return labels
    han = [place for place, label in enumerate(labels) if label == "zh"]
    bare = {place for place in han if _may_be_japanese(paragraphs[place])}
    japanese = sum(weights[place] for place, label in enumerate(labels) if label == "ja")
    either = sum(weights[place] for place in bare)
    chinese = sum(weights[place] for place in han) - either
    if japanese <= chinese or japanese * _LITTLE_BESIDE < either:
        return labels
    return ["ja" if place in bare else label for place, label in enumerate(labels)]


def _may_be_japanese(text: str) -> bool:
    try:
        text.encode("cp932")
    except UnicodeError:
        return False
    return not _CHINESE.search(text)


def _joined(labels: list[str]) -> list[str]:
    """Give unlabelled paragraphs the label before them, and the first ones that after them."""
    following = next((label for label in labels if label), "")
    joined = []
    for label in labels:
        following = label or following
        joined.append(following)
    return joined


def _resolved(
    paragraphs: list[str], labels: list[str], weights: list[float]
) -> tuple[list[str], dict[str, float]]:
    """Replace ``alphabet`` by languages; also return how sure each language is."""
    places = [place for place, label in enumerate(labels) if label == _ALPHABET]
    sure = {label: 1.0 for label in labels if label not in (_ALPHABET, UNKNOWN)}
    if not places:
        return labels, sure
    main, confidence = _main([paragraphs[place] for place in places])
    found = labels.copy()
    budget = _MAX_DETECTED
    for place in places:
        text = paragraphs[place]
        found[place] = main
        if budget and weights[place] >= 2 * _SHORT and _doubtful(text, main):
            budget -= 1
            other, sureness = detect(text)
            if sureness >= 0.8:
                found[place] = other
                sure.setdefault(other, sureness)
    return found, {**sure, main: confidence}


def _main(texts: list[str]) -> tuple[str, float]:
    """The language of most alphabetic paragraphs; many short lines are judged together."""
    whole, clear = "\n".join(texts), 0
    for text in texts:
        clear += len(text) if clearly_english(text) else 0
        if clear * 2 > len(whole):
            return "en", 0.99
    if clear * 4 > len(whole) and clearly_english(whole):
        return "en", 0.99
    votes: Counter[str] = Counter()
    sureness: dict[str, float] = {}
    for piece in _samples(whole):
        lang, sure = detect(piece)
        votes[lang] += 1
        sureness[lang] = max(sure, sureness.get(lang, 0.0))
    lang = votes.most_common(1)[0][0]
    return lang, sureness[lang]


def _samples(text: str) -> list[str]:
    """The beginning, and for a long text its middle and end: prefaces may be in other languages."""
    if len(text) < 4_000:
        return [text]
    middle = len(text) // 2
    return [text[:1_500], text[middle : middle + 1_500], text[-1_500:]]


def _doubtful(text: str, main: str) -> bool:
    return maybe_foreign(text) if main == "en" else True


def _segments(paragraphs: list[str], labels: list[str]) -> tuple[Segment, ...]:
    pairs = groupby(zip(labels, paragraphs, strict=True), key=lambda pair: pair[0])
    return tuple(Segment(lang, "\n".join(text for _, text in group)) for lang, group in pairs)


def _shares(labels: list[str], weights: list[float]) -> tuple[tuple[str, float], ...]:
    totals: dict[str, float] = {}
    for label, words in zip(labels, weights, strict=True):
        totals[label] = totals.get(label, 0.0) + words
    whole = sum(totals.values())
    if not whole:
        return ()
    ranked = sorted(totals.items(), key=lambda item: -item[1])
    return tuple((lang, round(words / whole, 4)) for lang, words in ranked)
