"""A file that nobody touched is not read again; whoever touches it is found out."""

from __future__ import annotations

import os
import time
from pathlib import Path

import pytest

from index import checksums
from index.build import catch_up
from index.checksums import Checksums
from index.errors import IndexDamaged
from index.indexes import open_indexes
from index.verify import problems
from tests.damage import put_anew
from tests.memory_store import MemoryStore, stored


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of a while ago, and its checksum remembered."""
    path = tmp_path / "data" / "one.term"
    path.parent.mkdir()
    path.write_bytes(b"words" * 1000)
    settle()
    remember(path)
    return path


def settle() -> None:
    time.sleep(2e-9 * checksums.SETTLED_NS)


def kept(path: Path) -> Path:
    return path.parent.parent / checksums.NAME


def remember(path: Path) -> str:
    known = Checksums(kept(path))
    digest = known.of(path)
    known.keep()
    return digest


def test_an_untouched_file_is_not_read_again(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    digest = remember(file)
    monkeypatch.setattr(checksums, "_read", lambda path: pytest.fail("it was read"))
    assert Checksums(kept(file)).of(file) == digest


def flip_in_place(path: Path) -> None:
    """Change a byte, and put back size and time of modification."""
    before = path.stat()
    with path.open("r+b") as opened:
        opened.write(b"W")
    os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def replace(path: Path) -> None:
    other = path.with_suffix(".other")
    other.write_bytes(b"Words" + path.read_bytes()[5:])
    os.utime(other, ns=(path.stat().st_atime_ns, path.stat().st_mtime_ns))
    other.replace(path)


@pytest.mark.parametrize("touch", [flip_in_place, replace, lambda path: path.write_bytes(b"w")])
def test_a_touched_file_is_read_again(file: Path, touch: object) -> None:
    digest = remember(file)
    touch(file)  # type: ignore[operator]
    assert remember(file) != digest


def test_what_was_just_written_is_not_remembered(
    file: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file.write_bytes(b"new")
    changed = file.stat().st_ctime_ns
    monkeypatch.setattr(time, "time_ns", lambda: changed + 1)
    digest = remember(file)
    monkeypatch.setattr(checksums, "_read", lambda path: "read")
    assert Checksums(kept(file)).of(file) == "3:read" != digest


@pytest.mark.parametrize("text", ["", "{}", "[]", '{"seal": "x", "files": "{}"}', "\x00"])
def test_nothing_is_remembered_of_a_damaged_file(file: Path, text: str) -> None:
    digest = remember(file)
    kept(file).write_text(text, "utf-8")
    assert Checksums(kept(file)).of(file) == digest


def test_nothing_is_remembered_where_nothing_can_be_written(file: Path) -> None:
    kept(file).unlink()
    kept(file).mkdir()
    assert remember(file)
    assert [path.name for path in kept(file).parent.iterdir() if path.suffix == ".new"] == []


def test_bytes_that_change_in_an_untouched_file_are_found_by_verify(tmp_path: Path) -> None:
    """As on a failing disk: the file looks as it did when it was read."""
    store = MemoryStore(stored(1, 1, "数字政府"))
    catch_up(store, tmp_path)
    data = tmp_path / "zh" / "tantivy" / "data"
    settle()
    open_indexes(tmp_path).close()
    known = Checksums(data.parent / checksums.NAME)
    victim = next(path for path in sorted(data.iterdir()) if path.suffix == ".fieldnorm")
    content = bytearray(victim.read_bytes())
    content[0] ^= 1
    put_anew(victim, content)
    found = victim.stat()
    touched = [found.st_dev, found.st_ino, found.st_size, found.st_mtime_ns, found.st_ctime_ns]
    known._known[victim.name] = (touched, known._known[victim.name][1])
    known._new = True
    known.keep()
    open_indexes(tmp_path).close()
    assert any("damaged" in line for line in problems(store, tmp_path, "tantivy"))
    with pytest.raises(IndexDamaged):
        open_indexes(tmp_path)
    catch_up(store, tmp_path)
    assert not list(problems(store, tmp_path, "tantivy"))
