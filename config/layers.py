"""The documents that settings come from, the later over the earlier; and the topic they name."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from config.checks import hint
from config.document import Document, read
from config.errors import ConfigError, shown
from config.subject import Topic
from config.topic import read_topic


@dataclass(frozen=True, slots=True)
class Layer:
    """One of the documents that settings come from, and its good top-level values."""

    document: Document
    values: dict[str, Any]


def shipped_topics() -> tuple[str, ...]:
    """Return the names of the topics that come with Duizhao."""
    return tuple(sorted(file.stem for file in shipped("topics").glob("*.toml")))


def shipped(name: str) -> Path:
    """Return the path of a file that comes with Duizhao."""
    # Wheels are unpacked when they are installed, so it is a file like any other;
    # importlib.resources would find it no better, and takes as long as reading it.
    return Path(__file__).parent / name


def latest(layers: Sequence[Layer], *names: str) -> Layer:
    """Return the last layer that gives one of ``names``; the shipped one gives all."""
    return next(layer for layer in reversed(layers) if any(name in layer.values for name in names))


def topic_of(layers: Sequence[Layer]) -> tuple[Topic, Document]:
    """Return the topic that these layers name, and its document. Raises ConfigError."""
    layer = latest(layers, "topic")
    name = layer.values["topic"]
    if name.endswith(".toml") or "/" in name or "\\" in name:
        document = named(layer, "topic")
    elif name in shipped_topics():
        document = read(shipped("topics") / f"{name}.toml")
    else:
        known = hint(name, shipped_topics())
        message = f"{shown(name)} is neither a .toml file nor a topic of Duizhao's; {known}"
        raise ConfigError([layer.document.problem(("topic",), message)])
    return read_topic(document), document


def named(layer: Layer, key: str) -> Document:
    """Read a file that a layer names; its name is relative to the file that holds it."""
    home = layer.document.path.parent if layer.document.path else Path()
    label = f"{key}: " if layer.document.path else ""
    return read(
        home / layer.values[key],
        missing=lambda message: layer.document.problem((key,), f"{label}{message}"),
    )
