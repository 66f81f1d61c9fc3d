"""A search reads a part of the configuration: the same values, and the same mistakes."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import ConfigError, load, shipped_topics
from config.part import topic_and_engine
from tests.configuring import TOPIC, write


@pytest.mark.parametrize("topic", [None, *shipped_topics()])
def test_the_part_is_that_of_the_whole(topic: str | None) -> None:
    whole = load(topic=topic)
    assert topic_and_engine(topic=topic) == (whole.topic, whole.engine)


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
