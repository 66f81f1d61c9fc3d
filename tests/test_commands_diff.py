"""``duizhao diff``: two versions of a page, for people and for machines."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from page.model import Page
from store import open_store, pages, runs, visits
from store.frontier import Found, Frontier
from store.pages import Fetch
from tests.crawling import ROOT

OLD, NEW = "http://a.cn/old", "http://a.cn/new"
TEXTS = (
    "市政府推进一网通办。\nIt serves the old city.",
    "市政府推进一网统管。\nIt serves the new city.",
)


def save(store: object, key: str, text: str, at: str) -> int:
    run = runs.start(store.db, "me:1:1", "{}")  # type: ignore[attr-defined]
    frontier = Frontier(store.db, run, "me:1:1")  # type: ignore[attr-defined]
    frontier.add([Found(key, "a.cn", "a", "links")])
    number = pages.url_id(store.db, key) or 0  # type: ignore[attr-defined]
    page = Page(key, "utf-8", "标题\x1b[31m", text, "zh", "article", content_hash=text)
    pages.save(store.db, number, page, Fetch(run, at, 200))  # type: ignore[attr-defined]
    return number


@pytest.fixture(scope="module")
def data(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three versions: two at an old address, the last where it moved."""
    folder = tmp_path_factory.mktemp("diff")
    with open_store(folder, create=True) as store:
        number = save(store, OLD, TEXTS[0], "2026-01-01T00:00:00Z")
        save(store, OLD, TEXTS[0] + "\x1b[2J\u202e!", "2026-02-01T00:00:00Z")
        save(store, NEW, TEXTS[1], "2026-03-01T00:00:00Z")
        visits.moved(store.db, number, NEW, 301, 1, "2026-03-01T00:00:00Z")
    return folder


def diff(data: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "diff", "--data", str(data), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True)


def test_changes_are_marked_by_character_and_by_word(data: Path) -> None:
    done = diff(data, NEW, "--versions", "1", "3")
    assert done.returncode == 0, done.stderr
    assert "一网[-通办-]{+统管+}。" in done.stdout
    assert "the [-old-]{+new+} city" in done.stdout


def test_the_last_change_is_shown_and_nothing_of_a_page_is_active(data: Path) -> None:
    done = diff(data, NEW)
    assert done.stdout.startswith("2  2026-02-01T00:00:00Z")
    assert "\x1b" not in done.stdout
    assert "\u202e" not in done.stdout


def test_json_holds_the_whole_texts(data: Path) -> None:
    said = json.loads(diff(data, NEW, "--versions", "1", "3", "--json").stdout)
    assert (said["from"]["url"], said["to"]["url"]) == (OLD, NEW)
    new = "".join(c["text"] for c in said["changes"] if c["kind"] != "removed")
    assert new == TEXTS[1]


def test_versions_are_listed_with_their_addresses(data: Path) -> None:
    lines = diff(data, NEW, "--list").stdout.splitlines()
    assert [line.split()[-1] for line in lines] == [OLD, OLD, NEW]
    assert len(json.loads(diff(data, OLD, "--list", "--json").stdout)) == 2


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (["http://a.cn/none"], 1, "no version of http://a.cn/none"),
        (["not a url"], 1, "no version"),
        ([NEW, "--versions", "1", "9"], 2, "3 versions are kept; --list shows them"),
        ([NEW, "--versions", "0", "1"], 2, "0"),
        ([], 2, "URL"),
    ],
)
def test_mistakes(data: Path, arguments: list[str], code: int, said: str) -> None:
    done = diff(data, *arguments)
    assert (done.returncode, "Traceback" in done.stderr) == (code, False)
    assert said in done.stderr


def test_who_asks_for_the_old_address_is_told_the_new_one(data: Path) -> None:
    done = diff(data, OLD)
    assert done.stderr == f"moved to {NEW} (301, 2026-03-01T00:00:00Z): ask for that address\n"
    assert diff(data, NEW).stderr == ""
