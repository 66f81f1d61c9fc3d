"""Which items are asked, and which answers count when the rule or the corpus has changed."""

from __future__ import annotations

import random
from dataclasses import replace

from meaning.explained.book import Book
from report.estimate.labels import Corrected, Screen, corrected
from report.labels.explained import Candidate, answered, candidates, drawn, stratum
from report.labels.strata import counted, waiting
from report.labels.verdict import Verdict, tally
from tests.report_store import MemoryStore, a_page, survey_of


def works(flagged: int, of: int, name: str = "") -> list[Candidate]:
    return [
        Candidate(n, f"https://h/{name}{n}", "en", "x", stratum("en", n < flagged), f"{name}{n}")
        for n in range(of)
    ]


def said_of(asked: list[Candidate], yes: set[str] | None = None) -> dict[str, Verdict]:
    right = yes or set()
    return {
        c.item: Verdict(c.item, c.stratum, "y" if c.item in right else "n", 1, False) for c in asked
    }


def told(found: list[Candidate], said: dict[str, Verdict]) -> Corrected:
    mine = answered(said, found)
    parts = [tally(mine, stratum("en", flagged)) for flagged in (True, False)]
    flagged = sum(c.stratum == stratum("en", True) for c in found)
    made = corrected(
        Screen(flagged, len(found) - flagged, *(n for t in parts for n in (t.judged, t.yes))), "en"
    )
    assert isinstance(made, Corrected)
    return made


def test_answers_count_as_a_sample_after_the_rule_and_the_corpus_changed() -> None:
    """A rule that flags half as many, then a corpus that grows by a tenth.

    Of 200 works that the rule flagged half explain, of 1,800 others one in a hundred.
    """
    errors, held, more = [], 0, 0
    for seed in range(6):
        rng = random.Random(seed)
        before = works(200, 2_000, f"{seed}/")
        halved = [
            replace(c, stratum=stratum("en", c.url_id < 200 and rng.random() < 0.5)) for c in before
        ]
        grown = halved + works(0, 200, f"{seed}/new")
        chances = dict.fromkeys((c.item for c in before[:200]), 0.5)
        right = {c.item for c in grown if rng.random() < chances.get(c.item, 0.01)}
        said = said_of(drawn(before), right)
        for found in (halved, grown):
            if found is grown:
                more += waiting(found, said, 75).total()
                said = said_of(drawn(found), right) | said
            made, true = told(found, said), sum(c.item in right for c in found) / len(found)
            held += made.limits.low <= true <= made.limits.high
            errors.append(made.share - true)
    assert held >= 11
    assert abs(sum(errors) / len(errors)) < 0.03
    assert more < 6 * 75  # most answers of before are used again


def test_who_stops_early_has_judged_the_first_of_each_stratum() -> None:
    found = works(100, 1_000)
    asked = drawn(found)
    assert len(asked) == 150
    flags = [c.stratum for c in asked[:40]]
    assert 8 < flags.count(stratum("en", True)) < 32  # mixed
    mine = answered(said_of(asked[:40]), found)
    assert {v.item for v in mine} == {c.item for c in asked[:40]}


def test_an_answer_behind_one_that_is_missing_waits_for_it() -> None:
    found = works(0, 50)
    first, *others = drawn(found)
    said = said_of(others[:10])
    assert counted(found, said) == []
    assert waiting(found, said, 20).total() == 10
    said |= {first.item: Verdict(first.item, first.stratum, "?", 1, False)}  # an answer, too
    assert len(counted(found, said)) == 11
    assert tally(counted(found, said), stratum("en", False)).judged == 10
    assert waiting(found, said, 11).total() == 0


def test_works_that_share_a_passage_are_answered_at_once_and_each_counts() -> None:
    found = [replace(c, passage="one") for c in works(0, 10)]
    said = said_of(found[:1])
    assert len(counted(found, said)) == 10


def test_whoever_has_no_passage_is_neither_asked_nor_waited_for() -> None:
    found = candidates(survey_of(MemoryStore([a_page(1), a_page(2)])).documents, Book({}))
    assert [c.passage for c in found] == ["", ""]
    assert drawn(found) == []
    more = [*found, *works(0, 30)]
    assert len(answered(said_of(works(0, 30)), more)) == 30
