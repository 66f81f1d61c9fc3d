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
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from store import open_store, visits
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


def test_pages_that_a_bug_costs_are_counted_aloud(
    site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "trafilatura.py").write_text("raise ImportError('half of it is missing')")
    monkeypatch.setenv("PYTHONPATH", str(tmp_path))
    crawl(configuration(tmp_path, site), tmp_path / "data")  # its links are not understood, either
    log = (tmp_path / "data" / "crawl.log").read_text("utf-8")
    assert "ImportError('half of it is missing')" in log
    assert "1 page was not understood, by a bug; crawl.log has it" in log


def test_everything_is_fetched_once_and_again_only_at_the_entry(site: Site, tmp_path: Path) -> None:
    file = configuration(tmp_path, site)
    crawl(file, tmp_path / "data", indexed=True)
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


def test_depth_is_limited(site: Site, tmp_path: Path) -> None:
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


def test_a_host_whose_robots_cannot_be_read_is_left_for_later(tmp_path: Path) -> None:
    sites = [numbered(3) for _ in range(3)]
    for site, answer in zip(sites, (500, 503, 429), strict=True):
        site.robots = answer
    with running(*sites):
        crawl(configuration(tmp_path, *sites), tmp_path / "data", code=5)
    for site in sites:
        assert set(site.seen) == {"/robots.txt"}, site.robots
        of_it = f"{site.base}/"
        found = {what for url, what in outcomes(tmp_path / "data").items() if url.startswith(of_it)}
        assert found == {("pending", "robots_unreachable")}, site.robots


def test_ctrl_c_ends_cleanly_and_the_next_run_goes_on(tmp_path: Path) -> None:
    site = numbered(60, pause=0.1)
    data = tmp_path / "data"
    with running(site):
        file = configuration(tmp_path, site)
        process = start(file, data, indexed=True)
        wait_for(lambda: sum(site.seen.values()) > 15)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
        assert process.returncode == 130, out + err
        assert "Traceback" not in out + err
        assert status(data)["runs"][0]["outcome"] == "stopped"
        assert 0 < len(stored_urls(data)) < 60
        crawl(file, data)
    assert len(stored_urls(data)) == len(set(stored_urls(data))) == 60
    again = sum(n - 1 for path, n in site.seen.items() if path not in ("/", "/robots.txt"))
    assert again <= 4, "more was fetched again than can have been in flight"


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


def test_a_second_ctrl_c_ends_at_once_and_says_so(tmp_path: Path) -> None:
    site, data = numbered(60, pause=1.5), tmp_path / "data"
    with running(site):
        file = configuration(tmp_path, site)
        process = start(file, data, indexed=True)
        wait_for(lambda: sum(site.seen.values()) > 6)
        process.send_signal(signal.SIGINT)
        time.sleep(0.2)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=30)
    assert process.returncode == 130, out + err
    assert err.strip() == "duizhao: interrupted"


def test_ctrl_c_does_not_wait_for_a_hosts_delay(tmp_path: Path) -> None:
    site, data = numbered(10), tmp_path / "data"
    with running(site):
        file = configuration(tmp_path, site, crawl="delay = 20.0\nmax_delay = 20.0")
        process = start(file, data, indexed=True)
        wait_for(lambda: sum(site.seen.values()) > 0)
        time.sleep(1)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=10)
    assert process.returncode == 130, out + err


def test_ctrl_c_works_again_after_a_crawl(site: Site, tmp_path: Path) -> None:
    code = (
        "import pathlib, signal, sys; from config.load import load; from crawler.run import crawl;"
        "crawl(load(pathlib.Path(sys.argv[1])), pathlib.Path(sys.argv[2]));"
        "sys.exit(signal.getsignal(signal.SIGINT) is not signal.default_int_handler)"
    )
    file = configuration(tmp_path, site)
    command = [sys.executable, "-c", code, str(file), str(tmp_path / "data")]
    assert subprocess.run(command, cwd=ROOT).returncode == 0


def test_slow_hosts_do_not_hold_up_the_others(tmp_path: Path) -> None:
    slow, fast = [numbered(3) for _ in range(4)], numbered(60)
    for site in slow:
        site.robots = b"User-agent: *\nCrawl-delay: 2\n"
    with running(*slow, fast):
        limits = "max_delay = 2.0\nconcurrency = 4\nconcurrency_per_host = 2"
        crawl(configuration(tmp_path, *slow, fast, crawl=limits), tmp_path / "data")
    times = [at for at, _ in fast.times]
    assert max(times) - min(times) < 6
    for site in slow:
        asked = [at for at, path in site.times if path != "/robots.txt"]
        assert min(b - a for a, b in itertools.pairwise(asked)) > 1.9


def test_the_delay_is_the_least_between_two_requests(tmp_path: Path) -> None:
    site = numbered(10)
    with running(site):
        crawl(configuration(tmp_path, site, crawl="delay = 0.4"), tmp_path / "data")
    gaps = [b - a for (a, _), (b, _) in itertools.pairwise(site.times)]
    assert min(gaps) > 0.33


def test_a_host_that_says_too_many_requests_is_left_alone_as_long_as_it_asks(
    tmp_path: Path,
) -> None:
    site = numbered(12)
    site.status("/1", 429, Retry_After="2")
    with running(site):
        limits = "max_delay = 1.0\nconcurrency_per_host = 1"
        crawl(configuration(tmp_path, site, crawl=limits), tmp_path / "data")
    after = next(at for at, path in site.times if path == "/1")
    assert min(at - after for at, _ in site.times if at > after) > 1.9


def test_a_long_pause_outlives_the_process_and_other_hosts_go_on(tmp_path: Path) -> None:
    busy, other, data = numbered(12), numbered(12), tmp_path / "data"
    busy.status("/1", 429, Retry_After="100000000")
    with running(busy, other):
        file = configuration(tmp_path, busy, other, crawl="concurrency_per_host = 1")
        crawl(file, data)
        asked = sum(busy.seen.values())
        crawl(file, data)
        assert sum(busy.seen.values()) == asked
    assert len([url for url in stored_urls(data) if url.startswith(other.base)]) == 12
    with sqlite3.connect(data / "store.sqlite") as db:
        ((reason, pause),) = db.execute("SELECT reason, next_at - since FROM host").fetchall()
    db.close()
    assert reason == "http_429"
    assert pause == pytest.approx(24 * 3600)


def test_what_robots_forbids_or_is_gone_costs_no_budget(tmp_path: Path) -> None:
    site = Site(robots=b"User-agent: *\nDisallow: /no\n")
    links = [*(f"/no{n}" for n in range(50)), *(f"/yes{n}" for n in range(10))]
    gone = [f"/gone{n}" for n in range(5)]
    site.html("/", article("home", *gone, *links))
    for path in links:
        site.html(path, article(path))
    with running(site):
        crawl(configuration(tmp_path, site, source="max_pages = 8"), tmp_path / "data")
    assert len(stored_urls(tmp_path / "data")) == 8


def test_a_page_that_takes_too_long_is_kept_raw_with_a_flag(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    paragraphs = "".join(f"<p>数字政府 words {n} about government {n}</p>" for n in range(90_000))
    site.html("/", article("home"))
    site.html("/light", article("light"))
    site.html("/heavy", f"<article>{paragraphs}</article>".encode())
    limits = "extract_timeout = 0.6\nmax_bytes = 9000000"
    with running(site):
        # Listed, since on a busy machine the home page, too, may take too long to find links in.
        listed = "".join(f"<url><loc>{site.base}{p}</loc></url>" for p in ("/light", "/heavy"))
        site.html("/sitemap.xml", f"<urlset>{listed}</urlset>".encode())
        crawl(configuration(tmp_path, site, crawl=limits), data)
    from store import open_store
    from store.warc import read

    with open_store(data) as store:
        pages = {page.url: page for page in store.changes()}  # type: ignore[union-attr]
    assert len(pages) == 3
    heavy = pages[f"{site.base}/heavy"]
    assert "extraction_timeout" in heavy.page.flags  # type: ignore[union-attr]
    _, body = read(data, heavy.warc_file, heavy.warc_offset)  # type: ignore[union-attr]
    assert paragraphs.encode() in body


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the processes by /proc")
def test_a_killed_server_of_workers_costs_no_page(tmp_path: Path) -> None:
    import psutil

    site, data = numbered(60, pause=0.05), tmp_path / "data"
    with running(site):
        process = start(configuration(tmp_path, site), data)
        wait_for(lambda: sum(site.seen.values()) > 12)
        children = psutil.Process(process.pid).children()
        (server,) = [c for c in children if "forkserver" in " ".join(c.cmdline())]
        server.kill()
        out, err = process.communicate(timeout=60)
    assert process.returncode == 0, out + err
    assert ("failed", "bug") not in outcomes(data).values()
    assert len(stored_urls(data)) == 60


@pytest.mark.skipif(not Path("/proc").is_dir(), reason="finds the processes by /proc")
def test_no_worker_outlives_a_killed_crawl(tmp_path: Path) -> None:
    import psutil

    site = numbered(60, pause=0.05)
    with running(site):
        process = start(configuration(tmp_path, site), tmp_path / "data")
        wait_for(lambda: sum(site.seen.values()) > 12)
        children = psutil.Process(process.pid).children(recursive=True)
        assert len(children) >= 3
        kill(process)
        _, alive = psutil.wait_procs(children, timeout=5)
    assert not [child for child in alive if child.status() != psutil.STATUS_ZOMBIE]


def test_two_crawls_of_one_store_share_the_work(tmp_path: Path) -> None:
    site = numbered(60, pause=0.05)
    with running(site):
        file, data = configuration(tmp_path, site), tmp_path / "data"
        both = [start(file, data, indexed=True) for _ in range(2)]
        for process in both:
            out, err = process.communicate(timeout=60)
            assert process.returncode == 0, out + err
        crawl(file, data)
    assert len(stored_urls(data)) == len(set(stored_urls(data))) == 60


def test_a_store_that_cannot_be_written_ends_the_crawl(tmp_path: Path) -> None:
    site, data = numbered(60, pause=0.2), tmp_path / "data"
    with running(site):
        file = configuration(tmp_path, site)
        process = start(file, data, indexed=True)
        wait_for(lambda: sum(site.seen.values()) > 8)
        # Leasing fails and settling does not: the scheduler must notice by itself.
        with sqlite3.connect(data / "store.sqlite", timeout=30) as db:
            when = "old.state = 'pending' AND new.state = 'leased'"
            refuse = f"WHEN {when} BEGIN SELECT RAISE(ABORT, 'no room'); END"
            db.execute(f"CREATE TRIGGER t BEFORE UPDATE ON url {refuse}")
        out, err = process.communicate(timeout=30)
        assert process.returncode == 5, out + err
        assert err.count("\n") == 1
        db.execute("DROP TRIGGER t")
        db.close()
        crawl(file, data)
    assert len(stored_urls(data)) == 60


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
    said = crawl(
        configuration(tmp_path, site, crawl='contact = ""'), tmp_path / "data", code=2, indexed=True
    )
    assert "--contact" in said
    assert not site.seen
    assert not (tmp_path / "data").exists()


def test_a_folder_that_cannot_be_written_is_one_line(site: Site, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    said = crawl(configuration(tmp_path, site), tmp_path / "file" / "data", code=4, indexed=True)
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


def test_a_crawl_that_could_fetch_nothing_names_the_host_also_when_quiet(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.robots = 500
    with running(site):
        file = configuration(tmp_path, site)
        asked = crawl(file, data, code=5)
        left_alone = crawl(file, data, code=5)
    for said in (asked, left_alone):  # what waits was not fetched by the second one either
        assert "no page could be fetched from 127.0.0.1" in said
        assert "(robots_unreachable); run the crawl again later" in said


def test_a_crawl_that_reaches_nobody_ends_badly(tmp_path: Path) -> None:
    with running(site := Site()):
        pass  # its port is closed from here on
    said = crawl(configuration(tmp_path, site), tmp_path / "data", code=5)
    assert said.startswith("no page could be fetched from 127.0.0.1")


def test_a_crawl_that_finds_all_as_it_was_is_no_failure(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.html("/", article("home"), ETag='"1"')
    with running(site):
        file = configuration(tmp_path, site)
        crawl(file, data)
        site.pages["/"] = lambda h: send(h, 304, b"", {"ETag": '"1"'})
        crawl(file, data)
    with open_store(data) as store:
        assert visits.verdicts(store.db, store.runs()[-1].id) == {"same": 1}


def test_a_crawl_in_which_nothing_is_due_is_no_failure(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.status("/", 500)
    with running(site):
        file = configuration(tmp_path, site)
        for _ in range(3):  # which backs off from the third run in a row on
            crawl(file, data, code=5)
        asked = site.seen["/"]
        crawl(file, data)
        assert site.seen["/"] == asked


def test_a_sitemap_alone_that_fails_is_a_failure(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.status("/map.xml", 500)
    with running(site):
        rules = f"User-agent: *\nDisallow: /\nAllow: /map\nSitemap: {site.base}/map.xml\n"
        site.robots = rules.encode()
        said = crawl(configuration(tmp_path, site), data, code=5)
    assert said.startswith("everything asked for failed: `duizhao status` says how")


def test_a_site_that_always_fails_is_one_line_that_says_what_to_do(tmp_path: Path) -> None:
    site = Site()
    site.status("/", 500)
    with running(site):
        said = crawl(configuration(tmp_path, site), tmp_path / "data", code=5, indexed=True)
    assert said.startswith("every page asked for failed: `duizhao status` says how; run the crawl")


INTERRUPTED = """
import sys
from pathlib import Path
from config.load import load
from crawler.run import crawl
from crawler.spiders.site import SiteSpider

class Interrupted(SiteSpider):
    @classmethod
    def from_crawler(cls, *args, **kwargs):
        raise KeyboardInterrupt

try:
    crawl(load(Path(sys.argv[1])), Path(sys.argv[2]), spider=Interrupted)
except KeyboardInterrupt:
    print("interrupted")
"""


def test_a_crawl_that_is_stopped_while_it_starts_is_no_failure(tmp_path: Path) -> None:
    given = [configuration(tmp_path, Site(port=1)), tmp_path / "data"]
    command = [sys.executable, "-c", INTERRUPTED, *map(str, given)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.stdout == "interrupted\n", done.stderr


def test_what_an_index_holds_is_not_said_where_every_page_failed(tmp_path: Path) -> None:
    site = Site()
    site.status("/", 500)
    with running(site):
        given = ["--config", configuration(tmp_path, site), "--data", tmp_path / "data"]
        command = [sys.executable, "-m", "cli", "crawl", *map(str, given)]
        done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 5
    assert "every page asked for failed" in done.stderr
    assert "index:" not in done.stderr
    assert "+ skipped 1 + gone 0 + pending 0\n" in done.stderr, "the accounts are one line"


def _forbids(site: Site) -> None:
    site.robots = b"User-agent: *\nDisallow: /\n"


def _leaves(site: Site) -> None:
    site.status("/", 301, Location="https://example.org/")


@pytest.mark.parametrize(
    ("habit", "reason"),
    [
        (_forbids, "skipped robots 2"),
        (_leaves, "skipped no_sitemap 1 · skipped offsite 1 · skipped redirect 1"),
        (lambda site: None, "gone http_404 1 · skipped no_sitemap 1"),
    ],
)
def test_a_crawl_that_stores_no_page_says_what_it_met(
    habit: Callable[[Site], None], reason: str, tmp_path: Path
) -> None:
    site = Site()
    habit(site)
    with running(site):
        said = crawl(configuration(tmp_path, site), tmp_path / "data", indexed=True)
    assert said == f"no page is stored: {reason}; check the sources' addresses\n"


def test_what_a_page_shows_of_its_own_site_is_fetched_and_of_others_is_no_link(
    tmp_path: Path,
) -> None:
    home, away, data = Site(), Site(), tmp_path / "data"
    home.html("/list", article("list", "/a"))
    home.html("/a", article("a"))
    with running(home, away):
        frames = f"<iframe src='/list'></iframe><iframe src='{away.base}/ad'></iframe>"
        home.html("/", article("home") + frames.encode())
        crawl(configuration(tmp_path, home), data)
    found = outcomes(data, home.base)
    assert found["/list"] == found["/a"] == ("stored", "")
    assert f"{away.base}/ad" not in found


def test_a_sitemap_that_nobody_named_is_no_loss(tmp_path: Path) -> None:
    sites, data = {kind: Site() for kind in (404, 403, 302, "page", "moved")}, tmp_path / "data"
    for answer, site in sites.items():
        site.html("/", article("home"))
        if answer == "page":
            site.html("/sitemap.xml", article("not found"))
        elif answer == "moved":
            site.status("/sitemap.xml", 301, Location="/map.xml")
        elif answer == 302:
            site.status("/sitemap.xml", 302, Location="/")
        elif isinstance(answer, int):
            site.status("/sitemap.xml", answer)
    with running(*sites.values()):
        said = crawl(configuration(tmp_path, *sites.values()), data)
    with open_store(data) as store:
        assert store.account().balanced
        assert visits.verdicts(store.db, store.runs()[-1].id) == {"new": len(sites)}
    moved = ("skipped", "redirect"), ("skipped", "no_sitemap")
    for answer, site in sites.items():
        found = outcomes(data, site.base)
        assert found["/sitemap.xml"] == moved[answer not in ("moved", 302)], answer
        assert found.get("/map.xml", moved[1]) == moved[1], answer
    assert "lost" not in said


@pytest.mark.parametrize("answer", ["named", "later"])
def test_a_sitemap_that_somebody_named_or_that_was_there_is_a_loss(
    tmp_path: Path, answer: str
) -> None:
    site, data = Site(), tmp_path / "data"
    site.html("/", article("home"))
    if answer == "later":
        site.pages["/sitemap.xml"] = lambda h: send(h, 200, b"<urlset/>", {"ETag": '"1"'})
    with running(site):
        if answer == "named":
            site.robots = f"Sitemap: {site.base}/sitemap.xml".encode()
        file = configuration(tmp_path, site)
        said = crawl(file, data)
        if answer == "later":
            del site.pages["/sitemap.xml"]
            crawl(file, data)
    with open_store(data) as store:
        assert store.account().balanced
        found = visits.verdicts(store.db, store.runs()[-1].id)
    assert found["lost"] == 1
    assert outcomes(data, site.base)["/sitemap.xml"] == ("gone", "http_404")
    assert "lost" not in said
