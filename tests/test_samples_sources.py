"""The configuration that the sample web brings along."""

from __future__ import annotations

import tomllib

from config.model import KINDS, LANGUAGES, REGIONS
from samples.content_reader import sites
from samples.sources import ports, sources_toml
from samples.web import build

ORIGINS = {site.id: f"http://127.0.0.1:{5000 + i}" for i, site in enumerate(sites())}
DATA = tomllib.loads(sources_toml(ORIGINS))


def test_sources_use_the_words_of_the_configuration() -> None:
    for source in DATA["source"]:
        assert source["kind"] in KINDS
        assert source["region"] in REGIONS
        assert set(source["langs"]) <= set(LANGUAGES)


def test_every_site_is_a_source_with_an_entry_that_answers() -> None:
    web = build(ORIGINS)

    assert [source["id"] for source in DATA["source"]] == list(ORIGINS)
    for source in DATA["source"]:
        entries = [*source.get("home", []), *source.get("sitemap", []), *source.get("feed", [])]
        assert entries
        for url in entries:
            assert web[source["id"]].replies[url.removeprefix(ORIGINS[source["id"]])].status == 200


def test_all_ways_in_are_used() -> None:
    kinds = {
        key for source in DATA["source"] for key in ("home", "sitemap", "feed") if key in source
    }

    assert kinds == {"home", "sitemap", "feed"}


def test_the_crawl_stays_small_and_on_loopback() -> None:
    assert DATA["topic"] == "digital-government"
    assert DATA["crawl"]["allow_addresses"] == ["127.0.0.0/8"]
    assert DATA["crawl"]["max_pages_per_source"] <= 100


def test_the_ports_can_be_read_back() -> None:
    assert ports(sources_toml(ORIGINS)) == {
        name: int(origin.rpartition(":")[2]) for name, origin in ORIGINS.items()
    }
