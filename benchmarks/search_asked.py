"""What a random query asks for, as a tree of a few kinds of node; no text, no index."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Leaf:
    """One thing asked for: ``kind`` is word, phrase, prefix, fuzzy or near."""

    kind: str
    text: str
    field: str = ""
    distance: int = 0


@dataclass(frozen=True, slots=True)
class Limit:
    """A property that a page must have: site, kind, region, script, source or date."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class All:
    """Every part must hold, and none of ``without``."""

    parts: tuple[Asked, ...]
    without: tuple[Asked, ...] = ()


@dataclass(frozen=True, slots=True)
class Some:
    """At least one part must hold."""

    parts: tuple[Asked, ...]


Asked = Leaf | Limit | All | Some
