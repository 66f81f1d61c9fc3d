"""A web server on loopback that misbehaves in every way a crawl meets, a path for each."""

from __future__ import annotations

import gzip
import socket
import threading
import time
import zlib
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

ARTICLE = (
    "<html><head><title>{title}</title></head><body><h1>{title}</h1><article>"
    + "<p>The {title} of the city says how its digital government works for people here.</p>" * 8
    + "</article>{links}</body></html>"
)


def article(title: str, *links: str) -> bytes:
    anchors = "".join(f'<a href="{link}">{link}</a>' for link in links)
    return ARTICLE.format(title=title, links=anchors).encode()


@dataclass
class Site:
    """One listening server: ``pages`` answers paths, ``seen`` counts requests."""

    port: int = 0
    robots: bytes | int | Callable[[BaseHTTPRequestHandler], None] = 404
    pages: dict[str, Callable[[BaseHTTPRequestHandler], None]] = field(default_factory=dict)
    seen: Counter[str] = field(default_factory=Counter)
    times: list[tuple[float, str]] = field(default_factory=list)
    host: str = "127.0.0.1"

    @property
    def base(self) -> str:
        named = f"[{self.host}]" if ":" in self.host else self.host
        return f"http://{named}:{self.port}"

    def html(self, path: str, body: bytes, **headers: str) -> None:
        kind = {"Content-Type": "text/html; charset=utf-8"}
        self.pages[path] = lambda h: send(h, 200, body, kind | headers)

    def status(self, path: str, status: int, **headers: str) -> None:
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        self.pages[path] = lambda h: send(h, status, b"<p>no</p>", named)


def send(h: BaseHTTPRequestHandler, status: int, body: bytes, headers: dict[str, str]) -> None:
    h.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **headers}.items():
        h.send_header(name, value)
    h.end_headers()
    h.wfile.write(body)


def drip(h: BaseHTTPRequestHandler) -> None:
    """Send a byte now and then, for longer than anyone should wait."""
    h.send_response(200)
    h.send_header("Content-Type", "text/html")
    h.end_headers()
    for _ in range(100):
        h.wfile.write(b"x")
        h.wfile.flush()
        time.sleep(0.2)


def hang_up(h: BaseHTTPRequestHandler) -> None:
    h.connection.shutdown(socket.SHUT_RDWR)
    h.close_connection = True


def short(h: BaseHTTPRequestHandler) -> None:
    """Promise more than is sent."""
    h.send_response(200)
    h.send_header("Content-Type", "text/html")
    h.send_header("Content-Length", "100000")
    h.end_headers()
    h.wfile.write(article("short"))
    h.close_connection = True


def endless(h: BaseHTTPRequestHandler) -> None:
    """A body without a length and without an end."""
    h.send_response(200)
    h.send_header("Content-Type", "text/html")
    h.end_headers()
    for _ in range(2000):
        h.wfile.write(b"<p>more</p>" * 6000)


def headers_without_end(h: BaseHTTPRequestHandler) -> None:
    """A head that never comes to a body."""
    h.wfile.write(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n")
    for n in range(2000):
        h.wfile.write(b"X-%d: %s\r\n" % (n, b"a" * 8000))
    h.wfile.write(b"\r\n" + article("at last"))
    h.close_connection = True


def long_head(h: BaseHTTPRequestHandler) -> None:
    """Many headers, and then a page."""
    send(
        h,
        200,
        article("head"),
        {"Content-Type": "text/html"} | {f"X-{n}": "a" * 8000 for n in range(25)},
    )


def bomb(encoding: str) -> Callable[[BaseHTTPRequestHandler], None]:
    """300 MB of zeros, compressed."""
    pack = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    packed = b"".join(pack.compress(bytes(1 << 20)) for _ in range(300)) + pack.flush()
    headers = {"Content-Type": "text/html", "Content-Encoding": encoding}
    return lambda h: send(h, 200, packed, headers)


def gzipped(body: bytes) -> Callable[[BaseHTTPRequestHandler], None]:
    headers = {"Content-Type": "text/html", "Content-Encoding": "gzip"}
    return lambda h: send(h, 200, gzip.compress(body), headers)


@contextmanager
def running(*sites: Site) -> Iterator[None]:
    """Serve each site on a port of its own."""
    servers = [_start(site) for site in sites]
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _start(site: Site) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            site.seen[self.path] += 1
            site.times.append((time.monotonic(), self.path))
            try:
                self.answer()
            except (BrokenPipeError, ConnectionResetError):
                self.close_connection = True

        def answer(self) -> None:
            if self.path == "/robots.txt":
                if isinstance(site.robots, int):
                    send(self, site.robots, b"", {})
                elif callable(site.robots):
                    site.robots(self)
                else:
                    send(self, 200, site.robots, {"Content-Type": "text/plain"})
            elif self.path in site.pages:
                site.pages[self.path](self)
            else:
                send(self, 404, b"", {})

        def log_message(self, *args: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        address_family = socket.AF_INET6 if ":" in site.host else socket.AF_INET

    server = Server((site.host, site.port), Handler)
    server.daemon_threads = True
    site.port = server.server_address[1]
    threading.Thread(target=server.serve_forever, daemon=True).start()
    return server
