"""Works: which pages are the same text under different furniture."""

from __future__ import annotations

from page.model import cluster, current
from store.model import StoredPage

__all__ = ["cluster", "sketch_of"]


def sketch_of(stored: StoredPage) -> bytes:
    """Return a page's sketch, made anew where an older version made the one that is kept."""
    return current(stored.page.sketch, stored.page.text)
