"""What the sections say beside their figures: nothing that another figure contradicts."""

from __future__ import annotations

from dataclasses import replace

import pytest

from report.gap.evidence import NONE, Evidence
from report.gap.model import Lag, Reason
from report.meaning.model import ConceptUse, CounterpartShare
from report.model import Measurement
from report.render import html
from report.render.blocks import Figure, Prose, Section, Table
from report.render.gap_csv import gap_lines
from report.render.say import Say
from report.sections import (
    concepts,
    counterparts,
    differences,
    effort,
    explained,
    limits,
    summary,
    time,
)
from store.model import SourceRow
from store.records import Effort, Run
from tests.gap_webs import corpus, judged, sample
from tests.report_meanings import meaning
from tests.report_store import NO_ACCOUNT, TOPIC, MemoryStore, a_page, measurement_of

EN = Say("en")


def said(section: Section | None) -> str:
    assert section
    return "\n".join(str(block.text) for block in section.blocks if isinstance(block, Prose))


def figures(section: Section | None) -> list[Figure]:
    assert section
    return [block for block in section.blocks if isinstance(block, Figure)]


def rows(section: Section) -> dict[str, tuple[object, ...]]:
    (table,) = [b for b in section.blocks if isinstance(b, Table)]
    return {str(row[0]): row[1:] for row in table.rows}


@pytest.fixture(scope="module")
def full() -> Measurement:
    evidence = Evidence(sample((200, 150), (200, 120)), judged(), meaning=meaning())
    return measurement_of(corpus(300, 600), TOPIC, evidence)


def test_the_share_that_an_audit_met_has_an_interval(full: Measurement) -> None:
    h = full.gap.headline
    assert h.en.coverage_low is not None
    assert h.en.coverage_high is not None
    assert 0 < h.en.coverage_low < (h.en.coverage or 0) < h.en.coverage_high < 1
    facts = rows(summary.section(full, EN))
    assert facts["Audit: share the corpus had"][0] == "75\xa0% (70–79\xa0%)"
    assert "Wrongly joined pairs, of those judged; not corrected for" in facts


def test_what_is_not_corrected_for_is_said(full: Measurement) -> None:
    (bullets,) = limits.section(full, EN).blocks
    assert "no figure is corrected for it" in str(bullets)


def test_urls_that_a_limit_left_out_are_not_said_to_be_none() -> None:
    cut = (("max_depth", "A site", 2),)
    run = Run(1, "2026-01-01T00:00:00Z", "2026-01-01T01:00:00Z", "finished", "", 9, None, cut)
    store = MemoryStore([a_page(1)], ran=(run,), books=replace(NO_ACCOUNT, discovered=1, stored=1))
    words = said(summary.section(measurement_of(store), EN))
    assert "Limits that cut the last crawl: 1; URLs that they left out: 2" in words
    assert "All of this is about the open web" in words  # also where nothing is answered


def test_shares_are_explained_only_where_they_are_drawn(full: Measurement) -> None:
    assert "compares shares" in said(concepts.section(full, EN))
    alone = measurement_of(MemoryStore([a_page(1)]))
    assert "compares shares" not in said(concepts.section(alone, EN))


def test_curves_that_begin_late_say_since_when() -> None:
    pages = [a_page(n, date=f"{2005 + n}-03-04") for n in range(1, 20)]
    drawn = figures(time.section(measurement_of(MemoryStore(pages)), EN))
    names = [figure.caption for figure in drawn]
    assert names[:2] == ["Works by year", "Works by month since 2018-04"]


def test_a_lag_without_a_limit_has_its_reason_in_the_table_where_there_is_room() -> None:
    why = Reason("lag_open", "A long reason " * 20, "很长的理由" * 20)
    lag = Lag("", "x", "x", None, None, None, None, why)
    row = time._row(lag, EN)
    assert len(row.note) < 50
    assert why.en.strip() in str(time._ends(lag, EN))


def test_a_plot_of_some_concepts_says_so() -> None:
    uses = tuple(ConceptUse(f"c{n}", f"c{n}", "", "en", 5, 1, None) for n in range(20))
    figure = explained._figure(uses, EN)
    assert "the 15 concepts named most, of 20" in figure.caption
    assert "15" not in explained._figure(uses[:9], EN).caption


def test_a_list_of_works_says_of_how_many_and_by_what(full: Measurement) -> None:
    words = said(counterparts.section(full, EN))
    assert words.count("1 of 27, the most prominent first") == 2
    assert "nobody judged the pairs by hand" in words


def test_effort_says_that_its_pages_are_others() -> None:
    spent = Effort(1, "en", "press", 8, 900, 8, 1)
    made = effort.section(measurement_of(corpus(5, 5), TOPIC, replace(NONE, effort=(spent,))), EN)
    assert "not the pages counted elsewhere" in said(made)
    assert "<0.1" in rows(made)["English"]


def test_half_a_percent_goes_up_in_every_table() -> None:
    share = CounterpartShare("en", "all", "", 32, 4, 0.125, 0.005, 0.995)
    measured = measurement_of(MemoryStore([a_page(1)]))
    held = replace(measured, meaning=replace(meaning(), counterparts=(share,)))
    made = counterparts.section(held, Say("zh"))
    assert made
    assert rows(made)["全部"][3:] == ("13%", "<1至>99%")


def test_a_share_from_too_few_sites_has_no_interval() -> None:
    share = CounterpartShare("en", "all", "", 32, 4, 0.125, None, None)
    measured = measurement_of(MemoryStore([a_page(1)]))
    held = replace(measured, meaning=replace(meaning(), counterparts=(share,)))
    made = counterparts.section(held, EN)
    assert made
    assert rows(made)["all"][3:] == ("13\xa0%", "too few sites")


def test_one_row_is_not_one_rows() -> None:
    measured = measurement_of(MemoryStore([a_page(1)]))
    (row, *_) = measured.gap.of("concepts")
    assert differences._none([row], EN).startswith("The share of the only row cannot")
    assert differences._none([row, row], EN).startswith("No share can be compared in any of 2 rows")


def test_one_day_is_not_from_that_day_to_that_day() -> None:
    assert "pages fetched on 2026-01-01" in html._meta(measurement_of(corpus(3, 3)), EN)


def test_what_was_seen_is_within_its_limits_and_halves_are_rounded_alike() -> None:
    every = Evidence(sample((32, 32), (47, 47)), judged())
    measured = measurement_of(corpus(32, 47), TOPIC, every)
    for side in (measured.gap.headline.en, measured.gap.headline.zh):
        assert side.coverage_low is not None
        assert side.coverage is not None
        assert side.coverage_low < side.coverage < 1 == side.coverage_high
    facts = rows(summary.section(measured, EN))
    assert facts["Audit: share the corpus had"][0] == "98\xa0% (96–100\xa0%)"


@pytest.mark.parametrize(
    ("en", "zh", "words"),
    [
        (1, 1, "found 1 Chinese work (1 page) and 1 English work (1 page) on the topic;"),
        (2, 1, "found 1 Chinese work (1 page) and 2 English works (2 pages) on the topic;"),
    ],
)
def test_one_work_is_a_work(en: int, zh: int, words: str) -> None:
    assert words in said(summary.section(measurement_of(corpus(en, zh)), EN))


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_lengths_that_are_not_shared_are_said_instead_of_how_many_rows_stand_out(
    tongue: str,
) -> None:
    """English works are all far longer; nine times as many Chinese ones name the concept."""
    pages = []
    for lang, start, every in (("en", 1, 10), ("zh", 100_001, 1)):
        for n in range(240):
            text = "digital government" + " word" * (900 + n) if lang == "en" else "数字政府"
            text += {"en": " one-stop", "zh": "一网通办"}[lang] * (n % every == 0 and n % 10 < 9)
            site = SourceRow(f"{lang}{n % 20}", "", (lang,), "press", "other")
            pages.append(a_page(start + n, text, lang, source=site))
    measured = measurement_of(MemoryStore(pages))
    (row,) = [row for row in measured.gap.of("concepts") if row.value == "onestop"]
    assert (row.low or 0) > 0
    assert not row.marked
    assert row.unstandardised
    assert row.unstandardised.code == "lengths_apart"
    assert (
        "differences_concepts",
        "onestop",
        "lengths_apart",
        "zh/en",
        "unstandardised",
        None,
    ) in [*gap_lines(measured.gap)]
    words = said(concepts.section(measured, Say(tongue)))
    assert words.count(Say(tongue)(row.unstandardised.en, row.unstandardised.zh)) == 1
    assert "stand out (filled)" not in words
    assert "Benjamini" not in words


def test_rows_compared_at_equal_lengths_are_counted(full: Measurement) -> None:
    assert not any(row.unstandardised for row in full.gap.differences)
    assert "of 2 compared rows stand out" in said(concepts.section(full, EN))
