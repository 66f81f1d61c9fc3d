"""A pool of queries as a frame: on a made-up service whose truth is known, and as a file."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from report.audit.draws import Drawn
from report.audit.frame import FrameError
from report.audit.pool import (
    Answer,
    answers_csv,
    draw_pool,
    queries_of,
    read_answers,
    read_queries,
)
from report.estimate.audit import Side, Size, audited, size
from report.estimate.split import Judged
from tests.report_store import TOPIC

PAGES, QUERIES = 400, 30


def service(seed: int) -> tuple[list[Answer], set[str]]:
    """A service's answers to a pool, and the pages that a crawl found.

    Some pages are found by one query and some by dozens, and the crawl found more of the latter:
    .3 of the pages of one query, .9 of those of many.
    """
    rng = np.random.default_rng(seed)
    ease = rng.beta(0.5, 3.0, PAGES)
    hits = rng.random((QUERIES, PAGES)) < ease
    hits[rng.integers(0, QUERIES, PAGES), np.arange(PAGES)] = True
    found = rng.random(PAGES) < 0.3 + 0.6 * np.minimum(1, 2 * ease)
    urls = [f"https://s{n % 40}.example/{n}" for n in range(PAGES)]
    answers = [
        Answer(lang, f"{lang} {q}", True, tuple(urls[n] for n in np.flatnonzero(hits[q])))
        for lang in ("en", "zh")
        for q in range(QUERIES)
    ]
    return answers, {urls[n] for n in np.flatnonzero(found)}


def pool(answers: Sequence[Answer], n: int, seed: int = 1) -> Drawn:
    return draw_pool(answers, n, seed=seed, frame="service x", key=str)


def test_weights_by_degree_find_the_truth_where_plain_draws_do_not() -> None:
    answers, had = service(1)
    truth = len(had) / PAGES
    alone = Judged(np.ones(150, dtype=np.int64))
    plain, weighed, held = [], [], []
    for seed in range(40):
        draws = [draw for draw in pool(answers, 150, seed).draws if draw.lang == "zh"]
        found = np.array([draw.url in had for draw in draws])
        plain.append(found.mean())
        answer = size(
            Side(len(had), audited(found, np.array([d.weight for d in draws])), alone), "zh"
        )
        assert isinstance(answer, Size)
        weighed.append(answer.coverage)
        held.append(abs(np.log(answer.works / PAGES)) <= 1.96 * answer.log_se)
    assert np.mean(plain) > truth + 0.08
    assert np.mean(weighed) == pytest.approx(truth, abs=0.03)
    assert np.mean(held) >= 0.85


def test_every_page_is_drawn_with_the_chance_that_its_weight_says() -> None:
    answers, _ = service(2)
    every = {draw.url: 0 for draw in pool(answers, 10**6).draws}
    weights: dict[str, float] = {}
    for seed in range(50):
        for draw in pool(answers, 120, seed).draws:
            if draw.lang == "en":
                every[draw.url] += 1
                weights[draw.url] = draw.weight
    assert len(every) == PAGES
    expected = sum(1 / weight for weight in weights.values())
    assert sum(every[url] for url in weights) / 50 == pytest.approx(expected, rel=0.05)
    much = [url for url, weight in weights.items() if weight < 8]
    chances = sum(1 / weights[url] for url in much)
    assert sum(every[url] for url in much) / 50 == pytest.approx(chances, rel=0.12)


def test_more_draws_hold_the_earlier_ones() -> None:
    answers, _ = service(3)
    some, more = ({d.url for d in pool(answers, n).draws} for n in (100, 300))
    assert some < more
    assert pool(answers, 100).draws == pool(answers, 100).draws


def test_answers_that_are_cut_off_are_left_out_and_too_few_are_refused() -> None:
    answers, _ = service(4)
    cut = [Answer(a.lang, a.query, a.query.endswith("1"), a.urls) for a in answers]
    with pytest.raises(
        FrameError, match="the pool in English: 3 of 30 queries have a whole answer"
    ):
        pool(cut, 50)
    some = [Answer(a.lang, a.query, int(a.query.split()[1]) % 2 == 0, a.urls) for a in answers]
    held = {url for a in some if a.whole for url in a.urls}
    assert {draw.url for draw in pool(some, 10**6).draws} == held


def test_answers_come_back_from_their_file(tmp_path: Path) -> None:
    answers = [
        Answer("zh", "数字政府", True, ("https://a.cn/1", "https://a.cn/2")),
        Answer("zh", "一网通办", False, ("https://a.cn/1",)),
        Answer("en", "=1+1", True, ()),
        Answer("en", "'one-stop' service", True, ("https://a.uk/1",)),
    ]
    file = tmp_path / "pool.csv"
    file.write_text("".join(answers_csv(answers)), encoding="utf-8", newline="")
    assert "'=1+1" in file.read_text("utf-8")
    assert read_answers(file) == answers
    assert read_answers(tmp_path / "none.csv") == []


def test_queries_are_read_or_taken_from_the_topic(tmp_path: Path) -> None:
    file = tmp_path / "queries.csv"
    file.write_text(
        "lang,query\nen,one stop shop\nzh,最多跑一次\nen,One Stop Shop\nen,'egov'\n", "utf-8"
    )
    assert read_queries(file) == [("en", "One Stop Shop"), ("zh", "最多跑一次"), ("en", "'egov'")]
    own = queries_of(TOPIC)
    assert len(own) == len(set(own))
    assert {lang for lang, _ in own} == {"en", "zh"}
    for text, said in (
        ("a,b\n", "line 1: the columns are"),
        ("lang,query\nfr,x\n", "line 2: en or"),
    ):
        file.write_text(text, "utf-8")
        with pytest.raises(FrameError, match=said):
            read_queries(file)
