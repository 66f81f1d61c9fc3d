"""Brave Search's API: pages of 20, the offset counted in pages, ten at most.

It gives no total, only whether there is more: what is claimed is what it gave, exactly when it
says that this is all, else at least.
"""

from __future__ import annotations

from crawler.search.asking import Ask, with_query
from crawler.search.reply import Refusal, Reply, addresses, as_json, listed, note, state
from crawler.search.reply import table as as_table
from store.claims import AT_LEAST, EXACT

PAGE = 20
MAX_OFFSET = 9


def address(ask: Ask) -> str:
    """Return the URL of the next page."""
    return with_query(
        ask.base,
        ("q", ask.phrase),
        ("count", PAGE),
        ("offset", state(ask.at).get("offset", 0)),
        ("country", "ALL"),
        ("search_lang", _language(ask)),
        ("safesearch", "off"),
        ("spellcheck", 0),
        ("text_decorations", 0),
        ("result_filter", "web"),
    )


def _language(ask: Ask) -> str:
    """A term in Traditional characters is asked among Traditional pages."""
    if ask.wanted.lang != "zh":
        return ask.wanted.lang
    from page.script import chinese_script  # NumPy, of which a crawl has no other use

    return "zh-hant" if chinese_script(ask.wanted.words) == "hant" else "zh-hans"


def read(ask: Ask, status: int, body: bytes) -> Reply:
    """Return the results of a page. Raises Refusal."""
    answer = as_table(as_json(body), "object")
    where = state(ask.at)
    web, query = answer.get("web"), answer.get("query")
    if not isinstance(web, dict) and not isinstance(query, dict):
        raise Refusal("not_json", "its JSON has neither results nor the query")
    given = addresses(listed(web.get("results"), "results"), "url") if isinstance(web, dict) else ()
    before, offset = int(where.get("got", 0)), int(where.get("offset", 0))
    urls = given[: ask.search.max_results - before]
    got = before + len(urls)
    more = query.get("more_results_available") if isinstance(query, dict) else None
    if not isinstance(more, bool):
        return Reply(urls)
    more = more or len(given) > len(urls)
    go_on = more and urls and offset < MAX_OFFSET and got < ask.search.max_results
    following = note(offset=offset + 1, got=got) if go_on else ""
    return Reply(urls, got, AT_LEAST if more else EXACT, following)
