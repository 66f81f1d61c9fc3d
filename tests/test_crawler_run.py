"""Crawls from the command line: budgets, politeness, interruption, trouble on disk."""

from __future__ import annotations

import itertools
import json
import os
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

import pytest

from tests.crawling import ROOT, configuration, crawl, kill, outcomes, start, stored_urls
from tests.hostile_site import Site, article, running, send


def numbered(count: int, pause: float = 0.0) -> Site:
    """A site of ``count`` pages in a chain of lists, each answered after ``pause`` seconds."""
    site = Site()

    def answer(n: int) -> None:
        links = [f"/{m}" for m in range(n * 5 + 1, min(n * 5 + 6, count))]

        def page(handler: object) -> None:
            time.sleep(pause)
            body = article(f"page {n}", *links)
            send(handler, 200, body, {"Content-Type": "text/html"})  # type: ignore[arg-type]

        site.pages["/" if n == 0 else f"/{n}"] = page

    for n in range(count):
        answer(n)
    return site


def status(data: Path) -> Any:
    command = [sys.executable, "-m", "cli", "status", "--json", "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    return json.loads(done.stdout)


@pytest.fixture
def site() -> object:
    site = numbered(60)
    with running(site):
        yield site


def test_everything_is_fetched_once_and_again_only_at_the_entry(site: Site, tmp_path: Path) -> None:
    file = configuration(tmp_path, site)
    crawl(file, tmp_path / "data")
    assert len(stored_urls(tmp_path / "data")) == 60
    before = site.seen.copy()
    crawl(file, tmp_path / "data")
    assert {path for path in site.seen if site.seen[path] > before[path]} == {
        "/",
        "/robots.txt",
    }
    assert len(stored_urls(tmp_path / "data")) == 60


def test_a_page_limit_ends_the_run_and_the_next_goes_on(site: Site, tmp_path: Path) -> None:
    file, data = configuration(tmp_path, site), tmp_path / "data"
    crawl(file, data, "--max-pages", "10")
    assert len(stored_urls(data)) == 10
    (run,) = status(data)["runs"]
    assert run["outcome"] == "limit"
    assert run["limits"][0][0] == "max_pages"
    crawl(file, data)
    assert len(stored_urls(data)) == 60


def test_a_source_budget_is_noted_with_what_it_left(site: Site, tmp_path: Path) -> None:
    file, data = configuration(tmp_path, site, source="max_pages = 7"), tmp_path / "data"
    crawl(file, data)
    assert len(stored_urls(data)) == 7
    (run,) = status(data)["runs"]
    assert run["limits"][0][:2] == ["max_pages_per_source", "s0"]
    assert run["limits"][0][2] > 0


def test_depth_is_limited_and_can_be_raised(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    crawl(configuration(tmp_path, site, source="max_depth = 1"), data)
    assert len(stored_urls(data)) == 6
    assert ("skipped", "depth") in outcomes(data).values()


def test_robots_delay_is_kept(tmp_path: Path) -> None:
    site = numbered(8)
    site.robots = b"User-agent: *\nCrawl-delay: 0.3\n"
    with running(site):
        crawl(configuration(tmp_path, site), tmp_path / "data")
    times = [at for at, path in site.times if path != "/robots.txt"]
    gaps = [later - earlier for earlier, later in itertools.pairwise(times)]
    assert len(stored_urls(tmp_path / "data")) == 8
    assert min(gaps) > 0.25


@pytest.mark.parametrize("robots", [500, 503, 429])
def test_a_host_whose_robots_cannot_be_read_is_left_for_later(robots: int, tmp_path: Path) -> None:
    site = numbered(3)
    site.robots = robots
    with running(site):
        crawl(configuration(tmp_path, site), tmp_path / "data")
    assert set(site.seen) == {"/robots.txt"}
    assert set(outcomes(tmp_path / "data").values()) == {("pending", "robots_unreachable")}


def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    site = numbered(60, pause=0.1)
    data = tmp_path / "data"
    with running(site):
        file = configuration(tmp_path, site)
        process = start(file, data)
        wait_for(lambda: sum(site.seen.values()) > 15)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130, out + err
        assert "Traceback" not in out + err
        assert status(data)["runs"][0]["outcome"] == "stopped"
        assert 0 < len(stored_urls(data)) < 60
        crawl(file, data)
    assert len(stored_urls(data)) == len(set(stored_urls(data))) == 60
    assert max(n for path, n in site.seen.items() if path not in ("/", "/robots.txt")) == 1


@pytest.mark.parametrize("seen", [5, 20, 45])
def test_sigkill_loses_nothing_and_stores_nothing_twice(seen: int, tmp_path: Path) -> None:
    site = numbered(60, pause=0.05)
    with running(site):
        file, data = configuration(tmp_path, site), tmp_path / "data"
        process = start(file, data)
        wait_for(lambda: sum(site.seen.values()) > seen)
        kill(process)
        crawl(file, data)
    urls = stored_urls(data)
    assert len(urls) == len(set(urls)) == 60
    assert [run["outcome"] for run in status(data)["runs"]] == ["killed", "finished"]
    again = sum(n - 1 for path, n in site.seen.items() if path not in ("/", "/robots.txt"))
    assert again <= 16, "more was fetched again than was in flight"


def test_two_crawls_of_one_store_share_the_work(tmp_path: Path) -> None:
    site = numbered(60, pause=0.05)
    with running(site):
        file, data = configuration(tmp_path, site), tmp_path / "data"
        both = [start(file, data), start(file, data)]
        for process in both:
            out, err = process.communicate(timeout=60)
            assert process.returncode == 0, out + err
        crawl(file, data)
    assert len(stored_urls(data)) == len(set(stored_urls(data))) == 60


@pytest.mark.skipif(os.name != "posix", reason="RLIMIT_FSIZE stands in for a full disk")
def test_a_full_disk_stops_the_crawl_with_one_line_and_it_resumes(
    site: Site, tmp_path: Path
) -> None:
    file, data = configuration(tmp_path, site), tmp_path / "data"
    command = (
        f"ulimit -f 120; exec {sys.executable} -m cli crawl --quiet --config {file} --data {data}"
    )
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode in (4, 5), done.stdout + done.stderr
    assert "Traceback" not in done.stderr
    assert done.stderr.count("\n") == 1, done.stderr
    crawl(file, data)
    assert len(stored_urls(data)) == len(set(stored_urls(data))) == 60


def test_no_contact_is_refused_before_any_network(site: Site, tmp_path: Path) -> None:
    said = crawl(configuration(tmp_path, site, crawl='contact = ""'), tmp_path / "data", code=2)
    assert "--contact" in said
    assert not site.seen
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_one_line(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = crawl(configuration(tmp_path, site), tmp_path / "file" / "data", code=4)
    assert said.count("\n") == 1
    assert "cannot keep data there" in said


def test_plain_scrapy_crawls_the_same(site: Site, tmp_path: Path) -> None:
    file, data = configuration(tmp_path, site), tmp_path / "data"
    command = [sys.executable, "-m", "scrapy", "crawl", "site"]
    given = ["-s", f"DUIZHAO_CONFIG={file}", "-s", f"DUIZHAO_DATA={data}"]
    done = subprocess.run([*command, *given], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert len(stored_urls(data)) == 60


def test_raw_responses_are_evidence_for_every_page(site: Site, tmp_path: Path) -> None:
    from store.warc import read

    data = tmp_path / "data"
    crawl(configuration(tmp_path, site), data)
    with sqlite3.connect(data / "store.sqlite") as db:
        query = "SELECT key, warc_file, warc_offset FROM page JOIN url ON url.id = url_id"
        rows = db.execute(query).fetchall()
    db.close()
    assert len(rows) == 60
    for key, name, offset in rows:
        url, body = read(data, name, offset)
        assert url == key
        assert b"digital government" in body


def wait_for(condition: object, seconds: float = 30) -> None:
    end = time.monotonic() + seconds
    while not condition():  # type: ignore[operator]
        assert time.monotonic() < end, "waited too long"
        time.sleep(0.01)
