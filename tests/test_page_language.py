"""Languages: script first, segments, shares, and Simplified against Traditional."""

from __future__ import annotations

import re
from collections import defaultdict
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from page import latin
from page.language import languages
from page.latin import clearly_english
from page.script import chinese_script, counted, counts

SHARED = Path(__file__).resolve().parents[1] / ".." / "shared"
EN = (
    "The government has published a plan that would change how public services are delivered, and "
    "it should be read together with the report which was released when the office opened."
)
ZH = "国务院办公厅关于进一步加强数字政府建设的指导意见，推进政务服务一网通办。"
HANT = "行政院關於進一步推動數位政府服務的說明，我們希望大家一起參與。"
JA = "日本語の文章です。電子政府についての説明をここに書いています。"
KO = "전자정부 서비스에 대한 설명입니다. 대한민국 정부는 디지털 정부를 추진합니다."
ES = (
    "El gobierno ha publicado un plan que cambiará la forma en que se prestan los servicios "
    "públicos a los ciudadanos del país."
)


@pytest.mark.parametrize(
    ("text", "lang", "script"),
    [
        (EN, "en", ""),
        (ZH, "zh", "hans"),
        (HANT, "zh", "hant"),
        (JA, "ja", ""),
        (KO, "ko", ""),
        (ES, "es", ""),
        ("数字政府", "zh", "hans"),
        ("", "unknown", ""),
        ("2024 — 100 %", "unknown", ""),
        ("ภาษาไทยเป็นภาษาราชการ ของประเทศไทย", "th", ""),
        (f"{ZH}\n{HANT}", "zh", "mixed"),
        ("我们使用 Kubernetes 和 Docker Swarm 来部署 GitHub 上的 open source 服务。", "zh", "hans"),
    ],
)
def test_main_language(text: str, lang: str, script: str) -> None:
    found = languages(text)
    assert (found.lang, found.script) == (lang, script)


def test_mixed_pages_keep_both_languages_as_segments() -> None:
    found = languages(f"{ZH}\n{ZH}\n{EN}\n{EN}\n{ZH}")
    assert [segment.lang for segment in found.segments] == ["zh", "en", "zh"]
    assert found.segments[0].text == f"{ZH}\n{ZH}"


def test_a_speaker_name_belongs_to_what_is_said() -> None:
    found = languages(f"Audrey Tang:\n{HANT}\nShuyang Lin:\n{HANT}")
    assert [segment.lang for segment in found.segments] == ["zh"]
    found = languages(f"唐鳳：\n{EN}\n唐鳳：\n{EN}")
    assert [segment.lang for segment in found.segments] == ["en"]


def test_an_address_is_in_no_language() -> None:
    found = languages(
        f"{HANT}\n（錄音：https://example.org/a-long-path/with-many-words/in-it/here）"
    )
    assert [segment.lang for segment in found.segments] == ["zh"]


def test_a_han_character_weighs_half_a_word() -> None:
    shares = dict(languages(f"{'政' * 40}\n{' '.join(['the'] * 10 + ['and', 'that'] * 5)}").shares)
    assert shares == {"zh": 0.5, "en": 0.5}


def test_a_foreign_paragraph_on_an_english_page_is_found() -> None:
    assert [s.lang for s in languages(f"{EN}\n{EN}\n{EN}\n{ES}").segments] == ["en", "es"]


def test_repeats_itself() -> None:
    text = "Sarà un anno digitale per tutti"
    assert len({(languages(text).lang, languages(text).confidence) for _ in range(5)}) == 1


@pytest.mark.parametrize(
    ("text", "script"),
    [
        ("后台", "hans"),
        ("後臺", "hant"),
        ("群眾", "hant"),
        ("群众", "hans"),
        ("中文", ""),
        ("ABC", ""),
    ],
)
def test_script_of_short_strings(text: str, script: str) -> None:
    assert chinese_script(text) == script


@settings(deadline=None)  # the first text loads the models
@given(st.text(max_size=300))
def test_segments_hold_every_paragraph(text: str) -> None:
    found = languages(text)
    kept = [line for line in text.split("\n") if line.strip()]
    assert "\n".join(segment.text for segment in found.segments) == "\n".join(kept)
    assert sum(share for _, share in found.shares) == pytest.approx(1, abs=0.01) or not found.shares


def rows(name: str) -> list[list[str]]:
    path = SHARED / "eval" / name
    if not path.exists():
        pytest.skip("../shared is absent")
    return [line.split("\t", 2) for line in path.read_text("utf-8").strip().split("\n")[1:]]


@pytest.mark.realweb
def test_script_floor() -> None:
    told = [row for row in rows("zh_variant.tsv") if row[1] != "ambiguous"]
    right = sum(f"zh-{chinese_script(text)}" == label for label, _, text in told)
    assert right >= 0.998 * len(told)


@pytest.mark.realweb
def test_the_english_gate_lets_no_other_language_through() -> None:
    sentences = defaultdict(list)
    for label, level, text in rows("langid.tsv"):
        if level == "sentences":
            sentences[label].append(text)
    pages = {label: "\n".join(texts[:20]) for label, texts in sentences.items()}
    assert [label for label, text in pages.items() if clearly_english(text)] == ["en"]


def test_a_second_opinion_is_asked_only_of_who_could_agree(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    """langdetect takes most of the time of a text that both look at, and knows fewer languages."""
    asked: list[str] = []

    def second(text: str) -> str:
        asked.append(text)
        return ""

    monkeypatch.setattr(latin, "_langdetect", second)
    beyond, within = "Umbuso omusha wedolobha", "Portal mobil digital forum"
    assert latin.detect(beyond)[1] < 0.9
    assert asked == []
    assert latin.detect(within)[1] < 0.9
    assert asked == [within]


def test_sentences_of_two_languages_in_one_paragraph_are_told_apart() -> None:
    english = "The government will move its services on line so that people need not queue."
    found = languages(f"推进数字政府建设，提升服务水平。{english}让数据多跑路，群众少跑腿。")
    assert [segment.lang for segment in found.segments] == ["zh", "en", "zh"]
    assert found.segments[1].text == english


@pytest.mark.parametrize(
    ("paragraph", "lang"),
    [
        (
            "国务院关于在线政务服务（Online Government Services）的若干规定，自公布之日起施行。",
            "zh",
        ),
        ("The city brain (城市大脑) was first tried in Hangzhou, and then in other cities.", "en"),
    ],
)
def test_a_name_in_the_other_language_is_no_segment(paragraph: str, lang: str) -> None:
    assert [segment.lang for segment in languages(paragraph).segments] == [lang]


@given(
    st.lists(st.text(st.sampled_from("ab Z'’é中の한_1-²Ω\U00020000\U0001d400\ud800"), max_size=90))
)
def test_many_lines_are_counted_as_each_alone(lines: list[str]) -> None:
    assert counts(lines) == [by_definition(line) for line in lines]
    assert [counted(line) for line in lines] == [by_definition(line) for line in lines]


def by_definition(line: str) -> tuple[int, int]:
    """Wide characters, and runs of other letters."""
    wide = [
        bool(re.fullmatch("[\u3400-\u9fff\u3041-\u30ff\uac00-\ud7a3\U00020000-\U0003ffff]", c))
        for c in line
    ]
    letters = [
        bool(re.fullmatch(r"[^\W\d_]", c)) and not w for c, w in zip(line, wide, strict=True)
    ]
    starts = [
        is_letter and not before
        for is_letter, before in zip(letters, [False, *letters], strict=False)
    ]
    return sum(wide), sum(starts)


def test_a_japanese_heading_without_kana_is_no_chinese() -> None:
    heading = "令和五年度東京都一般会計補正予算案概要"
    page = languages("\n".join([heading, JA, heading, "都市計画審議会委員名簿", JA]))
    assert page.shares == (("ja", 1.0),)


@pytest.mark.parametrize(
    "text",
    [
        "\n".join(["臺北市政府推動電子政務"] * 9 + ["新しいサービスを来月から開始する"]),
        "\n".join(["为了规范政务服务，制定本办法。"] * 3 + [JA]),
        "\n".join(["推进数字政府建设座谈会召开"] * 5 + [JA] * 2),
    ],
)
def test_chinese_beside_a_little_japanese_stays_chinese(text: str) -> None:
    assert languages(text).lang == "zh"
