"""The sample web over HTTP."""

from __future__ import annotations

import gzip
import http.client
import socket
import subprocess
import sys
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from samples.content_reader import sites
from samples.serve import Served, serve

ROOT = Path(__file__).parent.parent


@pytest.fixture(scope="module")
def served() -> Iterator[Served]:
    with serve() as running:
        yield running


def _get(
    served: Served, site: str, target: str, method: str = "GET", **headers: str
) -> tuple[http.client.HTTPResponse, bytes]:
    """Ask for a request target as it stands: no client library tidies it up on the way."""
    connection = http.client.HTTPConnection(urlsplit(served.origins[site]).netloc, timeout=5)
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    connection.request(method, target, headers=named)
    response = connection.getresponse()
    body = response.read()
    connection.close()
    return response, body


def test_every_site_has_a_port_of_its_own(served: Served) -> None:
    assert set(served.origins) == {site.id for site in sites()}
    assert len(set(served.origins.values())) == len(sites())


@pytest.mark.parametrize(
    ("site", "target", "status", "kind"),
    [
        ("linhai-gov", "/", 200, "text/html; charset=gb2312"),
        ("dongao-gov", "/news/1120506.html", 200, "text/html"),
        ("qingshan-city", "/calendar?month=1999-01", 200, "text/html; charset=utf-8"),
        ("qingshan-city", "/broken/statistics", 500, "text/html"),
        ("slow-lane", "/2019/01/01/lost-post/", 404, "text/html; charset=utf-8"),
        ("old-street", "/robots.txt", 404, "text/html; charset=utf-8"),
        ("meridian", "/robots.txt", 200, "text/plain; charset=utf-8"),
        ("ppopa", "/files/survey-2022.pdf", 200, "application/pdf"),
        ("qingshan-en", "/sitemap-articles.xml.gz", 200, "application/gzip"),
    ],
)
def test_answers(served: Served, site: str, target: str, status: int, kind: str) -> None:
    response, body = _get(served, site, target)

    assert (response.status, response.getheader("Content-Type")) == (status, kind)
    assert response.version == 11
    assert int(response.getheader("Content-Length", "-1")) == len(body)


def test_a_moved_page_redirects(served: Served) -> None:
    response, _ = _get(served, "linhai-gov", "/old/notice.html")

    assert response.status == 302
    target = response.getheader("Location", "")
    assert _get(served, "linhai-gov", target)[0].status == 200


def test_the_empty_page_is_empty(served: Served) -> None:
    response, body = _get(served, "linhai-gov", "/xwzx/empty.html")

    assert (response.status, body) == (200, b"")


@pytest.mark.parametrize(
    "target",
    [
        "/../serve.py",
        "/../../setup.cfg",
        "/%2e%2e/%2e%2e/etc/passwd",
        "//etc/passwd",
        "/etc/passwd",
        "/articles.toml",
        "/theme.html",
        "/content/linhai-gov/site.toml",
        "file:///etc/passwd",
        "/\x00",
        "/a?" + "x" * 5000,
    ],
)
def test_nothing_but_the_sample_web_is_served(served: Served, target: str) -> None:
    host, port = urlsplit(served.origins["meridian"]).netloc.split(":")
    with socket.create_connection((host, int(port)), timeout=5) as raw:
        raw.sendall(f"GET {target} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n".encode())
        status = raw.makefile("rb").readline().split()[1]

    assert status in (b"404", b"400")


def test_conditional_requests(served: Served) -> None:
    path = "/yjcg/2023-09-digital-gov-concept.html"
    first, body = _get(served, "linhai-university", path)
    tag, modified = first.getheader("ETag", ""), first.getheader("Last-Modified", "")

    assert body
    assert modified == "Mon, 11 Sep 2023 00:00:00 GMT"
    for headers in ({"If_None_Match": tag}, {"If_Modified_Since": modified}):
        response, nothing = _get(served, "linhai-university", path, **headers)
        assert (response.status, nothing) == (304, b"")
    changed = {"If_None_Match": '"other"', "If_Modified_Since": modified}
    assert _get(served, "linhai-university", path, **changed)[0].status == 200


def test_other_sites_know_no_conditions(served: Served) -> None:
    response, _ = _get(served, "meridian", "/", If_None_Match="*")

    assert response.status == 200
    assert response.getheader("ETag") is None


def test_gzip_only_for_those_who_accept_it(served: Served) -> None:
    path = "/2023/10/15/bread-in-a-rice-town/"
    plain, plain_body = _get(served, "slow-lane", path)
    packed, packed_body = _get(served, "slow-lane", path, Accept_Encoding="br, gzip")

    assert plain.getheader("Content-Encoding") is None
    assert packed.getheader("Content-Encoding") == "gzip"
    assert gzip.decompress(packed_body) == plain_body


def test_head_has_headers_and_no_body(served: Served) -> None:
    response, body = _get(served, "meridian", "/", method="HEAD")

    assert body == b""
    assert int(response.getheader("Content-Length", "0")) > 1000


def test_requests_are_recorded_in_full() -> None:
    with serve() as served:
        with ThreadPoolExecutor(8) as pool:
            targets = [f"/analysis?n={n}" for n in range(40)]
            list(pool.map(lambda target: _get(served, "meridian", target), targets))
        _get(served, "ppopa", "/")

        assert sorted(served.asked("meridian")) == sorted(targets)
        assert served.asked("ppopa") == ("/",)
        assert len(served.requests) == 41


def test_two_webs_run_at_once_and_close() -> None:
    with serve() as one, serve() as other:
        assert not set(one.origins.values()) & set(other.origins.values())
        origin = urlsplit(one.origins["ppopa"])
    with pytest.raises(ConnectionRefusedError):
        socket.create_connection((origin.hostname or "", origin.port or 0), timeout=5)


def test_fixed_ports_are_consecutive() -> None:
    # Below the ephemeral range; somebody may be using some of these ports, hence several starts.
    for first in range(20_000, 30_000, 500):
        with suppress(OSError), serve(first) as served:
            ports = [urlsplit(origin).port for origin in served.origins.values()]
            break

    assert ports == list(range(first, first + len(sites())))


def test_a_taken_port_is_an_error() -> None:
    with serve() as one:
        taken = urlsplit(one.origins["dongao-gov"]).port or 0
        with pytest.raises(OSError, match="in use"), serve(taken):
            pass


@pytest.mark.parametrize("port", ["99999", "-1", "abc"])
def test_a_bad_port_is_one_line(port: str) -> None:
    command = [sys.executable, "-m", "samples.serve", "--port", port]
    done = subprocess.run(command, capture_output=True, text=True, timeout=30, cwd=ROOT)

    assert done.returncode in (1, 2)
    assert "Traceback" not in done.stderr
    assert "port" in done.stderr
