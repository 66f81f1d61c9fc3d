"""Exports hold every match with its full text, whole or not at all."""

from __future__ import annotations

import csv
import json
import sys
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.output.export import COLUMNS, ExportFailed, export
from store.model import StoredPage
from tests.memory_store import stored

PAGES = [
    stored(1, 1, "推进数字政府建设。\n第二段", title="=1+1", date="2024-06", script="hans"),
    stored(2, 2, "A digital government.", "en", title="One, two"),
]
FOUND = {"zh": [(PAGES[0], 1.25)], "en": [(PAGES[1], 0.5)]}


def rows(file: Path) -> list[dict[str, object]]:
    if file.suffix == ".parquet":
        from pyarrow import parquet

        return list(parquet.read_table(file).to_pylist())
    text = file.read_text("utf-8-sig")
    if file.suffix == ".csv":
        return list(csv.DictReader(text.splitlines(keepends=True)))
    return [json.loads(line) for line in text.splitlines()]


@pytest.mark.parametrize("ending", ["csv", "jsonl", "parquet"])
def test_everything_is_in_the_file(tmp_path: Path, ending: str) -> None:
    file = tmp_path / f"out.{ending}"
    assert export(file, FOUND) == 2
    first, second = rows(file)
    assert tuple(first) == COLUMNS
    assert (first["url"], first["text"]) == ("https://www.gov.cn/1", PAGES[0].page.text)
    assert first["title"] == ("'=1+1" if ending == "csv" else "=1+1")
    assert (second["lang"], str(second["rank"]), float(str(second["score"]))) == ("en", "1", 0.5)
    assert not [path for path in tmp_path.iterdir() if path != file]


@settings(deadline=None, max_examples=30)
@given(text=st.text())
def test_any_text_comes_back(tmp_path_factory: pytest.TempPathFactory, text: str) -> None:
    folder = tmp_path_factory.mktemp("export")
    page: StoredPage = stored(1, 1, f"x{text}", title="t")
    for ending in ("jsonl", "parquet"):
        file = folder / f"out.{ending}"
        assert export(file, {"zh": [(page, 1.0)]}) == 1
        wanted = page.page.text.encode("utf-8", "replace").decode()
        assert rows(file)[0]["text"] in {wanted, page.page.text}


def test_a_failed_export_leaves_the_old_file(tmp_path: Path) -> None:
    file = tmp_path / "out.jsonl"
    file.write_text("old")

    def broken() -> object:
        yield PAGES[0], 1.0
        raise RuntimeError

    with pytest.raises(RuntimeError):
        export(file, {"zh": broken()})  # type: ignore[dict-item]
    assert file.read_text() == "old"
    assert list(tmp_path.iterdir()) == [file]


def test_parquet_without_its_library(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    with pytest.raises(ExportFailed, match=r"^Parquet needs pyarrow; run `pip install"):
        export(tmp_path / "x.parquet", FOUND)
    assert list(tmp_path.iterdir()) == []


def test_a_name_or_folder_that_cannot_be(tmp_path: Path) -> None:
    with pytest.raises(ExportFailed, match=r"x\.xls: name it \.csv, \.jsonl or \.parquet"):
        export(tmp_path / "x.xls", FOUND)
    with pytest.raises(ExportFailed, match="cannot be written"):
        export(tmp_path / "none" / "x.csv", FOUND)
