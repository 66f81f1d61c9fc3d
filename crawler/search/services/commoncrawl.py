"""Common Crawl's URL index: which addresses of a host one crawl holds, by detected language.

The index knows addresses and languages, not words: it is asked about the sources' hosts. The total
is the number of its lines: captures, of which one address may have several. It is exact when the
list ends before our limit, else at least that. ``latest`` is the first entry of ``collinfo.json``.
"""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import urljoin

from crawler.search.asking import Ask, with_query
from crawler.search.reply import Refusal, Reply, addresses, as_json, note, rows, state
from store.claims import AT_LEAST, EXACT

LANGUAGES = {"en": "eng", "zh": "zho"}
_NAME = re.compile(r"CC-MAIN-[0-9A-Za-z-]{1,40}")


def address(ask: Ask) -> str:
    """Return the URL of the list of crawls, or of one crawl's index."""
    index = state(ask.at).get("index") or ask.search.index
    base = ask.base if ask.base.endswith("/") else f"{ask.base}/"
    if index == "latest":
        return urljoin(base, "collinfo.json")
    filters = [("filter", "=status:200"), ("filter", "~mime-detected:(text/html|application/pdf)")]
    if ask.wanted.lang in LANGUAGES:
        language = LANGUAGES[ask.wanted.lang]
        filters.append(("filter", f"~languages:(.*,)?{language}(,.*)?"))
    return with_query(
        urljoin(base, f"{index}-index"),
        ("url", ask.wanted.words),
        ("matchType", "host"),
        ("output", "json"),
        ("limit", ask.search.max_results),
        *filters,
    )


def read(ask: Ask, status: int, body: bytes) -> Reply:
    """Return the addresses of the index's lines; damaged lines are left out. Raises Refusal."""
    if (state(ask.at).get("index") or ask.search.index) == "latest":
        return Reply(next=note(index=_latest(as_json(body))))
    lines = [line for line in body.splitlines() if line.strip()]
    entries = [entry for line in lines if (entry := _entry(line)) is not None]
    if status == 404 or (len(entries) == 1 and "message" in entries[0]):
        if "no captures" in str(entries[0].get("message", "") if entries else "").lower():
            return Reply((), 0, EXACT)
        raise Refusal("http_404", "there is no such index; see collinfo.json for their names")
    if lines and not entries:
        as_json(body)  # says what it is instead
        raise Refusal("not_json", "its lines are not the index's")
    urls = tuple(dict.fromkeys(addresses(entries, "url")))
    most = ask.search.max_results  # it may send more than it was asked for
    return Reply(urls[:most], len(lines), AT_LEAST if len(lines) >= most else EXACT)


def _entry(line: bytes) -> dict[str, Any] | None:
    try:
        found = as_json(line)
    except Refusal:
        return None
    return found if isinstance(found, dict) else None


def _latest(listed: Any) -> str:
    for entry in rows(listed):
        name = str(entry.get("id", ""))
        if _NAME.fullmatch(name):
            return name
    raise Refusal("not_json", "collinfo.json names no index", whole=True)
