"""What a request is answered from: the store, and the indexes as current as they can be had.

Every request opens them anew, so a crawl, a rebuild or a repair by another process in between is
seen at once. Catching up takes as long as it takes; an answer waits for it only a moment.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from config.counted import counted
from config.model import Config
from index.errors import IndexBusy, IndexUnusable, NothingIndexed
from index.lexicon import Lexicon, match_concepts
from index.library import Library
from index.opening import FOLDER, behind, is_read_only, left_behind, usable
from index.semantic.meaning import Meaning
from store import Store, open_store
from web.keeper import Keeper

PATIENCE = 2.0  # seconds that an answer waits for newer pages


class NotReady(IndexUnusable):
    """There is no index yet, and one is being made."""

    def __init__(self, done: int) -> None:
        super().__init__(f"the index is being made: {counted(done, 'page')} so far")
        self.done = done


@dataclass(frozen=True, slots=True)
class Opened:
    """An open store and its indexes, and what there is to say about how current they are.

    Some of the ``notices`` come only when a question is asked.
    """

    store: Store
    library: Library
    notices: list[str]


class Desk:
    """Opens a data folder for one request after another."""

    def __init__(self, data: Path, config: Config, patience: float = PATIENCE) -> None:
        self.data, self.config, self.patience = data, config, patience
        self.root = data / FOLDER
        self.keeper = Keeper(data, self.root, config.engine)
        self.lexicon = Lexicon(config.topic)
        self.concepts_in = match_concepts(config.topic)

    @contextmanager
    def opened(self) -> Iterator[Opened]:
        """Open the folder.

        Raises NotReady, NothingIndexed for an empty store, StoreError, IndexUnusable.
        """
        with open_store(self.data) as store:
            indexes, notice = usable(store, self.root, self.config.engine), ""
            if indexes and not indexes.is_empty and is_read_only(self.root):
                notice = left_behind(indexes, store) if indexes.revision < store.revision else ""
            elif indexes is None or indexes.revision != store.revision:
                if indexes is not None:
                    indexes.close()
                ended = self.keeper.bring_up_to_date(self.patience)
                indexes = usable(store, self.root, self.config.engine)
                if indexes is None:
                    raise self._trouble(ended)
                if indexes.revision != store.revision:
                    notice = behind(indexes, store, self._holder())
            with indexes:
                if indexes.is_empty and notice:
                    raise self._trouble(ended=False)
                if indexes.is_empty:
                    raise NothingIndexed(
                        f"{self.data}: no page in English or Chinese is stored yet;"
                        " run `duizhao crawl` first"
                    )
                notices = [notice] if notice else []
                meaning = Meaning(self.root, notices.append)
                yield Opened(store, Library(store, indexes, meaning), notices)

    def _trouble(self, ended: bool) -> Exception:
        if ended and self.keeper.error is not None:
            return self.keeper.error
        return NotReady(self.keeper.done)

    def _holder(self) -> str:
        error = self.keeper.error
        return error.holder if isinstance(error, IndexBusy) else "this page"
