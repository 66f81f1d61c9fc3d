"""The rule on passages of our own writing: cases as data, each with what it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest

from meaning.explained import cues, passage
from meaning.explained.book import kept, make
from meaning.explained.judge import Judge
from meaning.explained.sentences import sentences
from page.fingerprint import content_hash
from store.model import StoredPage
from tests.memory_store import TOPIC, stored

EXPLAINED = [
    ("en", "Digital government is an approach that puts services on shared data."),
    ("en", "The term digital government refers to the remaking of public services."),
    ("en", "They began with e-government, a program that puts paper forms on a screen."),
    ("zh", "本办法所称数字政府，是指以数据为基础重塑政务流程的治理形态。"),
    ("zh", "城市大脑就是一个把公交和路口放到一张图上的平台。"),
    ("zh", "所謂數位政府的意思是，讓人民不必為同一件事跑兩次。"),
    ("zh", "电子政务，也就是把纸上的流程搬到网上。"),
]
MENTIONED = [
    ("en", "We discussed digital government, open data and health at the meeting."),
    ("en", "Our digital government office hired ten people last year."),
    ("en", "Is digital government important?"),
    ("zh", "要加快推进数字政府建设，提高服务水平。"),
    ("zh", "会议讨论了数字政府、电子政务和城市大脑。"),
    ("zh", "你們有在做數位政府嗎？"),
]


@pytest.mark.parametrize(("lang", "text"), EXPLAINED)
def test_explanations_are_found_and_say_why(lang: str, text: str) -> None:
    (verdict, *_) = Judge(TOPIC).verdicts("", text, lang)
    assert verdict.explained, verdict.reasons()
    assert verdict.reasons()[0].startswith("+")


@pytest.mark.parametrize(("lang", "text"), MENTIONED)
def test_mentions_are_not_explanations(lang: str, text: str) -> None:
    verdicts = Judge(TOPIC).verdicts("", text, lang)
    assert verdicts
    assert not any(v.explained for v in verdicts), [v.reasons() for v in verdicts]


def test_traditional_and_full_width_texts_are_judged_alike() -> None:
    plain = "本办法所称数字政府，是指以数据为基础重塑政务流程的治理形态。"
    other = "本辦法所稱數字政府，是指以數據為基礎重塑政務流程的治理形態。"
    scores = [Judge(TOPIC).verdicts("", text, "zh")[0].score for text in (plain, other)]
    assert scores[0] == scores[1]


def test_the_best_passage_decides() -> None:
    text = "We met.\nDigital government grew.\nDigital government is a way to share data."
    (verdict,) = Judge(TOPIC).verdicts("", text, "en")
    assert verdict.passage.line == 2
    assert verdict.passage.term == "Digital government"


@pytest.mark.parametrize(
    ("lang", "line", "parts"),
    [
        ("en", "It cost $3.5 million. Dr. Smith said so! Why?", 3),
        ("zh", "第一句。第二句！“第三句？”第四句", 4),
        ("en", "", 0),
    ],
)
def test_sentences_lose_nothing(lang: str, line: str, parts: int) -> None:
    found = sentences(line, lang)
    assert len(found) == parts
    assert all(line[start : start + len(text)] == text for start, text in found)


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_every_cue_has_a_weight_and_a_reason(lang: str) -> None:
    from meaning.explained.judge import rule

    assert set(cues.names(lang)) == set(rule(lang).cue)
    assert all(cues.reason(name, lang) for name in cues.names(lang))


def test_the_book_is_kept_and_made_anew_only_where_a_text_changed(tmp_path: Path) -> None:
    pages = [stored(1, 1, "数字政府是一种治理方式。"), stored(2, 2, "推进数字政府建设。")]
    judged: list[int] = []
    book = make(pages, TOPIC, tmp_path, judged.append)
    assert book.explaining("zh") == {1}
    again = make(pages, TOPIC, tmp_path, judged.append)
    assert again == book == kept(tmp_path, 2, TOPIC)
    assert judged == [2, 0]
    assert kept(tmp_path, 3, TOPIC) is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (
            ("", "“Digital government” is a way to work."),
            ("", "Digital government\nis a way to work."),
        ),
        (("", "The digital government Act."), ("", "The digital government act.")),
        (("", "Digital government grew."), ("Digital government", "Digital government grew.")),
    ],
)
def test_texts_of_the_same_letters_are_judged_apart(
    one: tuple[str, str], other: tuple[str, str], tmp_path: Path
) -> None:
    pages = [_page(1, *one), _page(2, *other)]
    assert pages[0].page.content_hash == pages[1].page.content_hash
    alone = {place: said for page in pages for place, said in make([page], TOPIC).said.items()}
    judged: list[int] = []
    make(pages, TOPIC, progress=judged.append)
    assert judged == [2]
    for order in (pages, pages[::-1]):
        assert make(order, TOPIC).said == alone
    make([_page(1, *one)], TOPIC, tmp_path)
    assert make([_page(1, *other)], TOPIC, tmp_path).said[1, "en"] == alone[2, "en"]  # an edit


def _page(number: int, title: str, text: str) -> StoredPage:
    made = stored(number, number, text, "en", title=title)
    return made._replace(page=made.page._replace(content_hash=content_hash(text)))


def test_a_damaged_book_counts_as_missing(tmp_path: Path) -> None:
    make([stored(1, 1, "数字政府")], TOPIC, tmp_path)
    (tmp_path / "meaning" / "explained.json").write_text('{"version": 1', "utf-8")
    assert kept(tmp_path, 1, TOPIC) is None
    assert make([stored(1, 1, "数字政府")], TOPIC, tmp_path).said


def test_a_line_is_taken_apart_once_however_often_it_names_a_concept(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    taken: list[str] = []

    def counted(line: str, lang: str) -> list[tuple[int, str]]:
        taken.append(line)
        return sentences(line, lang)

    monkeypatch.setattr(passage, "sentences", counted)
    text = "Digital government is praised. " * 500 + "\nAnd it went on."
    found = Judge(TOPIC).passages("", text, "en")
    assert len(taken) <= 2  # a line of 1 MB, once a mention, was minutes
    assert [p.nth for p in found] == list(range(1, 41))
    assert {p.mentions for p in found} == {500}
    assert found[1].before == found[0].sentence
