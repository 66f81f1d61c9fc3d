"""``duizhao serve`` as a process: where it listens, what it refuses, how it ends."""

from __future__ import annotations

import contextlib
import http.client
import signal
import socket
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from tests.web_serving import ROOT, command, keep, serving, some_pages
from web.server import CannotServe, listen, url


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("web")
    keep(made, some_pages())
    return made


@pytest.fixture(scope="module")
def address(folder: Path) -> Iterator[str]:
    with serving(folder) as base:
        yield base


def ask(address: str, method: str = "GET", path: str = "/", **headers: str) -> tuple[int, str]:
    parts = urlsplit(address)
    connection = http.client.HTTPConnection(parts.hostname or "", parts.port, timeout=30)
    connection.request(method, path, headers=headers)
    answer = connection.getresponse()
    text = answer.read().decode("utf-8")
    connection.close()
    return answer.status, text


def test_it_answers_and_ends_with_ctrl_c(address: str) -> None:
    """That it ends cleanly is asserted where the fixture stops it."""
    assert ask(address)[0] == 200
    assert ask(address, "HEAD") == (200, "")
    assert ask(address, "POST")[0] == 405
    assert ask(address, Host="evil.example")[0] == 400


def test_many_at_once(address: str) -> None:
    found: list[int] = []
    paths = [f"/?q=digital+government&page={n % 3 + 1}" for n in range(12)]
    threads = [
        threading.Thread(target=lambda path=path: found.append(ask(address, path=path)[0]))
        for path in paths
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == [200] * 12


NONSENSE = [
    b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03",
    b"GET / HTTP/1.1\r\n\r\n",
    b"GET http://evil.example/ HTTP/1.1\r\nHost: evil.example\r\n\r\n",
    b"GET /" + b"x" * 70_000 + b" HTTP/1.1\r\nHost: localhost\r\n\r\n",
    b"GET /?q=%ff%fe%00 HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n",
    b"POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 999999999\r\n\r\n",
]


def test_nonsense_does_not_stop_it(address: str) -> None:
    parts = urlsplit(address)
    for request in NONSENSE:
        with socket.create_connection((parts.hostname, parts.port), timeout=10) as connection:
            answer = b""
            with contextlib.suppress(OSError):  # it may have hung up before all was said
                connection.sendall(request)
                connection.shutdown(socket.SHUT_WR)
                answer = connection.recv(100)
            assert not answer or answer.startswith(b"HTTP/1."), request[:40]
            assert b" 200 " not in answer[:20] or b"%ff" in request
    assert ask(address)[0] == 200


REFUSED = [
    # (options, what is said)
    (["--host", "0.0.0.0"], "0.0.0.0: this page has no accounts"),
    (["--host", "example.org"], "example.org: this page has no accounts"),
    (["--port", "70000"], "70000"),
    (["--topic", "nothing"], "nothing"),
]


@pytest.mark.parametrize(("options", "said"), REFUSED)
def test_mistakes_are_one_line(folder: Path, options: list[str], said: str) -> None:
    done = subprocess.run(command(folder, *options), cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (2, "")
    assert said in done.stderr.splitlines()[-1]
    assert "Traceback" not in done.stderr


def test_a_port_in_use_is_one_line(folder: Path) -> None:
    with listen("127.0.0.1", 0) as taken:
        port = str(taken.getsockname()[1])
        line = command(folder, "--port", port)
        done = subprocess.run(line, cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 2
    assert done.stderr == (
        f"duizhao: 127.0.0.1:{port}: cannot be listened on (address already in use);"
        " choose another with --port, or --port 0 for any that is free\n"
    )


def test_addresses() -> None:
    with listen("127.0.0.5", 0) as place:
        assert url(place).startswith("http://127.0.0.5:")
    with listen("localhost", 0) as place:
        assert url(place).startswith("http://127.0.0.1:")
    with pytest.raises(CannotServe, match="no accounts"):
        listen("192.0.2.1", 0)


def test_it_ends_with_sigterm_too(folder: Path) -> None:
    with subprocess.Popen(
        command(folder, "--port", "0"), cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout
        process.stdout.readline()
        process.send_signal(signal.SIGTERM)
        process.communicate(timeout=20)
    assert process.returncode in (0, -signal.SIGTERM)
