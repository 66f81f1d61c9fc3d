"""The gap: what may be said, what is refused, and that both tongues say the same."""

from __future__ import annotations

import doctest
import math
import re
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import pytest

import report
from report.audit.draws import UNKNOWN
from report.counted import fingerprint
from report.gap.changes import changes
from report.gap.claims import claimed, spent
from report.gap.evidence import NONE, Evidence
from report.gap.lags import years
from report.gap.model import DIRECTION, ESTIMATE, INTERVAL, REFUSED, Headline, Lag
from report.labels.splits import Splits
from report.model import Measurement
from report.previous import earlier
from report.render.blocks import Figure, Prose
from report.render.json import inert
from report.render.say import Say, signed, times
from report.sections import changes as changes_section
from report.sections import claims
from report.sections.ratios import more, span_words
from store.model import SourceRow
from store.records import Claim, Effort
from tests.gap_webs import chance, corpus, judged, sample
from tests.report_html import parsed
from tests.report_store import TOPIC, MemoryStore, a_page, measurement_of, written

AUDITED = Evidence(sample((200, 150), (200, 120)), judged())
WAITING = {lang: replace(one, waiting=1) for lang, one in judged().items()}


def headline(store: MemoryStore, evidence: Evidence = NONE) -> Headline:
    return measurement_of(store, evidence=evidence).gap.headline


def test_an_audit_gives_an_estimate_with_all_it_rests_on() -> None:
    h = headline(corpus(100, 400), AUDITED)
    assert h.kind == ESTIMATE
    assert h.answer is not None
    truth = math.log2((400 / 0.6) / (100 / 0.75))
    assert h.answer.log2 == pytest.approx(truth, abs=0.05)
    assert h.answer.low is not None
    assert h.answer.high is not None
    assert h.answer.low < truth < h.answer.high
    assert h.direction == "zh"
    assert (h.zh.drawn, h.zh.had, h.zh.clusters) == (200, 120, 400)
    assert h.zh.works == pytest.approx(400 * (147 + 1.5) / 150 / (h.zh.coverage or 0), rel=0.01)
    assert (h.zh.judged, h.zh.split) == (150, 3)
    assert h.zh.split_low is not None
    assert 0 < h.zh.split_low < 0.02 < (h.zh.split_high or 0)
    assert {span.name for span in h.spread} > {"audit", "naive_works", "naive_pages"}
    assert not h.reasons


def test_the_split_rate_that_is_shown_is_the_one_that_corrects(tmp_path: Path) -> None:
    """A hundred works alone, five of fifty with a neighbour split, and nobody sure of the others:
    those five speak for the fifty."""
    one = Splits("en", 150, (1,) * 100 + (2,) * 5, 45, 0, 0, alone=100)
    evidence = Evidence(splits={"en": one, "zh": replace(one, lang="zh")})
    en = headline(corpus(150, 150), evidence).en
    assert en.split_share == pytest.approx(1 / 3, abs=1e-4)
    assert en.per_cluster == pytest.approx(1 - (1 / 3) / 2, abs=1e-4)
    assert (en.split_low or 0) < 0.2 < 0.5 < (en.split_high or 0)
    html = written(corpus(150, 150), tmp_path, evidence).html.read_text("utf-8")
    assert "33\xa0% (" in html


@pytest.mark.parametrize(
    ("evidence", "kind", "codes"),
    [
        (NONE, REFUSED, {"split_unmeasured"}),
        (Evidence(None, judged()), INTERVAL, {"no_audit"}),
        (Evidence(sample((200, 150), (200, 120)), WAITING), REFUSED, {"split_unmeasured"}),
        (Evidence(sample((200, 150), (200, 120))), REFUSED, {"split_unmeasured"}),
        (Evidence(sample((30, 15), (30, 15)), judged()), DIRECTION, {"audit_wide"}),
        (Evidence(sample((3, 3), (3, 3)), judged()), INTERVAL, {"audit_small"}),
        (
            Evidence(sample((200, 150), (200, 120), UNKNOWN), judged()),
            INTERVAL,
            {"audit_weights_unknown"},
        ),
    ],
)
def test_what_may_not_be_said_is_refused_by_name(
    evidence: Evidence, kind: str, codes: set[str]
) -> None:
    h = headline(corpus(100, 1600), evidence)
    assert {reason.code for reason in h.reasons} == codes
    assert h.kind == kind
    assert (h.answer is None) == (kind in (DIRECTION, REFUSED))
    if kind == INTERVAL:
        assert h.answer is not None
        assert h.answer.log2 is None  # an interval is no estimate, not even its middle


@pytest.mark.parametrize("evidence", [Evidence(None, judged()), AUDITED])
def test_a_language_without_works_is_said_to_have_none(evidence: Evidence) -> None:
    for en, zh in ((0, 0), (0, 30), (30, 0)):
        h = headline(corpus(en, zh), evidence)
        assert (h.kind, [r.code for r in h.reasons]) == (REFUSED, ["found_none"])
        assert ("English" if not en else "Chinese") in h.reasons[0].en


def test_a_check_that_met_nothing_on_the_topic_was_made_all_the_same(tmp_path: Path) -> None:
    nothing = Evidence(sample((0, 0), (0, 0)), judged())
    files = written(corpus(100, 1600), tmp_path, nothing)
    h = files.measurement.gap.headline
    assert (h.kind, [r.code for r in h.reasons]) == (INTERVAL, ["audit_small"])
    assert "No independent" not in files.html.read_text("utf-8").split("</section>")[0]
    unknown = Evidence(sample((0, 0), (0, 0), UNKNOWN), judged())
    assert headline(corpus(100, 1600), unknown).reasons[0].code == "audit_weights_unknown"


def test_where_only_the_direction_is_said_no_range_is_promised() -> None:
    few = corpus(8, 1600)
    h = headline(few, Evidence(None, judged()))
    assert (h.kind, [r.code for r in h.reasons]) == (DIRECTION, ["envelope_wide"])


def test_a_minimum_gives_the_direction_that_a_wide_audit_leaves_open() -> None:
    h = headline(corpus(100, 200), Evidence(sample((30, 10), (30, 20)), judged()))
    assert [r.code for r in h.reasons] == ["audit_wide"]
    assert (h.kind, h.direction) == (DIRECTION, "zh")
    assert h.bound_direction == "zh"


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_draws_that_could_not_be_fetched_are_not_said_to_have_been(
    tongue: str, tmp_path: Path
) -> None:
    whole = sample((200, 150), (200, 120))
    account = replace(whole.account, stored=420, failed=50, pending=30)
    evidence = Evidence(replace(whole, account=account), judged())
    html = written(corpus(100, 400), tmp_path, evidence, tongue).html.read_text("utf-8")
    said = {"en": "500 pages was drawn", "zh": "抽取500个页面，其中420个得以读取"}
    assert said[tongue] in html
    assert "420" in html


def test_two_sizes_are_given_only_where_their_ratio_is() -> None:
    h = headline(corpus(100, 400), AUDITED)
    for side in (h.en, h.zh):
        assert side.works_low is not None
        assert side.works_high is not None
        assert side.works_low < (side.works or 0) < side.works_high
    wide = headline(corpus(100, 1600), Evidence(sample((30, 15), (30, 15)), judged()))
    assert wide.kind == DIRECTION
    assert (wide.en.works, wide.zh.works, wide.zh.works_high) == (None, None, None)
    assert wide.zh.coverage == pytest.approx(0.5)


def test_a_minimum_that_the_audit_rules_out_is_not_given() -> None:
    """The routes missed nine in ten English works, and no model of theirs can tell."""
    h = headline(corpus(100, 1600), Evidence(sample((200, 20), (200, 190)), judged()))
    assert h.answer is None or (h.answer.high or 9) < 2
    assert (h.bound, h.bound_direction) == (None, "")
    assert "bound_contradicted" in [r.code for r in h.reasons]
    assert headline(corpus(100, 1600), Evidence(None, judged())).bound is not None


@pytest.mark.parametrize(
    ("counts", "less", "more"), [((250, 1000), "en", "zh"), ((1000, 250), "zh", "en")]
)
@pytest.mark.parametrize(("found", "given"), [(144, False), (100, True)])
def test_a_minimum_is_never_above_the_estimate_beside_it(
    counts: tuple[int, int], less: str, more: str, found: int, given: bool
) -> None:
    """About 3.3 times, and at least 3.6 times: one of the two is wrong."""
    draws = {less: (200, 120), more: (200, found)}
    h = headline(corpus(*counts), Evidence(sample(draws["en"], draws["zh"]), judged()))
    assert h.answer is not None
    assert h.direction == more
    assert [r.code for r in h.reasons] == ([] if given else ["bound_contradicted"])
    assert (h.bound is not None) == given
    assert h.bound is None or h.bound <= abs(h.answer.log2 or 0)


def test_a_minimum_is_never_rounded_up(tmp_path: Path) -> None:
    files = written(corpus(100, 400), tmp_path, AUDITED)
    bound = 2 ** (files.measurement.gap.headline.bound or 0)
    (said,) = parsed(files.html.read_text("utf-8")).xpath("//p[@class='bound']")
    word = next(w for w in said.text_content().split() if w.replace(".", "").isdecimal())
    assert bound - 0.1 < float(word) <= bound


def test_without_routes_and_audit_there_is_a_refusal() -> None:
    h = headline(corpus(60, 60, routes=False), Evidence(None, judged()))
    assert (h.kind, {r.code for r in h.reasons}) == (REFUSED, {"captures_few"})


@pytest.mark.parametrize("counts", [(0, 0), (0, 30), (30, 0), (1, 1), (6, 6)])
@pytest.mark.parametrize("evidence", [NONE, AUDITED, Evidence(None, judged())])
def test_few_or_no_works_are_a_valid_report(
    counts: tuple[int, int], evidence: Evidence, tmp_path: Path
) -> None:
    files = written(corpus(*counts), tmp_path, evidence)
    assert "NaN" not in files.json.read_text("utf-8")
    root = parsed(files.html.read_text("utf-8"))
    assert root.xpath("//p[@class='answer']")
    if counts == (0, 0):
        assert "No data" in root.text_content()


def test_a_report_of_the_same_pages_says_the_same() -> None:
    assert headline(corpus(50, 90), AUDITED) == headline(corpus(50, 90), AUDITED)


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_the_first_page_prints_the_answer(tongue: str, tmp_path: Path) -> None:
    files = written(corpus(100, 400), tmp_path, AUDITED, tongue)
    (answer,) = parsed(files.html.read_text("utf-8")).xpath("//p[@class='answer']")
    text = answer.text_content()
    log2 = files.measurement.gap.headline.answer
    assert log2 is not None
    assert times(log2.log2 or 0) in text
    assert times(log2.low or 0) in text
    assert ("95 %" if tongue == "en" else "95%") in text
    assert ("open web" if tongue == "en" else "开放网络") in text


def test_a_concept_that_leans_is_marked_and_sparse_ones_stay() -> None:
    m = measurement_of(corpus(300, 600))
    rows = {row.value: row for row in m.gap.of("concepts")}
    assert rows["onestop"].marked
    assert rows["onestop"].log2 == pytest.approx(1.0, abs=0.4)
    assert rows["onestop"].low is not None
    assert rows["onestop"].low > 0
    assert rows["dg"].log2 == pytest.approx(0, abs=0.01)
    assert not rows["dg"].marked
    assert rows["onestop"].standardised == pytest.approx(1.0, abs=0.6)
    few = measurement_of(corpus(4, 600)).gap.of("concepts")
    assert {row.suppressed.code for row in few if row.suppressed} == {"concept_sparse"}
    assert all(row.log2 is None and row.rank is None for row in few)
    assert [row.value for row in m.gap.of("kinds")] == ["press"]


def test_a_p_value_is_small_and_not_nothing() -> None:
    pages = []
    for lang, start in (("en", 1), ("zh", 10_001)):
        text = {"en": "digital government", "zh": "数字政府一网通办"}[lang]
        for n in range(600):
            site = SourceRow(f"{lang}{n % 120}", "", (lang,), "press", "other")
            said = text + " one-stop" * (lang == "en" and n % 120 < 12)
            pages.append(a_page(start + n, said, lang, source=site))
    rows = {row.value: row for row in measurement_of(MemoryStore(pages)).gap.of("concepts")}
    assert 0 < (rows["onestop"].p or 0) < 5e-7


def test_a_concept_that_only_longer_works_mention_does_not_stand_out() -> None:
    """In both languages the longer a work, the likelier it mentions it; Chinese ones are longer."""
    pages = []
    for lang, pick, start in (("en", min, 1), ("zh", max, 10_001)):
        for n in range(600):
            length = pick(chance("a", lang, n), chance("b", lang, n))
            says = chance("says", lang, n) < length
            words = int(50 + 400 * length)
            if lang == "en":
                text = "digital government" + " one-stop" * says + " word" * words
            else:
                text = "数字政府" + "一网通办" * says + "字" * int(1.94 * words)
            site = SourceRow(f"{lang}{n % 20}", "", (lang,), "press", "other")
            pages.append(a_page(start + n, text, lang, source=site))
    rows = {row.value: row for row in measurement_of(MemoryStore(pages)).gap.of("concepts")}
    assert (rows["onestop"].low or 0) > 0.2  # as found: far beyond chance
    assert rows["onestop"].standardised == pytest.approx(0, abs=0.25)
    assert not rows["onestop"].marked


def test_the_lag_is_an_interval_with_both_first_pages() -> None:
    pages = [
        *(a_page(1 + n, "digital government", "en", date=f"{2010 + n}-01-01") for n in range(12)),
        *(a_page(100 + n, date=f"{2004 + n}-06-15") for n in range(12)),
    ]
    (lag,) = [lag for lag in measurement_of(MemoryStore(pages)).gap.times.lags if not lag.subject]
    assert lag.low is not None
    assert lag.high is not None
    assert lag.low < 5.5 < lag.high  # English begins five and a half years after Chinese
    assert lag.en is not None
    assert lag.zh is not None
    assert (lag.en.earliest, lag.zh.earliest) == ("2010-01-01", "2004-06-15")
    assert lag.en.limit is not None
    assert lag.en.limit < "2010"
    few = measurement_of(MemoryStore(pages[:5])).gap.times.lags
    assert [lag.reason.code for lag in few if lag.reason] == ["dates_few"]


def test_dates_become_years() -> None:
    assert [years(day) for day in ("2020", "2020-01", "2020-12-31")] == [
        (2020.0, 2021.0),
        (2020.0, 2020.0833),
        (2020.9988, 2021.0015),
    ]


def test_a_date_of_a_year_alone_may_be_its_first_day_or_its_last() -> None:
    def lag_of(first: str) -> Lag:
        english = (first, *(f"{2011 + n}-07-01" for n in range(12)))
        chinese = (f"{2004 + n}-06-15" for n in range(12))
        pages = [a_page(1 + n, "digital government", "en", date=d) for n, d in enumerate(english)]
        pages += [a_page(100 + n, date=d) for n, d in enumerate(chinese)]
        return measurement_of(MemoryStore(pages)).gap.times.lags[0]

    year, first, last = (lag_of(day) for day in ("2010", "2010-01-01", "2010-12-31"))
    assert year.high == pytest.approx(last.high, abs=0.02)
    assert year.low == pytest.approx(first.low, abs=0.02)
    assert year.en is not None
    assert year.en.earliest == "2010"


def test_months_and_the_undated_are_counted() -> None:
    pages = [a_page(1, date="2020-02-03"), a_page(2, date="2020"), a_page(3, date="")]
    times_ = measurement_of(MemoryStore(pages)).gap.times
    assert [(m.month, m.zh) for m in times_.months] == [("2020", 1), ("2020-02", 1)]
    assert (times_.undated_zh, times_.undated_en) == (1, 0)
    assert times_.window_to == "2026-01-01"


def test_years_stand_in_their_order_and_what_is_older_than_the_curve_is_counted(
    tmp_path: Path,
) -> None:
    pages = [a_page(1 + n, date=f"{1990 + n}-05-06") for n in range(36)]
    pages += [a_page(100, date=""), a_page(101, "digital government", "en", date="2025-01-01")]
    root = parsed(written(MemoryStore(pages), tmp_path).html.read_text("utf-8"))
    heads = [th.text_content().strip() for th in root.xpath("//section[@id='time']//tbody//th")]
    curve = heads[: heads.index("2025") + 1]
    assert curve == ["before 1997", *map(str, range(1997, 2026))]
    (row,) = root.xpath("//section[@id='time']//tr[th[normalize-space()='before 1997']]")
    assert [cell.text_content().strip() for cell in row.xpath("td")] == ["0", "7"]
    shares = heads[len(heads) - heads[::-1].index("undated") - 37 :]
    assert shares[:37] == [*map(str, range(1990, 2026)), "undated"]


def test_the_tables_of_the_curves_have_every_work_with_a_date(tmp_path: Path) -> None:
    """One of a year alone has no month, and one of next year no place on a curve up to now."""
    dates = ("2025", "2025-03", "2025-04-01", "2025-05-06", "2027-01-01", "2024", "1980-02-03", "")
    pages = [a_page(1 + n, date=date) for n, date in enumerate(dates)]
    root = parsed(written(MemoryStore(pages), tmp_path).html.read_text("utf-8"))
    tables = root.xpath("//section[@id='time']//figure[.//*[contains(@class, 'vega')]]//table")
    for table in tables[:2]:
        rows = {row[0].text_content(): row[2].text_content() for row in table.xpath(".//tbody/tr")}
        assert sum(map(int, rows.values())) == len(dates) - 1, rows
    assert rows["only the year is known"] == "2"
    assert rows["after 2025-05"] == "1"


@pytest.mark.parametrize(("start", "arrows"), [(1990, 1), (2005, 0)])
def test_an_end_that_the_window_hides_is_an_arrow(start: int, arrows: int, tmp_path: Path) -> None:
    """English works begin with the web itself, so how much earlier they could begin is open."""
    pages = [
        *(a_page(1 + n, "digital government", "en", date=f"{start + n}-02-01") for n in range(14)),
        *(a_page(100 + n, date=f"{2008 + n}-06-15") for n in range(14)),
    ]
    files = written(MemoryStore(pages), tmp_path)
    lag = files.measurement.gap.times.lags[0]
    assert (lag.low is None) == bool(arrows)
    root = parsed(files.html.read_text("utf-8"))
    (chart,) = root.xpath("//*[@class='vega'][title[contains(., 'Who wrote of it first')]]")
    shapes = [path.get("d") for path in chart.iter("path") if path.get("d", "").endswith("Z")]
    triangles = [d for d in shapes if d.upper().count("L") == 2]
    assert len(triangles) == arrows * len(files.measurement.gap.times.lags)


def a_claim(lang: str, total: int | None, **fields: object) -> Claim:
    state = "answered" if total is not None else "refused"
    reason = "" if total is not None else "http_429"
    claim = Claim(
        1,
        "wiki",
        "mediawiki",
        "dg",
        lang,
        "q",
        "2026-01-01",
        state,
        reason,
        total,
        "exact",
        5,
        1,
        "",
        1,
    )
    return replace(claim, **fields)  # type: ignore[arg-type]


def test_claims_stand_in_pairs_beside_the_corpus() -> None:
    m = measurement_of(corpus(10, 20))
    rows = claimed(
        [
            a_claim("en", 100),
            a_claim("en", 300, query="e-government", query_id=2),
            a_claim("zh", None),
            a_claim("zh", 900, day="2026-01-02"),
            a_claim("zh", 5, concept="no longer there"),
        ],
        TOPIC,
        m.table("concepts").rows,
    )
    first, second = rows
    assert (first.en_total, first.en_query, first.zh_total, first.zh_refused) == (
        300,
        "e-government",
        None,
        "http_429",
    )
    assert (first.en_works, first.zh_works) == (10, 20)
    assert (second.day, second.en_total, second.en_refused, second.zh_total) == (
        "2026-01-02",
        None,
        "not asked",
        900,
    )


def test_claims_are_shown_with_what_was_refused(tmp_path: Path) -> None:
    claims = tuple(
        a_claim(lang, total, day=f"2026-01-0{day}")
        for lang, total in (("en", 100), ("zh", 6400))
        for day in (1, 2)
    )
    refused = (a_claim("en", None, concept="onestop"), a_claim("zh", 7, concept="onestop"))
    files = written(corpus(10, 20), tmp_path, Evidence(claims=(*claims, *refused)))
    text = parsed(files.html.read_text("utf-8")).xpath("//section[@id='claims']")[0].text_content()
    for words in ("6,400", "asked to slow down (429)", "Median claim over time"):
        assert words in text


def claims_said(
    *asked: Claim, evidence: Evidence = NONE, tongue: str = "en"
) -> tuple[str, str, list[Figure]]:
    """Return what the section says, what its first figure shows, and its figures."""
    measured = measurement_of(corpus(10, 20), evidence=replace(evidence, claims=asked))
    section = claims.section(measured, Say(tongue))
    assert section
    prose = " ".join(str(block.text) for block in section.blocks if isinstance(block, Prose))
    figures = [block for block in section.blocks if isinstance(block, Figure)]
    return prose, str(figures[0].svg) if figures else "", figures


def test_claims_stand_beside_a_ratio_of_works_only_where_there_is_one() -> None:
    asked = [
        a_claim(lang, total, concept=concept)
        for concept in ("dg", "onestop")  # 10 and 20 works, 4 and 12
        for lang, total in (("en", 20), ("zh", 50))
    ]
    _, hidden, _ = claims_said(*asked)
    assert "+1.32" in hidden
    assert "in the corpus" not in hidden  # nobody has judged how often a work is counted twice
    _, shown, _ = claims_said(*asked, evidence=Evidence(None, judged()))
    assert "in the corpus +1.00" in shown
    assert "+1.58" not in shown  # 4 works are too few


@pytest.mark.parametrize(
    ("tongue", "none", "zero"),
    [
        ("en", "No ratio can be taken for the one concept", "English: 0 · Chinese: 5,000"),
        ("zh", "1个概念均无法求比值", "英文：0 · 中文：5,000"),
    ],
)
def test_a_claim_of_none_is_a_number(tongue: str, none: str, zero: str) -> None:
    nothing = a_claim("en", 0), a_claim("zh", 5000)
    said, _, _ = claims_said(*nothing, tongue=tongue)
    assert none in said
    others = a_claim("en", 20, concept="onestop"), a_claim("zh", 50, concept="onestop")
    _, drawn, _ = claims_said(*nothing, *others, tongue=tongue)
    assert zero in drawn


@pytest.mark.parametrize(
    ("bounds", "said"),
    [
        (("exact", "exact"), "+1.32"),
        (("exact", "at_least"), "≥ +1.32"),
        (("at_least", "exact"), "≤ +1.32"),
        (("at_least", "at_least"), ""),
    ],
)
def test_a_claim_of_at_least_so_many_is_an_arrow(bounds: tuple[str, str], said: str) -> None:
    asked = a_claim("en", 20, bound=bounds[0]), a_claim("zh", 50, bound=bounds[1])
    _, drawn, _ = claims_said(*asked)
    assert f"digital government {said}" in drawn or not said
    assert bool(drawn) == bool(said)
    triangles = [d for d in re.findall(r' d="([^"]+)"', drawn) if d.count("L") == 2]
    assert len(triangles) == bounds.count("at_least") * bool(said)


def test_medians_over_time_count_claims_of_none() -> None:
    totals = {"dg": (0, 5), "onestop": (2, 30), "cloud": (100, 70)}
    asked = [
        a_claim(lang, pair[lang == "zh"], concept=concept, day=f"2026-01-0{day}")
        for day in (1, 2)
        for concept, pair in totals.items()
        for lang in ("en", "zh")
    ]
    _, _, (*_, medians) = claims_said(*asked)
    assert medians.table
    assert medians.table.rows[:2] == (("2026-01-01", "2", "30"), ("2026-01-02", "2", "30"))


def test_medians_over_time_are_of_the_same_concepts(tmp_path: Path) -> None:
    """On the second day a concept of few results is answered too, on the third hardly anything."""
    asked = {
        "2026-01-01": {"dg": (1000, 8000), "onestop": (600, 3000), "cloud": (400, 2000)},
        "2026-01-02": {"dg": (1000, 8000), "onestop": (600, 3000), "cloud": (400, 2000)}
        | {"brain": (1, 1)},
        "2026-01-03": {"brain": (1, 1)},
    }
    claims = tuple(
        a_claim(lang, totals[lang == "zh"], concept=concept, day=day)
        for day, concepts in asked.items()
        for concept, totals in concepts.items()
        for lang in ("en", "zh")
    )
    files = written(corpus(10, 20), tmp_path, Evidence(claims=claims))
    root = parsed(files.html.read_text("utf-8"))
    (figure,) = root.xpath("//figure[figcaption='Median claim over time']")
    rows = [[c.text_content() for c in row] for row in figure.xpath(".//tbody/tr")]
    assert rows[:2] == [["2026-01-01", "600", "3,000"], ["2026-01-02", "600", "3,000"]]
    assert len(rows) == 3
    assert rows[2][0].startswith("works here")
    assert "every one of these days count (3 of 4)" in root.text_content()


def test_effort_is_summed_over_runs() -> None:
    rows = spent([Effort(1, "zh", "press", 5, 100, 4, 3), Effort(2, "zh", "press", 1, 10, 1, 0)])
    assert [(r.lang, r.fetches, r.bytes, r.pages, r.on_topic) for r in rows] == [
        ("zh", 6, 110, 5, 3)
    ]


def as_json(m: Measurement) -> dict[str, Any]:
    import dataclasses

    value = inert(dataclasses.asdict(m))
    assert isinstance(value, dict)
    return value


def test_changes_tell_new_works_and_gaps_that_moved_beyond_noise() -> None:
    before, now = measurement_of(corpus(300, 600)), measurement_of(corpus(320, 660))
    tables, differences = now.table("concepts").rows, list(now.gap.of("concepts"))
    earlier_ = earlier(as_json(before))
    found = changes(earlier_, tables, differences, (320, 660), earlier_.counted)
    rows = {row.concept: row for row in found.concepts}
    assert (found.en_before, found.zh_now) == (300, 660)
    assert rows["dg"].zh_now - rows["dg"].zh_before == 60
    assert {row.moved for row in found.concepts} == {""}
    for shift, moved in ((3.0, "grew"), (-1.0, "closed")):
        moved_rows = [
            replace(d, log2=d.log2 + shift, low=(d.low or 0) + shift, high=(d.high or 0) + shift)
            if d.value == "onestop" and d.log2 is not None
            else d
            for d in differences
        ]
        found = changes(earlier_, tables, moved_rows, (320, 660), earlier_.counted)
        assert {row.concept: row.moved for row in found.concepts}["onestop"] == moved


@pytest.mark.parametrize(
    ("was", "now", "moved"),
    [
        ((2.0, 1.5, 2.5), (-1.0, -1.5, -0.5), "turned"),
        ((-1.0, -1.5, -0.5), (2.0, 1.5, 2.5), "turned"),
        ((-0.9, -1.85, 0.05), (0.9, -0.05, 1.85), ""),
        ((3.0, 2.5, 3.5), (1.0, 0.5, 1.5), "shrank"),
    ],
)
def test_a_gap_that_turned_round_neither_grew_nor_shrank(
    was: tuple[float, float, float], now: tuple[float, float, float], moved: str
) -> None:
    measured = measurement_of(corpus(300, 600))
    before = replace(earlier(as_json(measured)), gaps={"onestop": was})
    rows = [
        replace(d, log2=now[0], low=now[1], high=now[2]) if d.value == "onestop" else d
        for d in measured.gap.of("concepts")
    ]
    tables = measured.table("concepts").rows
    found = changes(before, tables, rows, (300, 600), before.counted)
    assert {row.concept: row.moved for row in found.concepts}["onestop"] == moved


MORE_WORDS = TOPIC._replace(
    concepts=tuple(
        c._replace(en_terms=("one-stop", "government")) if c.id == "onestop" else c
        for c in TOPIC.concepts
    )
)


@pytest.mark.parametrize(("tongue", "counts"), [("en", "Works found then"), ("zh", "已找到的作品")])
def test_other_words_and_hubs_move_no_gap(tongue: str, counts: str) -> None:
    """The same pages, counted otherwise: 111 English works on a concept become 300."""
    store = corpus(300, 300)
    hubs = [a_page(500_000 + n, "数字政府一网通办" + "字" * n, kind="hub") for n in range(900)]
    with_hubs = replace(store, pages=[*store.pages, *hubs])
    plain = Evidence(previous=earlier(as_json(measurement_of(store))))
    counted = Evidence(previous=earlier(as_json(measurement_of(with_hubs, include_hubs=True))))
    for now, code in (
        (measurement_of(store, MORE_WORDS, plain), "terms_changed"),
        (measurement_of(with_hubs, evidence=counted), "hubs_changed"),
    ):
        found = now.gap.changes
        assert found
        (row,) = [row for row in found.concepts if row.concept == "onestop"]
        assert (row.en_now, row.zh_now) != (row.en_before, row.zh_before)
        assert {row.moved for row in found.concepts} == {""}
        assert code in [caution.code for caution in found.cautions]
        said, *cautions = section_of_changes(now, tongue)
        assert said.startswith(counts)
        assert "95" not in said  # nothing of gaps that moved
        assert cautions == [Say(tongue)(caution.en, caution.zh) for caution in found.cautions]


def section_of_changes(measured: Measurement, tongue: str) -> list[str]:
    section = changes_section.section(measured, Say(tongue))
    assert section
    return [str(block.text) for block in section.blocks if isinstance(block, Prose)]


def test_the_same_words_in_another_order_or_script_count_the_same() -> None:
    wordier = tuple(
        c._replace(zh_terms=("數字政府", *c.zh_terms), meaning="?") if c.id == "dg" else c
        for c in reversed(TOPIC.concepts)
    )
    core = tuple(c._replace(core=True) for c in TOPIC.concepts)
    told = fingerprint(TOPIC)
    assert fingerprint(TOPIC._replace(concepts=wordier)) == told
    assert len({told, fingerprint(MORE_WORDS), fingerprint(TOPIC._replace(concepts=core))}) == 3


def test_other_sources_are_said_and_gaps_are_still_compared() -> None:
    store = corpus(300, 300)
    before = earlier(as_json(measurement_of(store)))
    same = measurement_of(store, evidence=Evidence(previous=before)).gap.changes
    assert same
    assert (same.cautions, same.comparable) == ((), True)
    new, idle = (SourceRow(name, "", ("zh",), "press", "other") for name in ("new", "idle"))
    fewer = [page for page in store.pages if getattr(page, "host", "") not in ("en0", "zh0")]
    pages = [*fewer, a_page(500_000, source=new), a_page(500_001, "天气", source=idle)]
    now = measurement_of(replace(store, pages=pages), evidence=Evidence(previous=before))
    assert now.gap.changes
    (caution,) = now.gap.changes.cautions
    assert caution.code == "sources_changed"
    assert "1 new, 2 no longer" in caution.en
    assert "新增1个，不再有2个" in caution.zh
    assert now.gap.changes.comparable
    assert "95" in section_of_changes(now, "en")[0]


def test_ratios_are_said_the_larger_side_first() -> None:
    say, zh = Say("en"), Say("zh")
    assert more(2.0, say) == "4.0 times as many Chinese as English works"
    assert more(-1.0, zh) == "英文作品约为中文的2.0倍"
    assert more(0.0, say) == "as many Chinese as English works"
    assert span_words(1.0, 2.0, say) == "2.0 to 4.0 times as many Chinese as English works"
    assert span_words(-2.0, -1.0, zh) == "英文作品为中文的2.0至4.0倍"
    assert span_words(0.58, 0.6, say).startswith("1.49 to 1.52 times as many Chinese")
    assert span_words(-0.6, -0.58, zh) == "英文作品为中文的1.49至1.52倍"
    assert "anything from" in span_words(-1.0, 1.0, say)
    assert span_words(1.0, None, say).startswith("at least")
    assert span_words(None, 1.0, zh).startswith("至多")
    assert (signed(-0.04), signed(None), signed(math.inf), Say("en").percent(0.004)) == (
        "0.0",
        "–",
        "∞",
        "<1\xa0%",
    )


ROOM = Path(report.__file__).parent
EXAMPLES = sorted(file for file in ROOM.rglob("*.py") if ">>>" in file.read_text("utf-8"))
NAMES = [".".join(file.relative_to(ROOM.parent).with_suffix("").parts) for file in EXAMPLES]


@pytest.mark.parametrize("name", [n for n in NAMES if not n.startswith("report.estimate.")])
def test_worked_examples_of_the_report_hold(name: str) -> None:
    """Those of the estimators have a test of their own."""
    assert doctest.testmod(import_module(name)).failed == 0
