"""The Wayback Machine's CDX server: which addresses of a host it has ever captured.

It knows no languages: a host of a source in one language counts for that language. Captures are
collapsed to addresses that neighbour each other in its index, so the total is of addresses. It is
exact when the list ends before our limit, else at least that.
"""

from __future__ import annotations

from typing import Any

from crawler.search.asking import Ask, with_query
from crawler.search.reply import MAX_URLS, Refusal, Reply, as_json, note, said, state
from store.claims import AT_LEAST, EXACT

PAGE = 1000


def address(ask: Ask) -> str:
    """Return the URL of the next part of the list."""
    where = state(ask.at)
    resume = (("resumeKey", where["key"]),) if where.get("key") else ()
    return with_query(
        ask.base,
        ("url", ask.wanted.words),
        ("matchType", "host"),
        ("output", "json"),
        ("fl", "original"),
        ("collapse", "urlkey"),
        ("filter", "statuscode:200"),
        ("filter", "mimetype:(text/html|application/pdf)"),
        ("limit", max(1, min(PAGE, ask.search.max_results - int(where.get("got", 0))))),
        ("showResumeKey", "true"),
        *resume,
    )


def read(ask: Ask, status: int, body: bytes) -> Reply:
    """Return the addresses of a part, and where the next begins. Raises Refusal."""
    listed = as_json(body) if body.strip() else []
    if not isinstance(listed, list):
        raise Refusal("not_json", f"its JSON is no list: {said(str(listed))}")
    key, rows = _resume(listed[1:])  # the first row names the columns
    found = [row[0] for row in rows if isinstance(row, list) and row and isinstance(row[0], str)]
    before = int(state(ask.at).get("got", 0))
    urls = tuple(found[: min(MAX_URLS, ask.search.max_results - before)])
    got = before + len(urls)
    more = key or len(found) > len(urls)  # it may send more than it was asked for
    go_on = key and urls and got < ask.search.max_results
    return Reply(
        tuple(dict.fromkeys(urls)),
        got,
        AT_LEAST if more else EXACT,
        note(key=key, got=got) if go_on else "",
    )


def _resume(rows: list[Any]) -> tuple[str, list[Any]]:
    """Take off what ends a list that goes on: an empty row, and one with the resume key."""
    if len(rows) >= 2 and rows[-2] == [] and isinstance(rows[-1], list) and len(rows[-1]) == 1:
        return str(rows[-1][0])[:2000], rows[:-2]
    return "", [row for row in rows if row != []]
