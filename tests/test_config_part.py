"""A search reads a part of the configuration: the same values, and the same mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from config import kept
from config.load import ConfigError, load, shipped_topics
from config.part import topic_and_engine
from tests.configuring import TOPIC, write


@pytest.mark.parametrize("topic", [None, *shipped_topics()])
def test_the_part_is_that_of_the_whole(topic: str | None) -> None:
    whole = load(topic=topic)
    assert topic_and_engine(topic=topic) == (whole.topic, whole.engine)


def test_what_was_read_is_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read = topic_and_engine()
    assert kept.kept() == read == (load().topic, load().engine)
    monkeypatch.setattr("config.document.read", None)
    assert topic_and_engine() == read, "and not read again"


@pytest.mark.parametrize("damage", ["", "{}", "topic 0", "\udce4"])
def test_a_damaged_file_is_made_anew(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, damage: str
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    read, file = topic_and_engine(), tmp_path / "duizhao" / kept.NAME
    whole = file.read_bytes()
    for spoilt in (
        damage.encode("utf-8", "surrogateescape"),
        whole[:-1],
        whole.replace(b"e", b"E"),
    ):
        file.write_bytes(spoilt)
        assert kept.kept() is None
        assert topic_and_engine() == read
        assert file.read_bytes() == whole


def test_what_is_kept_of_other_texts_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    topic, engine = topic_and_engine()
    monkeypatch.setattr(kept, "HERE", tmp_path)
    files = [tmp_path / name for name in ("default.toml", "one.toml")]
    for file in files:
        file.write_text("a = 1\n")
    kept.keep(topic, engine, files)
    assert kept.kept() == (topic, engine)
    files[1].write_text("a = 2\n")
    assert kept.kept() is None
    files[1].unlink()
    assert kept.kept() is None


def test_a_folder_that_cannot_be_written_only_costs_time(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "duizhao").write_text("a file")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path))
    assert topic_and_engine() == (load().topic, load().engine)


def test_a_file_s_topic_and_engine(tmp_path: Path) -> None:
    write(tmp_path, TOPIC, "tea.toml")
    path = write(tmp_path, "topic = 'tea.toml'\nengine = 'whoosh'\n")
    topic, engine = topic_and_engine(path)
    assert (topic.id, engine) == ("tea", "whoosh")


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("[crawl]\ndelay = -1\n", None),
        ("topics = 'tea.toml'\n", None),
        (None, "nonsense"),
        (None, "spoilt.toml"),
        (None, "no/such.toml"),
    ],
)
def test_mistakes_are_told_as_by_every_command(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, text: str | None, topic: str | None
) -> None:
    monkeypatch.chdir(tmp_path)
    write(tmp_path, TOPIC.replace("core = true", "core = 1"), "spoilt.toml")
    path = None if text is None else write(tmp_path, text)
    with pytest.raises(ConfigError) as ours:
        topic_and_engine(path, topic=topic)
    with pytest.raises(ConfigError) as whole:
        load(path, topic=topic)
    assert str(ours.value) == str(whole.value)
