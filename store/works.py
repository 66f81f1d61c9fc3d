"""Works: which pages are the same text under different furniture."""

from __future__ import annotations

from page.model import cluster

__all__ = ["cluster"]
