"""``duizhao demo``, as a user runs it: once, and again in the same folder."""

from __future__ import annotations

import json
import socket
import subprocess
import sys
from pathlib import Path

import pytest

from report.labels.file import read
from report.labels.works import FILE
from samples.sources import ports
from store import open_store
from store.model import StoredPage
from tests.crawling import ROOT


def demo(data: Path) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "demo", "--data", str(data)]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=110)


def addresses(data: Path) -> set[str]:
    with open_store(data) as store:
        return {page.url for page in store.changes() if isinstance(page, StoredPage)}


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("demo") / "示范 demo"
    done = demo(folder)
    assert done.returncode == 0, done.stdout + done.stderr
    assert "times as many Chinese as English works" in " ".join(done.stdout.split())
    return folder


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
    assert addresses(data) == before
    assert read(data / "labels" / FILE) == labels


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
