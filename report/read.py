"""Surveys a store: where the report meets the index's matcher and the store's clustering."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

from config.model import Topic
from index.lexicon import match_concepts, on_topic
from report.survey import Judge, Survey, survey
from store.model import Reader
from store.works import cluster


def judge_of(topic: Topic) -> Judge:
    """Return what puts a text on a topic."""
    return Judge(match_concepts(topic), partial(on_topic, topic))


def survey_store(
    store: Reader,
    topic: Topic,
    *,
    include_hubs: bool = False,
    keep_sketches: bool = False,
    progress: Callable[[int], None] | None = None,
) -> Survey:
    """Read every page of a store once; ``progress`` is told how many have been read.

    Raises whatever reading the store raises.
    """
    return survey(
        store.changes(),
        judge_of(topic),
        cluster,
        routes=store.routes(),
        include_hubs=include_hubs,
        keep_sketches=keep_sketches,
        progress=progress,
    )
