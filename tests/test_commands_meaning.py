"""``duizhao meaning``: what it says and keeps where there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.explained import explained
from commands.label_lexicon import lexicon
from commands.meaning import meaning
from config.load import load
from report.framing.recall import FILE, candidates, drawn, question
from report.labels.file import Label, append
from store import open_store
from tests.memory_store import stored
from tests.stored_pages import keep

WORDS = """
id = "d"
en = "Digital"
zh = "数字"
[[concept]]
id = "dg"
en = "digital government"
zh = "数字政府"
en_terms = ["digital government"]
zh_terms = ["数字政府"{}]
meaning = "Government by computer."
core = true
"""


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("data")
    keep(folder, [stored(n, n, f"数字政府让公民参与{n}。", host=f"s{n}.cn") for n in range(1, 7)])
    return folder


def test_nothing_to_compare_is_said(data: Path) -> None:
    done = CliRunner().invoke(meaning, ["--data", str(data)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "at least 5 sites" in done.stderr
    done = CliRunner().invoke(meaning, ["--data", str(data), "--json"])
    assert done.stdout.strip() == "[]"


def test_one_is_a_sentence_and_a_reason_is_said_once(tmp_path: Path) -> None:
    pages = [stored(n, n, f"数字政府和电子政务{n}。", host=f"s{n}.cn") for n in range(1, 7)]
    words = "Digital government and e-government"
    pages += [stored(n, n, f"{words} {n}.", "en", host=f"s{n}.org") for n in range(11, 17)]
    keep(tmp_path, pages)
    done = CliRunner().invoke(meaning, ["--data", str(tmp_path)])
    assert done.stdout.count("not compared") > 1
    assert done.stderr.count("not compared: How many of the words") == 1
    keep(tmp_path / "one", [stored(1, 1, "数字政府。")])
    done = CliRunner().invoke(meaning, ["digital-government", "--data", str(tmp_path / "one")])
    assert "zh: 1 sentence on 1 site\n" in done.stdout


def test_a_recall_bears_comparisons_until_the_word_list_changes(tmp_path: Path) -> None:
    pages = [stored(n, n, f"数字政府让公民参与{n}。", host=f"s{n % 6}.cn") for n in range(1, 31)]
    pages += [stored(n, n, f"博物馆开放了{n}。", host=f"s{n % 6}.cn") for n in range(31, 99)]
    words = "Digital government for citizens", "Museums are open"
    pages += [
        stored(n, n, f"{words[n >= 131]} {n}.", "en", host=f"s{n % 6}.org") for n in range(101, 199)
    ]
    keep(tmp_path, pages)
    file = tmp_path / "topic.toml"
    file.write_text(WORDS.format(""), encoding="utf-8")
    data, topic = ["--data", str(tmp_path), "--topic", str(file)], load(None, topic=str(file)).topic
    with open_store(tmp_path) as store:
        found = candidates(store.changes(), topic)
    given = [
        Label(c.item, c.stratum, question(topic), "", "ny"[c.caught], "", "li", "now")
        for c in drawn(found)
    ]
    append(tmp_path / "labels" / FILE, given)
    done = CliRunner().invoke(lexicon, data)
    assert done.output.count("recall 1.00") == 2
    assert "p = " in CliRunner().invoke(meaning, data).stdout
    file.write_text(WORDS.format(', "公民"'), encoding="utf-8")
    done = CliRunner().invoke(meaning, data)
    assert "p = " not in done.stdout
    assert "of the draw not judged; `duizhao label lexicon` asks" in done.stderr
    said = CliRunner().invoke(lexicon, data).output
    assert "en: recall 1.00" in said
    assert "zh: no recall yet" in said


def test_one_concept_that_cannot_be_compared_says_nothing_of_the_others(data: Path) -> None:
    kept = data / "meaning" / "framing.json"
    kept.unlink(missing_ok=True)
    done = CliRunner().invoke(meaning, ["smart-city", "--data", str(data)])
    assert "0 sites" in done.output
    assert not kept.exists()
    CliRunner().invoke(meaning, ["--data", str(data)])
    assert kept.exists()


def test_an_answer_without_rows_has_its_header_as_csv(data: Path) -> None:
    topic = data / "other.toml"
    topic.write_text(
        'id = "o"\nen = "O"\nzh = "他"\n[[concept]]\nid = "o"\nen = "ostrich"\nzh = "鸵鸟"\n'
        'en_terms = ["ostrich"]\nzh_terms = ["鸵鸟"]\nmeaning = "A bird."\ncore = true\n',
        encoding="utf-8",
    )
    done = CliRunner().invoke(
        explained, ["--data", str(data), "--topic", str(topic), "--csv"], catch_exceptions=False
    )
    assert done.stdout.startswith("\ufeffconcept,en_works,en_explained,en_mentioned,zh_works,")
    assert done.stdout.count("\n") == 1
