"""``duizhao verify`` finds what is not as it was written, and names it."""

from __future__ import annotations

import sqlite3
from pathlib import Path

import pytest
from click.testing import CliRunner

from cli import cli
from index.build import catch_up
from index.opening import FOLDER
from index.verify import problems
from store import Store, open_store, pages, runs, verify
from store.frontier import Found, Frontier
from store.pages import Fetch
from store.warc import WarcFiles
from tests.damage import put_anew
from tests.memory_store import stored
from tests.stored_pages import keep

PAGES = [stored(1, 1, "数字政府"), stored(2, 2, "Digital government.", "en"), stored(3, 3, "政务")]


@pytest.fixture
def data(tmp_path: Path) -> Path:
    keep(tmp_path, PAGES)
    with open_store(tmp_path) as store:
        catch_up(store, tmp_path / FOLDER)
    return tmp_path


def of_index(data: Path) -> list[str]:
    with open_store(data) as store:
        return list(problems(store, data / FOLDER, "tantivy"))


def test_a_sound_store_and_index(data: Path) -> None:
    assert of_index(data) == []
    done = CliRunner().invoke(cli, ["verify", "--data", str(data)])
    assert (done.exit_code, done.stdout) == (0, "")
    assert "3 pages, all is as written" in done.stderr


def test_an_index_that_is_behind_missing_or_damaged_says_what_to_do(data: Path) -> None:
    keep(data, [stored(9, 9, "新政府")])
    assert [line.split(":")[0] for line in of_index(data)] == ["en", "zh"]
    assert "`duizhao index` brings it up to date" in of_index(data)[0]
    victim = next((data / FOLDER / "zh").rglob("*.term"))
    content = bytearray(victim.read_bytes())
    content[len(content) // 2] ^= 1
    put_anew(victim, content)
    assert "files are damaged; `duizhao index` makes them anew" in of_index(data)[1]
    done = CliRunner().invoke(cli, ["verify", "--data", str(data)])
    assert done.exit_code == 1
    assert "2 things are not as they should be" in done.stderr


def test_pages_that_differ_are_named(data: Path) -> None:
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE page SET title = 'another' WHERE url_id = 1")
        db.execute("UPDATE url SET page_id = NULL WHERE id = 3")
        db.execute("UPDATE page SET lang = 'zh', title = '补上' WHERE url_id = 2")
    found = "\n".join(of_index(data))
    assert (
        "zh: 1 page is indexed with another text than the store has now: https://www.gov.cn/1;"
        in found
    )
    assert "zh: 1 page is in the index and not in the store: number 3;" in found
    assert "zh: 1 page is not in the index: https://www.gov.cn/2;" in found
    assert "`duizhao index --rebuild` makes it anew" in found


@pytest.fixture
def evidence(tmp_path: Path) -> Path:
    """A store of two pages with their raw responses."""
    with open_store(tmp_path, create=True) as store, store.transaction():
        run = runs.start(store.db, "me:1:1", "{}")
        found = [Found(page.url, page.host, "gov", "links") for page in PAGES[:2]]
        Frontier(store.db, run, "me:1:1").add(found)
        with WarcFiles(tmp_path, "test") as files:
            for number, page in enumerate(PAGES[:2], 1):
                place = files.write(page.url, 200, [("Content-Type", "text/html")], b"<p>x" * 500)
                fetch = Fetch(run, page.fetched_at, 200, *place)
                pages.save(store.db, number, page.page, fetch)
    return tmp_path


def of_store(data: Path) -> list[str]:
    with open_store(data) as store:
        assert isinstance(store, Store)
        return list(store.problems())


def test_a_damaged_or_missing_file_is_named_once(
    evidence: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert of_store(evidence) == []
    (file,) = (evidence / "warc").iterdir()
    whole = file.read_bytes()
    file.write_bytes(whole[: len(whole) - 60])
    (line,) = of_store(evidence)
    assert line.startswith("https://www.gov.cn/2: its evidence cannot be read: warc/")
    file.write_bytes(b"")
    assert len(of_store(evidence)) == 2
    monkeypatch.setattr(verify, "NAMED", 1)
    assert of_store(evidence)[1] == (
        f"warc/{file.name}: the evidence of 1 more page cannot be read"
    )
    file.unlink()
    assert of_store(evidence) == [
        f"warc/{file.name} is not there: the evidence of 2 pages, https://www.gov.cn/1 and others,"
        " is gone"
    ]


def test_a_row_that_cannot_be_read_is_named_and_the_rest_is_read(evidence: Path) -> None:
    with sqlite3.connect(evidence / "store.sqlite") as db:
        db.execute("UPDATE page SET detail = '{' WHERE url_id = 1")
        db.execute("UPDATE page SET warc_offset = (SELECT min(warc_offset) FROM page)")
    lines = [line for line in of_store(evidence) if "not as it was written" not in line]
    assert lines[0].startswith("https://www.gov.cn/1: its page cannot be read")
    assert lines[1] == (
        "https://www.gov.cn/2: its evidence is another page's: https://www.gov.cn/1"
    )


CHANGED = ["title", "text", "detail", "kind", "lang", "content_hash", "sketch", "warc_file"]


@pytest.mark.parametrize("column", CHANGED)
def test_a_changed_byte_in_a_page_is_found(evidence: Path, column: str) -> None:
    """Also where SQLite itself, and everything that reads the page, sees nothing wrong."""
    assert of_store(evidence) == []
    with sqlite3.connect(evidence / "store.sqlite") as db:
        changed = f"CAST(CAST({column} AS BLOB) || x'ff' AS TEXT)"
        db.execute(f"UPDATE page SET {column} = {changed} WHERE url_id = 2")
    wanted = "https://www.gov.cn/2: version 1 is not as it was written; restore the store"
    assert any(line.startswith(wanted) for line in of_store(evidence))


def test_older_versions_are_read_too_and_rows_from_before_seals_are_not(data: Path) -> None:
    keep(data, [stored(1, 9, "另一个数字政府")])
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE page SET text = 'x' WHERE url_id = 1 AND version = 1")
    (line,) = of_store(data)
    assert line.startswith("https://www.gov.cn/1: version 1 is not as it was written")
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE page SET seal = ''")
    assert of_store(data) == []


def test_what_is_found_is_printed_before_the_reading_ends(data: Path) -> None:
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE page SET detail = '{' WHERE url_id = 1")
    done = CliRunner().invoke(cli, ["verify", "--data", str(data)])
    assert done.exit_code == 1
    assert "https://www.gov.cn/1: its page cannot be read (Expecting" in done.stdout
    assert "the indexes cannot be compared with the store" in done.stdout
