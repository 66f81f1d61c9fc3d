"""One module a service: what it is asked, and how its answer is read. Pure: no network, no clock.

A module has ``address(ask) -> str``, the URL of the next request without any key, and
``read(ask, status, body) -> Reply``, which raises ``Refusal``. ``ask`` holds the configured search,
the query and where it is (``Reply.next`` of the last response). What all services have in common
(HTTP errors, time-outs, sizes, keys) is in ``crawler.search.client``.
"""

from __future__ import annotations

from crawler.search.asking import Service
from crawler.search.services import brave, commoncrawl, gdelt, mediawiki, searxng, wayback

MODULES: dict[str, Service] = {
    "mediawiki": mediawiki,
    "searxng": searxng,
    "brave": brave,
    "gdelt": gdelt,
    "commoncrawl": commoncrawl,
    "wayback": wayback,
}
