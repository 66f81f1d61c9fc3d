"""Asks a service once in each language, for a person to see what comes back."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from config.model import Config, Search
from crawler.search.asking import Ask
from crawler.search.client import Download, ask_once, key_of
from crawler.search.plan import plan
from crawler.search.process import run_asking
from crawler.search.reply import Refusal, Reply
from crawler.search.services import MODULES
from store.claims import Wanted

RESULTS = 5
STEPS = 3
"""Requests a language at most: some services tell their total only in the second answer."""


@dataclass(frozen=True, slots=True)
class Trial:
    """What one request came to. ``url`` is what was asked, without the key."""

    wanted: Wanted
    url: str
    seconds: float
    reply: Reply | None
    refusal: Refusal | None


def try_out(search: Search, config: Config, tell: Callable[[Trial], None]) -> bool:
    """Ask a service one small query a language, and ``tell`` what came; True when all answered.

    Nothing is stored. The address guard and the limits of the configuration hold. Runs a Scrapy
    process of its own, so a program can call it once.
    """
    small = replace(search, max_results=min(RESULTS, search.max_results), external=RESULTS)
    queries = _one_a_language(plan(small, config.topic, config.sources))
    told: list[Trial] = []

    def keep(trial: Trial) -> None:
        told.append(trial)
        tell(trial)

    async def ask(download: Download) -> None:
        for wanted in queries:
            await _ask(small, wanted, download, keep)

    run_asking(config, ask)
    return bool(told) and all(trial.refusal is None for trial in told)


def _one_a_language(queries: list[Wanted]) -> list[Wanted]:
    first: dict[str, Wanted] = {}
    for wanted in queries:
        first.setdefault(wanted.lang, wanted)
    return list(first.values())


async def _ask(
    search: Search, wanted: Wanted, download: Download, tell: Callable[[Trial], None]
) -> None:
    at = ""
    for _ in range(STEPS):
        ask = Ask(search, wanted, at)
        url = MODULES[search.service].address(ask)
        begun = time.monotonic()
        try:
            key_of(search.service)
            answer = await ask_once(ask, download)
        except Refusal as refusal:
            tell(Trial(wanted, url, time.monotonic() - begun, None, refusal))
            return
        tell(Trial(wanted, url, time.monotonic() - begun, answer.reply, None))
        await asyncio.sleep(search.delay)
        at = answer.reply.next
        if not at or (answer.reply.total is not None and search.service != "mediawiki"):
            return
