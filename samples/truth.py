"""What a correct crawl of the sample web has to find, page by page.

Judged by hand where judgement is needed (``on_topic``), and taken from the content files
otherwise. Not listed: the pages of the endless calendar (see ``is_trap``), sitemaps and feeds.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from samples import endless
from samples.announce import feed_articles
from samples.content_reader import sites
from samples.markup import plain
from samples.model import Article, Site, split_reference
from samples.render import list_pages

if TYPE_CHECKING:
    from samples.serve import Served

ARTICLE, HUB, OTHER = "article", "hub", "other"
BLOCKED = ("http://10.0.0.1/", "http://169.254.169.254/latest/meta-data/", "file:///etc/passwd")
"""Links that are on the sample web and that no crawler may follow."""


@dataclass(frozen=True, slots=True)
class SamplePage:
    """The truth about one URL.

    ``url`` is empty without a running server. ``kind`` is ``article``, ``hub`` or ``other`` (not
    a page: a redirect, an error, a file). ``date`` is ISO 8601 or None. ``charset`` is what the
    bytes are in. ``text`` is an article's main text, one paragraph a line, without the title.
    ``reprint_of`` and ``translation_of`` are (site, path). ``reachable`` is False where
    robots.txt forbids the page; ``routes`` are the ways in which it can be found, of ``links``,
    ``sitemap`` and ``feed``.
    """

    site: str
    path: str
    kind: str
    lang: str
    script: str
    charset: str
    url: str = ""
    title: str = ""
    text: str = ""
    date: str | None = None
    on_topic: bool = False
    bilingual: bool = False
    short: bool = False
    noindex: bool = False
    reachable: bool = True
    status: int = 200
    reprint_of: tuple[str, str] | None = None
    translation_of: tuple[str, str] | None = None
    routes: tuple[str, ...] = ("links",)


def pages(served: Served | None = None) -> tuple[SamplePage, ...]:
    """Return the truth about every URL of the sample web; with addresses if it is being served."""
    return tuple(page for site in sites() for page in _pages(site, _origin(site, served)))


def is_trap(path: str) -> bool:
    """Return whether a path belongs to the endless calendar."""
    return path.partition("?")[0] == endless.PATH


def _origin(site: Site, served: Served | None) -> str:
    return served.origins[site.id] if served else ""


def _pages(site: Site, origin: str) -> Iterator[SamplePage]:
    for article in site.articles:
        yield _article(site, article, origin)
    for path in _hubs(site):
        yield SamplePage(
            site.id, path, HUB, site.lang, site.script, site.charset, url=_url(origin, path)
        )
    for special in site.specials:
        yield SamplePage(
            site.id,
            special.path,
            OTHER,
            lang="",
            script="",
            charset="utf-8",
            url=_url(origin, special.path),
            reachable=not special.forbidden,
            status=special.status,
        )


def _hubs(site: Site) -> Iterator[str]:
    yield "/"
    # Which paths a list has does not depend on where any site is served.
    nowhere = {other.id: "" for other in sites()}
    for listing in site.lists:
        yield from (path for path, _ in list_pages(site, listing, nowhere))


def _article(site: Site, article: Article, origin: str) -> SamplePage:
    return SamplePage(
        site=site.id,
        path=article.path,
        kind=ARTICLE,
        lang=article.lang,
        script=article.script,
        charset=site.charset,
        url=_url(origin, article.path),
        title=article.title,
        text=plain(article.text),
        date=article.date or None,
        on_topic=article.topic,
        bilingual=article.bilingual,
        short=article.short,
        noindex=article.noindex,
        reachable=not article.forbidden,
        reprint_of=split_reference(article.reprint) if article.reprint else None,
        translation_of=split_reference(article.translation) if article.translation else None,
        routes=tuple(_routes(site, article)),
    )


def _routes(site: Site, article: Article) -> Iterator[str]:
    if not article.orphan:
        yield "links"
    if article.hidden:
        return
    if site.sitemap:
        yield "sitemap"
    if article in feed_articles(site):
        yield "feed"


def _url(origin: str, path: str) -> str:
    return origin + path if origin else ""
