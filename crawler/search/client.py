"""Asks a service over Scrapy's downloader, so that the address guard and every limit hold.

What is the same for all services is here: keys, HTTP errors, time-outs, rate limits. A key comes
from the environment, goes into one header of one request, and into nothing that is kept: requests
are not stored, redirects are not followed, and a key that an answer repeats is blanked out.
"""

from __future__ import annotations

import os
import time
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, replace

from scrapy import Request
from scrapy.crawler import Crawler
from scrapy.exceptions import (
    CannotResolveHostError,
    DownloadCancelledError,
    DownloadConnectionRefusedError,
    DownloadTimeoutError,
    IgnoreRequest,
)
from scrapy.http import Response

from config.services import SERVICES
from crawler.items import Raw
from crawler.middlewares.address import is_refusal
from crawler.middlewares.evidence import KEY as RAW
from crawler.retry_after import MAX_RETRY_AFTER, retry_after
from crawler.search.asking import SERVICE, Ask
from crawler.search.reply import Refusal, Reply
from crawler.search.services import MODULES

HEADERS = {"brave": "X-Subscription-Token"}
BLANK = b"[key]"
BUGS = (TypeError, AttributeError, LookupError, AssertionError)
"""Errors of our own; whatever else a download raises is the network's."""
MAX_KEY = 4096
SILENCE = (
    (CannotResolveHostError, "dns", "is not known; is there a network?"),
    (DownloadConnectionRefusedError, "refused", "refuses connections; is it running?"),
    (DownloadTimeoutError, "timeout", "did not answer in time (timeout under [crawl])"),
)
"""Errors of a host that says nothing: what each is called, and what to tell a person."""

Download = Callable[[Request], Awaitable[Response]]


@dataclass(frozen=True, slots=True)
class Answer:
    """One response: what it says, and the evidence for it (without any key)."""

    url: str
    reply: Reply
    raw: Raw


def key_of(service: str, environment: Mapping[str, str] = os.environ) -> str:
    """Return the key of a service, "" when it takes none.

    Raises Refusal (``no_key``, ``bad_key``) that names the variable and never quotes its value.
    """
    name = SERVICES[service].key
    if not name:
        return ""
    key = environment.get(name, "").strip()
    if not key:
        raise Refusal("no_key", f"it takes a key: set the variable {name}", whole=True)
    if len(key) > MAX_KEY or not key.isascii() or not key.isprintable():
        message = f"{name} holds a character that no key has; set it anew"
        raise Refusal("bad_key", message, whole=True)
    return key


async def ask_once(ask: Ask, download: Download) -> Answer:
    """Ask a service for one response, and read it. Raises Refusal for anything else."""
    service, module = ask.search.service, MODULES[ask.search.service]
    key = key_of(service)
    url = module.address(ask)
    headers = {"Accept": "application/json"} | ({HEADERS[service]: key} if key else {})
    meta = {
        SERVICE: ask.search.id,
        "download_slot": f"search:{ask.search.id}",
        "autothrottle_dont_adjust_delay": True,
    }
    request = Request(url, headers=headers, meta=meta, dont_filter=True, priority=500)
    try:
        response = await download(request)
    except BUGS:
        raise
    except Exception as error:
        raise _failure(error, ask) from None  # its text may hold the request
    if refusal := _refused(response, ask):
        raise refusal
    clean = response.body.replace(key.encode(), BLANK) if key else response.body
    reply = _without_damage(module.read(ask, response.status, clean))
    raw = request.meta.get(RAW) or Raw(response.status, (), response.body, "", "")
    return Answer(url, reply, _without(raw, response.body, key))


def of_crawler(crawler: Crawler) -> Download:
    """Return the downloader of a running crawl."""

    async def download(request: Request) -> Response:
        assert crawler.engine is not None
        return await crawler.engine.download_async(request)

    return download


def _without_damage(reply: Reply) -> Reply:
    """Leave out addresses with bytes that were no UTF-8: each would be another address."""
    return replace(reply, urls=tuple(url for url in reply.urls if "\ufffd" not in url))


def _failure(error: Exception, ask: Ask) -> Refusal:
    host = ask.base.split("/")[2]
    if is_refusal(error):
        message = (
            f"{host} is no public address; if the service is your own, name its network in"
            " allow_addresses under [crawl]"
        )
        return Refusal("address", message, whole=True)
    for kind, reason, message in SILENCE:
        if isinstance(error, kind):
            return Refusal(reason, f"{host} {message}", wait=0.0)
    if isinstance(error, DownloadCancelledError | IgnoreRequest):  # the latter when unpacked
        return Refusal("too_large", f"{host} sent more than max_bytes under [crawl] allows")
    return Refusal("connection", f"the connection to {host} broke", wait=0.0)


def _refused(response: Response, ask: Ask) -> Refusal | None:
    """Return what an HTTP status means; None where the body is to be read."""
    status, name = response.status, SERVICES[ask.search.service].key
    if status == 429 or status >= 500:
        word = "it was asked too often" if status == 429 else "it is in trouble"
        wait = _wait(response)
        when = f"ask again after {_duration(wait)}" if wait >= 1 else "ask again later"
        return Refusal(f"http_{status}", f"{word} ({status}); {when}", wait=wait)
    if status in (401, 403, 422) and name:
        return Refusal(
            f"http_{status}", f"it does not take the key ({status}): check {name}", whole=True
        )
    if status == 401:
        return Refusal("http_401", "it asks for a login (401)", whole=True)
    if 300 <= status < 400:
        message = f"it is somewhere else now ({status}): correct its url"
        return Refusal(f"http_{status}", message, whole=True)
    if (status, ask.search.service) in ((403, "searxng"), (404, "commoncrawl")):
        return None  # these say more in their own words
    if status in (404, 410):
        return Refusal(f"http_{status}", f"it has no such address ({status}): correct its url")
    return Refusal(f"http_{status}", f"it refuses to answer ({status})") if status >= 400 else None


def _wait(response: Response) -> float:
    """Return the seconds a service asks to be left alone, a day at most.

    Brave says so by X-RateLimit-Remaining and -Reset, a number for each of its windows.
    """
    remaining, reset = (
        (response.headers.get(f"X-RateLimit-{name}") or b"").decode("latin-1").split(",")
        for name in ("Remaining", "Reset")
    )
    spent = [
        float(seconds)
        for left, seconds in zip(remaining, reset, strict=False)
        if left.strip() == "0" and seconds.strip().isdecimal()
    ]
    return min(max(retry_after(response, time.time()), *spent, 0.0), MAX_RETRY_AFTER)


def _duration(seconds: float) -> str:
    """Return a wait in words; what is longer than a few minutes needs no seconds."""
    for size, unit in ((3600, "hours"), (60, "minutes")):
        if seconds >= 2 * size:
            return f"{-(-seconds // size):.0f} {unit}"
    return f"{seconds:.0f} seconds"


def _without(raw: Raw, body: bytes, key: str) -> Raw:
    """Return the evidence without the key, which a service might send back."""
    if not key:
        return raw
    mark = BLANK.decode()
    headers = tuple((name, value.replace(key, mark)) for name, value in raw.headers)
    if key.encode() not in body:
        return replace(raw, headers=headers)
    plain = tuple(pair for pair in headers if pair[0].lower() != "content-encoding")
    return replace(raw, body=body.replace(key.encode(), BLANK), headers=plain)
