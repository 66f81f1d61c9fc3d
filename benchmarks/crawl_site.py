"""Static sites for the crawl: the collection as files, and a made one of any size, behind nginx.

nginx is Debian's (``apt-get install nginx-light``). It compresses, and names no charset, as most
servers do; it answers on loopback only, from a folder of its own, and ends with the benchmark.
"""

from __future__ import annotations

import random
import re
import shutil
import socket
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from benchmarks.realweb_truth import load_server

NGINX = shutil.which("nginx") or shutil.which("nginx", path="/usr/sbin:/usr/local/sbin")
MADE = "127.0.1.20"
PER_LIST = 100

CONFIG = """
daemon off;
master_process off;
pid {folder}/nginx.pid;
error_log {folder}/error.log;
events {{ worker_connections 512; }}
http {{
    log_format fetched '$http_host$request_uri $status $sent_http_content_type';
    access_log {folder}/access.log fetched;
    client_body_temp_path {folder}/body;
    proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi;
    uwsgi_temp_path {folder}/uwsgi;
    scgi_temp_path {folder}/scgi;
    types {{ text/html html; application/xml xml; text/plain txt; }}
    default_type text/html;
    gzip on;
{servers}
}}
"""
SERVER = "    server {{ listen {address}:{port}; root {root}; index index.html; }}"


def free_port() -> int:
    """Return a port that nobody listens on."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def export(pages: Path, folder: Path, port: int) -> dict[str, Path]:
    """Write the collection's sites as files; return a folder an address. None asks for a delay.

    As ``serve.py --export`` does, which puts the home pages elsewhere.
    """
    realweb, sites = load_server(), {}
    for site in realweb.load(pages, port):
        root = sites[realweb.ADDRESS[site.name]] = folder / site.name
        for path, (_, body, _) in site.files.items():
            file = root / (f"{path}index.html" if path.endswith("/") else path).lstrip("/")
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(re.sub(rb"(?m)^Crawl-delay:.*\n", b"", body))
    return sites


@contextmanager
def serving(sites: dict[str, Path], port: int, folder: Path) -> Iterator[Path]:
    """Serve a folder an address until the end of the block; gives the access log's path."""
    folder.mkdir()
    servers = "\n".join(
        SERVER.format(address=address, port=port, root=root) for address, root in sites.items()
    )
    file = folder / "nginx.conf"
    file.write_text(CONFIG.format(folder=folder, servers=servers), encoding="utf-8")
    command = [NGINX or "nginx", "-p", str(folder), "-c", str(file)]
    server = subprocess.Popen([*command, "-e", str(folder / "error.log")])
    try:
        _wait(next(iter(sites)), port, server)
        yield folder / "access.log"
    finally:
        server.terminate()
        server.wait()


def _wait(address: str, port: int, server: subprocess.Popen[bytes]) -> None:
    for _ in range(100):
        if server.poll() is not None:
            sys.exit("nginx could not be started")
        try:
            socket.create_connection((address, port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    sys.exit("nginx does not answer")


def fetched(log: Path) -> Counter[str]:
    """Count how often each page was answered with 200; robots.txt is not a page."""
    counts: Counter[str] = Counter()
    for line in log.read_text("utf-8", "replace").splitlines():
        url, status, kind = line.rsplit(" ", 2)
        if status == "200" and kind == "text/html":
            counts[url] += 1
    return counts


def make(folder: Path, count: int) -> None:
    """Write a site of ``count`` pages in both languages, no two alike, and lists that lead there.

    Every list names a hundred pages and the next list; every page names five others.
    """
    folder.mkdir(parents=True)
    rng = random.Random(0)
    english = [_word(rng) for _ in range(8_000)]
    chinese = [chr(0x4E00 + rng.randrange(6_000)) for _ in range(3_000)]
    for number in range(count):
        title, text = _text(rng, english if number % 2 else chinese, " " if number % 2 else "")
        near = "".join(
            f'<li><a href="/{(number + step) % count}.html">{_sentence(rng, english, " ")}</a></li>'
            for step in (1, 7, 61, 431, 3_001)
        )
        body = f"<h1>{title}</h1><article>{text}</article><ul>{near}</ul>"
        _write(folder / f"{number}.html", title, body)
    for first in range(0, count, PER_LIST):
        items = "".join(f'<li><a href="/{n}.html">{n}</a></li>' for n in range(first, first + 100))
        body = f'<ul>{items}</ul><a href="/list{first + PER_LIST}.html">Next</a>'
        _write(folder / (f"list{first}.html" if first else "index.html"), "List", body)


def _write(file: Path, title: str, body: str) -> None:
    head = f'<!DOCTYPE html><html><head><meta charset="utf-8"><title>{title}</title></head>'
    file.write_text(f"{head}<body>{body}</body></html>", encoding="utf-8")


def _text(rng: random.Random, words: list[str], space: str) -> tuple[str, str]:
    paragraphs = [
        "".join(f"{_sentence(rng, words, space)}{'. ' if space else '。'}" for _ in range(6))
        for _ in range(8)
    ]
    return _sentence(rng, words, space), "".join(f"<p>{p}</p>" for p in paragraphs)


def _sentence(rng: random.Random, words: list[str], space: str) -> str:
    length = rng.randint(6, 14)
    common = ("the", "and", "which") if space else ("的", "是", "在")
    return space.join(rng.choice(common if n % 4 == 1 else words) for n in range(length))


def _word(rng: random.Random) -> str:
    return "".join(
        rng.choice("bcdfghlmnprst") + rng.choice("aeiou") for _ in range(rng.randint(2, 4))
    )
