"""MediaWiki's action API: ``list=search``, then the hits' own addresses and external links.

``totalhits`` is counted by the wiki's own index, redirects and talk pages left out. The API asks
clients to send requests one after another and to heed ``maxlag`` (mediawiki.org, API:Etiquette).
"""

from __future__ import annotations

from typing import Any

from crawler.search.asking import Ask, with_query
from crawler.search.reply import (
    Refusal,
    Reply,
    addresses,
    as_json,
    count,
    listed,
    note,
    rows,
    said,
    state,
)
from crawler.search.reply import table as as_table
from store.claims import EXACT, NONE

PAGE = 50
"""Hits a request, and page ids a request: the limit for everybody."""
LINKS = 500
MAX_LAG = 5
IN_PASSING = ("maxlag", "ratelimited", "readonly", "internal_api_error")


def address(ask: Ask) -> str:
    """Return the URL of the next search page, or of the last page's details."""
    where = state(ask.at)
    common = (("action", "query"), ("format", "json"), ("formatversion", 2), ("maxlag", MAX_LAG))
    if where.get("ids"):
        details = (
            ("prop", "info|extlinks" if where["room"] else "info"),
            ("inprop", "url"),
            ("pageids", where["ids"]),
            ("ellimit", LINKS),
            ("elexpandurl", 1),
        )
        kept = details if where["room"] else details[:3]
        return with_query(ask.base, *common, *kept, *_strings(where.get("go")))
    offset = int(where.get("offset", 0))
    wanted = (
        ("list", "search"),
        ("srsearch", ask.phrase),
        ("srnamespace", 0),
        ("srinfo", "totalhits"),
        ("srprop", ""),
        ("srlimit", max(1, min(PAGE, ask.search.max_results - offset))),
        ("sroffset", offset),
    )
    return with_query(ask.base, *common, *wanted)


def read(ask: Ask, status: int, body: bytes) -> Reply:
    """Return hits, or the details of the last hits. Raises Refusal."""
    answer = as_table(as_json(body), "object")
    if "error" in answer:
        raise _error(answer["error"])
    where = state(ask.at)
    return _details(ask, where, answer) if where.get("ids") else _hits(ask, where, answer)


def _error(error: Any) -> Refusal:
    code, info = (str(as_table(error, "error").get(name, "")) for name in ("code", "info"))
    word = "".join(c for c in code.lower() if c.isascii() and (c.isalnum() or c in "-_"))[:40]
    wait = 0.0 if code in IN_PASSING else None
    return Refusal(f"api_{word or 'error'}", f"it says {said(info or code)}", wait=wait)


def _hits(ask: Ask, where: dict[str, Any], answer: dict[str, Any]) -> Reply:
    query = as_table(answer.get("query"), "query")
    hits = listed(query.get("search"), "hits")
    info = query.get("searchinfo")
    total = count(info.get("totalhits")) if isinstance(info, dict) else None
    ids = [str(i) for hit in hits if isinstance(i := hit.get("pageid"), int)][:PAGE]
    offset = int(where.get("offset", 0)) + len(hits)
    more = isinstance(answer.get("continue"), dict) and hits and offset < ask.search.max_results
    room = int(where.get("room", ask.search.external))
    go_on = note(offset=offset, room=room) if more else ""
    bound = NONE if total is None else EXACT
    if not ids:
        return Reply((), total, bound, go_on)
    then = {"ids": "|".join(ids), "room": room, "offset": offset, "more": bool(more)}
    return Reply((), total, bound, note(**then))


def _details(ask: Ask, where: dict[str, Any], answer: dict[str, Any]) -> Reply:
    pages = rows(as_table(answer.get("query"), "query").get("pages"))
    urls = addresses(pages, "canonicalurl") if not where.get("go") else ()
    links = [url for page in pages for url in addresses(rows(page.get("extlinks")), "url")]
    taken = list(dict.fromkeys(links))[: where["room"]]
    room = where["room"] - len(taken)
    go = dict(_strings(answer.get("continue")))
    if go and go != where.get("go") and room > 0:  # one that stands still never ends
        following = note(**(where | {"room": room, "go": go}))
    else:
        following = note(offset=where["offset"], room=room) if where["more"] else ""
    return Reply((*urls, *taken), None, NONE, following)


def _strings(go: Any) -> list[tuple[str, str]]:
    """The continuation as the API gave it: its parameters are sent back as they are."""
    if not isinstance(go, dict):
        return []
    mine = ("elcontinue", "eloffset", "continue")
    return [(name, str(go[name])[:500]) for name in mine if name in go]
