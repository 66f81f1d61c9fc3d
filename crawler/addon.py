"""Turns a Duizhao configuration into Scrapy settings, for ``scrapy crawl`` and ``duizhao crawl``.

``scrapy crawl site -s DUIZHAO_CONFIG=my.toml -s DUIZHAO_DATA=folder``; both may be left out.
"""

from __future__ import annotations

from pathlib import Path

from scrapy.settings import BaseSettings

from config.load import load
from config.model import Config

PRIORITY = "addon"
DEFAULT_DATA = "duizhao-data"


class DuizhaoAddon:
    """Reads the configuration once, and derives every setting that depends on it."""

    def update_settings(self, settings: BaseSettings) -> None:
        """Replace DUIZHAO_CONFIG by a Config and DUIZHAO_DATA by a Path, and set limits."""
        config, data = configured(settings)
        for name, value in derived(config).items():
            settings.set(name, value, PRIORITY)
        settings.set("DUIZHAO_CONFIG", config, "cmdline")
        settings.set("DUIZHAO_DATA", data, "cmdline")


def configured(settings: BaseSettings) -> tuple[Config, Path]:
    """Return the configuration and the data folder that settings name.

    Scrapy makes the spider before it asks add-ons, so the spider asks here as well.
    """
    given = settings.get("DUIZHAO_CONFIG")
    config = given if isinstance(given, Config) else load(Path(given) if given else None)
    return config, Path(settings.get("DUIZHAO_DATA") or DEFAULT_DATA)


def derived(config: Config) -> dict[str, object]:
    """Return the Scrapy settings that a configuration implies."""
    crawl = config.crawl
    return {
        "USER_AGENT": crawl.user_agent.format(contact=crawl.contact or "no contact given"),
        "CONCURRENT_REQUESTS": crawl.concurrency,
        "CONCURRENT_REQUESTS_PER_DOMAIN": crawl.concurrency_per_host,
        "DOWNLOAD_DELAY": crawl.delay,
        "AUTOTHROTTLE_ENABLED": crawl.autothrottle,
        "AUTOTHROTTLE_START_DELAY": crawl.delay,
        "AUTOTHROTTLE_MAX_DELAY": crawl.max_delay,
        "AUTOTHROTTLE_TARGET_CONCURRENCY": float(crawl.concurrency_per_host),
        "DOWNLOAD_TIMEOUT": crawl.timeout,
        "DNS_TIMEOUT": crawl.timeout,
        "DOWNLOAD_MAXSIZE": crawl.max_bytes,
        "DOWNLOAD_WARNSIZE": 0,
        "DUIZHAO_ALLOW_ADDRESSES": crawl.allow_addresses,
    }
