"""Asks a service every query of a pool, to the end of each answer: what an audit draws from."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence

from config.model import Config, Search
from crawler.search.asking import MAX_REQUESTS, PATIENCE, Ask
from crawler.search.client import Download, ask_once, key_of
from crawler.search.process import run_asking
from crawler.search.reply import Refusal, Reply
from store.claims import Wanted

ATTEMPTS = 3

Tell = Callable[[str, str, tuple[str, ...], bool], None]
"""Called with language, query, what it found, and whether that is all there is."""


def ask_pool(search: Search, config: Config, queries: Sequence[tuple[str, str]], tell: Tell) -> str:
    """Ask each (language, words); ``tell`` what came as it comes; return "" or why it ended early.

    An answer is complete when the service said that it ends before ``max_results``. A query that
    is refused is left out, to be asked another time; a refusal that holds for all ends the asking.
    """
    ended: list[str] = []

    async def ask(download: Download) -> None:
        try:
            key_of(search.service)
            for lang, words in queries:
                await _one(search, lang, words, download, tell)
        except Refusal as refusal:
            ended.append(f"{search.id}: {refusal}")

    run_asking(config, ask)
    return ended[0] if ended else ""


async def _one(search: Search, lang: str, words: str, download: Download, tell: Tell) -> None:
    """Ask one query to its end. Raises Refusal where asking others would not help either."""
    wanted = Wanted(search.id, search.service, "", lang, words)
    at, total = "", 0
    found: list[str] = []
    for _ in range(MAX_REQUESTS):
        reply = await _patiently(Ask(search, wanted, at), download)
        if reply is None:
            return
        found += reply.urls
        total = max(total, reply.total or 0)
        at = reply.next
        if not at:
            break
    kept = tuple(dict.fromkeys(found))
    tell(lang, words, kept, not at and len(found) < search.max_results and total <= len(found))


async def _patiently(ask: Ask, download: Download) -> Reply | None:
    """Return an answer; None where this query is refused."""
    for attempt in range(1, ATTEMPTS + 1):
        try:
            return (await ask_once(ask, download)).reply
        except Refusal as refusal:
            if refusal.whole or (refusal.wait or 0) > PATIENCE:
                raise
            if refusal.wait is None or attempt == ATTEMPTS:
                return None
            await asyncio.sleep(refusal.wait)
        finally:
            await asyncio.sleep(ask.search.delay)
    return None
