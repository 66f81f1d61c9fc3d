"""What decides which works a report counts: two reports are comparable as far as it is the same."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass

from config.model import LANGUAGES, Topic
from index.terms import said_of


@dataclass(frozen=True, slots=True)
class Counted:
    """``terms`` is the topic's ``fingerprint`` (None: an older version did not keep it), ``hubs``
    whether home pages and lists of links count, and ``sources`` are all by id, with whether they
    have a page on topic."""

    terms: str | None
    hubs: bool
    sources: Mapping[str, bool]


def fingerprint(topic: Topic) -> str:
    """Return what is the same for topics of the same words, in hexadecimal.

    These are the wordings of every concept as they are matched, and which concepts are core; not
    their order, their writing (Traditional, capitals) or what a concept means.
    """
    said = [one for lang in LANGUAGES for one in said_of(topic, lang)]
    words = sorted((one.concept, one.lang, one.normal) for one in said)
    core = sorted(concept.id for concept in topic.concepts if concept.core)
    return hashlib.sha256(json.dumps([words, core]).encode()).hexdigest()[:16]
