"""Vectors that follow the store, and questions answered by them beside the words."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from index.build import catch_up as index_up
from index.engine import Filters
from index.errors import IndexDamaged
from index.indexes import open_indexes
from index.library import Library
from index.query import parse
from index.question import Answer, Question
from index.semantic.build import catch_up
from index.semantic.encoder import Encoder, Vectors, encoder
from index.semantic.fusion import fused
from index.semantic.lead import LONGEST, lead
from index.semantic.matrix import matrix
from index.semantic.meaning import Meaning
from index.semantic.vectors import open_shelf, place
from index.semantic.verify import of_vectors
from store.model import Removed
from tests.damage import put_anew
from tests.memory_store import MemoryStore, stored

PAGES = [
    stored(1, 1, "猫一天中大部分时间都在睡觉。它们在夜里醒来。", title="家猫"),
    stored(2, 2, "两座城市之间的铁路于五月完工。", title="铁路"),
    stored(3, 3, "政府向公众开放了数据。", title="开放", host="www.example.org"),
    stored(4, 4, "Cats sleep most of the day.", "en", title="Cats"),
    stored(5, 5, "鐵路與火車站的列表", kind="hub"),
]
SLEEPING = "why do kittens sleep so long"


class Counting(Encoder):
    """Knows how many texts it has read."""

    def __init__(self) -> None:
        self.read = 0

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.read += len(texts)
        return super().encode(texts)


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("semantic")
    index_up(MemoryStore(*PAGES), folder)
    assert catch_up(MemoryStore(*PAGES), folder, encoder()) == 5
    return folder


def ask(data: Path, query: str, lang: str = "zh", **options: object) -> Answer:
    question = Question(parse(query), any_word=True, dictionary=True, **options)  # type: ignore[arg-type]
    with open_indexes(data) as indexes:
        return Library(MemoryStore(*PAGES), indexes, Meaning(data)).ask(question, lang)


def test_a_page_without_a_word_of_the_question_is_found_by_meaning(data: Path) -> None:
    answer = ask(data, SLEEPING, meaning=True)
    assert answer.hits[0].stored.url_id == 1
    assert answer.meaning
    assert ask(data, SLEEPING).total == answer.total
    assert not ask(data, SLEEPING).meaning
    lone = ask(data, "locomotives", meaning=True)
    assert lone.total == 0
    assert lone.hits[0].stored.url_id == 2
    assert lone.hits[0].by_meaning


def test_a_question_in_the_page_s_own_language_is_one_of_words(data: Path) -> None:
    assert not ask(data, "猫为什么睡觉", meaning=True).meaning
    assert ask(data, "猫为什么睡觉", "en", meaning=True).hits[0].stored.url_id == 4


def test_what_a_question_says_of_pages_holds_for_meaning_too(data: Path) -> None:
    found = ask(data, "the railway was finished site:example.org", meaning=True).hits
    assert {hit.stored.url_id for hit in found} <= {3}
    found = ask(data, "trains NOT title:铁路", meaning=True).hits
    assert 2 not in {hit.stored.url_id for hit in found}
    found = ask(data, "trains", meaning=True, filters=Filters()).hits
    assert 5 not in {hit.stored.url_id for hit in found}, "a list of links, and --hubs not given"


def test_no_page_is_listed_twice_and_a_page_with_a_word_is_counted(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("index.library.FUSED", 3)  # pages by words beyond it are not fused
    monkeypatch.setattr("index.library.LOOKED_AT", 3)
    store = MemoryStore(
        *(stored(n, n, f"铁路于五月完工，有{n}座火车站。") for n in range(1, 9)),
        *(stored(n, n, "两座城市之间的列车。") for n in (9, 10)),
    )
    index_up(store, tmp_path)
    catch_up(store, tmp_path, encoder())
    question = Question(parse("railway"), any_word=True, dictionary=True, meaning=True, limit=20)
    with open_indexes(tmp_path) as indexes:
        library = Library(store, indexes, Meaning(tmp_path))
        answers = [library.ask(question._replace(limit=limit), "zh") for limit in range(1, 21)]
    listed = [hit.stored.url_id for hit in answers[-1].hits]
    assert sorted(listed) == list(range(1, 11))
    for limit, answer in enumerate(answers, 1):
        assert [hit.stored.url_id for hit in answer.hits] == listed[:limit]
        assert (answer.total, answer.by_meaning) == (8, 2)
        assert all(hit.by_meaning == (hit.stored.url_id > 8) for hit in answer.hits)


def test_vectors_follow_the_store_and_unchanged_texts_are_not_read_again(tmp_path: Path) -> None:
    store, counting = MemoryStore(*PAGES), Counting()
    catch_up(store, tmp_path, counting)
    read = counting.read
    store.add(
        stored(1, 6, PAGES[0].page.text, title="家猫"),
        stored(2, 7, "现在说的是发票。"),
        Removed(3, 8),
    )
    assert list(of_vectors(store, tmp_path)), "behind"
    assert catch_up(store, tmp_path, counting) == 4
    assert counting.read == read + 2
    assert not list(of_vectors(store, tmp_path))
    shelf = open_shelf(tmp_path, "zh")
    assert shelf
    assert shelf.whole.ids.tolist() == [1, 2, 5]
    assert shelf.nearest(encoder().encode(["an invoice"])[0], 1) == [2]
    anew = tmp_path / "anew"
    catch_up(store, anew, encoder())
    other = open_shelf(anew, "zh")
    assert other
    assert np.array_equal(other.whole.ids, shelf.whole.ids)
    # One page alone and one among others may differ in the last bit.
    assert np.abs(other.whole.rows.astype(int) - shelf.whole.rows).max() <= 1


def test_damage_is_found_and_made_good(tmp_path: Path) -> None:
    store = MemoryStore(*PAGES)
    catch_up(store, tmp_path, encoder())
    file = next(place(tmp_path, "zh").glob("at-*/whole.rows.npy"))
    held = bytearray(file.read_bytes())
    held[-5] ^= 1
    put_anew(file, held)
    with pytest.raises(IndexDamaged, match="duizhao index"):
        open_shelf(tmp_path, "zh")
    assert "damaged" in "".join(of_vectors(store, tmp_path))
    catch_up(store, tmp_path, encoder())
    assert not list(of_vectors(store, tmp_path))


def test_another_store_s_vectors_are_not_taken(tmp_path: Path) -> None:
    catch_up(MemoryStore(*PAGES), tmp_path, encoder())
    other = MemoryStore(*(stored(n, n, "发票", host="other.example") for n in range(1, 9)))
    other.last_run = (1, "another computer")
    assert "another store's" in "".join(of_vectors(other, tmp_path))
    assert catch_up(other, tmp_path, encoder()) == 8
    shelf = open_shelf(tmp_path, "en")
    assert shelf
    assert not shelf.digests


def test_bytes_are_as_good_as_numbers() -> None:
    vectors = encoder().encode(["digital government", "数字政府", "cats", "铁路"])
    exact = vectors @ vectors[0]
    rough = matrix([1, 2, 3, 4], vectors).likeness(vectors[0])
    assert np.abs(exact - rough).max() < 0.01


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_a_lead_is_the_title_and_the_first_sentences(lang: str) -> None:
    text = {"en": "This is a sentence. ", "zh": "这是很长的一个句子。"}[lang] * 200
    made = lead("The title", text, lang)
    assert made.sentences[0] == "The title"
    assert len(made.whole) <= LONGEST[lang] + 200
    assert 1 < len(made.sentences) <= 8
    assert lead("", "", lang).whole == ""
    assert lead("", "字" * 5000, lang).sentences == ("字" * LONGEST[lang],)


def test_fused_rankings() -> None:
    assert [one for one, _ in fused([[1, 2, 3], [2, 4]])] == [2, 1, 4, 3]
    assert fused([]) == []


def test_damaged_vectors_are_said_when_a_search_would_use_them(tmp_path: Path) -> None:
    store = MemoryStore(*PAGES)
    index_up(store, tmp_path)
    catch_up(store, tmp_path, encoder())
    (rows,) = place(tmp_path, "zh").glob("at-*/whole.rows.npy")
    changed = bytearray(rows.read_bytes())
    changed[-1] ^= 1
    put_anew(rows, changed)
    said: list[str] = []
    question = Question(parse(SLEEPING), any_word=True, dictionary=True, meaning=True)
    with open_indexes(tmp_path) as indexes:
        answer = Library(store, indexes, Meaning(tmp_path, said.append)).ask(question, "zh")
    assert not answer.meaning
    (line,) = said
    assert "files are damaged; `duizhao index` makes the vectors anew" in line
    catch_up(store, tmp_path, encoder())
    assert Meaning(tmp_path, said.append).has("zh")
    assert said == [line]
