"""Imports from the command line: old pages beside new ones, from afar, killed half-way."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
import time
from collections import Counter
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from store import open_store
from store.model import StoredPage
from store.schema import utc
from tests.crawling import ROOT, configuration, crawl, kill, outcomes, stored_urls
from tests.hostile_site import Site, article, running, send
from tests.warc_files import Record, cdxj, numbered, page, wacz, warc, write

HTML = ("Content-Type", "text/html")


def begin(file: Path, data: Path, *arguments: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "cli", "import", *arguments]
    return subprocess.Popen(
        [*command, "--config", str(file), "--data", str(data), "--no-index"],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def imported(file: Path, data: Path, *arguments: str, code: int = 0) -> str:
    with begin(file, data, *arguments) as process:
        out, err = process.communicate(timeout=100)
    assert process.returncode == code, out + err
    assert "Traceback" not in out + err
    return out + err


def pages(data: Path) -> dict[str, StoredPage]:
    with open_store(data) as store:
        assert store.account().balanced
        return {page.url: page for page in store.changes() if isinstance(page, StoredPage)}


@pytest.fixture
def home() -> object:
    site = Site()
    site.html("/", article("home"))
    with running(site):
        yield site


def test_every_kind_of_archive_is_read_with_its_dates(home: Site, tmp_path: Path) -> None:
    data, file, old = tmp_path / "data", configuration(tmp_path, home), tmp_path / "old"
    old.mkdir()
    dated = [
        Record("https://gov.cn/zh", page("政务", "zh"), "2019-01-02T03:04:05Z"),
        Record("https://a.org/no", page("no", head='<meta name="robots" content="noindex">')),
        Record("https://a.org/soft", b"<title>404 Not Found</title><p>Nothing here."),
        Record("https://a.org/tag", page("tag"), headers=(HTML, ("X-Robots-Tag", "noindex"))),
        Record(f"{home.base}/old", page("old", links=["/linked"])),
    ]
    body, _ = warc(dated)
    spoiled = bytearray(warc(numbered(3, "c.org"))[0])
    spoiled[-40] ^= 255
    (old / "1.warc.gz").write_bytes(body)
    wacz(old / "2.wacz", {"x.warc.gz": bytes(spoiled)})
    text = (
        "数字政府的建设\n市政府办公厅今天表示，群众足不出户就可以在网上办理各项业务。\n".encode()
        * 3
    )
    write(
        old / "3.wet.gz",
        [Record("https://b.cn/t", text, "2020-02-02T00:00:00Z", kind="conversion")],
    )
    out = imported(file, data, str(old), "--name", "old")
    assert "archive old: 9 records: damaged 1, noindex 2, soft_404 1, stored 5" in out
    found = pages(data)
    assert found["https://gov.cn/zh"].fetched_at == "2019-01-02T03:04:05Z"
    assert found["https://gov.cn/zh"].source.kind == "unknown"
    assert found["https://gov.cn/zh"].region == "mainland"
    assert found["https://b.cn/t"].page.lang == "zh"
    assert "text_only" in found["https://b.cn/t"].page.flags
    with open_store(data) as store:
        assert store.evidence(found["https://b.cn/t"], len(text)).body == text
    assert found[f"{home.base}/old"].source.id == "s0"
    states = outcomes(data)
    assert states["https://a.org/no"] == ("skipped", "noindex")
    assert "https://a.org/soft" not in states
    assert states[f"{home.base}/linked"] == ("pending", "")
    assert not home.seen, "nothing was fetched"
    with open_store(data) as store:
        assert set(store.routes().values()) == {("archive:old",)}
        assert list(store.problems()) == []
    again = imported(file, data, str(old), "--name", "old")
    assert "0 records: nothing new; 9 were read before" in again
    (old / "copy.warc.gz").write_bytes(body)
    other = imported(file, data, str(old / "copy.warc.gz"), "--name", "other")
    assert "archive other: 5 records: duplicate 4, soft_404 1" in other
    assert len(stored_urls(data)) == 5


def test_an_older_page_is_history_and_a_newer_one_is_the_page(home: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home)
    crawl(file, data)
    dates = ("2001-01-01T00:00:00Z", "2003-01-01T00:00:00Z", "2002-01-01T00:00:00Z")
    old = [Record(f"{home.base}/", page(f"of {date[:4]}"), date) for date in dates]
    write(tmp_path / "a.warc.gz", old)
    assert "older 3" in imported(file, data, str(tmp_path / "a.warc.gz"))
    with open_store(data) as store:
        versions = store.versions(f"{home.base}/")
        current = store.find(f"{home.base}/")
    assert [v.number for v in versions] == [1, 2, 3, 4]
    assert [v.fetched_at[:4] for v in versions][:3] == ["2001", "2002", "2003"]
    assert current
    assert current.page.title == "home"
    soon, later = utc(time.time() + 3_600), utc(time.time() + 100_000)
    said = (soon, later, "9999-12-31T23:59:59Z", "0001-01-01T00:00:00Z")
    newer = [Record(f"{home.base}/", page(f"of {date}"), date) for date in said]
    write(tmp_path / "b.warc.gz", newer)
    assert "no_date 3, stored 1" in imported(file, data, str(tmp_path / "b.warc.gz"))
    assert pages(data)[f"{home.base}/"].page.title == f"of {soon}"


def test_what_the_live_web_lost_stays_lost(home: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home)
    home.html("/", article("home", "/gone"))
    crawl(file, data)
    assert outcomes(data, home.base)["/gone"] == ("gone", "http_404")
    write(tmp_path / "a.warc.gz", [Record(f"{home.base}/gone", page("was here"))])
    assert "older 1" in imported(file, data, str(tmp_path / "a.warc.gz"))
    assert outcomes(data, home.base)["/gone"] == ("gone", "http_404")
    assert f"{home.base}/gone" not in pages(data)
    with open_store(data) as store:
        assert len(store.versions(f"{home.base}/gone")) == 1


def test_sources_only_and_offsite(home: Site, tmp_path: Path) -> None:
    file = configuration(tmp_path, home)
    write(tmp_path / "a.warc.gz", [*numbered(2), Record(f"{home.base}/x", page("x"))])
    archive = str(tmp_path / "a.warc.gz")
    out = imported(file, tmp_path / "only", archive, "--sources-only")
    assert "3 records: offsite 2, stored 1" in out
    file.write_text(f'{file.read_text("utf-8")}\n[discover]\noffsite = "keep"\n', "utf-8")
    assert "offsite 2, stored 1" in imported(file, tmp_path / "keep", archive)
    assert Counter(s for s, _ in outcomes(tmp_path / "keep").values()) == {"stored": 1}


def test_sigkill_loses_nothing_and_stores_nothing_twice(home: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home)
    write(tmp_path / "a.warc", numbered(300))
    kills = 0
    for wanted in (1, 120):
        process = begin(file, data, str(tmp_path / "a.warc"))
        end = time.monotonic() + 60
        while process.poll() is None and time.monotonic() < end and _count(data) < wanted:
            time.sleep(0.01)
        kills += process.poll() is None
        kill(process)
    assert kills >= 1
    imported(file, data, str(tmp_path / "a.warc"))
    urls = stored_urls(data)
    assert len(urls) == len(set(urls)) == 300
    with open_store(data) as store:
        assert list(store.problems()) == []
        assert store.account().balanced


def _count(data: Path) -> int:
    try:
        with sqlite3.connect(f"file:{data / 'store.sqlite'}?mode=ro", uri=True) as db:
            return int(db.execute("SELECT count(*) FROM page").fetchone()[0])
    except sqlite3.Error:
        return 0


def ranged(site: Site, path: str, body: bytes, etag: str = '"1"', **more: str) -> None:
    """Serve a file by range, as Common Crawl's server does."""

    def answer(h: BaseHTTPRequestHandler) -> None:
        found = re.fullmatch(r"bytes=(\d+)-(\d+)", h.headers.get("Range", ""))
        if not found:
            send(h, 200, body, {"ETag": etag})
            return
        first, last = int(found[1]), min(int(found[2]), len(body) - 1)
        if first >= len(body):
            send(h, 416, b"", {"Content-Range": f"bytes */{len(body)}"})
            return
        place = {"Content-Range": f"bytes {first}-{last}/{len(body)}", "ETag": etag, **more}
        send(h, 206, body[first : last + 1], place)

    site.pages[path] = answer


def test_files_and_records_far_away_come_by_range(home: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    file = configuration(tmp_path, home, crawl="max_bytes = 20000")
    home.robots = b"User-agent: *\nDisallow: /\n"
    noise = Record("https://noise.org/", os.urandom(30_000), headers=(("Content-Type", "x/y"),))
    records = [noise, *numbered(5)]
    body, _ = warc(records)
    ranged(home, "/whole.warc.gz", body)
    two, places = warc(numbered(3, "cc.org"))
    ranged(home, "/crawl/part.warc.gz", two)
    listed = cdxj(numbered(3, "cc.org"), places, len(two), "part.warc.gz")
    ranged(
        home,
        "/index",
        (listed + '{"filename": "lost.warc.gz", "offset": 1, "length": 9}\n').encode(),
    )
    out = imported(
        file,
        data,
        f"{home.base}/whole.warc.gz",
        f"{home.base}/index",
        f"{home.base}/missing.warc.gz",
        "--base",
        f"{home.base}/crawl/",
        code=5,
    )
    assert "stored 8" in out
    assert "out_of_reach 1" in out
    assert "too_large 1" in out
    assert "missing.warc.gz: it answered 404; check the address" in out
    assert set(pages(data)) == {r.url for r in (*numbered(5), *numbered(3, "cc.org"))}
    assert home.seen["/whole.warc.gz"] >= 2, "it came in pieces"
    assert home.seen["/robots.txt"] == 0
    assert not list((data / "incoming").iterdir())


def test_servers_of_every_habit_are_understood(home: Site, tmp_path: Path) -> None:
    away, data = Site(), tmp_path / "data"
    file = configuration(tmp_path, home, crawl="max_bytes = 20000")
    noise = Record("https://noise.org/", os.urandom(30_000), headers=(("Content-Type", "x/y"),))
    apaches, elsewhere = (warc([noise, *numbered(3, h)])[0] for h in ("apache.org", "away.org"))
    ranged(home, "/apache.warc.gz", apaches, **{"Content-Encoding": "x-gzip"})
    ranged(away, "/lies/here.warc.gz", elsewhere)
    home.pages["/plain.warc.gz"] = lambda h: send(h, 200, apaches, {})  # as python -m http.server
    home.status("/loop.warc.gz", 302, Location="/loop.warc.gz")
    home.status("/ftp.warc.gz", 302, Location="ftp://a.org/x")
    with running(away):
        home.status("/moved.warc.gz", 302, Location=f"{away.base}/lies/here.warc.gz")
        names = ("apache", "moved", "plain", "loop", "ftp")
        urls = [f"{home.base}/{name}.warc.gz" for name in names]
        out = imported(file, data, *urls, code=5)
    assert "stored 6" in out
    assert "plain.warc.gz: its server sends no ranges, and the whole is more than max_bytes" in out
    assert "loop.warc.gz: it is redirected more than 5 times" in out
    assert "ftp.warc.gz: it moved to what is no http(s) address" in out


def test_an_archive_out_of_reach_is_named_also_when_quiet(home: Site, tmp_path: Path) -> None:
    file, address = configuration(tmp_path, home), f"{home.base}/missing.warc.gz"
    out = imported(file, tmp_path / "data", address, "--quiet", code=5)
    assert out == f"archive import: {address}: it answered 404; check the address\n"


def test_an_archive_whose_host_is_silent_is_named_in_plain_words(
    home: Site, tmp_path: Path
) -> None:
    crawl = 'max_attempts = 2\nallow_addresses = ["127.0.0.0/8"]'
    file, urls = (
        configuration(tmp_path, home, crawl=crawl),
        ("http://127.0.0.1:1/a.warc", "http://no.invalid/a.warc"),
    )
    out = imported(file, tmp_path / "data", *urls, code=5)
    for url, said in zip(
        urls,
        (
            "127.0.0.1:1 refuses connections; is it running?",
            "no.invalid is not known; is there a network?",
        ),
        strict=True,
    ):
        assert f"{url}: {said}; asked again in 0 s\n" in out
        assert f"archive import: {url}: {said}\n" in out
    assert "Error" not in out


def test_a_list_beside_its_files_needs_no_network_and_no_contact(
    home: Site, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home, crawl='contact = ""')
    live = file.read_text("utf-8").replace(home.base, "https://example.org")
    file.write_text(live, "utf-8")
    records = numbered(3)
    body, places = warc(records)
    (tmp_path / "part.warc.gz").write_bytes(body)
    lines = cdxj(records, places, len(body), "part.warc.gz") + cdxj(
        records[:1], places[:1], len(body), "../../../etc/passwd"
    )
    (tmp_path / "list.cdxj").write_text(lines)
    out = imported(file, data, str(tmp_path / "list.cdxj"))
    assert "4 records: out_of_reach 1, stored 3" in out


def test_a_list_at_hand_of_records_far_away_leaves_its_folder_as_it_is(
    home: Site, tmp_path: Path
) -> None:
    records, lists = numbered(2), tmp_path / "lists"
    body, places = warc(records)
    ranged(home, "/part.warc.gz", body)
    lists.mkdir()
    named = {
        "my.cdxj": cdxj(records, places, len(body), "part.warc.gz"),
        "my.cdxj.record": "what its owner noted",
    }
    for name, text in named.items():
        (lists / name).write_text(text, "utf-8")
    file, asked = configuration(tmp_path, home), str(lists / "my.cdxj")
    assert "stored 2" in imported(file, tmp_path / "data", asked, "--base", f"{home.base}/")
    assert {each.name: each.read_text("utf-8") for each in lists.iterdir()} == named


def test_a_line_that_names_no_place_costs_itself(home: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home)
    records = numbered(2)
    body, places = warc(records)
    (tmp_path / "part.warc.gz").write_bytes(body)
    bad = [
        '{"filename": "part.warc.gz", "offset": Infinity, "length": 100}',
        '{"filename": "part.warc.gz", "offset": 0, "length": Infinity}',
        '{"filename": "part.warc.gz", "offset": 1000000000000000000000000, "length": 100}',
    ]
    nowhere = ("a" * 5_000, "http://[::1/x", "http://exa mple.org:99999999/x", f"{home.base}/moved")
    bad += [json.dumps({"filename": name, "offset": 0, "length": 100}) for name in nowhere]
    home.status("/moved", 302, Location="http://[::1/x")
    lines = cdxj(records, places, len(body), "part.warc.gz")
    (tmp_path / "list.cdxj").write_text("\n".join([*bad, lines]))
    write(tmp_path / "other.warc.gz", numbered(2, "other.org"))
    out = imported(file, data, str(tmp_path / "list.cdxj"), str(tmp_path / "other.warc.gz"))
    assert "11 records: line 3, out_of_reach 4, stored 4" in out


BROKEN = """
import cli
from crawler.spiders.archive import ArchiveSpider

async def broken(*_):
    raise RuntimeError("a bug")

ArchiveSpider._read = broken
cli.main()
"""


def test_an_import_that_a_bug_ends_is_no_success(home: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home)
    write(tmp_path / "a.warc.gz", numbered(2))
    given = ["--config", str(file), "--data", str(data), "--no-index"]
    command = [sys.executable, "-c", BROKEN, "import", str(tmp_path / "a.warc.gz"), *given]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 5, done.stdout + done.stderr
    assert "duizhao: the crawl could not go on (start_error)" in done.stderr
    assert "RuntimeError: a bug" in (data / "crawl.log").read_text("utf-8")


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["nothing.warc.gz"], "FILE: 'nothing.warc.gz' is not there"),
        ([], "name files to read"),
        (["https://example.org/a.warc.gz", "--contact", ""], "a server sees who is asking"),
        ([__file__], "is no WARC, WET, WACZ or CDXJ file"),
        ([__file__, "--name", "No Name"], "'No Name' is no id"),
    ],
)
def test_what_cannot_be_imported_is_said_before_anything_is_opened(
    arguments: list[str], message: str, home: Site, tmp_path: Path
) -> None:
    file = configuration(tmp_path, home)
    file.write_text(file.read_text("utf-8").replace('"test@example.org"', '""'), "utf-8")
    assert message in imported(file, tmp_path / "data", *arguments, code=2)
    assert not (tmp_path / "data").exists()


def test_archives_of_the_configuration(home: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, home)
    write(tmp_path / "a.warc.gz", numbered(2))
    write(tmp_path / "b.warc.gz", numbered(2, "b.org"))
    table = '[[archive]]\nid = "both"\nfiles = ["*.warc.gz"]\n'
    file.write_text(f"{file.read_text('utf-8')}\n{table}", "utf-8")
    assert "archive both: 4 records: stored 4" in imported(file, data)
