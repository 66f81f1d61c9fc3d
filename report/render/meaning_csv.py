"""The figures on meaning as tidy rows of ``report.csv``: one number a row, refused ones empty."""

from __future__ import annotations

from collections.abc import Iterator

from report.framing.compare import Collocate
from report.meaning.model import ConceptUse, CounterpartShare, Explaining, Framed, Meaning
from report.render.gap_csv import RATIO, Line


def meaning_lines(meaning: Meaning) -> Iterator[Line]:
    """Yield (table, value, label, language, unit, number) for all that is known of meaning.

    Single works and sentences are in the HTML and in ``report.json``.
    """
    for use in meaning.uses:
        yield from _use(use)
    for one in meaning.explaining:
        yield from _explaining(one)
    for share in meaning.counterparts:
        yield from _share(share)
    for recall in meaning.framings.recalls:
        yield ("word_list", "recall", "", recall.lang, "share", recall.recall)
        yield ("word_list", "recall", "", recall.lang, "share_low", recall.low)
        yield ("word_list", "recall", "", recall.lang, "share_high", recall.high)
        yield ("word_list", "recall", "", recall.lang, "judged", recall.judged)
    for framed in meaning.framings.concepts:
        yield from _framed(framed)
        for word in framed.words:
            yield from _word(framed.concept, word)


def _use(use: ConceptUse) -> Iterator[Line]:
    label = f"{use.label} / {use.label_zh}"
    for unit in ("works", "explained", "mentioned", "corrected", "corrected_low", "corrected_high"):
        yield ("explained", use.concept, label, use.lang, unit, getattr(use, unit))


def _explaining(one: Explaining) -> Iterator[Line]:
    for unit, number in (
        ("uses", one.works),
        ("explained", one.explained),
        ("share", one.share),
        ("share_low", one.low),
        ("share_high", one.high),
        ("judged", one.judged),
        ("waiting", one.waiting),
    ):
        yield ("explained_all", "uses", "", one.lang, unit, number)
    if one.refused_en:
        yield ("explained_all", "uses", one.refused_en, one.lang, "refused", None)


def _share(share: CounterpartShare) -> Iterator[Line]:
    table = f"counterparts_{share.by}"
    for unit, number in (
        ("works", share.works),
        ("paired", share.paired),
        ("share", share.share),
        ("share_low", share.low),
        ("share_high", share.high),
    ):
        yield (table, share.value, "", share.lang, unit, number)


def _framed(framed: Framed) -> Iterator[Line]:
    row = ("framing", framed.concept, f"{framed.label} / {framed.label_zh}")
    for lang, sentences, sites in (
        ("en", framed.en_sentences, framed.en_sites),
        ("zh", framed.zh_sentences, framed.zh_sites),
    ):
        yield (*row, lang, "sentences", sentences)
        yield (*row, lang, "sites", sites)
    yield (*row, RATIO, "bits", framed.bits)
    yield (*row, RATIO, "p", framed.p)
    yield (*row, RATIO, "marked", int(framed.marked))
    if framed.refused_en:
        yield ("framing", framed.concept, framed.refused_en, RATIO, "refused", None)


def _word(concept: str, word: Collocate) -> Iterator[Line]:
    row = ("collocates", concept, word.word)
    yield (*row, "en", "times", word.en)
    yield (*row, "zh", "times", word.zh)
    for unit, number in (("log2", word.log2), ("log2_low", word.low), ("log2_high", word.high)):
        yield (*row, RATIO, unit, number)
    yield (*row, RATIO, "marked", int(word.marked))
