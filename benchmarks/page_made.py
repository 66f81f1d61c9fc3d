"""Pages made on purpose, whose truth is known because we made them: charsets, mixes, edits.

Used by ``benchmarks/page.py``. Every function returns figures; nothing here reads the answer off
the code that is measured.
"""

from __future__ import annotations

import gzip
import json
import random
import re
import time
from collections.abc import Callable, Iterator
from itertools import combinations
from pathlib import Path

import opencc

from page.build import build
from page.charset import decode
from page.fingerprint import cluster, sketch
from page.language import languages

_DECLARED = re.compile(rb"<meta[^>]*charset[^>]*>", re.I)
_HAN = re.compile("[\u3400-\u9fff]")
_FOUR_WAYS = {"en": "en", "zh": "zh", "ja": "ja+ko", "ko": "ja+ko"}
_PAGES = 20  # mixed pages for each tenth
_POINTS = 0.05
_EDITED = 0.05
_RUN = 8  # characters: people change words and phrases, not every twentieth letter
_NAV = "<nav><a href='/'>Home 首页</a> <a href='/n'>News 新闻</a></nav>"
_FOOT = "<div id=footer><p>© 2024 News Mirror 转载网 本站内容仅供参考</p></div>"


def charsets(data: Path) -> tuple[int, int]:
    """Return how many mislabelled pages there are and how many were misread without a flag."""
    asked = wrong = 0
    for text in _pages(data, "zh"):
        for body, header, truth in _mislabelled(text):
            found = decode(body, header)
            asked += 1
            wrong += not found.suspect and _visible(found.text) != _visible(truth)
    return asked, wrong


def _mislabelled(text: str) -> Iterator[tuple[bytes, str, str]]:
    """Yield bytes, HTTP header and the text they are, for each way in which labels lie."""

    def labelled(label: str, markup: str = text) -> str:
        return f'<meta charset="{label}">{markup}' if label else markup

    hant = _encodable(opencc.OpenCC("s2t").convert(text), "big5hkscs")
    beyond = f"{text}<p>㐀㐁䶮𠮷龦㑇</p>"  # four bytes each in GB 18030
    narrow = _encodable(text, "gbk")
    yield labelled("gb2312").encode(), "", labelled("gb2312")
    yield text.encode(), "text/html; charset=gbk", text
    for label, header in (("utf-8", ""), ("", ""), ("", "text/html; charset=utf-8")):
        yield labelled(label, narrow).encode("gbk"), header, labelled(label, narrow)
        yield labelled(label, hant).encode("big5hkscs"), header, labelled(label, hant)
    yield labelled("gb2312", beyond).encode("gb18030"), "", labelled("gb2312", beyond)
    cut = labelled("gb2312").encode()[: len(text.encode()) // 2 * 2 - 1]
    yield cut, "", cut.decode("utf-8", "ignore")


def _encodable(text: str, codec: str) -> str:
    return text.encode(codec, "ignore").decode(codec)


def _visible(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text))


def _pages(data: Path, lang: str) -> Iterator[str]:
    folder = data / "eval" / "extraction" / lang
    for name in json.loads((folder / "ground-truth.json").read_text("utf-8")):
        body = gzip.decompress((folder / f"{name}.html.gz").read_bytes())
        yield _DECLARED.sub(b"", body).decode("utf-8", "ignore")


def four_ways(data: Path, level: str) -> float:
    """Return the share of short texts whose language is right: en, zh, ja or ko, other."""
    rows = [row for row in _langid(data) if row[1] == level]
    found = (languages(text).lang for _, _, text in rows)
    pairs = (
        (_FOUR_WAYS.get(row[0]), _FOUR_WAYS.get(lang))
        for row, lang in zip(rows, found, strict=True)
    )
    return sum(true == said for true, said in pairs) / len(rows)


def _langid(data: Path) -> list[list[str]]:
    lines = (data / "eval" / "langid.tsv").read_text("utf-8").strip().split("\n")[1:]
    return [line.split("\t", 2) for line in lines]


def mixes(data: Path) -> float:
    """Return the share of English and Chinese mixes whose shares are right within 5 points."""
    draw = random.Random(7)
    sentences = {
        lang: [
            text for label, level, text in _langid(data) if (label, level) == (lang, "sentences")
        ]
        for lang in ("en", "zh")
    }
    right = [_mixed(draw, sentences, tenth / 10) for tenth in range(1, 10) for _ in range(_PAGES)]
    return sum(right) / len(right)


def _mixed(draw: random.Random, sentences: dict[str, list[str]], share: float) -> bool:
    """Build one mix of about 800 words in shuffled paragraphs and compare its shares."""
    paragraphs, words = [], {"en": 0.0, "zh": 0.0}
    while sum(words.values()) < 800:
        lang = "zh" if words["zh"] <= share * sum(words.values()) else "en"
        text = " ".join(draw.sample(sentences[lang], draw.randint(1, 3)))
        paragraphs.append(f"<p>{text}</p>")
        words[lang] += _size(text)
    draw.shuffle(paragraphs)
    page = build(f"{_NAV}<div>{''.join(paragraphs)}</div>{_FOOT}".encode(), "http://example.org/a")
    return abs(dict(page.shares).get("zh", 0.0) - words["zh"] / sum(words.values())) <= _POINTS


def _size(text: str) -> float:
    """Words, where a Han character is half a word."""
    han = len(_HAN.findall(text))
    return han / 2 + len(re.findall(r"[^\W\d_]+", _HAN.sub(" ", text)))


def edits(texts: list[str], edited: Callable[[random.Random, str], str]) -> tuple[float, float]:
    """Return precision and recall of pairs among texts and three edits of each.

    The edits: 5 % of the characters replaced, other furniture around it, the other script.
    """
    draw, convert = random.Random(11), opencc.OpenCC("s2t")
    sketches, works = [], []
    for work, text in enumerate(texts):
        framed = f"{_NAV}<h1>转载 Repost</h1><div>{_markup(text)}</div>{_FOOT}"
        versions = [
            sketch(text),
            sketch(edited(draw, text)),
            sketch(convert.convert(text)),
            build(framed.encode(), "http://example.org/a").sketch,
        ]
        sketches += versions
        works += [work] * len(versions)
    numbers = cluster(sketches)
    said = {p for p in combinations(range(len(works)), 2) if numbers[p[0]] == numbers[p[1]]}
    true = {p for p in combinations(range(len(works)), 2) if works[p[0]] == works[p[1]]}
    return len(said & true) / max(1, len(said)), len(said & true) / len(true)


def _markup(text: str) -> str:
    return "".join(f"<p>{line}</p>" for line in text.split("\n") if line.strip())


def phrases(draw: random.Random, text: str) -> str:
    """Replace 5 % of the characters, in runs, by others of the same text."""
    chars = list(text)
    for _ in range(max(1, round(len(chars) * _EDITED / _RUN))):
        start = draw.randrange(max(1, len(chars) - _RUN))
        chars[start : start + _RUN] = draw.choices(text, k=len(chars[start : start + _RUN]))
    return "".join(chars)


def scattered(draw: random.Random, text: str) -> str:
    """Replace every twentieth character or so by another of the same text."""
    return "".join(draw.choice(text) if draw.random() < _EDITED else char for char in text)


def slowest() -> float:
    """Return the CPU seconds of the slowest hostile page."""
    return max(_seconds(body) for body in _hostile())


def _hostile() -> Iterator[bytes]:
    yield b"<div>" * 100_000 + b"text"
    yield b"<p>" + "一网通办。".encode() * 350_000
    yield b"<p>" + b"open government " * 330_000
    yield b"<p>tiny</p>" * 50_000
    yield b"<div><p>tiny, but prose it is, and so on.</p></div>" * 50_000
    yield b"<a href=x>l</a>" * 100_000
    yield b"\x00<p>\x00\xed\xa0\x80 " * 100_000
    yield "<p>\u202eabc\u2066".encode() * 100_000
    yield b"<" * 1_000_000
    yield b"<!--" * 250_000


def _seconds(body: bytes) -> float:
    start = time.process_time()
    build(body, "http://example.org/")
    return time.process_time() - start
