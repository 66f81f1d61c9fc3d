"""Sitemaps and feeds: how a site tells crawlers what it has."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from html import escape

from samples.dates import http_date
from samples.markup import plain
from samples.model import Article, Site

FEED_LENGTH = 12
GZIPPED_SITEMAP = "/sitemap-articles.xml.gz"
_NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"
_XML = '<?xml version="1.0" encoding="UTF-8"?>\n'


def sitemaps(site: Site, origin: str) -> Iterator[tuple[str, str, bytes]]:
    """Yield (path, content type, body) of the site's sitemap files, if it has any."""
    if site.sitemap == "plain":
        yield "/sitemap.xml", "application/xml", _urlset(site, origin)
    elif site.sitemap == "index":
        child = f"<sitemap><loc>{origin}{GZIPPED_SITEMAP}</loc></sitemap>"
        index = f'{_XML}<sitemapindex xmlns="{_NAMESPACE}">{child}</sitemapindex>\n'
        yield "/sitemap.xml", "application/xml", index.encode()
        # A fixed time, so that the same content is the same bytes.
        yield GZIPPED_SITEMAP, "application/gzip", gzip.compress(_urlset(site, origin), mtime=0)


def feed(site: Site, origin: str) -> tuple[str, str, bytes] | None:
    """Return (path, content type, body) of the site's feed, or None."""
    newest = feed_articles(site)
    if site.feed == "rss":
        return "/rss.xml", "application/rss+xml; charset=utf-8", _rss(site, newest, origin)
    if site.feed == "atom":
        return "/atom.xml", "application/atom+xml; charset=utf-8", _atom(site, newest, origin)
    return None


def feed_articles(site: Site) -> tuple[Article, ...]:
    """Return the articles that the site's feed announces: the newest ones that have a date."""
    dated = tuple(article for article in site.public() if article.date)
    return dated[:FEED_LENGTH] if site.feed else ()


def _urlset(site: Site, origin: str) -> bytes:
    rows = "\n".join(
        f"<url><loc>{origin}{article.path}</loc>"
        + (f"<lastmod>{article.date}</lastmod></url>" if article.date else "</url>")
        for article in site.public()
    )
    return f'{_XML}<urlset xmlns="{_NAMESPACE}">\n{rows}\n</urlset>\n'.encode()


def _rss(site: Site, articles: tuple[Article, ...], origin: str) -> bytes:
    items = "\n".join(
        f"<item><title>{escape(article.title)}</title><link>{origin}{article.path}</link>"
        f"<pubDate>{http_date(article.date)}</pubDate>"
        f"<description>{escape(_teaser(article))}</description></item>"
        for article in articles
    )
    about = f"<title>{escape(site.name)}</title><link>{origin}/</link>"
    about += f"<description>{escape(site.tagline)}</description>"
    return f'{_XML}<rss version="2.0"><channel>{about}\n{items}\n</channel></rss>\n'.encode()


def _atom(site: Site, articles: tuple[Article, ...], origin: str) -> bytes:
    entries = "\n".join(
        f'<entry><title>{escape(article.title)}</title><link href="{origin}{article.path}"/>'
        f"<id>{origin}{article.path}</id><updated>{article.date}T00:00:00Z</updated>"
        f"<summary>{escape(_teaser(article))}</summary></entry>"
        for article in articles
    )
    about = f"<title>{escape(site.name)}</title><id>{origin}/</id>"
    about += f"<updated>{articles[0].date}T00:00:00Z</updated>"
    namespace = "http://www.w3.org/2005/Atom"
    return f'{_XML}<feed xmlns="{namespace}">{about}\n{entries}\n</feed>\n'.encode()


def _teaser(article: Article) -> str:
    return plain(article.text).partition("\n")[0][:80]
