"""What a search needs of a configuration: the topic and the engine, without the sources.

Reading and checking everything takes longer than answering a query.
"""

from __future__ import annotations

from pathlib import Path

from config.document import Document, read
from config.errors import ConfigError
from config.layers import Layer, shipped, topic_of
from config.subject import Topic


def topic_and_engine(path: Path | None = None, *, topic: str | None = None) -> tuple[Topic, str]:
    """Return what ``config.load`` would, of these two; raises ConfigError exactly where it does.

    A user's file is read and checked whole. Duizhao's own are right, which a test holds.
    """
    if path is None:
        own = read(shipped("default.toml"))
        given = {} if topic is None else {"topic": topic}
        try:
            layers = [Layer(own, own.data), Layer(Document(None, given), given)]
            return topic_of(layers)[0], str(own.data["engine"])
        except ConfigError:
            pass  # said below, as for every other command
    from config.load import load  # imports what reads the rest, too

    whole = load(path, topic=topic)
    return whole.topic, whole.engine
