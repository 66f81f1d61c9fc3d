"""Where a user's files are that only save time: any of them can be deleted."""

from __future__ import annotations

import os
from pathlib import Path


def cache_folder() -> Path:
    """Return that folder, below ``XDG_CACHE_HOME`` or the home; it need not exist.

    Without a home (in a container, say) it is where nothing can be kept.
    """
    try:
        return Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "duizhao"
    except RuntimeError:
        return Path(os.devnull) / "duizhao"
