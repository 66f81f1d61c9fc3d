"""What other well-kept libraries reach on the same pages, in the same run.

Used by ``benchmarks/page.py``. Each peer is used as its documentation shows. They are in the extra
``bench``; one that is not installed has no figure.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from benchmarks import page_made as made
from benchmarks import page_text

SAMPLE = 5  # slow peers read one page in five
_BITS = 3  # of 64: how far apart two simhashes of one text may be (Manku et al. 2007)
_WIDTH = 4


def note(named: Mapping[str, Callable[[], float]]) -> str:
    """Return the peers' figures as a note."""
    said = []
    for name, measure in named.items():
        try:
            said.append(f"{name} {measure():.4g}")
        except ImportError:
            said.append(f"{name}: not installed")
    return ", ".join(said)


def texts(data: Path, lang: str) -> str:
    """F1 of other readers of main text."""

    def f1(read: page_text.Reader, every: int = 1) -> float:
        return page_text.extraction(data, lang, read, every)["F1"]

    return note(
        {
            "trafilatura fast": lambda: f1(_trafilatura),
            "readability-lxml": lambda: f1(_readability),
        }
    )


def _trafilatura(body: bytes, _: str) -> str:
    from trafilatura import extract

    logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
    return extract(body, fast=True) or ""


def _readability(body: bytes, _: str) -> str:
    from lxml import html
    from readability import Document

    logging.getLogger("readability").setLevel(logging.CRITICAL)
    try:
        summary = Document(body.decode("utf-8", "replace")).summary(html_partial=True)
        return "\n".join(html.fromstring(summary).itertext())
    except Exception:  # its own errors for pages it cannot read are of several kinds
        return ""


def charsets(data: Path) -> str:
    """Mislabelled pages that others misread, as a share."""

    def share(read: Callable[[bytes, str], str]) -> float:
        asked, wrong = made.charsets(data, read, SAMPLE)
        return wrong / asked

    return note(
        {
            "Scrapy's response.text, share misread": lambda: share(_scrapy),
            "UnicodeDammit": lambda: share(_dammit),
        }
    )


def _scrapy(body: bytes, header: str) -> str:
    from scrapy.http import HtmlResponse

    headers = {"Content-Type": header} if header else {}
    return HtmlResponse("http://example.org/", body=body, headers=headers).text


def _dammit(body: bytes, header: str) -> str:
    from bs4 import UnicodeDammit

    said = header.partition("charset=")[2]
    return UnicodeDammit(body, [said] if said else [], is_html=True).unicode_markup or ""


def languages(data: Path, level: str) -> str:
    """Languages that others get right, four ways."""
    peers = {"py3langid": _py3langid, "pycld2": _pycld2, "langdetect (seeded)": _langdetect}
    if level == "word-pairs":
        peers["lingua"] = _lingua
    measures = {name: partial(_four_ways, data, level, load) for name, load in peers.items()}
    return note(measures)


def _four_ways(data: Path, level: str, load: Callable[[], Callable[[str], str]]) -> float:
    return made.four_ways(data, level, load())


def _py3langid() -> Callable[[str], str]:
    import py3langid

    return lambda text: str(py3langid.classify(text)[0])


def _pycld2() -> Callable[[str], str]:
    import pycld2

    def read(text: str) -> str:
        try:
            return str(pycld2.detect(text)[2][0][1]).split("-")[0]
        except pycld2.error:
            return ""

    return read


def _langdetect() -> Callable[[str], str]:
    from langdetect import DetectorFactory, LangDetectException, detect

    DetectorFactory.seed = 0

    def read(text: str) -> str:
        try:
            return str(detect(text)).split("-")[0]
        except LangDetectException:
            return ""

    return read


def _lingua() -> Callable[[str], str]:
    from lingua import LanguageDetectorBuilder

    detector = LanguageDetectorBuilder.from_all_languages().build()

    def read(text: str) -> str:
        found = detector.detect_language_of(text)
        return str(found.iso_code_639_1.name).lower() if found else ""

    return read


def scripts(data: Path) -> str:
    """Strings whose script others get right."""
    return note(
        {
            "OpenCC round trip": lambda: made.script_accuracy(data, _round_trip()),
            "hanzidentifier": lambda: made.script_accuracy(data, _hanzidentifier()),
        }
    )


def _round_trip() -> Callable[[str], str]:
    from opencc import OpenCC

    s2t, t2s = OpenCC("s2t"), OpenCC("t2s")

    def read(text: str) -> str:
        simplified, traditional = t2s.convert(text) == text, s2t.convert(text) == text
        return "" if simplified == traditional else "hans" if simplified else "hant"

    return read


def _hanzidentifier() -> Callable[[str], str]:
    import hanzidentifier as peer

    names = {peer.SIMPLIFIED: "hans", peer.TRADITIONAL: "hant"}
    return lambda text: names.get(peer.identify(text), "")


def date(body: bytes, url: str) -> str:
    """Return the date that htmldate reads, or ``""``."""
    from htmldate import find_date

    logging.getLogger("htmldate").setLevel(logging.CRITICAL)
    return find_date(body, url=url, original_date=True) or ""


def edits(texts: list[str], edited: list[str]) -> str:
    """Edited texts that simhash finds, precision and recall."""

    def measure(which: int) -> float:
        from simhash import Simhash

        def sketched(text: str) -> Any:
            letters = "".join(c for c in text.lower() if c.isalnum())
            return Simhash([letters[i : i + _WIDTH] for i in range(max(1, len(letters) - 3))]).value

        return made.edits(texts, edited, sketched, _near)[which]

    return note({"simhash precision": lambda: measure(0), "recall": lambda: measure(1)})


def _near(values: list[int]) -> list[int]:
    """Group simhashes by the first one that is near."""
    leaders: list[int] = []
    numbers = []
    for value in values:
        near = (n for n, leader in enumerate(leaders) if (leader ^ value).bit_count() <= _BITS)
        number = next(near, len(leaders))
        if number == len(leaders):
            leaders.append(value)
        numbers.append(number)
    return numbers
