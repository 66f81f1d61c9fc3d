"""The content files, read: every site with its articles, reprints filled in from their originals.

A misspelt key is a ``TypeError`` of the dataclass that names it: content is ours, so a test, not
a user, meets that error.
"""

from __future__ import annotations

import functools
import tomllib
from collections.abc import Mapping
from dataclasses import replace
from importlib import resources
from importlib.resources.abc import Traversable
from typing import Any

from opencc import OpenCC

from samples.model import Article, Extra, Listing, Site, Special, split_reference

_SCRIPTS = {"zh": "hans", "en": ""}


@functools.cache
def sites() -> tuple[Site, ...]:
    """Return all sites in the order of their ids."""
    folders = sorted((resources.files("samples") / "content").iterdir(), key=lambda f: f.name)
    raw = [_site(folder) for folder in folders if (folder / "site.toml").is_file()]
    originals = {(site.id, article.path): article for site in raw for article in site.articles}
    return tuple(_with_reprints(site, originals) for site in raw)


def _site(folder: Traversable) -> Site:
    about = _toml(folder / "site.toml")
    lists = tuple(Listing(**table) for table in about.pop("list", []))
    specials = tuple(Special(**table) for table in about.pop("special", []))
    extras = tuple(Extra(**table) for table in about.pop("extra", []))
    friends = tuple(Extra(**table) for table in about.pop("friend", []))
    plain: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in about.items()
    }
    articles = _toml(folder / "articles.toml")["article"]
    return Site(
        **plain,
        articles=tuple(_article(table, plain) for table in articles),
        lists=lists,
        specials=specials,
        extras=extras,
        friends=friends,
        theme=(folder / "theme.html").read_text("utf-8"),
    )


def _toml(file: Traversable) -> dict[str, Any]:
    return tomllib.loads(file.read_text("utf-8"))


def _article(table: Mapping[str, Any], site: Mapping[str, Any]) -> Article:
    lang = table.get("lang", site["lang"])
    script = site.get("script", "") if lang == site["lang"] else _SCRIPTS[lang]
    return Article(**{"lang": lang, "script": script, **table})


def _with_reprints(site: Site, originals: Mapping[tuple[str, str], Article]) -> Site:
    return replace(site, articles=tuple(_resolved(one, originals) for one in site.articles))


def _resolved(article: Article, originals: Mapping[tuple[str, str], Article]) -> Article:
    if not article.reprint:
        return article
    original = originals[split_reference(article.reprint)]
    same_script = article.script == original.script
    convert = _unchanged if same_script else OpenCC("s2tw").convert
    return replace(
        article,
        title=convert(article.title or original.title),
        author=convert(original.author),
        text=convert(_reprintable(original.text, article.reprint)),
        topic=original.topic,
    )


def _unchanged(text: str) -> str:
    return text


def _reprintable(text: str, reference: str) -> str:
    """Point the links of a reprinted text back to the site that it was taken from."""
    return text.replace("](/", f"]({split_reference(reference)[0]}:/")
