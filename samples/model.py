"""What a sample site is: content as it was written, before any HTML."""

from __future__ import annotations

from dataclasses import dataclass

SITEMAPS = ("", "plain", "index")
FEEDS = ("", "rss", "atom")


@dataclass(frozen=True, slots=True)
class Article:
    """One article of a site.

    ``text`` is in the markup of ``samples.markup``. ``date`` is ISO 8601, or ``""`` for an undated
    page. ``topic`` is judged by hand: the text names digital government itself, or two of its
    concepts. ``reprint`` and ``translation`` name another article as ``site:/path``; a reprint
    takes its text (and, left empty, its title and author) from there. ``hidden`` pages are in no
    list, feed or sitemap; ``orphan`` pages only in no list. ``forbidden`` by robots.txt.
    """

    path: str
    title: str = ""
    section: str = ""
    lang: str = ""
    script: str = ""
    date: str = ""
    author: str = ""
    source: str = ""
    text: str = ""
    reprint: str = ""
    translation: str = ""
    topic: bool = False
    bilingual: bool = False
    short: bool = False
    noindex: bool = False
    orphan: bool = False
    hidden: bool = False
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Listing:
    """A list of a section's articles, newest first, ``size`` a page.

    ``more`` is the path of later pages, with ``{n}`` for the page number (1 is the second page).
    """

    section: str
    title: str
    path: str
    more: str = ""
    size: int = 20


@dataclass(frozen=True, slots=True)
class Special:
    """A response that is no article: a redirect, an error, a file, a page that is forbidden."""

    path: str
    status: int = 200
    type: str = "text/html; charset=utf-8"
    location: str = ""
    body: str = ""
    forbidden: bool = False


@dataclass(frozen=True, slots=True)
class Extra:
    """One more link, beside those to articles: internal, ``site:/path`` or absolute."""

    href: str
    anchor: str


@dataclass(frozen=True, slots=True)
class Site:
    """A web site: what it is, how it encodes, how it can be found, how its server behaves.

    ``charset`` is what the bytes are in; ``header_charset`` and ``meta_charset`` are what the
    site claims (``""``: nothing). ``entry`` names the entry points that the sample configuration
    lists: ``home``, ``sitemap``, ``feed``. ``trap`` adds the endless calendar, ``etag``
    conditional requests, ``gzip`` a compressed body for clients that accept one. ``extras`` are
    links of the home page, ``friends`` of every page.
    """

    id: str
    name: str
    kind: str
    region: str
    langs: tuple[str, ...]
    lang: str
    tagline: str
    entry: tuple[str, ...]
    script: str = ""
    charset: str = "utf-8"
    header_charset: str = ""
    meta_charset: str = ""
    robots: str = ""
    sitemap: str = ""
    feed: str = ""
    trap: bool = False
    etag: bool = False
    gzip: bool = False
    articles: tuple[Article, ...] = ()
    lists: tuple[Listing, ...] = ()
    specials: tuple[Special, ...] = ()
    extras: tuple[Extra, ...] = ()
    friends: tuple[Extra, ...] = ()
    theme: str = ""

    def public(self) -> tuple[Article, ...]:
        """Return the articles that the site announces, newest first, undated ones last."""
        shown = (article for article in self.articles if not article.hidden)
        return tuple(sorted(shown, key=lambda article: article.date, reverse=True))


def split_reference(reference: str) -> tuple[str, str]:
    """Return (site id, path) of ``site:/path``."""
    site, _, path = reference.partition(":")
    return site, path
