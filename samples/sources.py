"""The user configuration that crawls the sample web."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Iterator, Mapping
from urllib.parse import urlsplit

from samples.content_reader import sites
from samples.model import Site

_SITEMAP = "/sitemap.xml"
_FEEDS = {"rss": "/rss.xml", "atom": "/atom.xml"}
_CRAWL = """\
topic = "digital-government"

[crawl]
contact = "demo@example.org"
# On loopback nobody has to be spared, and the endless calendar of one site has to be cut.
delay = 0.0
concurrency_per_host = 8
autothrottle = false
allow_addresses = ["127.0.0.0/8"]
max_pages_per_source = 60
max_depth = 8
timeout = 5.0
retry_delay = 0.2
"""


def sources_toml(origins: Mapping[str, str]) -> str:
    """Return a complete configuration as TOML; ``origins`` maps site ids to their addresses."""
    return _CRAWL + "".join(_table(site, origins[site.id]) for site in sites())


def ports(toml: str) -> dict[str, int]:
    """Return the port of each site in a configuration that ``sources_toml`` made.

    Raises ValueError or LookupError for any other text.
    """
    found = {}
    for table in tomllib.loads(toml)["source"]:
        url = next((table[kind][0] for kind in ("home", "sitemap", "feed") if kind in table), "")
        found[table["id"]] = urlsplit(url).port or 0
    return found


def entries(site: Site, origin: str) -> dict[str, str]:
    """Return the entry points that the configuration lists for a site, by kind."""
    known = {"home": f"{origin}/", "sitemap": origin + _SITEMAP}
    if site.feed:
        known["feed"] = origin + _FEEDS[site.feed]
    return {kind: known[kind] for kind in site.entry}


def _table(site: Site, origin: str) -> str:
    return "\n[[source]]\n" + "\n".join(_rows(site, origin)) + "\n"


def _rows(site: Site, origin: str) -> Iterator[str]:
    values: dict[str, str | list[str]] = {
        "id": site.id,
        "name": site.name,
        "langs": list(site.langs),
        "kind": site.kind,
        "region": site.region,
        **{kind: [url] for kind, url in entries(site, origin).items()},
    }
    for key, value in values.items():
        # JSON strings and arrays of strings are TOML, too.
        yield f"{key} = {json.dumps(value, ensure_ascii=False)}"
