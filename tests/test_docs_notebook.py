"""The example notebook runs, from its first cell to its last."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest
from nbclient import NotebookClient

ROOT = Path(__file__).resolve().parent.parent


@pytest.mark.timeout(180)
def test_the_example_runs() -> None:
    notebook = nbformat.read(ROOT / "docs" / "example.ipynb", as_version=4)  # type: ignore[no-untyped-call]
    assert not any(cell.get("outputs") for cell in notebook.cells)  # made anew wherever it is read
    resources = {"metadata": {"path": str(ROOT)}}
    NotebookClient(notebook, timeout=150, resources=resources).execute()
    assert any(
        "text/html" in output.get("data", {})
        for cell in notebook.cells
        for output in cell.get("outputs", [])
    )
