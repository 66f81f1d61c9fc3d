"""Search services on loopback that answer as their documentation says, well and badly.

Each is a ``Site`` of ``tests.hostile_site`` whose paths answer by query. ``Service.mood`` makes the
next answers bad: a list of functions, each used up once.
"""

from __future__ import annotations

import json
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread
from typing import Any
from urllib.parse import parse_qs, urlsplit

Answer = tuple[int, bytes, dict[str, str]]
KEY = "s3cr3t-BSA-0123456789"


@dataclass
class Service:
    """One listening service: ``answer`` gets the path, the query and the headers."""

    answer: Callable[[str, dict[str, str], dict[str, str]], Answer]
    mood: list[Answer] = field(default_factory=list)
    asked: list[tuple[float, str, dict[str, str]]] = field(default_factory=list)
    port: int = 0

    @property
    def base(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def queries(self, name: str) -> list[str]:
        """The values of one parameter, in the order they came."""
        return [query[name] for _, _, query in self.asked if name in query]


def as_json(value: Any, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, json.dumps(value).encode(), {"Content-Type": "application/json", **named}


def text(body: str, status: int = 200, **headers: str) -> Answer:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return status, body.encode(), {"Content-Type": "text/html; charset=utf-8", **named}


@contextmanager
def serving(*services: Service) -> Iterator[None]:
    servers = [_start(service) for service in services]
    try:
        yield
    finally:
        for server in servers:
            server.shutdown()
            server.server_close()


def _start(service: Service) -> ThreadingHTTPServer:
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            parts = urlsplit(self.path)
            query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
            service.asked.append((time.monotonic(), parts.path, query))
            headers = {name.lower(): value for name, value in self.headers.items()}
            status, body, extra = (
                service.mood.pop(0) if service.mood else service.answer(parts.path, query, headers)
            )
            self.send_response(status)
            for name, value in {"Content-Length": str(len(body)), **extra}.items():
                self.send_header(name, value)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    service.port = server.server_address[1]
    Thread(target=server.serve_forever, daemon=True).start()
    return server


def mediawiki(found: Sequence[str], links: Sequence[str] = (), total: int | None = 4321) -> Service:
    """A wiki whose every search finds ``found``; its pages link to ``links``."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if query.get("format") != "json" or query.get("action") != "query":
            return as_json({"error": {"code": "badvalue", "info": "unrecognized value"}})
        if "pageids" in query:
            return _details(query)
        offset, limit = int(query["sroffset"]), int(query["srlimit"])
        if not 1 <= limit <= 500:
            return as_json({"error": {"code": "badinteger", "info": "srlimit"}})
        hits = [{"ns": 0, "title": url, "pageid": n + 1} for n, url in enumerate(found)][
            offset : offset + limit
        ]
        info = {} if total is None else {"totalhits": total}
        reply: dict[str, Any] = {"query": {"searchinfo": info, "search": hits}}
        if offset + limit < len(found):
            reply["continue"] = {"sroffset": offset + limit, "continue": "-||"}
        return as_json(reply)

    def _details(query: dict[str, str]) -> Answer:
        numbers = [int(number) for number in query["pageids"].split("|")]
        assert len(numbers) <= 50
        pages: list[dict[str, Any]] = [
            {"pageid": n, "ns": 0, "title": found[n - 1], "canonicalurl": found[n - 1]}
            for n in numbers
        ]
        reply: dict[str, Any] = {"batchcomplete": True, "query": {"pages": pages}}
        if "extlinks" in query["prop"]:
            half = len(links) // 2  # the wiki continues as it likes, also below the limit
            first = "elcontinue" not in query
            pages[0]["extlinks"] = [{"url": u} for u in (links[:half] if first else links[half:])]
            if first and half:
                reply["continue"] = {"elcontinue": "1|https://x", "continue": "||info"}
        return as_json(reply)

    return Service(answer)


def searxng(found: Sequence[str], total: int = 0, page: int = 10, on: bool = True) -> Service:
    """An instance whose engines find ``found``; ``on`` False: JSON is not among its formats."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if path != "/search":
            return text("not found", 404)
        if not on or query.get("format") != "json":
            return text("<!doctype html><title>403 Forbidden</title>", 403)
        start = (int(query["pageno"]) - 1) * page
        results = [{"url": u, "title": u, "engine": "x"} for u in found[start : start + page]]
        reply = {"query": query["q"], "number_of_results": total, "results": results}
        return as_json(reply | {"answers": [], "suggestions": [], "unresponsive_engines": []})

    return Service(answer)


def brave(found: Sequence[str]) -> Service:
    """Brave: a key, pages of 20, the offset counted in pages; says nothing of totals."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if headers.get("x-subscription-token") != KEY:
            error = {"code": "SUBSCRIPTION_TOKEN_INVALID", "status": 422, "detail": "invalid"}
            return as_json({"type": "ErrorResponse", "error": error}, 422)
        size, offset = int(query["count"]), int(query["offset"])
        if not (1 <= size <= 20 and 0 <= offset <= 9):
            return as_json({"type": "ErrorResponse", "error": {"code": "VALIDATION"}}, 422)
        here = found[offset * size : (offset + 1) * size]
        more = (offset + 1) * size < len(found)
        return as_json(
            {
                "type": "search",
                "query": {"original": query["q"], "more_results_available": more},
                "web": {"type": "search", "results": [{"url": u, "title": "t"} for u in here]},
                "echo": headers["x-subscription-token"],  # what a debugging proxy may do
            }
        )

    return Service(answer)


def gdelt(found: Sequence[str], each_day: Sequence[int] = (3, 4)) -> Service:
    """GDELT: article lists and timelines; complaints are text with status 200."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if len(query["query"].split("sourcelang")[0].strip().strip('"')) < 3:
            return text("The specified phrase is too short.\n")
        if query["mode"] == "artlist":
            listed = found[: min(250, int(query.get("maxrecords", 75)))]
            articles = [{"url": u, "title": "t\x01", "language": "English"} for u in listed]
            return as_json({"articles": articles} if articles else {})
        days = [f"2026030{n + 1}T000000Z" for n in range(len(each_day))]
        if query["mode"] == "timelinevolraw":
            data = [
                {"date": d, "value": v, "norm": 1000} for d, v in zip(days, each_day, strict=True)
            ]
            return as_json({"timeline": [{"series": "Article Count", "data": data}]})
        shares = {"English Volume Intensity": 0.5, "Chinese Volume Intensity": 0.25}
        series = [
            {"series": name, "data": [{"date": d, "value": share} for d in days]}
            for name, share in shares.items()
        ]
        return as_json({"timeline": series})

    return Service(answer)


def commoncrawl(captures: dict[str, Sequence[str]]) -> Service:
    """An index server: host → captured addresses; lines of JSON, 404 with a message for nothing."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        if path == "/collinfo.json":
            names = ("CC-MAIN-2026-08", "CC-MAIN-2025-51")
            return as_json([{"id": n, "cdx-api": f"http://x/{n}-index"} for n in names])
        if path != "/CC-MAIN-2026-08-index":
            return text("<html>nginx 404</html>", 404)
        found = captures.get(query["url"], ())[: int(query["limit"])]
        if not found:
            return as_json({"message": f"No Captures found for: {query['url']}"}, 404)
        lines = [
            json.dumps({"urlkey": "k", "timestamp": "20260301000000", "url": u, "status": "200"})
            for u in found
        ]
        return 200, "\n".join(lines).encode() + b"\n", {"Content-Type": "text/x-ndjson"}

    return Service(answer)


def wayback(captures: dict[str, Sequence[str]], page: int = 1000) -> Service:
    """A CDX server: a JSON array with a header row, and a resume key while there is more."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        found = list(captures.get(query["url"], ()))
        start = int(query.get("resumeKey", "0").removeprefix("key "))
        stop = start + min(page, int(query["limit"]))
        if not found[start:stop]:
            return as_json([])
        rows: list[list[str]] = [["original"], *([url] for url in found[start:stop])]
        if stop < len(found):
            rows += [[], [f"key {stop}"]]
        return as_json(rows)

    return Service(answer)
