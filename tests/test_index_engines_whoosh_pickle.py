"""A pickle that would act is refused, also in an index whose checksums are right."""

from __future__ import annotations

import io
import os
import pickle
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from index.build import catch_up
from index.engines.whoosh_pickle import load, loads
from index.errors import IndexDamaged
from index.indexes import open_indexes
from index.manifest import digests, read, write
from tests.memory_store import MemoryStore, stored


class Bomb:
    """Pickles as a call that makes a file."""

    def __init__(self, file: Path) -> None:
        self.file = file

    def __reduce__(self) -> tuple[Callable[..., Any], tuple[str]]:
        return os.mkdir, (str(self.file),)


def test_a_call_is_refused(tmp_path: Path) -> None:
    data = pickle.dumps(Bomb(tmp_path / "gone"))
    with pytest.raises(pickle.UnpicklingError, match="an index holds no"):
        loads(data)
    with pytest.raises(pickle.UnpicklingError, match="an index holds no"):
        load(io.BytesIO(data))
    assert not (tmp_path / "gone").exists()


def test_plain_values_are_read() -> None:
    values = (1, 2.5, "政府", b"\xff", [None, True], {"a": (1,)}, {3})
    assert [loads(pickle.dumps(values, protocol)) for protocol in (4, 5)] == [values] * 2


def test_a_foreign_index_whose_manifest_vouches_for_it_runs_nothing(tmp_path: Path) -> None:
    """As if somebody sent the whole folder, with every checksum right."""
    catch_up(MemoryStore(stored(1, 1, "数字政府")), tmp_path, "whoosh")
    folder = tmp_path / "zh" / "whoosh"
    (toc,) = (folder / "data").glob("*.toc")
    content = toc.read_bytes()
    place = content.rindex(b"\x80\x05\x95")  # the list of segments is the last pickle in the file
    toc.write_bytes(content[:place] + pickle.dumps(Bomb(tmp_path / "gone")))
    manifest = read(folder)
    assert manifest
    files = digests(folder / "data")
    write(folder, type(manifest)("zh", "whoosh", manifest.revision, manifest.witness, files))
    with pytest.raises(IndexDamaged, match="an index holds no"):
        open_indexes(tmp_path, "whoosh")
    assert not (tmp_path / "gone").exists()
