"""Which URLs belong to the crawl: each gets its verdict here, before any request."""

from __future__ import annotations

import functools
import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from config.model import Config, Source
from crawler.focus import ENTRY, LISTING
from page.model import Link
from page.url import canonical, host_of
from store.frontier import FOUND, Found

MAX_LISTINGS = 500
"""Sitemaps of a source in a run, and as many feeds, whoever names them: they can go on for ever,
and cost no page."""
MAX_SEGMENTS = 20
MAX_REPEATS = 2
"""As Heritrix's PathologicalPathDecideRule: /a/b/a/b/a/b is a loop of relative links."""

# Never text; asking costs the site bandwidth and us a slot.
_BINARY = re.compile(
    r"\.(jpe?g|png|gif|webp|svg|ico|bmp|tiff?|mp[34]|m4[av]|avi|mov|wmv|flv|webm|wav|ogg|zip|rar"
    r"|7z|gz|tgz|bz2|xz|exe|dmg|apk|msi|iso|css|js|json|woff2?|ttf|eot|docx?|xlsx?|pptx?|wps|ofd"
    r"|csv)$",
    re.IGNORECASE,
)
INVITING = ("search:", "list:", "archive:")
"""Routes that are asked for pages wherever they are, also on hosts that no source names."""
_MAY_BE_GZIPPED = ("sitemap", "feed")


class Scope:
    """The verdict on a URL, from configured sources and limits; one a crawl, since it counts."""

    def __init__(self, config: Config) -> None:
        self._max_depth = config.crawl.max_depth
        self._fetches_offsite = config.discover.offsite == "fetch"
        self._by_host: dict[str, list[Source]] = {}
        self.sources = {source.id: source for source in config.sources}
        for source in config.sources:
            for host in _hosts(source):
                self._by_host.setdefault(host, []).append(source)
        self._allow = {s.id: [re.compile(p) for p in s.allow] for s in config.sources}
        self._deny = {s.id: [re.compile(p) for p in s.deny] for s in config.sources}
        self._listings: defaultdict[tuple[str, str], set[str]] = defaultdict(set)
        for source in config.sources:  # what is configured is never one too many
            self._listings[source.id, "sitemap"].update(_keys(source.sitemap))
            self._listings[source.id, "feed"].update(_keys(source.feed))

    def found(
        self,
        key: str,
        route: str,
        *,
        role: str = "page",
        depth: int = 0,
        hops: int = 0,
        anchor: str = "",
        again: bool = False,
        lang: str = "",
        invited: bool = False,
    ) -> Found:
        """Return the finding of a canonical URL with its verdict; listings are looked at again.

        ``invited`` says that it is wanted although no source names its host; so are the findings
        of the routes in ``INVITING``. ``lang`` is the language it is expected in, or "".
        """
        host = host_of(key)
        source, reason = self._verdict(key, host, role, depth)
        if reason == "offsite" and (invited or route.startswith(INVITING)):
            source, reason = self._offsite(key, host, role)
        if role != "page" and not reason and not self._is_read(key, source, role):
            reason = "sitemap_limit"
        state = "skipped" if reason else "pending"
        anchor = anchor[:200]
        again = (again or role != "page") and reason != "sitemap_limit"
        promise = 0.0 if role == "page" else ENTRY if depth <= 1 else LISTING
        verdict = (state, reason, anchor, again, promise, lang)
        return Found(key, host, source, route, role, depth, hops, *verdict)

    def links(self, links: Iterable[Link], depth: int) -> list[Found]:
        """Return the findings of a page's links, one level deeper than the page.

        What a page shows of hosts that no source names (advertisements, maps, videos) is no link.
        """
        found = [
            (self.found(link.url, "links", depth=depth + 1, anchor=link.anchor), link.framed)
            for link in links
            if not link.nofollow
        ]
        return [each for each, framed in found if not (framed and each.reason == "offsite")]

    def entries(self) -> list[Found]:
        """Return every source's entry points."""
        found = []
        for source in self.sources.values():
            for route, urls in (("home", source.home), ("sitemap", source.sitemap)):
                role = "page" if route == "home" else "sitemap"
                found += [self.found(key, route, role=role) for key in _keys(urls)]
            found += [self.found(key, "feed", role="feed") for key in _keys(source.feed)]
        return found

    def _is_read(self, key: str, source: str, role: str) -> bool:
        """Count a sitemap or feed; False when its source has had enough of them in this run."""
        read = self._listings[source, role]
        if len(read) < MAX_LISTINGS:
            read.add(key)
        return key in read

    def _verdict(self, key: str, host: str, role: str, depth: int) -> tuple[str, str]:
        """Return (source id, reason to skip); the reason is empty when it is to be fetched."""
        source = self._source(key, host)
        if source is None:
            known = self._of_host(host)
            return (known[0].id, "pattern") if known else ("", "offsite")
        limit = self._max_depth if source.max_depth is None else source.max_depth
        if depth > limit and role == "page":
            return source.id, "depth"
        return source.id, _unfit(_path(key), role)

    def _offsite(self, key: str, host: str, role: str) -> tuple[str, str]:
        """The verdict on a page of a host that nobody configured, found by who was asked to."""
        if not self._fetches_offsite:
            return "", "offsite"
        return f"{FOUND}{host}", _unfit(_path(key), role)

    def _of_host(self, host: str) -> list[Source]:
        """Return the sources of a host; ``www.`` makes no difference."""
        return self._by_host.get(host) or self._by_host.get(_other_www(host)) or []

    def _source(self, key: str, host: str) -> Source | None:
        for source in self._of_host(host):
            allow, deny = self._allow[source.id], self._deny[source.id]
            if (not allow or any(p.search(key) for p in allow)) and not any(
                p.search(key) for p in deny
            ):
                return source
        return None


def _hosts(source: Source) -> list[str]:
    entries = (*source.home, *source.sitemap, *source.feed)
    return list(dict.fromkeys((*(host_of(key) for key in _keys(entries)), *source.hosts)))


def _keys(urls: Iterable[str]) -> list[str]:
    return [key for url in urls if (key := canonical(url))]


def _other_www(host: str) -> str:
    return host.removeprefix("www.") if host.startswith("www.") else f"www.{host}"


def _path(key: str) -> str:
    """Return a canonical URL's path; these have no fragment."""
    return "/" + key.partition("://")[2].partition("/")[2].partition("?")[0]


@functools.lru_cache(maxsize=4_000)  # the same navigation is on every page of a site
def _unfit(path: str, role: str) -> str:
    """Return why a path is not worth a request, "" when it is."""
    if role not in _MAY_BE_GZIPPED and _BINARY.search(path):
        return "type"
    return "trap" if _is_trap(path) else ""


def _is_trap(path: str) -> bool:
    segments = [segment for segment in path.split("/") if segment]
    if len(segments) > MAX_SEGMENTS:
        return True
    if len(set(segments)) == len(segments):
        return False
    return max(Counter(segments).values()) > MAX_REPEATS
