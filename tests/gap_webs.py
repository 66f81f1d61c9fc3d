"""Made-up corpora, audits and judgements for the tests of the gap."""

from __future__ import annotations

from dataclasses import replace

from report.audit.draws import KNOWN, Draw
from report.audit.match import Audited
from report.audit.sample import Sample
from report.labels.draw import chance as draw_chance
from report.labels.splits import Splits
from store.model import SourceRow, StoredPage
from store.records import Account
from tests.report_store import NO_ACCOUNT, MemoryStore, a_page

SITES = 12


def chance(*what: object) -> float:
    """A number in [0, 1) that is each thing's own."""
    return draw_chance(1, " ".join(map(str, what)))


def corpus(en: int, zh: int, *, routes: bool = True) -> MemoryStore:
    """Works of both languages on twelve sites each; four routes, each finding three in five."""
    pages: list[StoredPage] = []
    found: dict[int, tuple[str, ...]] = {}
    for lang, count, start in (("en", en, 1), ("zh", zh, 100_001)):
        for n in range(count):
            number = start + n
            site = SourceRow(f"{lang}{n % SITES}", f"Site {n % SITES}", (lang,), "press", "other")
            text = "digital government" if lang == "en" else "数字政府"
            text += " one-stop" if lang == "en" and chance("topic", lang, n) < 1 / 3 else ""
            text += "一网通办" if lang == "zh" and chance("topic", lang, n) < 2 / 3 else ""
            text += " word" * (n % 40) if lang == "en" else "字" * (n % 40 * 2)
            date = f"{2012 + n % 12}-{1 + n % 12:02}-11" if n % 5 else ""
            url = f"https://{site.id}.example/{number}"
            page = a_page(number, text, lang, source=site, date=date, url=url, host=site.id)
            pages.append(page)
            if routes:
                routes_ = ("links", "sitemap", "feed", "search:a")
                names = [route for route in routes_ if chance(route, lang, n) < 0.6]
                found[number] = tuple(names) or ("links",)
    return MemoryStore(pages, found, (), replace(NO_ACCOUNT, discovered=en + zh, stored=en + zh))


def audited(lang: str, drawn: int, had: int, weight: float = 1.0) -> tuple[Audited, ...]:
    return tuple(
        Audited(f"https://a/{lang}/{n}", "", lang, "", weight, "https://k" if n < had else "")
        for n in range(drawn)
    )


def sample(en: tuple[int, int], zh: tuple[int, int], chances: str = KNOWN) -> Sample:
    """An audit: (works drawn, of them found) for each language."""
    draws = tuple(
        Draw(f"https://a/{n}", 1.0, "", 500, 500, "list.csv", 1, chances) for n in range(500)
    )
    account = Account(500, 500, 0, 0, 0, 0)
    return Sample(draws, account, {"en": audited("en", *en), "zh": audited("zh", *zh)})


def judged(split: int = 3) -> dict[str, Splits]:
    """150 judged works a language, some of which lie in two clusters."""
    same = (2,) * split + (1,) * (150 - split)
    return {lang: Splits(lang, 1000, same, 2, 50, 1) for lang in ("en", "zh")}
