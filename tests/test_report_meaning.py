"""What the report says of meaning: counts, refusals, framing and recall."""

from __future__ import annotations

import random
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from meaning.counterparts.model import Found, Pair, Work
from meaning.explained.book import Book, Said
from report.estimate.divergence import Divergence
from report.estimate.interval import Interval
from report.explained import Use, uses
from report.framing.collocates import around
from report.framing.compare import TRANSLATED, compare
from report.framing.inventory import chinese, english, entries
from report.framing.keep import add, kept
from report.framing.recall import LEAST, Candidate, Recall, question, recalls, refusal, words_of
from report.framing.recall import candidates as recall_candidates
from report.framing.recall import drawn as lexicon_drawn
from report.gap.evidence import Evidence
from report.labels.explained import answered, candidates
from report.labels.verdict import Tally, Verdict
from report.meaning.build import _corrected, _shares
from report.meaning.framings import framings_of
from report.meaning.model import ConceptUse
from report.render.say import Say
from report.sections.explained import _figure
from tests.memory_store import TOPIC, stored
from tests.report_meanings import REFUSED, meaning
from tests.report_store import TOPIC as REPORT_TOPIC
from tests.report_store import MemoryStore, a_page, survey_of, written


def test_uses_count_works() -> None:
    survey = survey_of(MemoryStore([a_page(1), a_page(2), a_page(3)]))
    book = Book({(1, "zh"): (Said("dg", True),)})
    found = candidates(survey.documents, book)
    (use,) = [u for u in uses(found, REPORT_TOPIC) if u.works]
    assert (use.concept, use.lang, use.works, use.explained, use.mentioned) == ("dg", "zh", 3, 1, 2)


def test_only_answers_on_this_corpus_count_and_where_the_rule_has_them_now() -> None:
    survey = survey_of(MemoryStore([a_page(1), a_page(2)]))
    book = Book(
        {(n, "zh"): (Said("dg", n == 1, f"hash{n}"),) for n in (1, 2)}  # the first yes
    )
    found = candidates(survey.documents, book)
    said = {
        item: Verdict(item, "zh-mentioned", "y", 1, False)
        for item in ("zh-dg-hash1", "zh-dg-hash2", "zh-dg-elsewhere", "en-dg-hash1")
    }
    assert {(v.item, v.stratum) for v in answered(said, found)} == {
        ("zh-dg-hash1", "zh-explained"),
        ("zh-dg-hash2", "zh-mentioned"),
    }


def test_a_work_explains_where_any_of_its_pages_does_and_both_totals_say_so() -> None:
    words = ("digital government", "digital government. It is a ...")
    pages = [
        a_page(2 * n + later, words[later], "en", sketch=b"%d" % n, date=f"202{later}-01-01")
        for n in range(1, 5)
        for later in (0, 1)
    ]
    documents = survey_of(MemoryStore(pages)).documents
    said = {d.url_id: Said("dg", d.reprint, f"hash{d.url_id}") for d in documents}
    book = Book({(url_id, "en"): (one,) for url_id, one in said.items()})
    found = candidates(documents, book)
    assert [(c.stratum, c.url_id % 2) for c in found] == [("en-explained", 1)] * 4
    (use,) = [use for use in uses(found, REPORT_TOPIC) if use.works]
    assert (use.works, use.explained) == (4, 4)


def test_what_is_corrected_has_limits_and_nothing_is_without_answers_of_both_kinds() -> None:
    use = Use("dg", "en", 40, 10)
    one, none = Tally(yes=1), Tally()
    assert _corrected(use, one, none) == (None, None, None)
    value, low, high = _corrected(use, one, Tally(no=1))
    assert value is not None
    assert low is not None
    assert high is not None
    assert 0 <= low < value < high <= 40
    assert high - low > 30  # two answers say next to nothing
    assert _corrected(Use("dg", "en", 40, 0), none, Tally(no=30))[0] is not None


def test_shares_of_counterparts_have_limits_around_them() -> None:
    def work(lang: str, n: int) -> Work:
        return Work(
            lang, "", "", (n,), (f"https://{n % 6}.org/{n}",), host=f"{n % 6}.org", kind="press"
        )

    found = Found(
        tuple(work("en", n) for n in range(6)),
        tuple(work("zh", n) for n in range(12)),
        tuple(Pair(n, n, 1.0, "link", ()) for n in range(3)),
    )
    rows = {(s.lang, s.by, s.value): s for s in _shares(found)}
    zh = rows["zh", "all", ""]
    assert (zh.works, zh.paired, zh.share) == (12, 3, 0.25)
    limits = [(s.low, s.share, s.high) for s in rows.values()]
    assert all(low is not None and high is not None for low, _, high in limits)
    assert all(0 <= (low or 0) <= share <= (high or 0) <= 1 for low, share, high in limits)
    assert rows["zh", "year", "undated"].works == 12
    one_site = tuple(replace(work("en", n), host="a.org") for n in range(100))
    (alone, *_) = _shares(Found(one_site, (), ()))
    assert (alone.works, alone.paired, alone.low, alone.high) == (100, 0, None, None)
    assert len(found.alone("zh")) == 9


def test_words_of_both_languages_have_one_entry() -> None:
    assert english("citizens") == chinese("公民") == "citizen"
    assert entries("政府公开数据", "zh") & entries("The government opens data.", "en")


def test_framing_is_refused_where_recall_is_unmeasured() -> None:
    pages = [
        stored(1, 1, "数字政府让公民参与。"),
        stored(2, 2, "digital government for citizens.", "en"),
    ]
    framing = compare(around(pages, TOPIC, ["dg"])["dg"], refused=refusal({}))
    assert framing.refused
    assert framing.refused.code == "lexicon_unmeasured"
    assert not framing.words
    assert framing.examples["zh"][0].sentence.startswith("数字政府")


def test_framing_says_what_differs() -> None:
    generator = np.random.default_rng(1)
    pages = []
    for n in range(60):
        en = "citizens have rights" if generator.random() < 0.9 else "the market is large"
        zh = "市场很大" if generator.random() < 0.9 else "公民有权利"
        host = f"s{n % 12}.org"
        pages.append(stored(n + 1, n + 1, f"Digital government: {en} {n}.", "en", host=host))
        pages.append(stored(n + 101, n + 101, f"数字政府，{zh}{n}。", "zh", host=host))
    framing = compare(around(pages, TOPIC, ["dg"])["dg"], refused=None)
    assert framing.divergence
    assert framing.divergence.p < 0.05
    leaning = {word.word: word.log2 for word in framing.words}
    assert leaning["citizen"] < 0 < leaning["market"]


def test_the_same_sentences_in_both_languages_are_not_told_apart() -> None:
    """Of words that only one language's texts have, half are what the dictionary lacks."""
    generator = np.random.default_rng(1)
    words = [("children", "儿童"), ("trains", "列车"), ("doctors", "医生"), ("trust", "信任")]
    words += [("citizens", "公民"), ("market", "市场"), ("schools", "学校"), ("health", "健康")]
    pages = []
    for n in range(60):
        (a, b), (c, d) = (words[i] for i in generator.choice(len(words), 2, replace=False))
        en, zh = f"Digital government is for {a}, {c} each day.", f"数字政府每天为了{b}、{d}。"
        pages.append(stored(n + 1, n + 1, en, "en", host=f"s{n % 12}.org"))
        pages.append(stored(n + 101, n + 101, zh, "zh", host=f"s{n % 12}.org"))
    framing = compare(around(pages, TOPIC, ["dg"])["dg"], refused=None)
    assert framing.divergence
    assert framing.divergence.p > 0.05


def test_no_more_than_translations_differ_by_is_no_finding(tmp_path: Path) -> None:
    pages = [stored(n, n, f"数字政府让公民参与{n}", host=f"s{n % 6}.org") for n in range(1, 13)]
    pages += [
        stored(n, n, f"Digital government for citizens {n}.", "en", host=f"s{n % 6}.org")
        for n in range(21, 33)
    ]
    made = compare(around(pages, TOPIC, ["dg"])["dg"], refused=None)
    recall = Recall("en", 0.8, Interval(0.7, 0.9), 40)
    for bits, marked in ((TRANSLATED / 2, False), (TRANSLATED * 2, True)):
        one = replace(made, divergence=Divergence(bits, bits, 0.0, 0.001), refused=None)
        add(tmp_path, 7, TOPIC, {"en": recall, "zh": replace(recall, lang="zh")}, [one])
        (framed,) = framings_of(tmp_path, 7, TOPIC).concepts
        assert framed.marked == marked


def test_no_term_of_the_concept_is_around_it_and_no_sentence_counts_twice() -> None:
    text = "Digital government helps doctors. A DIGITAL GOVERNMENT needs trust. E-government, too."
    pages = [stored(1, 1, text, "en")]
    (counts,) = around(pages, TOPIC, ["dg"])["dg"].sites["en"].values()
    assert "digital" not in counts
    assert "government" not in counts
    assert (counts["doctor"], counts["trust"], counts["electronic government"]) == (1, 1, 0)
    assert counts["e-government"] == 1


def test_the_word_list_catches_what_the_report_counts() -> None:
    both = [("zh", "我们谈论博物馆。"), ("en", "We talk about museums.")]
    pages = [
        stored(1, 1, title="数字政府 Digital government", segments=both),
        stored(2, 2, "", title="数字政府"),
    ]
    found = recall_candidates(pages, TOPIC)
    assert [(c.url_id, c.lang, c.caught) for c in found] == [
        (1, "en", False),
        (1, "zh", True),
        (2, "zh", True),
    ]
    counted = survey_of(MemoryStore(pages), TOPIC).documents
    assert {(d.url_id, d.lang) for d in counted} == {(c.url_id, c.lang) for c in found if c.caught}


def test_recall_needs_both_parts_judged() -> None:
    found = [Candidate(n, f"u{n}", lang, n % 2 == 0) for lang in ("en", "zh") for n in range(100)]
    said = {
        c.item: Verdict(c.item, c.stratum, "y" if c.caught or c.url_id < 10 else "n", 1, False)
        for c in found
    }
    made = recalls(found, said)
    assert 0.9 < made["en"].recall < 1
    assert made["en"].limits.low < made["en"].recall < made["en"].limits.high
    assert not recalls(found, {})
    foreign = {f"x{key}": replace(verdict, item=f"x{key}") for key, verdict in said.items()}
    assert not recalls(found, foreign)
    assert set(recalls([c for c in found if c.lang == "zh"], said)) == {"zh"}
    assert not recalls(found, {key: replace(verdict, answer="n") for key, verdict in said.items()})


def a_recall(seed: int) -> tuple[Recall, float]:
    """The recall told, and the true one, once the words of the pages judged are in the list.

    Of 2,000 Chinese pages the list catches 400; an eighth of the others are on topic, each by one
    of 200 words that the list lacks.
    """
    rng = random.Random(seed)
    word: dict[str, int] = {}
    before = [Candidate(n, f"{seed}/{n}", "zh", n < 400, "list") for n in range(2_000)]
    for c in before:
        if rng.random() < (0.9 if c.caught else 0.125):
            word[c.item] = rng.randrange(200)
    said = {
        c.item: Verdict(c.item, c.stratum, "y" if c.item in word else "n", 1, False)
        for c in lexicon_drawn(before)
    }
    added = {word[c.item] for c in before if not c.caught and c.item in said and c.item in word}
    after = [
        replace(c, caught=c.caught or word.get(c.item) in added, words="longer") for c in before
    ]
    assert not recalls(after, said)  # what the list was made from does not say what it is worth
    said |= {
        c.item: Verdict(c.item, c.stratum, "y" if c.item in word else "n", 1, False)
        for c in lexicon_drawn(after)
    }
    caught = sum(c.caught and c.item in word for c in after)
    return recalls(after, said)["zh"], caught / len(word)


def test_a_list_is_not_measured_on_the_pages_that_it_was_made_from() -> None:
    told = [a_recall(seed) for seed in range(8)]
    held = [one.limits.low <= true <= one.limits.high for one, true in told]
    assert sum(held) >= 7
    assert abs(sum(one.recall - true for one, true in told)) / len(told) < 0.1


def test_another_list_of_words_draws_other_pages_in_its_language_alone() -> None:
    first, *others = TOPIC.concepts
    longer = TOPIC._replace(
        concepts=(first._replace(zh_terms=(*first.zh_terms, "智慧政务")), *others)
    )
    assert words_of(longer, "zh") != words_of(TOPIC, "zh")
    assert words_of(longer, "en") == words_of(TOPIC, "en")
    turned = TOPIC._replace(concepts=TOPIC.concepts[::-1])
    assert words_of(turned, "zh") == words_of(TOPIC, "zh")


def test_a_low_recall_bears_no_comparison() -> None:
    def known(low: float) -> dict[str, Recall]:
        one = Recall("en", 0.9, Interval(0.8, 0.95), 100)
        return {"en": one, "zh": Recall("zh", low, Interval(low, 1.0), 100)}

    assert refusal(known(LEAST)) is None
    said = refusal(known(0.0))
    assert said
    assert said.code == "lexicon_misses"
    assert "in Chinese" in said.en
    assert "0 %, and 60 % are needed" in said.en
    assert "中文" in said.zh
    lone = refusal({"en": known(1.0)["en"]})
    assert lone
    assert lone.code == "lexicon_unmeasured"


def test_answers_on_one_topic_are_not_answers_on_another() -> None:
    assert question(TOPIC) != question(TOPIC._replace(en="Elderly care", zh="养老"))


@pytest.mark.parametrize("tongue", ["en", "zh"])
@pytest.mark.parametrize("claimed", [True, False])
def test_the_sections_on_meaning_say_what_is_known_and_what_is_not(
    tongue: str, claimed: bool, tmp_path: Path
) -> None:
    files = written(
        MemoryStore([a_page(1)]), tmp_path, Evidence(meaning=meaning(claimed=claimed)), tongue
    )
    html = files.html.read_text("utf-8")
    assert ("0.120" in html) == claimed
    assert (REFUSED[tongue == "zh"] in html) or claimed
    assert html.count("https://x.example/1") >= 4  # the work and its archived copy, both languages
    held = 'id="explained"', 'id="meaning"', 'id="counterparts"'
    assert all(one in html for one in held)


def test_concepts_of_equal_size_stand_in_one_order() -> None:
    names = [f"c{n}" for n in range(30)]
    uses = tuple(ConceptUse(name, name, name, "en", 5, 1, None) for name in names)
    table = _figure(uses, Say("en")).table
    assert table
    assert [row[0] for row in table.rows] == names


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_what_was_not_made_names_the_command_that_makes_it(tongue: str, tmp_path: Path) -> None:
    html = written(MemoryStore([a_page(1)]), tmp_path, tongue=tongue).html.read_text("utf-8")
    for command in ("duizhao explained", "duizhao meaning", "duizhao counterparts", "semantic"):
        assert command in html


def test_comparisons_are_kept_for_their_revision_topic_and_recall(tmp_path: Path) -> None:
    pages = [
        stored(n, n, f"{text}{n}", lang, host=f"s{n % 6}.org")
        for n, (lang, text) in enumerate([("zh", "数字政府让公民参与")] * 12, 1)
    ]
    pages += [
        stored(n, n, f"Digital government for citizens {n}.", "en", host=f"s{n % 6}.org")
        for n in range(21, 33)
    ]
    (recall,) = {Recall("en", 0.8, Interval(0.7, 0.9), 40)}
    recalls = {"en": recall, "zh": replace(recall, lang="zh")}
    made = compare(around(pages, TOPIC, ["dg"])["dg"], refused=None)
    refused = compare(around(pages, TOPIC, ["brain"])["brain"], refused=refusal({}))
    assert made.comparable
    assert not refused.comparable
    add(tmp_path, 7, TOPIC, recalls, [made])
    add(tmp_path, 7, TOPIC, recalls, [refused])
    held = kept(tmp_path, 7, TOPIC)
    assert held
    assert held.framings == {"dg": made, "brain": refused}
    assert held.recalls == recalls
    shown = framings_of(tmp_path, 7, TOPIC)
    assert [one.concept for one in shown.concepts] == ["dg", "brain"]
    assert shown.concepts[1].refused_en
    add(tmp_path, 7, TOPIC, {}, [refused])
    assert list(kept(tmp_path, 7, TOPIC).framings) == ["brain"]  # type: ignore[union-attr]
    assert kept(tmp_path, 8, TOPIC) is None
    assert kept(tmp_path, 7, TOPIC._replace(concepts=TOPIC.concepts[:1])) is None
