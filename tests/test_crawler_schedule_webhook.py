"""The webhook is told, its address is kept secret, and its failures fail nothing."""

from __future__ import annotations

import json
import socket
import threading
import time
from collections.abc import Iterator
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from crawler.schedule.webhook import post

SECRET = "hooks/T0/s3cr3t"


@pytest.fixture
def server() -> Iterator[HTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.got.append((self.path, body, self.headers["Content-Type"]))  # type: ignore[attr-defined]
            self.send_response(self.server.status)  # type: ignore[attr-defined]
            self.send_header("Location", "/elsewhere")
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    served.got, served.status = [], 204  # type: ignore[attr-defined]
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


def test_it_gets_the_summary_as_json(server: HTTPServer) -> None:
    assert post(f"http://127.0.0.1:{server.server_port}/{SECRET}", '{"job": "每日"}') == ""
    ((path, body, kind),) = server.got  # type: ignore[attr-defined]
    assert path == f"/{SECRET}"
    assert json.loads(body) == {"job": "每日"}
    assert kind == "application/json; charset=utf-8"


@pytest.mark.parametrize("status", [302, 307, 404, 500])
def test_a_refusal_is_said_without_the_address(server: HTTPServer, status: int) -> None:
    server.status = status  # type: ignore[attr-defined]
    said = post(f"http://127.0.0.1:{server.server_port}/{SECRET}", "{}")
    assert said == f"the webhook answered {status}"
    assert len(server.got) == 1, "nothing is sent on"  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    "url",
    [f"http://127.0.0.1:1/{SECRET}", f"file:///{SECRET}", SECRET, f"http://[{SECRET}", ""],
)
def test_an_address_that_does_not_work_is_said_without_it(url: str) -> None:
    said = post(url, "{}")
    assert said
    assert "s3cr3t" not in said


def test_an_answer_that_drips_in_holds_nobody_up() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listening:

        def drip() -> None:
            peer, _ = listening.accept()
            with peer, suppress(OSError):
                for _ in range(40):
                    peer.sendall(b"H")
                    time.sleep(0.1)

        threading.Thread(target=drip, daemon=True).start()
        url = f"http://127.0.0.1:{listening.getsockname()[1]}/{SECRET}"
        start = time.monotonic()
        assert post(url, "{}", 0.3) == "the webhook did not answer within 0 seconds"
        assert time.monotonic() - start < 3.5
