"""The real crawl, by HTTP on loopback, through the same kind of quarter."""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import threading
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from benchmarks.quarter_run import Clock
from benchmarks.quarter_web import DAY, HEADER_BYTES, SQL_CHECKS, START, Web, write_config
from benchmarks.scoreboard import Scoreboard
from config.load import load
from store import open_store

ROOT = Path(__file__).resolve().parent.parent


@contextmanager
def serving(web: Web, bases: dict[int, str], clock: Clock) -> Iterator[Counter[str]]:
    """Serve the web by HTTP on loopback, at the clock's time; counts bytes and statuses."""
    counts: Counter[str] = Counter()

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            """Answer as the web does at this time."""
            asked = [self.headers.get(n, "") for n in ("If-None-Match", "If-Modified-Since")]
            base = bases[self.server.server_address[1]]  # type: ignore[index]
            answer = web.answer(base, self.path, clock.elapsed, *asked)
            self.send_response(answer.status)
            length = {} if answer.status == 304 else {"Content-Length": str(len(answer.body))}
            for name, value in {**answer.headers, **length}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(answer.body)
            counts["bytes"] += len(answer.body) + HEADER_BYTES
            counts[str(answer.status)] += 1

        def log_message(self, *args: object) -> None:
            pass

    servers = [ThreadingHTTPServer(("127.0.0.1", port), Handler) for port in bases]
    for server in servers:
        server.daemon_threads = True
        threading.Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield counts
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def free_ports(count: int) -> list[int]:
    """Return ports that nobody listens on."""
    servers = [ThreadingHTTPServer(("127.0.0.1", 0), BaseHTTPRequestHandler) for _ in range(count)]
    ports = [server.server_address[1] for server in servers]
    for server in servers:
        server.server_close()
    return ports


def by_http(board: Scoreboard, folder: Path, options: argparse.Namespace) -> None:
    """Twelve runs of the real crawl, a week of the web's time apart."""
    ports = free_ports(3)
    bases = {port: f"http://127.0.0.1:{port}" for port in ports}
    web, clock = Web(list(bases.values()), 12, options.days, options.seed), Clock()
    for site in web.sites.values():
        site.dead = None
    config, data = write_config(folder / "real.toml", list(bases.values())), folder / "real"
    naive = 0
    with serving(web, bases, clock) as counts:
        for run in range(12):
            clock.now = START + run * options.days * DAY / 12
            command = [
                sys.executable,
                "-m",
                "benchmarks.quarter_http",
                config,
                data,
                str(clock.now),
            ]
            subprocess.run(list(map(str, command)), cwd=ROOT, check=True)
            with open_store(data) as store:
                rows = store.db.execute(SQL_CHECKS).fetchall()
            naive += sum(web.cost(key, clock.elapsed) for key, _, _ in rows)
    now = clock.elapsed
    with open_store(data) as store:
        there = [
            f"{base}{page.path}"
            for base, site in web.sites.items()
            for page in site.pages.values()
            if page.is_there(now)
        ]
        lost = [key for key in there if store.find(key) is None]
        outcomes = [run.outcome for run in store.runs()]
    board.at_most("by HTTP: pages lost after twelve runs", len(lost), 0, " ".join(lost[:2]))
    board.at_least("by HTTP: runs finished", outcomes.count("finished"), 12)
    saved = 1 - counts["bytes"] / naive
    board.shown("by HTTP: bytes saved", saved, f"a week apart; {counts['304']} × 304")


def real_run(config: str, data: str, now: str) -> None:
    """Crawl once with Scrapy, at a time of our own."""
    from crawler.run import crawl

    offset = float(now) - time.time()
    result = crawl(load(Path(config)), Path(data), clock=lambda: time.time() + offset)
    if result.outcome != "finished":
        sys.exit(json.dumps({"outcome": result.outcome}))


if __name__ == "__main__":
    real_run(*sys.argv[1:])
