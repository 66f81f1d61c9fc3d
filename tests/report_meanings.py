"""A whole of what a report may say of meaning, and its pieces, for the report's tests."""

from __future__ import annotations

from report.framing.compare import Collocate
from report.meaning.model import (
    Alone,
    ConceptUse,
    CounterpartShare,
    Explaining,
    Framed,
    Framings,
    InContext,
    Meaning,
    WordRecall,
)

REFUSED = ("The word list was not measured.", "词表尚未测量。")


def framed(text: str, *, claimed: bool) -> Framed:
    """A comparison of the concept ``dg`` in which a stranger's words are ``text``."""
    words = (
        Collocate(text, 1.5, 0.2, 2.8, True, 3, 20),
        Collocate("market", -2.0, -3.0, -1.0, False, 30, 4),
    )
    example = [InContext(lang, text, text, text, text, text) for lang in ("en", "zh")]
    refused = ("", "") if claimed else REFUSED
    return Framed(
        concept="dg",
        label="digital government",
        label_zh="数字政府",
        en_sentences=40,
        zh_sentences=60,
        en_sites=6,
        zh_sites=9,
        bits=0.12 if claimed else None,
        p=0.001 if claimed else None,
        marked=claimed,
        refused_en=refused[0],
        refused_zh=refused[1],
        words=words if claimed else (),
        examples=tuple(example),
    )


def meaning(
    text: str = "words", url: str = "https://x.example/1", *, claimed: bool = True
) -> Meaning:
    """Everything at once; ``text`` and ``url`` stand wherever a page's own words would."""
    recalls = tuple(WordRecall(lang, 0.8, 0.7, 0.9, 100) for lang in ("en", "zh"))
    return Meaning(
        tuple(
            ConceptUse("dg", "digital government", "数字政府", lang, 30, 6, 5.5)
            for lang in ("en", "zh")
        ),
        (
            Explaining("en", 30, 6, 0.2, 0.1, 0.3, 90, "", ""),
            Explaining("zh", 30, 6, None, None, None, 0, *REFUSED),
        ),
        tuple(
            CounterpartShare(lang, by, value, 30, 3, 0.1, 0.02, 0.3)
            for lang in ("en", "zh")
            for by, value in (("all", ""), ("kind", text), ("year", "2023"))
        ),
        tuple(Alone(lang, text, url, url, text, text, "2023", 3, 2, 4) for lang in ("zh", "en")),
        Framings(True, recalls if claimed else (), (framed(text, claimed=claimed),)),
    )
