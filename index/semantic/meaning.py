"""What pages mean, asked beside what words they have: the two rankings become one."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from index.errors import IndexDamaged
from index.semantic.fusion import fused

if TYPE_CHECKING:
    from index.semantic.vectors import Shelf

FOLDER = "vectors"
NEAREST = 100  # pages looked at by meaning: twice as many as are looked at by words


def _unsaid(message: str) -> None:
    """Tell nobody."""


class Meaning:
    """The vectors of both languages below an index folder; nothing is opened before it is asked.

    Without a folder, without vectors in it or without the extra there is no meaning. Nor is there
    with vectors that are not as they were written: ``notice`` is told so, and what to do.
    """

    def __init__(self, root: Path | None = None, notice: Callable[[str], None] = _unsaid) -> None:
        self.root = root
        self.notice = notice
        self._opened: dict[str, Shelf | None] = {}

    def has(self, lang: str) -> bool:
        """Return whether a question can be put to the pages of a language by meaning."""
        return self._shelf(lang) is not None

    def fused(
        self,
        text: str,
        lang: str,
        by_words: Sequence[int],
        admitted: Callable[[tuple[int, ...]], frozenset[int]],
    ) -> list[tuple[int, float]]:
        """Return pages by words, by title and lead, and by their nearest sentence: one ranking.

        ``by_words`` are the pages with the question's words, best first; ``admitted`` returns
        those of some pages that the question may find at all.
        """
        from index.semantic.encoder import encoder

        shelf = self._shelf(lang)
        if shelf is None:
            return fused([by_words])
        vector = encoder().encode([text])[0]
        near = shelf.nearest(vector, NEAREST)
        may = admitted(tuple({*near, *by_words}))
        whole = [url_id for url_id in near if url_id in may]
        return fused([by_words, whole, shelf.by_sentence(vector, may)])

    def _shelf(self, lang: str) -> Shelf | None:
        if lang not in self._opened:
            self._opened[lang] = self._open(lang)
        return self._opened[lang]

    def _open(self, lang: str) -> Shelf | None:
        if self.root is None or not (self.root / FOLDER / lang).is_dir():
            return None
        # numpy is slow to load, and few searches need it.
        from index.semantic.encoder import available
        from index.semantic.vectors import open_shelf

        if not available():
            return None

        try:
            shelf = open_shelf(self.root, lang)
        except IndexDamaged as error:
            self.notice(f"answered by words alone: {error}")
            return None
        return shelf if shelf and len(shelf.whole.ids) else None
