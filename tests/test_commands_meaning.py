"""``duizhao meaning``: what it says and keeps where there is nothing to compare."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner

from commands.meaning import meaning
from tests.memory_store import stored
from tests.stored_pages import keep


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


def test_one_concept_that_cannot_be_compared_says_nothing_of_the_others(data: Path) -> None:
    kept = data / "meaning" / "framing.json"
    kept.unlink(missing_ok=True)
    done = CliRunner().invoke(meaning, ["smart-city", "--data", str(data)])
    assert "0 sites" in done.output
    assert not kept.exists()
    CliRunner().invoke(meaning, ["--data", str(data)])
    assert kept.exists()
