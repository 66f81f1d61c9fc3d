"""What the report says of meaning: counts, refusals, framing and recall."""

from __future__ import annotations

import numpy as np

from meaning.counterparts.model import Found, Pair, Work
from meaning.explained.book import Book, Said
from report.explained import uses
from report.framing.collocates import around
from report.framing.compare import compare
from report.framing.inventory import chinese, english, entries
from report.framing.recall import Candidate, recalls
from report.labels.verdict import Verdict
from report.meaning.build import _shares
from tests.memory_store import TOPIC, stored
from tests.report_store import TOPIC as REPORT_TOPIC
from tests.report_store import MemoryStore, a_page, survey_of


def test_uses_count_works() -> None:
    survey = survey_of(MemoryStore([a_page(1), a_page(2), a_page(3)]))
    book = Book({(1, "zh"): (Said("dg", True, 2.0, 0, ()),)})
    (use,) = [u for u in uses(survey.documents, book, REPORT_TOPIC) if u.works]
    assert (use.concept, use.lang, use.works, use.explained, use.mentioned) == ("dg", "zh", 3, 1, 2)


def test_shares_of_counterparts_have_limits_around_them() -> None:
    def work(lang: str, n: int) -> Work:
        return Work(
            lang, "", "", (n,), (f"https://{n % 3}.org/{n}",), host=f"{n % 3}.org", kind="press"
        )

    found = Found(
        tuple(work("en", n) for n in range(6)),
        tuple(work("zh", n) for n in range(12)),
        tuple(Pair(n, n, 1.0, "link", ()) for n in range(3)),
    )
    rows = {(s.lang, s.by, s.value): s for s in _shares(found)}
    zh = rows["zh", "all", ""]
    assert (zh.works, zh.paired, zh.share) == (12, 3, 0.25)
    assert all(0 <= s.low <= s.share <= s.high <= 1 for s in rows.values())
    assert rows["zh", "year", "undated"].works == 12
    assert len(found.alone("zh")) == 9


def test_words_of_both_languages_have_one_entry() -> None:
    assert english("citizens") == chinese("公民") == "citizen"
    assert entries("政府公开数据", "zh") & entries("The government opens data.", "en")


def test_framing_is_refused_where_recall_is_unmeasured() -> None:
    pages = [
        stored(1, 1, "数字政府让公民参与。"),
        stored(2, 2, "digital government for citizens.", "en"),
    ]
    framing = compare(around(pages, TOPIC, "dg"), recall_measured=False)
    assert framing.refused
    assert framing.refused.code == "lexicon_unmeasured"
    assert not framing.words
    assert framing.examples["zh"][0].sentence.startswith("数字政府")


def test_framing_says_what_differs() -> None:
    generator = np.random.default_rng(1)
    pages = []
    for n in range(60):
        en = "citizens vote" if generator.random() < 0.9 else "the market grows"
        zh = "市场增长" if generator.random() < 0.9 else "公民投票"
        host = f"s{n % 12}.org"
        pages.append(stored(n + 1, n + 1, f"Digital government: {en} {n}.", "en", host=host))
        pages.append(stored(n + 101, n + 101, f"数字政府，{zh}{n}。", "zh", host=host))
    framing = compare(around(pages, TOPIC, "dg"), recall_measured=True)
    assert framing.divergence
    assert framing.divergence.p < 0.05
    leaning = {word.word: word.log2 for word in framing.words}
    assert leaning["citizen"] < 0 < leaning["market"]


def test_recall_needs_both_parts_judged() -> None:
    found = [Candidate(n, f"u{n}", lang, n % 2 == 0) for lang in ("en", "zh") for n in range(100)]
    said = {
        c.key: Verdict(c.key, c.stratum, "y" if c.caught or c.url_id < 10 else "n", 1, False)
        for c in found
    }
    made = recalls(found, said)
    assert 0.9 < made["en"].recall < 1
    assert made["en"].limits.low < made["en"].recall < made["en"].limits.high
    assert not recalls(found, {})
