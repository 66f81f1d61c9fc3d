"""Degenerate inputs are refused in words, swaps negate, order does not matter."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from report.estimate import publish
from report.estimate.arrays import Bools, Ints
from report.estimate.audit import Audit, AuditRatio, Side, audit_ratio, audited
from report.estimate.bound import Bound, bound
from report.estimate.captures import Captures, captures
from report.estimate.discoveries import discoveries
from report.estimate.divergence import Divergence, Words, divergence
from report.estimate.envelope import Envelope, envelope
from report.estimate.keyness import Keyness, keyness
from report.estimate.labels import Corrected, Screen, corrected
from report.estimate.lag import Lag, lag
from report.estimate.prevalence import Difference, Marked, Suppressed, prevalences
from report.estimate.ranking import ranked
from report.estimate.refused import SENTENCES, Refused, refuse
from report.estimate.sizes import Sizes, sizes
from report.estimate.split import Judged

ALONE = Judged(np.ones(150, dtype=np.int64))


def generator(seed: int = 0) -> np.random.Generator:
    return np.random.default_rng(seed)


def made(seed: int, works: int, sites: int = 30, chance: float = 0.35) -> Captures:
    rng = generator(seed)
    found = rng.random((works, 5)) < chance
    return captures(found, rng.integers(0, sites, works))


def a_side(hits: int, draws: int, clusters: int, same: Ints | None = None) -> Side:
    judged = ALONE if same is None else Judged(same)
    return Side(clusters, audited(np.arange(draws) < hits), judged)


def code(answer: object) -> str:
    assert isinstance(answer, Refused)
    assert answer.en
    assert answer.zh
    return answer.code


@given(st.integers(20, 190), st.integers(20, 190), st.integers(300, 9000), st.integers(300, 9000))
def test_swapping_the_languages_negates_the_audit_ratio(a: int, b: int, d: int, e: int) -> None:
    one = audit_ratio(a_side(a, 200, d), a_side(b, 200, e))
    two = audit_ratio(a_side(b, 200, e), a_side(a, 200, d))
    assert isinstance(one, AuditRatio)
    assert isinstance(two, AuditRatio)
    assert one.log2 == pytest.approx(-two.log2)
    assert one.interval.low == pytest.approx(two.interval.swapped().low)


@given(st.integers(10, 90), st.integers(2, 5))
def test_more_draws_of_the_same_share_are_narrower(hits: int, times: int) -> None:
    few = audit_ratio(a_side(hits, 100, 5000), a_side(50, 100, 5000))
    many = audit_ratio(a_side(hits * times, 100 * times, 5000), a_side(50, 100, 5000))
    assert isinstance(few, AuditRatio)
    assert isinstance(many, AuditRatio)
    assert many.interval.width < few.interval.width


@given(st.floats(0.001, 1000), st.integers(0, 10**6))
def test_the_scale_and_order_of_weights_do_not_matter(scale: float, seed: int) -> None:
    rng = generator(seed)
    found, weight = rng.random(60) < 0.5, rng.lognormal(sigma=0.5, size=60)
    found[:6] = True
    order = rng.permutation(60)
    english = a_side(100, 200, 1000)
    one = audit_ratio(english, Side(500, Audit(found, weight), ALONE))
    two = audit_ratio(english, Side(500, Audit(found[order], scale * weight[order]), ALONE))
    assert isinstance(one, AuditRatio)
    assert isinstance(two, AuditRatio)
    assert one.log2 == pytest.approx(two.log2)
    assert one.se == pytest.approx(two.se)


def test_a_few_weighted_draws_that_were_all_found_are_not_certain() -> None:
    every, weight = np.ones(16, dtype=bool), np.ones(16) + (np.arange(16) == 0)
    uniform = audit_ratio(Side(500, Audit(every), ALONE), Side(500, Audit(every), ALONE))
    weighted = Side(500, Audit(every, weight), ALONE)
    found = audit_ratio(weighted, weighted)
    assert isinstance(uniform, AuditRatio)
    assert isinstance(found, AuditRatio)
    assert found.se > uniform.se > 0.05


def test_equal_weights_are_a_uniform_audit() -> None:
    assert audited(np.ones(9, dtype=bool), np.full(9, 3.0)).weight is None
    assert audited(np.ones(0, dtype=bool), np.ones(0)).weight is None
    small = 1e-9 * np.array([1.0, 5.0])  # weights are known up to a factor
    assert audited(np.ones(2, dtype=bool), small).weight is small
    with pytest.raises(ValueError, match="one positive number"):
        audited(np.ones(2, dtype=bool), np.array([1.0, 0.0]))


def test_a_work_in_two_clusters_counts_once() -> None:
    twice = audit_ratio(a_side(100, 200, 1000), a_side(100, 200, 2000, np.full(150, 2)))
    assert isinstance(twice, AuditRatio)
    assert twice.log2 == pytest.approx(0)


def test_audits_that_tell_nothing_are_refused() -> None:
    fine = a_side(100, 200, 1000)
    assert code(audit_ratio(fine, Side(10, None, ALONE))) == "no_audit"
    assert code(audit_ratio(fine, Side(10, fine.audit, None))) == "split_unmeasured"
    biased = Audit(np.ones(50, dtype=bool), biased=True)
    assert code(audit_ratio(Side(10, biased, ALONE), fine)) == "audit_weights_unknown"
    assert code(audit_ratio(fine, a_side(0, 200, 1000))) == "audit_small"
    assert code(audit_ratio(fine, a_side(50, 200, 0))) == "found_none"
    assert code(audit_ratio(a_side(4, 4, 1000), fine)) == "audit_small"
    wide = publish.audit(audit_ratio(fine, a_side(5, 100, 9000)))
    assert code(wide) == "audit_wide"
    assert isinstance(wide, Refused)
    assert wide.direction == "zh"
    assert publish.audit(audit_ratio(fine, fine)) == audit_ratio(fine, fine)


def both(en: Captures, zh: Captures, seed: int = 1) -> tuple[Sizes | Refused, Sizes | Refused]:
    return sizes(en, "en", generator(seed), 20), sizes(zh, "zh", generator(seed), 20)


def test_the_envelope_swaps_holds_the_truth_and_does_not_heed_order() -> None:
    one, two = made(1, 800), made(2, 1600)
    en, zh = both(one, two)
    there, back = envelope(en, zh, ALONE, ALONE), envelope(zh, en, ALONE, ALONE)
    assert isinstance(there, Envelope)
    assert isinstance(back, Envelope)
    assert there.interval.low == pytest.approx(back.interval.swapped().low)
    assert there.interval.holds(1.0)
    order = generator(3).permutation(one.works)
    again = sizes(Captures(one.found[order], one.site[order]), "en", generator(1), 20)
    assert again == en


def test_the_bound_claims_one_direction_at_most() -> None:
    found = bound(*both(made(1, 400), made(2, 4000)), ALONE, ALONE)
    assert isinstance(found, Bound)
    assert found.direction == "zh"
    assert 0 < found.zh_over_en < math.log2(10) < -found.en_over_zh


def test_captures_that_tell_nothing_are_refused() -> None:
    fine = sizes(made(1, 300), "en", generator(), 5)
    assert isinstance(fine, Sizes)
    two_routes = sizes(captures(made(1, 300).found[:, :2], made(1, 300).site), "zh", generator())
    assert code(two_routes) == "captures_few"
    apart = Captures(np.eye(5, dtype=bool)[np.arange(100) % 5], np.arange(100))
    assert code(sizes(apart, "zh", generator())) == "captures_few"
    nothing = Captures(np.zeros((0, 5), dtype=bool), np.zeros(0, dtype=np.int64))
    none = sizes(nothing, "zh", generator())
    assert code(none) == "found_none"
    assert code(envelope(two_routes, none, ALONE, ALONE)) == "found_none"
    assert code(bound(two_routes, none, ALONE, ALONE)) == "found_none"
    lost = np.concatenate([made(1, 300).found, np.zeros((100, 5), dtype=bool)])
    assert code(sizes(Captures(lost, np.arange(len(lost))), "zh", generator())) == "routes_unknown"
    one_site = Captures(made(1, 300).found, np.zeros(made(1, 300).works, dtype=np.int64))
    assert code(sizes(one_site, "zh", generator())) == "sites_few"
    assert code(envelope(fine, two_routes, ALONE, ALONE)) == "captures_few"
    assert code(envelope(fine, fine, None, ALONE)) == "split_unmeasured"
    assert code(bound(two_routes, fine, ALONE, ALONE)) == "captures_few"
    assert code(bound(fine, fine, ALONE, None)) == "split_unmeasured"


@given(st.integers(0, 10**6), st.integers(3, 6), st.integers(0, 60))
@settings(max_examples=25, deadline=None)
def test_sizes_are_numbers_whatever_was_found(seed: int, routes: int, works: int) -> None:
    rng = generator(seed)
    found = rng.random((works, routes)) < rng.random(routes)
    answer = sizes(Captures(found, rng.integers(0, 4, works)), "en", rng, 8)
    if isinstance(answer, Sizes):
        assert all(math.isfinite(s.value) and math.isfinite(s.se) for s in answer.by.values())
        assert all(s.value >= math.log(answer.clusters) - 1e-9 for s in answer.by.values())


def test_many_routes_are_pooled_and_idle_ones_left_out() -> None:
    found = generator().random((200, 9)) < 0.2
    found[:, 4] = False
    kept = captures(found, np.zeros(200, dtype=np.int64))
    assert kept.found.shape == (int(found.any(axis=1).sum()), 6)
    with pytest.raises(ValueError, match="captures"):
        captures(found, np.zeros(3, dtype=np.int64))


def marked(seed: int, works: int, sites: int, share: float) -> Marked:
    rng = generator(seed)
    has: Bools = rng.random((works, 3)) < np.array([share, 0.3, 0.0])
    return Marked(has, rng.integers(0, sites, works), rng.integers(0, 4, works))


def test_prevalences_swap_and_keep_suppressed_rows() -> None:
    en, zh = marked(1, 400, 40, 0.2), marked(2, 900, 60, 0.5)
    there, back = prevalences(en, zh), prevalences(zh, en)
    first, second = there[0], back[0]
    assert isinstance(first, Difference)
    assert isinstance(second, Difference)
    assert first.log2 == pytest.approx(-second.log2)
    assert first.marked
    assert first.interval.holds(math.log2(2.5))
    assert isinstance(there[2], Suppressed)
    assert there[2].why.code == "concept_sparse"
    few_sites = prevalences(Marked(en.has, en.site % 5), zh)
    assert all(isinstance(row, Suppressed) for row in few_sites)


def test_standardising_takes_length_out() -> None:
    rng = generator(5)
    strata = [rng.choice(2, 4000, p=p) for p in ([0.8, 0.2], [0.2, 0.8])]
    has = [rng.random((4000, 1)) < np.array([0.1, 0.5])[s][:, None] for s in strata]
    site = rng.integers(0, 50, 4000)
    raw = prevalences(Marked(has[0], site), Marked(has[1], site))[0]
    like = prevalences(Marked(has[0], site, strata[0]), Marked(has[1], site, strata[1]))[0]
    assert isinstance(raw, Difference)
    assert isinstance(like, Difference)
    assert raw.log2 > 0.8
    assert like.interval.holds(0)


def test_no_shared_length_is_refused_in_words() -> None:
    en, zh = marked(1, 400, 40, 0.2), marked(2, 900, 60, 0.5)
    short, long = np.zeros(400, dtype=np.int64), np.full(900, 9)
    rows = prevalences(Marked(en.has, en.site, short), Marked(zh.has, zh.site, long))
    assert [row.why.code for row in rows if isinstance(row, Suppressed)] == ["lengths_apart"] * 3


def test_an_empty_language_is_suppressed_not_an_error() -> None:
    empty = Marked(np.zeros((0, 3), dtype=bool), np.zeros(0, dtype=np.int64))
    rows = prevalences(empty, marked(1, 100, 20, 0.4))
    assert [type(row) for row in rows] == [Suppressed] * 3


def test_a_corrected_share_lies_within_its_limits_or_is_refused() -> None:
    found = corrected(Screen(100, 900, 100, 80, 100, 2), "en")
    assert isinstance(found, Corrected)
    assert found.share == pytest.approx(0.1 * 80.5 / 101 + 0.9 * 2.5 / 101)
    assert found.limits.holds(found.share)
    assert code(corrected(Screen(5, 5, 0, 0, 5, 0), "en")) == "labels_few"
    unseen = corrected(Screen(0, 500, 0, 0, 50, 0), "en")
    assert isinstance(unseen, Corrected)
    assert unseen.limits.low == 0.0


def test_lags_swap_are_censored_and_refuse() -> None:
    rng = generator(4)
    en, zh = 2012 + 10 * rng.random(80), 2015 + 8 * rng.random(90)
    there, back = lag(en, zh, -math.inf), lag(zh, en, -math.inf)
    assert isinstance(there, Lag)
    assert isinstance(back, Lag)
    assert there.interval.low == pytest.approx(-back.interval.high)
    assert there.interval.holds(3)
    cut = lag(en[en > 2015], zh, 2015.0)
    assert isinstance(cut, Lag)
    assert cut.refused is not None
    assert cut.refused.code == "window_cut"
    assert cut.interval.high == math.inf
    assert code(lag(en[:9], zh, 2000.0)) == "dates_few"


def test_framing_is_refused_without_measured_recall_and_is_symmetric() -> None:
    rng = generator(6)
    en = Words(rng.multinomial(50, [0.4, 0.3, 0.2, 0.1], size=30))
    zh = Words(rng.multinomial(50, [0.1, 0.3, 0.2, 0.4], size=30))
    assert code(divergence(en, zh, rng, recall_measured=False)) == "lexicon_unmeasured"
    assert code(keyness(en, zh, recall_measured=False)) == "lexicon_unmeasured"
    few = Words(en.counts[:3])
    assert code(divergence(few, zh, rng, recall_measured=True)) == "words_few"
    one = divergence(en, zh, generator(1), recall_measured=True)
    assert isinstance(one, Divergence)
    assert one.p < 0.01
    assert 0 < one.bits < one.raw_bits < 1
    words, back = keyness(en, zh, recall_measured=True), keyness(zh, en, recall_measured=True)
    assert isinstance(words, Keyness)
    assert isinstance(back, Keyness)
    assert words.log2 == pytest.approx(-back.log2)
    assert words.marked[[0, 3]].all()


def test_every_refusal_has_two_sentences() -> None:
    for name in SENTENCES:
        answer = refuse(name, language="zh", count=1, total=2, needed=3, low=4, times=2.0)
        assert answer.en.endswith(".")
        assert answer.zh.endswith("。")
        assert "{" not in answer.en + answer.zh


@given(st.lists(st.floats(0, 1), max_size=40))
def test_marks_grow_with_the_share(values: list[float]) -> None:
    p = np.array(values)
    assert (discoveries(p, 0.05) <= discoveries(p, 0.2)).all()


def test_ranking_draws_noise_to_the_middle_and_refuses_zero_errors() -> None:
    assert ranked(np.array([1.0, 2.0]), np.array([1.0, 1.0])).tolist() == [1, 0]
    with pytest.raises(ValueError, match="positive"):
        ranked(np.zeros(3), np.zeros(3))
