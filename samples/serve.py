"""The sample web on loopback: one port a site, everything from memory, every request recorded.

``python -m samples.serve [--port N]`` serves until Ctrl-C.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import sys
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from samples.content_reader import sites
from samples.sources import sources_toml
from samples.web import Built, Reply, build

ADDRESS = "127.0.0.1"
_NOT_FOUND = Reply(404, "text/html; charset=utf-8", b"<title>404</title><h1>Not found</h1>")


@dataclass
class Served:
    """The running web: where each site is, and what has been asked of it.

    ``origins`` maps site ids to ``http://127.0.0.1:port``; ``requests`` lists (``host:port``,
    request target) in the order of arrival.
    """

    origins: dict[str, str]
    requests: list[tuple[str, str]] = field(default_factory=list)
    _lock: threading.Lock = field(default_factory=threading.Lock, repr=False)

    def asked(self, site: str) -> tuple[str, ...]:
        """Return the request targets that one site has received so far."""
        host = self.origins[site].removeprefix("http://")
        with self._lock:
            return tuple(target for where, target in self.requests if where == host)

    def record(self, host: str, target: str) -> None:
        """Note a request; called by the servers' threads."""
        with self._lock:
            self.requests.append((host, target))

    def sources_toml(self) -> str:
        """Return a complete user configuration that crawls these sites."""
        return sources_toml(self.origins)


class _Server(ThreadingHTTPServer):
    daemon_threads = True
    block_on_close = False
    request_queue_size = 128
    built: Built
    served: Served

    def handle_error(self, request: object, client_address: object) -> None:
        """Let a client that hung up go in silence; report anything else."""
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "samples"
    sys_version = ""
    timeout = 30
    # Head and body leave in two writes; with Nagle's algorithm a client's delayed ACK costs 40 ms.
    disable_nagle_algorithm = True
    server: _Server

    def do_GET(self) -> None:
        self._answer(with_body=True)

    def do_HEAD(self) -> None:
        self._answer(with_body=False)

    def _answer(self, *, with_body: bool) -> None:
        port = self.server.server_address[1]
        self.server.served.record(f"{ADDRESS}:{port}", self.path)
        reply = self.server.built.reply(self.path) or _NOT_FOUND
        tag = f'"{hashlib.sha256(reply.body).hexdigest()[:16]}"'
        if self._unchanged(reply, tag):
            self.send_response(304)
            self.send_header("ETag", tag)
            self.end_headers()
            return
        body = self._send_head(reply, tag)
        if with_body:
            self.wfile.write(body)

    def _unchanged(self, reply: Reply, tag: str) -> bool:
        if not self.server.built.site.etag or reply.status != 200:
            return False
        given = self.headers.get("If-None-Match")
        if given is not None:  # RFC 9110, section 13.2.2: then If-Modified-Since is not looked at
            return tag in given
        return self.headers.get("If-Modified-Since") == reply.modified

    def _send_head(self, reply: Reply, tag: str) -> bytes:
        """Send status and headers; return the body in the encoding they announce."""
        body = reply.body
        self.send_response(reply.status)
        self.send_header("Content-Type", reply.type)
        if reply.location:
            self.send_header("Location", reply.location)
        if self.server.built.site.etag:
            self.send_header("ETag", tag)
            self.send_header("Last-Modified", reply.modified)
        if self.server.built.site.gzip:
            self.send_header("Vary", "Accept-Encoding")
            if "gzip" in self.headers.get("Accept-Encoding", "") and body:
                body = gzip.compress(body, mtime=0)
                self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        return body

    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: ``Served.requests`` is the log."""


@contextmanager
def serve(ports: int | Mapping[str, int] = 0) -> Iterator[Served]:
    """Serve every sample site until the block ends.

    ``ports`` is the first of as many consecutive ports as there are sites; 0 takes free ones, so
    that several webs can run at once. Or it maps site ids to ports; a site it lacks gets a free
    one. Raises ``OSError`` when a port is taken, ``OverflowError`` when there is no such port.
    """
    names = [site.id for site in sites()]
    if isinstance(ports, int):
        ports = {name: ports + i for i, name in enumerate(names)} if ports else {}
    with ExitStack() as stack:
        servers = {
            name: stack.enter_context(_Server((ADDRESS, ports.get(name, 0)), _Handler))
            for name in names
        }
        served = Served({name: f"http://{ADDRESS}:{s.server_port}" for name, s in servers.items()})
        for name, built in build(served.origins).items():
            servers[name].built, servers[name].served = built, served
        for server in servers.values():
            stack.callback(server.shutdown)
            threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
        yield served


def main() -> None:
    """Serve until Ctrl-C and print where."""
    parser = argparse.ArgumentParser(description="Serve the sample web on loopback.")
    parser.add_argument("--port", type=int, default=0, help="first port (default: free ports)")
    try:
        with serve(parser.parse_args().port) as served, suppress(KeyboardInterrupt):
            for name, origin in served.origins.items():
                print(f"{origin}/  {name}")
            print("Ctrl-C stops.", flush=True)
            while True:
                time.sleep(3600)
    except (OSError, OverflowError) as error:
        parser.exit(1, f"samples: cannot open the ports: {error}; try another --port\n")


if __name__ == "__main__":
    main()
