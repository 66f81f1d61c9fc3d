"""The search services Duizhao can ask: where each is, its key, how often it may be asked.

What a service's answer means, and how it is read, is the crawler's concern (``crawler.search``);
here is what a configuration may leave out. Delays are the services' own rules where they have one
(GDELT: a request every five seconds; Brave's free plan: one a second), and careful otherwise.
"""

from __future__ import annotations

from dataclasses import dataclass

TERMS, HOSTS = "terms", "hosts"


@dataclass(frozen=True, slots=True)
class Service:
    """One kind of search service.

    ``asks`` says what its queries are: the topic's ``terms`` or the sources' ``hosts``. ``key`` is
    the environment variable that holds its key, ``""`` when it takes none. ``delay`` is the least
    number of seconds between two requests. ``most`` is the most results one query can bring.
    """

    name: str
    asks: str
    en_url: str
    zh_url: str
    delay: float
    most: int
    key: str = ""


_ALL = (
    Service(
        "mediawiki",
        TERMS,
        "https://en.wikipedia.org/w/api.php",
        "https://zh.wikipedia.org/w/api.php",
        1.0,
        10_000,
    ),
    Service("searxng", TERMS, "", "", 2.0, 1000),
    Service(
        "brave",
        TERMS,
        "https://api.search.brave.com/res/v1/web/search",
        "https://api.search.brave.com/res/v1/web/search",
        1.1,
        200,
        "BRAVE_API_KEY",
    ),
    Service(
        "gdelt",
        TERMS,
        "https://api.gdeltproject.org/api/v2/doc/doc",
        "https://api.gdeltproject.org/api/v2/doc/doc",
        6.0,
        250,
    ),
    Service(
        "commoncrawl",
        HOSTS,
        "https://index.commoncrawl.org/",
        "https://index.commoncrawl.org/",
        2.0,
        10_000,
    ),
    Service(
        "wayback",
        HOSTS,
        "https://web.archive.org/cdx/search/cdx",
        "https://web.archive.org/cdx/search/cdx",
        4.0,
        10_000,
    ),
)
SERVICES = {service.name: service for service in _ALL}

PAGES_BY_WORDS = ("brave", "gdelt", "searxng")
"""Services whose results are web pages with the words asked for: an audit may be drawn from them.
(Wikipedia finds articles of its own, and what they link to.)"""
