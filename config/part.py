"""What a search needs of a configuration: the topic and the engine, without the sources.

Reading and checking everything takes longer than answering a query.
"""

from __future__ import annotations

from pathlib import Path

from config.kept import keep, kept
from config.subject import Topic


def topic_and_engine(path: Path | None = None, *, topic: str | None = None) -> tuple[Topic, str]:
    """Return what ``config.load`` would, of these two; raises ConfigError exactly where it does.

    A user's file is read and checked whole. Duizhao's own are right, which a test holds.
    """
    if path is None and (found := _own(topic)):
        return found
    from config.load import load  # imports what reads the rest, too

    whole = load(path, topic=topic)
    return whole.topic, whole.engine


def _own(topic: str | None) -> tuple[Topic, str] | None:
    """The topic and engine of Duizhao's own file; None for a topic that cannot be used."""
    if topic is None and (found := kept()):
        return found
    from config.document import Document, read
    from config.errors import ConfigError
    from config.layers import Layer, shipped, topic_of

    own = read(shipped("default.toml"))
    given = {} if topic is None else {"topic": topic}
    try:
        made, document = topic_of([Layer(own, own.data), Layer(Document(None, given), given)])
    except ConfigError:
        return None  # said by whoever reads everything, as for every other command
    engine = str(own.data["engine"])
    if topic is None and own.path and document.path:
        keep(made, engine, (own.path, document.path))
    return made, engine
