"""What Whoosh may unpickle: the few classes that an index is made of, and nothing that can act.

A pickle can name any function to be called. Whoosh loads them when it opens an index and when it
reads postings, long before anybody could tell that the folder is not ours.
"""

from __future__ import annotations

import io
import pickle
from typing import Any

import whoosh.codec.whoosh3
import whoosh.columns
import whoosh.filedb.structfile
import whoosh.index

KNOWN = frozenset(
    {
        ("whoosh.codec.whoosh3", "W3Codec"),
        ("whoosh.codec.whoosh3", "W3Segment"),
        ("collections", "defaultdict"),
        ("builtins", "int"),
        ("builtins", "set"),
        ("_codecs", "encode"),  # how protocol 2 writes bytes
    }
)


class Unpickler(pickle.Unpickler):
    """Reads plain values and the classes of ``KNOWN``; raises UnpicklingError for any other."""

    def find_class(self, module: str, name: str) -> Any:
        """Return a class by name, if an index is made of it."""
        if (module, name) not in KNOWN:
            raise pickle.UnpicklingError(f"an index holds no {module}.{name}")
        return super().find_class(module, name)


def load(file: Any) -> Any:
    """Read one value from an open file."""
    return Unpickler(file).load()


def loads(data: bytes) -> Any:
    """Read one value from bytes."""
    return load(io.BytesIO(data))


class _Pickle:
    """Stands for the module ``pickle`` where Whoosh uses it by that name."""

    PicklingError = pickle.PicklingError
    dumps = staticmethod(pickle.dumps)
    loads = staticmethod(loads)


def restrict() -> None:
    """Put the restricted functions in the place of Whoosh's own."""
    modules: tuple[Any, ...] = (whoosh.codec.whoosh3, whoosh.columns)
    for module in modules:
        module.loads = loads
    structfile: Any = whoosh.filedb.structfile
    structfile.load = load
    index: Any = whoosh.index
    index.pickle = _Pickle
