"""Both languages' indexes, open."""

from __future__ import annotations

from pathlib import Path
from types import TracebackType
from typing import NamedTuple, Self

from config.names import LANGUAGES
from index.volume import Volume, open_volume


class Indexed(NamedTuple):
    """What the indexes hold: pages with English, pages with Chinese, the store's revision."""

    en: int
    zh: int
    revision: int


class Indexes:
    """Both languages' indexes, open. A context manager."""

    def __init__(self, volumes: dict[str, Volume]) -> None:
        self.volumes = volumes

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def __getitem__(self, lang: str) -> Volume:
        return self.volumes[lang]

    @property
    def revision(self) -> int:
        """The revision that both are at, or past."""
        return min(volume.revision for volume in self.volumes.values())

    @property
    def is_empty(self) -> bool:
        """Whether no page is in either."""
        return not any(volume.count() for volume in self.volumes.values())

    def indexed(self) -> Indexed:
        """Return what they hold."""
        return Indexed(self["en"].count(), self["zh"].count(), self.revision)

    def close(self) -> None:
        """Let go of every file."""
        for volume in self.volumes.values():
            volume.close()


def open_indexes(folder: Path, engine: str = "tantivy") -> Indexes:
    """Open both indexes for reading. Raises IndexDamaged unless both are there and intact."""
    return Indexes({lang: open_volume(folder, lang, engine) for lang in LANGUAGES})
