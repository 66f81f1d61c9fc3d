"""py3langid's model, unpacked once a user and shared by all processes.

As the library loads it, it takes half a second and 100 MB of every process: a table of moves of
39 MB, and 28 MB of weights, twice.
"""

from __future__ import annotations

import os
from collections.abc import Collection
from typing import Any

import numpy as np
from numpy.typing import NDArray

from page.kept import Tables, kept

_FORMAT = 1  # raise it with any change to what is kept of the model
_KEYS = ("weights", "priors", "labels", "moves", "rows", "outputs")


def identifier(without: Collection[str]) -> Any:
    """Return a ``LanguageIdentifier`` that knows all languages but these; it gives probabilities.

    The same as the library's own after ``set_languages``.
    """
    from py3langid.langid import MODEL_DIR, MODEL_FILE, LanguageIdentifier

    path = MODEL_DIR / MODEL_FILE
    version = f"langid {_FORMAT} {path.stat().st_size} without {' '.join(sorted(without))}"
    held = kept("langid", version, _KEYS, lambda: _model(path, without))
    return LanguageIdentifier(
        _Rows(held["weights"]) if isinstance(held["weights"], np.memmap) else held["weights"],
        np.asarray(held["priors"]),
        held["labels"].tolist(),
        held["moves"].data,  # gives plain numbers, as fast as the library's own array
        held["outputs"].data,
        norm_probs=True,
        tk_row=held["rows"].tolist(),
    )


class _Rows:
    """Rows of a table in a file, read when they are asked for: a text needs few of 100,000."""

    def __init__(self, table: np.memmap[Any, Any]) -> None:
        self._file = os.open(str(table.filename), os.O_RDONLY)
        self._type, self._begin = table.dtype, table.offset
        self._size = table.shape[1] * table.itemsize

    def __getitem__(self, places: NDArray[np.intp]) -> NDArray[Any]:
        size, begin = self._size, self._begin
        rows = [os.pread(self._file, size, begin + place * size) for place in places.tolist()]
        return np.frombuffer(b"".join(rows), dtype=self._type).reshape(len(rows), -1)


def _model(path: Any, without: Collection[str]) -> Tables:
    from py3langid.modelio import load_model

    weights, priors, labels, moves, rows, outputs = load_model(path)
    known = [place for place, label in enumerate(labels) if label not in without]
    return {
        "weights": np.ascontiguousarray(weights[:, known]),
        "priors": priors[known],
        "labels": np.array(labels)[known],
        "moves": np.asarray(moves),
        "rows": np.asarray(rows),
        "outputs": np.array(outputs, dtype=np.int32),
    }
