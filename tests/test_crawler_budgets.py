"""Budgets: pages that came count; what came to nothing does not, up to a point."""

from __future__ import annotations

from dataclasses import replace

import pytest

from config.load import load
from crawler.budgets import Budgets
from crawler.items import Again, Fetched, Item, Listing, Outcome, Raw, Unchanged
from page.model import Page
from store.frontier import Lease

RAW = Raw(200, (), b"", "", "")
LEASE = Lease(1, "http://a.cn/", "a.cn", "found:a.cn", "page", 1, 0, 0)


def budgets(most: int, most_of_a_host: int) -> Budgets:
    config = load(None)
    crawl = replace(config.crawl, max_pages=most)
    discover = replace(config.discover, max_pages_per_host=most_of_a_host)
    return Budgets(replace(config, crawl=crawl, discover=discover))


@pytest.mark.parametrize(
    ("item", "free"),
    [
        (Fetched(LEASE, Page("", "", "", "", "", ""), RAW), False),
        (Unchanged(LEASE), False),
        (Outcome(LEASE, "gone", "http_404"), True),
        (Outcome(LEASE, "skipped", "redirect", status=301), True),
        (Outcome(LEASE, "skipped", "robots", fetched=False), True),
        (Again(LEASE, "http_500", 1.0), True),
        (Again(LEASE, "delay", 1.0, counts=False), True),
    ],
)
def test_only_pages_cost(item: Item, free: bool) -> None:
    kept = budgets(9, 1)
    assert kept.spend(LEASE)
    assert not kept.spend(LEASE), "what is under way counts"
    kept.settled(item)
    assert kept.spend(LEASE) == free


def test_a_site_of_nothing_but_errors_has_an_end() -> None:
    kept, asked = budgets(100, 7), 0
    while kept.spend(LEASE):
        kept.settled(Outcome(LEASE, "gone", "http_404"))
        asked += 1
    assert asked == 14
    assert kept.exhausted() == [LEASE.source]


def test_a_run_of_nothing_but_errors_has_an_end() -> None:
    kept, asked = budgets(10, 3), 0
    while not kept.is_spent and asked < 1000:
        lease = replace(LEASE, source=f"found:{asked}.cn")
        kept.spend(lease)
        kept.settled(Outcome(lease, "gone", "http_404"))
        asked += 1
    assert asked == 20


def test_listings_cost_nothing() -> None:
    kept, sitemap = budgets(1, 1), replace(LEASE, role="sitemap")
    for _ in range(3):
        assert kept.spend(sitemap)
        kept.settled(Listing(sitemap, RAW))
    assert not kept.is_spent
