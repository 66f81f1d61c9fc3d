"""Engines: libraries that store tokens and answer queries, behind ``index.engine.Engine``.

To add one, write a module with a class of those five methods and name it in ``open_engine`` and
in ``config.model.ENGINES``; the contract test runs every name there. A library is imported when
its engine is opened.
"""

from __future__ import annotations

from pathlib import Path

from config.names import ENGINES
from index.engine import Engine
from index.errors import IndexUnusable

__all__ = ["ENGINES", "open_engine"]


def open_engine(name: str, folder: Path) -> Engine:
    """Open or create an engine's index in ``folder``.

    Raises IndexUnusable for a name that is unknown or not installed, IndexDamaged for files that
    are no index of this engine.
    """
    if name not in ENGINES:
        raise IndexUnusable(f"engine {name!r} is not known; there are {' and '.join(ENGINES)}")
    try:
        if name == "whoosh":
            from index.engines.whoosh import Whoosh

            return Whoosh(folder)
        from index.engines.tantivy import Tantivy

        return Tantivy(folder)
    except ImportError as error:
        advice = "install it, or choose --engine whoosh" if name == "tantivy" else "install whoosh3"
        raise IndexUnusable(f"engine {name} is not installed here; {advice}") from error
