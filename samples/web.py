"""The whole sample web as bytes: every response of every site, held in memory."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from samples import announce, endless, render
from samples.content_reader import sites
from samples.dates import http_date
from samples.markup import resolve
from samples.model import Site, Special

_BUILT = "2025-02-01"
"""``Last-Modified`` of everything without a date of its own."""


@dataclass(frozen=True, slots=True)
class Reply:
    """One HTTP response. ``modified`` is an HTTP date."""

    status: int
    type: str
    body: bytes
    location: str = ""
    modified: str = http_date(_BUILT)


@dataclass(frozen=True, slots=True)
class Built:
    """A site ready to be served: its replies by request target (path, and query if it selects)."""

    site: Site
    replies: Mapping[str, Reply]

    def reply(self, target: str) -> Reply | None:
        """Return what answers a request target, or None (404).

        Query strings and session identifiers that select nothing are ignored, as on most real
        servers; that is what makes ``?utm_source=`` variants of a page the same page.
        """
        exact = self.replies.get(target)
        if exact is not None:
            return exact
        if self.site.trap and (page := endless.month_page(target)) is not None:
            return Reply(200, "text/html; charset=utf-8", page.encode())
        return self.replies.get(target.partition("?")[0].partition(";")[0])


def build(origins: Mapping[str, str]) -> dict[str, Built]:
    """Return every site by id; ``origins`` maps site ids to ``http://host:port``."""
    return {site.id: Built(site, dict(_replies(site, origins))) for site in sites()}


def _replies(site: Site, origins: Mapping[str, str]) -> Iterator[tuple[str, Reply]]:
    yield "/", _html(site, render.home_page(site, origins))
    for listing in site.lists:
        for path, page in render.list_pages(site, listing, origins):
            yield path, _html(site, page)
    for article in site.articles:
        page = render.article_page(site, article, origins)
        yield article.path, _html(site, page, article.date or _BUILT)
    for special in site.specials:
        yield special.path, _special(special, origins)
    yield from _announced(site, origins[site.id])


def _html(site: Site, page: str, modified: str = _BUILT) -> Reply:
    charset = f"; charset={site.header_charset}" if site.header_charset else ""
    body = page.encode(site.charset)
    return Reply(200, f"text/html{charset}", body, modified=http_date(modified))


def _special(special: Special, origins: Mapping[str, str]) -> Reply:
    location = resolve(special.location, origins)
    return Reply(special.status, special.type, special.body.encode(), location)


def _announced(site: Site, origin: str) -> Iterator[tuple[str, Reply]]:
    if site.robots:
        text = site.robots.replace("{origin}", origin)
        yield "/robots.txt", Reply(200, "text/plain; charset=utf-8", text.encode())
    for path, kind, body in announce.sitemaps(site, origin):
        yield path, Reply(200, kind, body)
    found = announce.feed(site, origin)
    if found is not None:
        path, kind, body = found
        yield path, Reply(200, kind, body)
