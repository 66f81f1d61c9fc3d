"""Comparisons that ``duizhao meaning`` made, kept beside the indexes for the report to read."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

from config.model import Topic
from meaning import keep
from report.estimate.divergence import Divergence
from report.estimate.interval import Interval
from report.estimate.refused import Refused
from report.framing.collocates import Example
from report.framing.compare import Collocate, Framing
from report.framing.recall import Recall

FILE = "framing.json"
VERSION = 3
"""Grows when the same sentences would be compared otherwise, so that what is kept is not read."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What was kept at one revision of the store: recalls by language, framings by concept."""

    recalls: Mapping[str, Recall]
    framings: Mapping[str, Framing]


def kept(data: Path, revision: int, topic: Topic) -> Kept | None:
    """Return what is kept of this topic at this revision, or None."""
    value = keep.read(data / keep.FOLDER / FILE, _stamp(topic))
    if not isinstance(value, dict) or value.get("revision") != revision:
        return None
    recalls = {lang: _recall(row) for lang, row in value["recalls"].items()}
    return Kept(recalls, {row["concept"]: _framing(row) for row in value["framings"]})


def add(
    data: Path,
    revision: int,
    topic: Topic,
    recalls: Mapping[str, Recall],
    framings: Sequence[Framing],
) -> None:
    """Keep these beside those of the same revision and the same recalls; others go."""
    before = kept(data, revision, topic)
    same = before is not None and before.recalls == recalls
    held = dict(before.framings) if before and same else {}
    held.update((one.concept, one) for one in framings)
    value = {
        "revision": revision,
        "recalls": {lang: asdict(one) for lang, one in recalls.items()},
        "framings": [asdict(one) for one in held.values()],
    }
    keep.write(data / keep.FOLDER / FILE, _stamp(topic), value)


def _stamp(topic: Topic) -> str:
    return hashlib.sha256(f"{VERSION}{topic!r}".encode()).hexdigest()[:16]


def _recall(row: dict[str, Any]) -> Recall:
    return Recall(row["lang"], row["recall"], Interval(**row["limits"]), row["judged"])


def _framing(row: dict[str, Any]) -> Framing:
    refused = row["refused"]
    if refused and refused["interval"]:
        refused = refused | {"interval": Interval(**refused["interval"])}
    return Framing(
        row["concept"],
        row["passages"],
        row["sites"],
        Divergence(**row["divergence"]) if row["divergence"] else None,
        Refused(**refused) if refused else None,
        tuple(Collocate(**word) for word in row["words"]),
        {lang: tuple(Example(**one) for one in some) for lang, some in row["examples"].items()},
    )
