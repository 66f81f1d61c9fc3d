"""SearXNG, self-hosted: ``/search?format=json``, which its settings must allow.

``number_of_results`` is the mean of what its engines say, and 0 when none says anything: an
estimate at best. An empty answer while engines do not respond is no answer.
"""

from __future__ import annotations

import hashlib
from urllib.parse import urlsplit, urlunsplit

from crawler.search.asking import Ask, with_query
from crawler.search.reply import (
    Refusal,
    Reply,
    addresses,
    as_json,
    count,
    listed,
    note,
    said,
    state,
)
from crawler.search.reply import table as as_table
from store.claims import ESTIMATE, NONE

MAX_PAGES = 50


def address(ask: Ask) -> str:
    """Return the URL of the next page."""
    parts = urlsplit(ask.base)
    path = parts.path.rstrip("/")
    path = path if path.endswith("/search") else f"{path}/search"
    return with_query(
        urlunsplit((parts.scheme, parts.netloc, path, "", "")),
        ("q", ask.phrase),
        ("format", "json"),
        ("language", ask.wanted.lang),
        ("pageno", state(ask.at).get("page", 1)),
        ("safesearch", 0),
    )


def read(ask: Ask, status: int, body: bytes) -> Reply:
    """Return the results of a page. Raises Refusal."""
    if status == 403:
        message = "it refuses JSON (403): add json to search.formats in its settings.yml"
        raise Refusal("http_403", message, whole=True)
    answer = as_table(as_json(body), "object")
    where = state(ask.at)
    urls = addresses(listed(answer.get("results"), "results"), "url")
    page, before = int(where.get("page", 1)), int(where.get("got", 0))
    silent = answer.get("unresponsive_engines")
    if not urls and page == 1 and silent:
        raise Refusal("engines", f"none of its engines answered: {said(str(silent))}", wait=0.0)
    mark = hashlib.blake2b("\n".join(urls).encode("utf-8", "replace"), digest_size=8).hexdigest()
    if mark == where.get("mark"):  # engines without pages answer each with the same
        urls = ()
    urls = urls[: ask.search.max_results - before]
    got = before + len(urls)
    total = count(answer.get("number_of_results")) or None
    more = urls and got < ask.search.max_results and page < MAX_PAGES
    following = note(page=page + 1, got=got, mark=mark) if more else ""
    return Reply(urls, total, ESTIMATE if total else NONE, following)
