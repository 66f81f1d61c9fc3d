"""Building: whatever happens in between, the index ends up as what the store holds."""

from __future__ import annotations

import contextlib
import itertools
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index import build, checksums
from index.build import catch_up, rebuild
from index.engine import Filters, Term
from index.engines import ENGINES
from index.errors import IndexBusy, IndexDamaged, IndexUnusable
from index.indexes import Indexed, open_indexes
from index.lock import writing
from index.manifest import NAME
from index.verify import problems
from store.model import Removed
from tests.damage import put_anew
from tests.memory_store import MemoryStore, stored

ALL = Filters(hubs=True)
ROOT = Path(__file__).resolve().parent.parent


@pytest.fixture(params=ENGINES)
def engine(request: pytest.FixtureRequest) -> str:
    return str(request.param)


def pages() -> MemoryStore:
    return MemoryStore(
        stored(1, 1, "数字政府"),
        stored(2, 2, "digital government", "en"),
        stored(3, 3, segments=[("zh", "城市"), ("en", "city")]),
        stored(4, 4, "デジタル", "ja"),
    )


def held(folder: Path, engine: str) -> dict[str, frozenset[int]]:
    """Every url_id found by what the tests' texts begin with."""
    words = {"zh": "数城新", "en": ("digit", "citi", "new")}
    with open_indexes(folder, engine) as indexes:
        return {
            lang: frozenset().union(*(indexes[lang].ids(Term(word), ALL) for word in words[lang]))
            for lang in ("en", "zh")
        }


def test_catching_up(engine: str, tmp_path: Path) -> None:
    store = pages()
    assert catch_up(store, tmp_path, engine) == Indexed(2, 2, 4)
    store.add(stored(1, 5, "new words", "en"), Removed(3, 6), stored(5, 7, "新闻"))
    assert catch_up(store, tmp_path, engine) == Indexed(2, 1, 7)
    assert held(tmp_path, engine) == {"en": {1, 2}, "zh": {5}}
    assert catch_up(store, tmp_path, engine) == Indexed(2, 1, 7)


def test_an_empty_store(engine: str, tmp_path: Path) -> None:
    assert catch_up(MemoryStore(), tmp_path, engine) == Indexed(0, 0, 0)
    with open_indexes(tmp_path, engine) as indexes:
        assert indexes.indexed() == Indexed(0, 0, 0)


def test_progress_and_batches(engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(build, "BATCH_PAGES", 3)
    done: list[int] = []
    catch_up(pages(), tmp_path, engine, done.append)
    assert done == [3, 4]
    assert held(tmp_path, engine) == {"en": {2, 3}, "zh": {1, 3}}


def test_a_rebuilt_index_is_the_same(engine: str, tmp_path: Path) -> None:
    store = pages()
    catch_up(store, tmp_path / "a", engine)
    store.add(Removed(1, 5), stored(2, 6, "数字", "zh"))
    catch_up(store, tmp_path / "a", engine)
    rebuild(store, tmp_path / "b", engine)
    assert held(tmp_path / "a", engine) == held(tmp_path / "b", engine)


def test_only_the_owner_may_read_it(engine: str, tmp_path: Path) -> None:
    catch_up(pages(), tmp_path / "index", engine)
    folders = [p for p in (tmp_path / "index").rglob("*") if p.is_dir()]
    assert all(folder.stat().st_mode & 0o077 == 0 for folder in [tmp_path / "index", *folders])


HARMS = ("flip", "cut", "delete")


def test_every_damaged_file_is_noticed_and_mended(engine: str, tmp_path: Path) -> None:
    whole, index, store = tmp_path / "whole", tmp_path / "index", pages()
    catch_up(store, whole, engine)
    files = [p.relative_to(whole) for p in whole.rglob("*") if p.is_file()]
    # A lock is made anew, a remembered checksum only saves reading.
    names = [f for f in files if "lock" not in f.name.lower() and f.name != checksums.NAME]
    assert {"data", "zh", "manifest.json"} <= {part for name in names for part in name.parts}
    chance = random.Random(1)
    for name, harm in itertools.product(names, HARMS):
        shutil.rmtree(index, ignore_errors=True)
        shutil.copytree(whole, index)
        if not damage(index / name, harm, chance):
            continue
        with pytest.raises(IndexDamaged, match="duizhao index"):
            open_indexes(index, engine)
        if harm == HARMS[0]:
            assert any("duizhao index" in line for line in problems(store, index, engine))
            catch_up(store, index, engine)
            assert not list(problems(store, index, engine))


def test_a_damaged_lock_file_stops_nobody(engine: str, tmp_path: Path) -> None:
    catch_up(pages(), tmp_path, engine)
    for path in tmp_path.rglob("*"):
        if "lock" in path.name.lower():
            path.write_bytes(b"\xff\x00\x1b[31m process 1 on nowhere")
    store = pages()
    store.add(stored(9, 9, "新闻"))
    assert catch_up(store, tmp_path, engine) == Indexed(2, 3, 9)


def test_a_file_that_is_not_the_indexes_own_is_noticed(engine: str, tmp_path: Path) -> None:
    catch_up(pages(), tmp_path, engine)
    data = tmp_path / "zh" / engine / "data"
    (data / "_MAIN_99.toc").write_bytes(b"foreign")
    with pytest.raises(IndexDamaged, match="duizhao index"):
        open_indexes(tmp_path, engine)
    assert catch_up(pages(), tmp_path, engine) == Indexed(2, 2, 4)
    assert not (data / "_MAIN_99.toc").exists()


def test_a_manifest_changed_by_hand_is_no_index(engine: str, tmp_path: Path) -> None:
    """Its revision decides what is caught up with: a wrong one would leave pages out."""
    catch_up(pages(), tmp_path, engine)
    file = tmp_path / "en" / engine / NAME
    file.write_text(file.read_text("utf-8").replace('"revision": 4', '"revision": 7'), "utf-8")
    with pytest.raises(IndexDamaged, match="duizhao index"):
        open_indexes(tmp_path, engine)


def test_damage_done_while_a_commit_was_cut_off_is_noticed(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = pages()
    catch_up(store, tmp_path, engine)
    store.add(stored(6, 6, "新闻"))
    with monkeypatch.context() as patch:
        patch.setattr("index.engines.open_engine", lambda *_: 1 / 0)
        patch.setattr("index.manifest.digests", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            catch_up(store, tmp_path, engine)
    data = tmp_path / "zh" / engine / "data"
    victim = max((p for p in data.iterdir() if "lock" not in p.name.lower()), key=_age)
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    put_anew(victim, content)
    catch_up(store, tmp_path, engine)
    assert not list(problems(store, tmp_path, engine))


def _age(path: Path) -> float:
    return -path.stat().st_mtime if path.suffix in {".seg", ".term"} else -float("inf")


def damage(path: Path, harm: str, chance: random.Random) -> bool:
    data = bytearray(path.read_bytes())
    if harm == "delete":
        path.unlink()
    elif not data:
        return False
    elif harm == "flip":
        data[chance.randrange(len(data))] ^= 0x40
        put_anew(path, data)
    else:
        put_anew(path, data[: len(data) // 2])
    return True


@pytest.mark.parametrize("text", ["", "{", "[]", '{"lang": "zh"}', '{"format": 0}', "null", "\x00"])
def test_a_manifest_of_nonsense_is_no_index(text: str, tmp_path: Path) -> None:
    catch_up(pages(), tmp_path)
    (tmp_path / "zh" / "tantivy" / NAME).write_text(text)
    with pytest.raises(IndexDamaged):
        open_indexes(tmp_path)
    assert catch_up(pages(), tmp_path) == Indexed(2, 2, 4)


def test_an_index_of_another_store_is_made_anew(tmp_path: Path) -> None:
    catch_up(pages(), tmp_path)
    other = MemoryStore(*(stored(i, i, "新闻", host="other.cn") for i in range(5, 9)))
    other.last_run = (1, "another computer")
    assert catch_up(other, tmp_path) == Indexed(0, 4, 8)


def test_a_store_of_fewer_revisions_is_another_store(tmp_path: Path) -> None:
    catch_up(pages(), tmp_path)
    assert catch_up(MemoryStore(stored(1, 1, "新闻")), tmp_path) == Indexed(0, 1, 1)


def test_engines_keep_out_of_each_others_way(tmp_path: Path) -> None:
    for engine in ENGINES:
        catch_up(pages(), tmp_path, engine)
    assert held(tmp_path, "tantivy") == held(tmp_path, "whoosh")


def test_a_second_writer_is_refused_and_told_who(tmp_path: Path) -> None:
    tmp_path.joinpath("index").mkdir()
    with (
        writing(tmp_path / "index"),
        pytest.raises(IndexBusy, match=rf"process {os.getpid()} on \S+ \(since .* wait"),
    ):
        catch_up(pages(), tmp_path / "index")
    assert catch_up(pages(), tmp_path / "index").revision == 4


HOLDER = """
import sys, time
from pathlib import Path
from index.lock import writing
with writing(Path(sys.argv[1])):
    print("held", flush=True)
    time.sleep(60)
"""


def test_the_lock_of_another_process_holds_until_it_dies(tmp_path: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(tmp_path)]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as holder:
        assert holder.stdout
        assert holder.stdout.readline() == b"held\n"
        with pytest.raises(IndexBusy, match=rf"process {holder.pid} on \S+ \(since 20"):
            catch_up(pages(), tmp_path)
        holder.kill()
    assert str(holder.pid) in (tmp_path / "writer.lock").read_text("utf-8")
    assert catch_up(pages(), tmp_path).revision == 4


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("")
    with pytest.raises(IndexUnusable, match="cannot be written"):
        catch_up(pages(), blocked / "index")


def test_a_crash_between_commit_and_manifest_costs_nothing(
    engine: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = pages()
    catch_up(store, tmp_path, engine)
    store.add(stored(1, 5, "新闻"), Removed(2, 6))
    with monkeypatch.context() as patch:
        patch.setattr("index.manifest.digests", lambda *_, **__: 1 / 0)
        with pytest.raises(ZeroDivisionError):
            catch_up(store, tmp_path, engine)
    assert catch_up(store, tmp_path, engine) == Indexed(1, 2, 6)
    assert held(tmp_path, engine) == {"en": {3}, "zh": {1, 3}}


TEXTS = [("数字政府" * 50, "zh"), ("digital government " * 50, "en")]


def many() -> MemoryStore:
    return MemoryStore(*(stored(i, i, *TEXTS[i % 2]) for i in range(1, 401)))


KILLED = """
import sys
from pathlib import Path
from index import build
from tests.test_index_build import many
build.BATCH_PAGES = 20
print("ready", flush=True)
make = {"catch_up": build.catch_up, "rebuild": build.rebuild}[sys.argv[3]]
make(many(), Path(sys.argv[1]), sys.argv[2])
"""


@pytest.mark.parametrize("step", ["catch_up", "rebuild"])
def test_a_killed_writer_loses_nothing(step: str, engine: str, tmp_path: Path) -> None:
    """Killed while it adds, commits, merges and (in a rebuild) removes; then the store's equal."""
    chance = random.Random(7)
    for _ in range(3):
        command = [sys.executable, "-c", KILLED, str(tmp_path), engine, step]
        with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE) as writer:
            assert writer.stdout
            assert writer.stdout.readline() == b"ready\n"
            time.sleep(chance.uniform(0.02, 0.4))
            with contextlib.suppress(ProcessLookupError):
                writer.send_signal(signal.SIGKILL)
    assert catch_up(many(), tmp_path, engine) == Indexed(200, 200, 400)
    assert not list(problems(many(), tmp_path, engine))
