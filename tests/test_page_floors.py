"""What ``benchmarks/page.py`` measures does not fall below its floors: a sample of each set."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks import page_made as made
from benchmarks.page import FLOORS, REPOSTS, shared
from benchmarks.page_real import plain, realweb, served
from benchmarks.page_text import extraction

pytestmark = pytest.mark.realweb
EVERY = 2  # page of the set; the floor of how many are asked holds for these
MOST = 1  # page a language, of those that sentences are put together to


@pytest.fixture(scope="module")
def data() -> Path:
    folder = shared()
    if folder is None:
        pytest.skip("../shared is absent")
    return folder


@pytest.fixture(scope="module")
def sets(data: Path) -> Path:
    return data / "eval"


@pytest.fixture(scope="module")
def texts(data: Path) -> list[str]:
    items = served(data / "realweb", None, 6)
    return [plain(item.truth["html"]) for item in items if item.truth and REPOSTS not in item.url]


@pytest.mark.parametrize("lang", ["en", "zh"])
def test_main_text(sets: Path, lang: str) -> None:
    assert extraction(sets, lang)["F1"] >= FLOORS["extraction"][lang]


def test_no_mislabelled_page_is_misread_without_a_flag(sets: Path) -> None:
    asked, wrong = made.charsets(sets, every=EVERY)
    assert asked >= FLOORS["made"]["charset_pages"]
    assert wrong == 0


def test_the_language_of_pages(sets: Path) -> None:
    right, called_english = made.pages_four_ways(sets, MOST)
    assert right >= FLOORS["made"]["pages"]
    assert called_english == 0


@pytest.mark.parametrize("level", ["sentences", "word-pairs"])
def test_the_language_of_short_texts(sets: Path, level: str) -> None:
    assert made.four_ways(sets, level) >= FLOORS["made"][level]


def test_the_shares_of_mixed_pages(sets: Path) -> None:
    assert made.mixes(sets) >= FLOORS["made"]["mixes"]


def test_the_script_of_strings(sets: Path) -> None:
    assert made.script_accuracy(sets) >= FLOORS["made"]["scripts"]


def test_real_pages(data: Path) -> None:
    for name, value in realweb(data / "realweb", sample=15).items():
        assert value >= FLOORS["realweb_sample"], name


def test_edited_texts_are_the_same_work(texts: list[str]) -> None:
    for name, edited in made.versions(texts).items():
        precision, recall = made.edits(texts, edited)
        assert precision >= FLOORS["made"]["edits"], name
        assert recall >= FLOORS["made"]["edits"], name
