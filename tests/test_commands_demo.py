"""``duizhao demo``, as a user runs it: by the example notebook, and again in the same folder."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any

import nbformat
import pytest
from nbclient import NotebookClient

from commands.demo import demo as command
from commands.steps.ended import BAD, INTERRUPTED
from report.labels.file import read
from report.labels.works import FILE
from samples.sources import ports
from store import open_store
from store.model import StoredPage
from tests.crawling import ROOT

pytestmark = pytest.mark.timeout(180)  # whichever is first runs the notebook


def demo(data: Path) -> subprocess.CompletedProcess[str]:
    line = [sys.executable, "-m", "cli", "demo", "--data", str(data)]
    return subprocess.run(line, cwd=ROOT, capture_output=True, text=True, timeout=110)


def addresses(data: Path) -> set[str]:
    with open_store(data) as store:
        return {page.url for page in store.changes() if isinstance(page, StoredPage)}


@pytest.fixture(scope="module")
def example(tmp_path_factory: pytest.TempPathFactory) -> tuple[Any, Path]:
    """The example notebook, run from its first cell to its last, and where it puts its demo."""
    notebook = nbformat.read(ROOT / "docs" / "example.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells)  # made anew wherever it is read
    folder = tmp_path_factory.mktemp("demo") / "示范 demo"
    folder.mkdir()
    with pytest.MonkeyPatch.context() as patched:
        patched.setenv("TMPDIR", str(folder))
        resources = {"metadata": {"path": str(ROOT)}}
        NotebookClient(notebook, timeout=150, resources=resources).execute()
    return notebook, folder


@pytest.fixture
def data(example: tuple[Any, Path]) -> Path:
    (made,) = example[1].glob("*/demo")
    return made


def test_the_example_runs(example: tuple[Any, Path]) -> None:
    assert any(
        "text/html" in output.get("data", {})
        for cell in example[0].cells
        for output in cell.get("outputs", [])
    )


def test_it_ends_with_an_answer_that_an_audit_and_judgements_bear(data: Path) -> None:
    found = json.loads((data / "report" / "report.json").read_text(encoding="utf-8"))
    headline = found["gap"]["headline"]
    assert headline["kind"] == "estimate"
    assert headline["frame"] == "register.txt"
    for lang in ("en", "zh"):
        side = headline[lang]
        assert 0 < side["had"] <= side["drawn"]
        assert side["waiting"] == 0
        assert side["works_low"] <= side["clusters"] <= side["works_high"]
    assert {label.who for label in read(data / "labels" / FILE)} == {"authors"}


def test_again_it_visits_the_same_pages(data: Path) -> None:
    before, labels = addresses(data), read(data / "labels" / FILE)
    assert before
    done = demo(data)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "times as many Chinese as English works" in " ".join(done.stdout.split())
    assert addresses(data) == before
    assert read(data / "labels" / FILE) == labels


@pytest.mark.parametrize("code", [BAD, INTERRUPTED])
def test_nothing_is_made_of_a_crawl_that_was_stopped_or_ended_badly(
    code: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("commands.demo.run_crawl", lambda *_: code)
    monkeypatch.setattr("commands.demo.run_index", pytest.fail)
    with pytest.raises(SystemExit) as ended:
        command.main(["--data", str(tmp_path)], standalone_mode=False)
    assert ended.value.code == code


@pytest.mark.parametrize("text", ["{", "a = 1", "[[source]]\nhome = 1", "\udcff"])
def test_a_configuration_that_no_demo_wrote_is_one_line(text: str, tmp_path: Path) -> None:
    (tmp_path / "demo.toml").write_bytes(text.encode("utf-8", "surrogateescape"))
    done = demo(tmp_path)
    assert done.returncode == 2
    assert "another --data" in done.stderr
    assert "Traceback" not in done.stderr


def test_an_address_that_another_holds_is_one_line(data: Path) -> None:
    config = data / "demo.toml"
    port = next(iter(ports(config.read_text(encoding="utf-8")).values()))
    with socket.create_server(("127.0.0.1", port)):
        done = demo(data)
    assert done.returncode == 2
    assert "another --data" in done.stderr
    assert "Traceback" not in done.stderr
