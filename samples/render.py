"""Articles, lists and home pages as HTML in their site's theme.

A theme has three parts, divided by the lines ``=== head`` and ``=== article``: the frame of every
page, what an article adds to ``<head>``, and the article itself. They are ``string.Template``
texts; a line that names an empty field is left out, which is how a page without a date, an
author or a source has no trace of one.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from html import escape
from string import Template

from samples.dates import styles
from samples.markup import resolve, to_html
from samples.model import Article, Extra, Listing, Site

RELATED = 4
LATEST = 4
_NEXT = {"zh": "下一页", "en": "Older"}
_NEXT_HANT = "下一頁"
_SOURCE = {"hans": "来源：", "hant": "來源："}


def fill(template: str, fields: Mapping[str, str]) -> str:
    """Fill a template in, without the lines that name an empty field."""
    kept = (
        line
        for line in template.splitlines()
        if all(fields[name] for name in re.findall(r"\$\{?([a-z_]+)", line))
    )
    return Template("\n".join(kept)).substitute(fields)


def article_page(site: Site, article: Article, origins: Mapping[str, str]) -> str:
    """Return the HTML of one article."""
    _, head, body = _parts(site)
    fields = _fields(article, site, origins)
    robots = '<meta name="robots" content="noindex">\n' if article.noindex else ""
    return _framed(
        site,
        origins,
        title=article.title,
        lang=article.lang,
        head=robots + fill(head, fields),
        main=fill(body, fields),
        related=_related(site, article),
    )


def list_pages(
    site: Site, listing: Listing, origins: Mapping[str, str]
) -> Iterator[tuple[str, str]]:
    """Yield (path, HTML) for each page of a list."""
    shown = _listed(site, listing)
    for start in range(0, max(1, len(shown)), listing.size):
        number = start // listing.size
        rest = start + listing.size < len(shown)
        main = f"<h1>{escape(listing.title)}</h1>\n{_items(shown[start : start + listing.size])}"
        if rest:
            label = _NEXT_HANT if site.script == "hant" else _NEXT[site.lang]
            main += (
                f'\n<p class="pager"><a href="{listing.more.format(n=number + 1)}">{label}</a></p>'
            )
        path = listing.more.format(n=number) if number else listing.path
        yield path, _framed(site, origins, title=f"{listing.title} - {site.name}", main=main)


def home_page(site: Site, origins: Mapping[str, str]) -> str:
    """Return the HTML of ``/``: the newest of each list, and the site's extra links."""
    blocks = [
        f'<h2><a href="{listing.path}">{escape(listing.title)}</a></h2>\n'
        f"{_items(_listed(site, listing)[:LATEST])}"
        for listing in site.lists
    ]
    if site.extras:
        blocks.append(f'<ul class="extra">\n{_links(site.extras, origins)}\n</ul>')
    return _framed(site, origins, title=site.tagline, main="\n".join(blocks))


def _parts(site: Site) -> tuple[str, str, str]:
    frame, rest = site.theme.split("=== head\n")
    head, body = rest.split("=== article\n")
    return frame, head, body


def _fields(article: Article, site: Site, origins: Mapping[str, str]) -> dict[str, str]:
    json_title = json.dumps(article.title, ensure_ascii=False).replace("<", "\\u003c")
    return {
        "title": escape(article.title),
        "json_title": json_title,
        "author": escape(article.author),
        "source_line": _source_line(article),
        "body": to_html(article.text, origins),
        "url": origins[site.id] + article.path,
        "site_name": site.name,
        **styles(article.date),
    }


def _source_line(article: Article) -> str:
    if not article.source:
        return ""
    label = "Source: " if article.lang == "en" else _SOURCE[article.script]
    return label + escape(article.source)


def _framed(
    site: Site,
    origins: Mapping[str, str],
    *,
    title: str,
    main: str,
    lang: str = "",
    head: str = "",
    related: str = "",
) -> str:
    frame, _, _ = _parts(site)
    meta = site.meta_charset
    fields = {
        "lang": _html_lang(site, lang or site.lang),
        "charset_meta": f'<meta charset="{meta}">' if meta else "",
        "title": escape(title),
        "head": head,
        "main": main,
        "related": related or _items(site.public()[:1]),
        "friends": _links(site.friends, origins),
    }
    return fill(frame, fields)


def _html_lang(site: Site, lang: str) -> str:
    if lang != "zh":
        return lang
    return {"hant": "zh-Hant", "hans": "zh-CN"}.get(site.script, "zh")


def _listed(site: Site, listing: Listing) -> tuple[Article, ...]:
    return tuple(
        article
        for article in site.public()
        if article.section == listing.section and not article.orphan
    )


def _related(site: Site, article: Article) -> str:
    """The next few articles of the same language: as beside most articles of most sites."""
    ring = [one for one in site.public() if one.lang == article.lang and not one.orphan]
    start = ring.index(article) + 1 if article in ring else 0
    following = (ring[(start + step) % len(ring)] for step in range(RELATED))
    return _items(one for one in following if one != article)


def _items(articles: Iterable[Article]) -> str:
    rows = (
        f'<li><a href="{article.path}">{escape(article.title)}</a>'
        + (f" <span>{article.date}</span></li>" if article.date else "</li>")
        for article in articles
    )
    return "<ul>\n" + "\n".join(rows) + "\n</ul>"


def _links(extras: Iterable[Extra], origins: Mapping[str, str]) -> str:
    return "\n".join(
        f'<li><a href="{escape(resolve(extra.href, origins))}">{escape(extra.anchor)}</a></li>'
        for extra in extras
    )
