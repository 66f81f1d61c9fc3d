"""Pages made on purpose, whose truth is known because we made them: charsets, mixes, edits.

Used by ``benchmarks/page.py``. Every function returns figures; nothing here reads the answer off
the code that is measured.
"""

from __future__ import annotations

import functools
import gzip
import json
import random
import re
import time
from collections import defaultdict
from collections.abc import Callable, Iterator
from html import escape
from itertools import combinations
from pathlib import Path
from typing import Any

import opencc

from page.build import build
from page.charset import decode
from page.fingerprint import cluster, sketch
from page.language import languages
from page.script import chinese_script

_DECLARED = re.compile(rb"<meta[^>]*charset[^>]*>", re.I)
_HAN = re.compile("[\u3400-\u9fff]")
_HAN_RUN = re.compile("[\u3400-\u9fff]+")
_FOUR_WAYS = {"en": "en", "zh": "zh", "ja": "ja+ko", "ko": "ja+ko"}
_SENTENCES = 50
_PAGES = 20  # mixed pages for each tenth
_POINTS = 0.05
_EDITED = 0.05
_RUN = 8  # characters: people change words and phrases, not every twentieth letter
_NAV = "<nav><a href='/'>Home 首页</a> <a href='/n'>News 新闻</a></nav>"
_FOOT = "<div id=footer><p>© 2024 News Mirror 转载网 本站内容仅供参考</p></div>"


def trusted(body: bytes, header: str) -> str | None:
    """Return a page's text as ``page.charset`` reads it; None where it flags its own doubt."""
    found = decode(body, header)
    return None if found.suspect else found.text


def charsets(
    data: Path, read: Callable[[bytes, str], str | None] = trusted, every: int = 1
) -> tuple[int, int]:
    """Return how many mislabelled pages there are and how many were misread without a flag."""
    asked = wrong = 0
    for text in list(_pages(data, "zh"))[::every]:
        for body, header, truth in _mislabelled(text):
            found = read(body, header)
            asked += 1
            wrong += found is not None and _visible(found) != _visible(truth)
    return asked, wrong


def _mislabelled(text: str) -> Iterator[tuple[bytes, str, str]]:
    """Yield bytes, HTTP header and the text they are, for each way in which labels lie."""

    def labelled(label: str, markup: str = text) -> str:
        return f'<meta charset="{label}">{markup}' if label else markup

    hant = _encodable(_HAN_RUN.sub(lambda run: _traditional(run[0]), text), "big5hkscs")
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


@functools.cache
def _traditional(run: str) -> str:
    """Convert a run of Han characters: markup takes the converter as long, and pages repeat."""
    converted: str = _s2t().convert(run)
    return converted


@functools.cache
def _s2t() -> Any:
    return opencc.OpenCC("s2t")


def _encodable(text: str, codec: str) -> str:
    return text.encode(codec, "ignore").decode(codec)


def _visible(text: str) -> str:
    return "".join(re.findall(r"[^\W_]+", text))


def _truth(data: Path, lang: str) -> dict[str, Any]:
    found: dict[str, Any] = json.loads(
        (data / "extraction" / lang / "ground-truth.json").read_text("utf-8")
    )
    return found


def _pages(data: Path, lang: str) -> Iterator[str]:
    for name in _truth(data, lang):
        body = gzip.decompress((data / "extraction" / lang / f"{name}.html.gz").read_bytes())
        yield _DECLARED.sub(b"", body).decode("utf-8", "ignore")


def ours(text: str) -> str:
    """Return the language of a text as ``page.language`` says."""
    return languages(text).lang


def four_ways(data: Path, level: str, read: Callable[[str], str] = ours) -> float:
    """Return the share of short texts whose language is right: en, zh, ja or ko, other."""
    rows = [(label, text) for label, kind, text in _langid(data) if kind == level]
    pairs = ((_FOUR_WAYS.get(label), _FOUR_WAYS.get(read(text))) for label, text in rows)
    return sum(true == said for true, said in pairs) / len(rows)


def pages_four_ways(data: Path, most: int | None = None) -> tuple[float, int]:
    """Return the share of pages whose language is right, and how many others are called English.

    A page is up to 50 sentences of one language between a bilingual menu and foot; ``most`` pages
    of each language are made, or all.
    """
    sentences = defaultdict(list)
    for label, level, text in _langid(data):
        if level == "sentences":
            sentences[label].append(text)
    right = total = called_english = 0
    for label, texts in sentences.items():
        for start in range(0, len(texts), _SENTENCES)[:most]:
            lines = "".join(f"<p>{escape(text)}</p>" for text in texts[start : start + _SENTENCES])
            page = build(f"{_NAV}<div>{lines}</div>{_FOOT}".encode(), "http://example.org/a")
            total += 1
            right += _FOUR_WAYS.get(label) == _FOUR_WAYS.get(page.lang)
            called_english += label != "en" and page.lang == "en"
    return right / total, called_english


def script_strings(data: Path) -> list[tuple[str, str]]:
    """Return strings of user interfaces that have evidence, each with ``hans`` or ``hant``."""
    lines = (data / "zh_variant.tsv").read_text("utf-8").strip().split("\n")[1:]
    rows = (line.split("\t", 2) for line in lines)
    return [
        (text, label.removeprefix("zh-")) for label, level, text in rows if level != "ambiguous"
    ]


def script_accuracy(data: Path, read: Callable[[str], str] = chinese_script) -> float:
    """Return the share of strings with evidence whose script is right."""
    strings = script_strings(data)
    return sum(read(text) == script for text, script in strings) / len(strings)


def script_cost(data: Path) -> float:
    """Return nanoseconds a character, the best of five rounds over the Chinese articles."""
    texts = [row["articleBody"] for row in _truth(data, "zh").values()]
    rounds = []
    for _ in range(5):
        start = time.process_time()
        for text in texts:
            chinese_script(text)
        rounds.append(time.process_time() - start)
    return 1e9 * min(rounds) / sum(map(len, texts))


def _langid(data: Path) -> list[list[str]]:
    lines = (data / "langid.tsv").read_text("utf-8").strip().split("\n")[1:]
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


Sketches = Callable[[str], Any]
Together = Callable[[list[Any]], list[int]]


def versions(texts: list[str]) -> dict[str, list[str]]:
    """Return the texts' edits by name: 5 % of the characters in two ways, furniture, scripts."""
    draw, s2t, t2s = random.Random(11), opencc.OpenCC("s2t"), opencc.OpenCC("t2s")
    return {
        "5 % of the characters, in phrases": [phrases(draw, text) for text in texts],
        "5 % of the characters, one by one": [scattered(draw, text) for text in texts],
        "other furniture": [_framed(text) for text in texts],
        "Traditional": [s2t.convert(text) for text in texts],
        "Simplified": [t2s.convert(text) for text in texts],
    }


def edits(
    texts: list[str],
    edited: list[str],
    sketched: Sketches = sketch,
    together: Together = cluster,
) -> tuple[float, float]:
    """Return precision and recall of pairs among texts and an edit of each."""
    works = [*range(len(texts)), *range(len(texts))]
    numbers = together([sketched(text) for text in (*texts, *edited)])
    said = {p for p in combinations(range(len(works)), 2) if numbers[p[0]] == numbers[p[1]]}
    true = {p for p in combinations(range(len(works)), 2) if works[p[0]] == works[p[1]]}
    return len(said & true) / max(1, len(said)), len(said & true) / len(true)


def _framed(text: str) -> str:
    """The text as it is read off another site's page."""
    page = f"{_NAV}<h1>转载 Repost</h1><div>{_markup(text)}</div>{_FOOT}"
    return build(page.encode(), "http://example.org/a").text


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
