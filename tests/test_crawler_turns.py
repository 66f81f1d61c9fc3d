"""Two crawls on one store: real processes, and servers that write down when they were asked."""

from __future__ import annotations

import itertools
import sqlite3
import subprocess
import threading
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.crawling import configuration, kill, start, stored_urls
from tests.hostile_site import Site, article, running, send

DELAY = 0.5
SLOP = 0.25  # seconds by which a busy machine may see two requests nearer than they were sent
PAGES = 14


def gated(gate: threading.Event) -> Site:
    """A site of PAGES pages, each listing five more, that answers nothing before the gate opens."""
    site = Site()

    def answer(n: int) -> None:
        links = [f"/{m}" for m in range(n * 5 + 1, min(n * 5 + 6, PAGES))]

        def page(handler: object) -> None:
            gate.wait(60)
            body = article(f"page {n}", *links)
            send(handler, 200, body, {"Content-Type": "text/html"})  # type: ignore[arg-type]

        site.pages["/" if n == 0 else f"/{n}"] = page

    for n in range(PAGES):
        answer(n)
    return site


def ask(data: Path, query: str) -> list[tuple[int, ...]]:
    with sqlite3.connect(data / "store.sqlite", timeout=30) as db:
        rows = db.execute(query).fetchall()
    db.close()
    return rows


def fetched_by_run(data: Path) -> dict[int, int]:
    return dict(ask(data, "SELECT fetched_run, count(*) FROM url GROUP BY 1"))  # type: ignore[arg-type]


def wait_for(done: Callable[[], bool], seconds: float = 60) -> None:
    end = time.monotonic() + seconds
    while not done():
        assert time.monotonic() < end, "it took too long"
        time.sleep(0.1)


def two_crawls(
    file: Path, data: Path, site: Site, gate: threading.Event
) -> tuple[subprocess.Popen[str], subprocess.Popen[str]]:
    """Start a crawl, a second one while the first waits for its first page, and let both go on."""
    first = start(file, data)
    wait_for(lambda: bool(site.seen))
    second = start(file, data)
    wait_for(lambda: len(ask(data, "SELECT id FROM run WHERE seen_at > 0")) == 2)
    gate.set()
    return first, second


def finish(process: subprocess.Popen[str]) -> None:
    out, err = process.communicate(timeout=100)
    assert process.returncode == 0, out + err
    assert "Traceback" not in out + err, out + err


def too_soon(site: Site) -> list[tuple[float, str, str]]:
    """Return the pairs of requests that were nearer to each other than the delay.

    A busy machine may write the first of a pair down late; then the pause before it looks longer by
    as much, and the two pauses together are still two delays.
    """
    times = sorted(site.times)
    befores = [float("-inf"), *(at for at, _ in times)]
    return [
        (b - a, one, two)
        for before, ((a, one), (b, two)) in zip(befores, itertools.pairwise(times), strict=False)
        if b - a < DELAY - SLOP and (b - before < 2 * DELAY - SLOP or before == float("-inf"))
    ]


@pytest.mark.parametrize("killed", [None, 0, 1], ids=["both live", "first dies", "second dies"])
def test_two_crawls_share_the_hosts_and_keep_their_delays(
    killed: int | None, tmp_path: Path
) -> None:
    gate, data = threading.Event(), tmp_path / "data"
    sites = [gated(gate) for _ in range(4)]
    limits = f"delay = {DELAY}\nmax_delay = 1.0\ntimeout = 90.0\nconcurrency_per_host = 1"
    with running(*sites):
        file = configuration(tmp_path, *sites, crawl=limits)
        crawls = two_crawls(file, data, sites[0], gate)
        wait_for(lambda: all(fetched_by_run(data).get(run, 0) >= 4 for run in (1, 2)))
        if killed is not None:
            kill(crawls[killed])
            kept = stored_urls(data)
        for number, process in enumerate(crawls):
            if number != killed:
                finish(process)
    urls = stored_urls(data)
    assert len(urls) == len(set(urls)) == PAGES * len(sites)
    times = {site.base + path: n for site in sites for path, n in site.seen.items()}
    assert all(times[url] == 1 for url in (urls if killed is None else kept))
    assert max(times[url] for url in urls) <= 2, "once more what was under way when it was killed"
    assert [too_soon(site) for site in sites] == [[]] * len(sites)
    ended = [row[0] for row in ask(data, "SELECT id FROM run WHERE outcome = 'finished'")]
    assert ended == [run for run in (1, 2) if run - 1 != killed]
