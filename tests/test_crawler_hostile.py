"""One crawl of a site where everything goes wrong: each URL gets its own outcome, none is lost."""

from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests import hostile_site
from tests.crawling import ROOT, configuration, crawl, outcomes, stored_urls
from tests.hostile_site import Site, article, running

EXPECTED = {
    "/ok": ("stored", ""),
    "/gzip": ("stored", ""),
    "/moved": ("skipped", "redirect"),
    "/target": ("stored", ""),
    "/self": ("failed", "redirect_loop"),
    "/loop-a": ("skipped", "redirect"),
    "/loop-b": ("skipped", "redirect"),
    "/chain0": ("skipped", "redirect"),
    "/chain10": ("failed", "redirect_limit"),
    "/no-location": ("failed", "http_302"),
    "/gone": ("gone", "http_410"),
    "/missing": ("gone", "http_404"),
    "/soft": ("gone", "soft_404"),
    "/linked-by-soft": ("stored", ""),
    "/forbidden": ("failed", "http_403"),
    "/broken": ("failed", "http_500"),
    "/busy": ("failed", "http_503"),
    "/hang-up": ("failed", "connection"),
    "/drip": ("failed", "timeout"),
    "/short": ("failed", "truncated"),
    "/endless": ("failed", "too_large"),
    "/big": ("failed", "too_large"),
    "/bomb-gzip": ("failed", "too_large"),
    "/bomb-deflate": ("failed", "too_large"),
    "/pdf-as-html": ("stored", ""),
    "/not-a-pdf": ("skipped", "type:application/pdf"),
    "/image": ("skipped", "type:image/png"),
    "/picture.jpg": ("skipped", "type"),
    "/empty": ("skipped", "empty"),
    "/noindex": ("skipped", "noindex"),
    "/private": ("skipped", "robots"),
    "/nested": ("stored", ""),
    "/bytes": ("stored", ""),
    "/to-private": ("skipped", "redirect"),
    "/to-utf-8": ("skipped", "redirect"),
    "/%E6%95%B0": ("stored", ""),
    "/to-gbk": ("skipped", "redirect"),
    "/%D5%FE": ("stored", ""),
    "/strange-type": ("skipped", "type:unknown"),
    "/type-without-semicolon": ("stored", ""),
    "/type-twice": ("stored", ""),
    "/type-of-nothing": ("stored", ""),
    "/type-of-text": ("stored", ""),
    "/written.txt": ("stored", ""),
    "/urls.txt": ("skipped", "type:text/plain"),
    "/humans.txt": ("skipped", "type:text/plain"),
    "/robots.txt": ("skipped", "type:text/plain"),
    "/program": ("skipped", "type:text/plain"),
    "/huge.txt": ("failed", "too_large"),
    "/headers-without-end": ("failed", "too_large"),
    "/long-head": ("stored", ""),
    "/retry-squared": ("failed", "http_503"),
    "/custom-element": ("stored", ""),
    "/to-file": ("failed", "http_302"),
    "/a/a/a/a": ("skipped", "trap"),
    "/off": ("skipped", "redirect"),
}


@pytest.fixture(scope="module")
def canary() -> Iterator[socket.socket]:
    """A listener on a loopback address that the configuration does not allow."""
    with socket.socket() as listener:
        listener.bind(("127.0.0.2", 0))
        listener.listen()
        listener.settimeout(0.2)
        yield listener


@pytest.fixture(scope="module")
def site(canary: socket.socket) -> Iterator[Site]:
    site = Site(robots=b"User-agent: *\nDisallow: /private\n")
    port = canary.getsockname()[1]
    site.html("/ok", article("fine"))
    site.pages["/gzip"] = hostile_site.gzipped(article("packed"))
    site.status("/moved", 301, Location="/target")
    site.html("/target", article("target"))
    site.status("/self", 302, Location="/self")
    site.status("/loop-a", 302, Location="/loop-b")
    site.status("/loop-b", 302, Location="/loop-a")
    for n in range(12):
        site.status(f"/chain{n}", 302, Location=f"/chain{n + 1}")
    site.status("/no-location", 302)
    site.status("/gone", 410)
    site.html(
        "/soft",
        "<p>对不起，您访问的页面不存在！<p><a href=/linked-by-soft>首页</a>".encode(),
    )
    site.html("/linked-by-soft", article("linked"))
    site.status("/forbidden", 403)
    site.status("/broken", 500)
    site.status("/busy", 503)
    site.pages["/hang-up"] = hostile_site.hang_up
    site.pages["/drip"] = hostile_site.drip
    site.pages["/short"] = hostile_site.short
    site.pages["/endless"] = hostile_site.endless
    site.pages["/headers-without-end"] = hostile_site.headers_without_end
    site.pages["/long-head"] = hostile_site.long_head
    site.html("/big", b"<p>" + b"big " * 1_000_000)
    site.pages["/bomb-gzip"] = hostile_site.bomb("gzip")
    site.pages["/bomb-deflate"] = hostile_site.bomb("deflate")
    site.html("/pdf-as-html", b"%PDF-1.7 ...")
    site.pages["/not-a-pdf"] = lambda h: hostile_site.send(
        h, 200, b"<p>please log in", {"Content-Type": "application/pdf"}
    )
    site.pages["/image"] = lambda h: hostile_site.send(
        h, 200, b"\x89PNG", {"Content-Type": "image/png"}
    )
    site.html("/empty", b"  \n ")
    site.html(
        "/noindex", article("n").replace(b"<head>", b"<head><meta name=robots content=noindex>")
    )
    site.html("/private", article("private"))
    site.html("/nested", b"<div>" * 100_000 + b"deep")
    site.html("/bytes", bytes(range(256)) * 400)
    site.status("/to-private", 302, Location=f"http://127.0.0.2:{port}/redirected")
    site.status("/to-utf-8", 302, Location="/数".encode().decode("latin-1"))
    site.html("/%E6%95%B0", article("utf-8"))
    site.status("/to-gbk", 302, Location="/政".encode("gbk").decode("latin-1"))
    site.html("/%D5%FE", article("gbk"))
    site.pages["/strange-type"] = lambda h: hostile_site.send(
        h, 200, b"x", {"Content-Type": "[/red]\x1b[31m/x"}
    )
    for path, kind in (
        ("/type-without-semicolon", "text/html charset=utf-8"),
        ("/type-twice", "text/html, text/html; charset=utf-8"),
        ("/type-of-nothing", "charset=utf-8"),
        ("/type-of-text", "text/plain; charset=utf-8"),
    ):
        site.html(path, article(path), **{"Content-Type": kind})
    for path, body in (
        (
            "/written.txt",
            "第一章 总则\n数字政府建设的办法。\nhttps://a.example/\n".encode("gb18030"),
        ),
        ("/urls.txt", b"http://a.example/\r\n\r\nhttp://a.example/b\r\n"),
        ("/humans.txt", b"We made this site."),
        ("/program", b"MZ\x90\x00\x03\x00 This program cannot be run"),
        ("/huge.txt", b"digital government\n" * 150_000),
    ):
        site.html(path, body, **{"Content-Type": "text/plain"})
    site.status("/retry-squared", 503, Retry_After="²")
    site.html("/custom-element", b"<html><feed-back></feed-back><feed>" + article("element"))
    site.status("/to-file", 302, Location="file:///etc/passwd")
    site.status("/off", 302, Location="http://elsewhere.example/")
    forms = ["127.0.0.2", "2130706434", "0x7f000002", "0177.0.0.2", "127.2", "[::ffff:127.0.0.2]"]
    direct = [f"http://{form}:{port}/direct" for form in forms]
    strange = ["file:///etc/passwd", "javascript:alert(1)", "data:text/html,x", "ftp://127.0.0.1/"]
    elsewhere = ("/chain10", "/linked-by-soft")  # reached by redirects, and from one page
    linked = [path for path in EXPECTED if path not in elsewhere]
    hosts = "".join(f'<link rel="x" href="{url}">' for url in strange)
    site.html("/", article("home", *linked, *direct, *strange) + hosts.encode())
    with running(site):
        yield site


@pytest.fixture(scope="module")
def data(site: Site, canary: socket.socket, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("hostile")
    port = canary.getsockname()[1]
    forms = ["127.0.0.2", "2130706434", "0x7f000002", "0177.0.0.2", "127.2", "[::ffff:7f00:2]"]
    hosts = ", ".join(f'"{form}:{port}"' for form in forms)
    file = configuration(folder, site, source=f"hosts = [{hosts}]")
    crawl(file, folder / "data", indexed=True)
    return folder / "data"


@pytest.mark.parametrize("path", EXPECTED)
def test_outcome(path: str, data: Path, site: Site) -> None:
    assert outcomes(data, site.base)[path] == EXPECTED[path]


def test_status_prints_what_strangers_sent(data: Path) -> None:
    command = [sys.executable, "-m", "cli", "status", "--data", str(data)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
    assert "type:unknown" in done.stdout
    assert "\x1b" not in done.stdout


def test_nothing_connected_to_an_address_that_is_not_allowed(
    data: Path, canary: socket.socket
) -> None:
    with pytest.raises(TimeoutError):
        canary.accept()
    refused = [url for url, what in outcomes(data).items() if what == ("skipped", "address")]
    assert len(refused) >= 6
    assert any("redirected" in url for url in refused)


def test_only_http_ever_became_a_url(data: Path) -> None:
    assert all(url.startswith("http") for url in outcomes(data))


def test_what_robots_forbids_was_never_asked_for(data: Path, site: Site) -> None:
    assert site.seen["/private"] == 0
    assert site.seen["/robots.txt"] == 2, "once to obey it, and once for a link"


def test_no_url_was_tried_more_often_than_allowed(data: Path, site: Site) -> None:
    assert site.seen["/broken"] == 3
    assert site.seen["/ok"] == 1
    # Twisted itself sends a GET once more when a kept-alive connection breaks under it.
    assert max(n for path, n in site.seen.items() if path != "/hang-up") <= 3
    assert site.seen["/hang-up"] <= 6


def test_no_page_was_stored_twice(data: Path) -> None:
    urls = stored_urls(data)
    assert len(urls) == len(set(urls))
