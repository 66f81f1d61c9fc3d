"""Politeness on real HTTP: robots.txt in trouble, directives in headers, who is asking."""

from __future__ import annotations

import gzip
import subprocess
import sys
import time
from pathlib import Path

import pytest

from store import hosts, open_store
from tests.crawling import ROOT, configuration, crawl, outcomes
from tests.hostile_site import Site, article, hang_up, running, send
from tests.test_crawler_run import numbered


def test_a_host_whose_robots_hang_up_is_asked_nothing_and_not_again_within_the_hour(
    tmp_path: Path,
) -> None:
    site, data = numbered(3), tmp_path / "data"
    site.robots = hang_up
    with running(site):
        file = configuration(tmp_path, site)
        crawl(file, data, code=5)
        asked = site.seen.copy()
        crawl(file, data, code=5)
        assert site.seen == asked
    assert set(asked) == {"/robots.txt"}
    command = [sys.executable, "-m", "cli", "status", "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    assert f"host 127.0.0.1:{site.port}: robots_unreachable, 1 in a row since 20" in done.stdout


def test_a_host_whose_robots_time_out_is_asked_nothing(tmp_path: Path) -> None:
    site, data = numbered(3), tmp_path / "data"
    site.robots = lambda handler: time.sleep(3)
    with running(site):
        crawl(configuration(tmp_path, site, crawl="timeout = 0.5"), data, code=5)
    assert set(site.seen) == {"/robots.txt"}
    assert set(outcomes(data).values()) == {("pending", "robots_unreachable")}


def test_robots_that_ask_for_hours_get_them(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.robots = lambda handler: send(handler, 503, b"", {"Retry-After": "10800"})
    with running(site):
        crawl(configuration(tmp_path, site), data, code=5)
    with open_store(data) as store:
        (trouble,) = hosts.troubles(store.db)
    assert 10_700 < trouble.next_at - time.time() <= 10_800


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_robots_file_longer_than_any_page_may_be_is_read_at_its_beginning(
    tmp_path: Path, coding: str
) -> None:
    site, data = Site(), tmp_path / "data"
    site.html("/", article("home", "/no", "/yes"))
    site.html("/no", article("no"))
    site.html("/yes", article("yes"))
    long = b"User-agent: *\nDisallow: /no\n" + b"# filler\n" * 4_000_000
    body = gzip.compress(long, 1) if coding == "gzip" else long
    site.robots = lambda handler: send(handler, 200, body, {"Content-Encoding": coding})
    with running(site):
        crawl(configuration(tmp_path, site), data)
    assert outcomes(data, site.base)["/no"] == ("skipped", "robots")
    assert outcomes(data, site.base)["/yes"] == ("stored", "")


def test_directives_in_headers_are_obeyed(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.html("/", article("home", "/noindex", "/nofollow", "/other"))
    site.html("/noindex", article("n", "/by-noindex"), **{"X-Robots-Tag": "duizhao: noindex"})
    site.html("/nofollow", article("f", "/by-nofollow"), **{"X-Robots-Tag": "nofollow"})
    site.html("/other", article("o"), **{"X-Robots-Tag": "otherbot: none"})
    site.html("/by-noindex", article("x"))
    with running(site):
        crawl(configuration(tmp_path, site), data)
    found = outcomes(data, site.base)
    assert found["/noindex"] == ("skipped", "noindex")
    assert found["/by-noindex"] == ("stored", "")
    assert found["/nofollow"] == found["/other"] == ("stored", "")
    assert "/by-nofollow" not in found


@pytest.mark.parametrize("hosts", ['["example.org"]', "[]"])
def test_plain_scrapy_asks_nobody_but_this_machine_without_a_contact(
    tmp_path: Path, hosts: str
) -> None:
    site = numbered(2)
    with running(site):
        file = configuration(tmp_path, site, crawl='contact = ""', source=f"hosts = {hosts}")
        command = [sys.executable, "-m", "scrapy", "crawl", "site"]
        given = ["-s", f"DUIZHAO_CONFIG={file}", "-s", f"DUIZHAO_DATA={tmp_path / 'data'}"]
        done = subprocess.run([*command, *given], cwd=ROOT, capture_output=True, text=True)
    assert bool(site.seen) == (hosts == "[]")
    assert ("a crawl says who is asking" in done.stderr) == (hosts != "[]")
