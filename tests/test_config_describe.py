"""What ``config check`` prints, and the form in which a run keeps its configuration."""

from __future__ import annotations

import io
import json
import re
from pathlib import Path

import pytest
from rich.cells import cell_len
from rich.console import Console

from config.describe import as_dict, describe
from config.load import load
from config.model import Config
from tests.configuring import SOURCE, TOPIC, write

CONFIG = load()


def printed(config: Config, width: int) -> str:
    out = io.StringIO()
    Console(file=out, width=width).print(describe(config))
    return out.getvalue()


@pytest.mark.parametrize("width", [60, 80, 120])
def test_it_fits_the_terminal_with_chinese_characters_two_cells_wide(width: int) -> None:
    text = printed(CONFIG, width)
    assert max(map(cell_len, text.splitlines())) <= width
    # The mark's column is straight: every row of the concepts' table is equally wide.
    rows = [line for line in text.splitlines() if line.startswith(" e-government ")]
    heads = [line for line in text.splitlines() if line.startswith(" concept ")]
    assert cell_len(rows[0]) == cell_len(heads[0])


def test_long_times_are_whole_numbers() -> None:
    assert re.search(r"revisit_max +5,184,000 +s", printed(CONFIG, 100))


def test_it_shows_everything() -> None:
    text = printed(CONFIG, 100)
    for concept in CONFIG.topic.concepts:
        assert f" {concept.id} " in text
    for source in CONFIG.sources:
        assert f" {source.id} " in text
    assert "max_pages_per_source" in text
    assert f"{len(CONFIG.sources)} in all" in text


def test_names_are_shown_as_written_not_as_markup(tmp_path: Path) -> None:
    spoiled = TOPIC.replace('"Tea"', '"[red]Tea[/] :tea:"').replace('"绿茶"', '"[b]绿茶[/b]"')
    topic = write(tmp_path, spoiled, "tea.toml")
    source = SOURCE.replace('"S"', '"[/] :smile:"')
    text = printed(load(write(tmp_path, source), topic=str(topic)), 80)
    assert "[b]绿茶[/b]" in text
    assert "[/] :smile:" in text
    assert "Topic [red]Tea[/] :tea: 茶: concepts 1, of them core (*) 1\n" in text


def test_counts_by_kind_region_and_language(tmp_path: Path) -> None:
    english = SOURCE.replace('"s"', '"e"').replace('"zh"', '"en", "zh", "en"')
    text = printed(load(write(tmp_path, SOURCE + english)), 80)
    assert re.search(r"^ press +1/2( +–){5} *$", text, re.MULTILINE)


def test_as_dict_is_complete_and_json(tmp_path: Path) -> None:
    path = write(tmp_path, f'{SOURCE}[crawl]\nallow_addresses = ["10.0.0.0/8", "::1"]\n')
    config = load(path)
    data = json.loads(json.dumps(as_dict(config), allow_nan=False))
    routes = {"discover", "searches", "aside", "archives", "lists"}
    assert set(data) == {"topic", "sources", "crawl", "engine", "files", "schedule", *routes}
    assert data["crawl"]["allow_addresses"] == ["10.0.0.0/8", "::1/128"]
    assert data["files"][1] == str(path)
    assert data["sources"][0]["langs"] == ["zh"]
    assert data["sources"][0]["max_pages"] is None
    assert len(data["topic"]["concepts"]) == len(config.topic.concepts)
    assert data["topic"]["concepts"][0]["zh_terms"] == list(config.topic.concepts[0].zh_terms)
    assert set(data["crawl"]) == set(config.crawl.__slots__)
