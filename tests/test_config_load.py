"""Loading: which layer wins, where names lead, and how problems are told."""

from __future__ import annotations

import math
from pathlib import Path
from typing import Any

import pytest

from config.load import ConfigError, load, shipped_topics
from tests.configuring import SOURCE, TOPIC, problems, write


@pytest.mark.parametrize(
    ("options", "place", "message"),
    [
        ({"overrides": {"max_pages": -1}}, "--max-pages", "-1 is not a whole number"),
        ({"overrides": {"delay": math.nan}}, "--delay", "nan is not a number"),
        ({"overrides": {"delay": 61.0}}, "--delay", "longer than max_delay 60"),
        ({"overrides": {"contact": "a\nb"}}, "--contact", "HTTP header"),
        ({"overrides": {"allow_addresses": ["x"]}}, "--allow-addresses", "is no network"),
        ({"topic": "nonsense"}, "--topic", "'nonsense' is neither a .toml file nor a topic"),
        ({"topic": "no/such.toml"}, "--topic", "no/such.toml cannot be read"),
        ({"sources": Path("no.toml")}, "--sources", "no.toml cannot be read"),
        ({"path": Path("no.toml")}, "no.toml", "cannot be read (No such file or directory)"),
    ],
)
def test_mistakes_on_the_command_line(options: Any, place: str, message: str) -> None:
    [found] = problems(options.pop("path", None), **options)
    assert found.startswith(f"{place}: ")
    assert message in found


def test_all_problems_are_told_at_once_in_order(tmp_path: Path) -> None:
    topic = write(tmp_path, TOPIC.replace("core = true", "core = 1"), "tea.toml")
    text = f"topic = 'tea.toml'\nx = 1\n{SOURCE.replace('press', 'pres')}[crawl]\ndelay = -1\n"
    path = write(tmp_path, text)
    places = [each.split(": ")[0] for each in problems(path, overrides={"workers": 0})]
    assert places == [f"{path}:2", f"{path}:7", f"{path}:11", "--workers", f"{topic}:11"]


def test_an_error_knows_its_place_and_exit_code(tmp_path: Path) -> None:
    path = write(tmp_path, "[crawl]\nworkers = 0\n")
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert (caught.value.path, caught.value.line, caught.value.exit_code) == (path, 2, 2)


def test_hundreds_of_problems_are_cut_short(tmp_path: Path) -> None:
    path = write(tmp_path, "".join(f"x{n} = 1\n" for n in range(300)))
    with pytest.raises(ConfigError) as caught:
        load(path)
    assert len(caught.value.problems) == 300
    assert str(caught.value).endswith("\n… and 280 more")


def test_layers_win_in_order(tmp_path: Path) -> None:
    path = write(tmp_path, f'engine = "whoosh"\n{SOURCE}[crawl]\nmax_pages = 7\ndelay = 2\n')
    config = load(path, overrides={"max_pages": 9})
    assert config.engine == "whoosh"
    assert [source.id for source in config.sources] == ["s"]
    assert (config.crawl.max_pages, config.crawl.delay, config.crawl.workers) == (9, 2.0, 2)
    assert isinstance(config.crawl.delay, float)
    assert config.topic.id == "digital-government"
    assert config.files[1] == path
    assert config.sources[0].hosts == ("example.org",)


def test_named_files_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    (tmp_path / "sub").mkdir()
    write(tmp_path, TOPIC, "tea.toml")
    write(tmp_path, SOURCE, "sub/地点.toml")
    config = load(write(tmp_path, 'topic = "../tea.toml"\nsources = "地点.toml"', "sub/my.toml"))
    assert (config.topic.zh, len(config.sources)) == ("茶", 1)


def test_the_command_line_is_relative_to_the_working_directory(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, TOPIC, "tea.toml")
    write(tmp_path, SOURCE, "s.toml")
    other = write(tmp_path, SOURCE.replace('"s"', '"t"'))
    config = load(other, topic="./tea.toml", sources=Path("s.toml"))
    assert (config.topic.id, config.sources[0].id) == ("tea", "s")
    assert config.files[1:] == (other, Path("tea.toml"), Path("s.toml"))


def test_a_shipped_topic_is_found_by_its_name() -> None:
    assert "digital-government" in shipped_topics()
    for name in shipped_topics():
        assert load(topic=name).topic.id == name
