"""The collection of real pages: serving it, and what is true of each of its pages."""

from __future__ import annotations

import importlib.util
import json
import lzma
import re
import socket
import subprocess
import sys
import unicodedata
import urllib.parse
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import ModuleType

from lxml import html
from protego import Protego

from page.model import fold
from page.url import canonical, host_of

REALWEB = Path(__file__).resolve().parent.parent.parent / "shared" / "realweb"


@dataclass(frozen=True)
class Truth:
    """What one served page really is. ``original`` is the URL of what a repost copies."""

    url: str
    site: str
    lang: str
    date: str | None
    text: str
    title: str
    original: str = ""


@contextmanager
def serving(pages: Path) -> Iterator[tuple[int, ModuleType]]:
    """Serve the collection from a process of its own, so that its memory and time are not ours."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, str(REALWEB / "serve.py"), "--port", str(port)]
    server = subprocess.Popen(
        [*command, "--pages", str(pages)],
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,  # it reports every connection that our kills break
        text=True,
    )
    assert server.stdout
    realweb = load_server()
    sites = len(realweb.load(pages, port))
    for _ in range(sites):
        print("serving", server.stdout.readline().strip(), flush=True)
    try:
        yield port, realweb
    finally:
        server.terminate()
        server.wait()


def load_server() -> ModuleType:
    """Return the collection's server as a module: its sites, without serving them."""
    spec = importlib.util.spec_from_file_location("realweb_serve", REALWEB / "serve.py")
    assert spec
    assert spec.loader
    realweb = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(realweb)
    return realweb


def load_truth(realweb: ModuleType, pages: Path, port: int) -> dict[str, Truth]:
    """Return URL → truth for every content page of every site, reposts included."""
    with lzma.open(pages, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    original = {(row["title"], row["html"]): url_of(realweb, row, port) for row in rows}
    truth = {}
    for site in realweb.load(pages, port):
        for row in site.pages:
            url = url_of(realweb, row, port)
            source = original[row["title"], row["html"]] if site.name == "repost" else ""
            text = normal(html.fromstring(f"<div>{row['html']}</div>").text_content())
            truth[url] = Truth(url, site.name, row["lang"], row["date"], text, row["title"], source)
    return truth


def load_robots(realweb: ModuleType, pages: Path, port: int) -> dict[str, Protego]:
    """Return each site's robots.txt, by host and port."""
    sites = realweb.load(pages, port)
    files = {host_of(site.base): site.files["/robots.txt"][1].decode() for site in sites}
    return {host: Protego.parse(text) for host, text in files.items()}


def url_of(realweb: ModuleType, row: dict[str, str], port: int) -> str:
    """Return the canonical URL of a row of the collection."""
    base = f"http://{realweb.ADDRESS[row['site']]}:{port}"
    url = canonical(base + urllib.parse.quote(row["path"]))
    assert url
    return url


def normal(text: str) -> str:
    """White space as one blank: how a reader sees it."""
    return re.sub(r"\s+", " ", text).strip()


def has(truth: Truth, term: str) -> bool:
    """True when a page's true title or text contains the term, scripts folded."""
    return fold(term) in fold(truth.text) or fold(term) in fold(truth.title)


def shingles(text: str) -> set[str]:
    """Return the 5-character shingles of a text as a reader of either script sees it."""
    plain = "".join(c for c in fold(text) if unicodedata.category(c)[0] in "LN")
    return {plain[i : i + 5] for i in range(max(1, len(plain) - 4))}
