"""Engines: libraries that store tokens and answer queries, behind ``index.engine.Engine``.

To add one, write a module with a class of those five methods and name it in ``open_engine``; the
contract test runs every name in ``ENGINES``. Libraries are imported when their engine is opened.
"""

from __future__ import annotations

from pathlib import Path

from index.engine import Engine

ENGINES = ("tantivy", "whoosh")


def open_engine(name: str, folder: Path) -> Engine:
    """Open or create an engine's index in ``folder``.

    Raises ValueError for an unknown name, IndexDamaged for files that are no index of this engine.
    """
    if name == "tantivy":
        from index.engines.tantivy import Tantivy

        return Tantivy(folder)
    if name == "whoosh":
        from index.engines.whoosh import Whoosh

        return Whoosh(folder)
    raise ValueError(f"engine {name!r} is not known; there are {' and '.join(ENGINES)}")
