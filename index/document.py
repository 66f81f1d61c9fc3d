"""From a stored page to what each language's index holds of it."""

from __future__ import annotations

import calendar
import re
from typing import Any, Final

import xxhash

from config.names import LANGUAGES
from index.analysis import ANALYZERS
from index.analysis.unit import pieces
from index.engine import Document
from store.model import StoredPage

PORT: Final = re.compile(r":[0-9]+$")
DATE: Final = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")


def documents(stored: StoredPage) -> dict[str, Document]:
    """Return the page's part in each language that it has a part in.

    A bilingual page is in both, each time with its segments of that language only.
    """
    return {lang: document(stored, lang, *part) for lang, part in parts(stored).items()}


def title_language(stored: StoredPage) -> str:
    """Return the language whose index gets the title; "" when it has none or neither has it.

    A title belongs to its own language where the page has text in it, else to the page's.
    """
    page = stored.page
    letters = sum(character.isalpha() for character in page.title)
    chinese = sum(map(len, pieces(page.title)[1::2]))
    own = "zh" if 2 * chinese > letters else "en"
    if letters and (own == page.lang or page.text_in(own)):
        return own
    return page.lang if page.title and page.lang in LANGUAGES else ""


def days(date: str) -> tuple[int, int]:
    """Return the first and last day of an ISO date as numbers (20240601), 0 and 0 for no date.

    ``2024-02`` is 20240201 to 20240229. A date that does not exist is no date.
    """
    match = DATE.fullmatch(date)
    if not match:
        return 0, 0
    year, month, day = (int(part or 0) for part in match.groups())
    if not (year and (match[2] is None or 1 <= month <= 12)):
        return 0, 0
    last = calendar.monthrange(year, month)[1] if month else 31
    if day > last or (match[3] is not None and not day):
        return 0, 0
    first = year * 10000 + (month or 1) * 100 + (day or 1)
    return first, year * 10000 + (month or 12) * 100 + (day or last)


def digests(stored: StoredPage) -> dict[str, int]:
    """Return what ``documents`` gives as each document's digest, without analysing the texts."""
    held = parts(stored)
    return {lang: _digest(stored, title, text) for lang, (title, text) in held.items()}


def parts(stored: StoredPage) -> dict[str, tuple[str, str]]:
    """Return the title and the text in each language that the page has a part in."""
    texts = {lang: stored.page.text_in(lang) for lang in LANGUAGES}
    titled = title_language(stored)
    held = [lang for lang in LANGUAGES if texts[lang] or lang == titled]
    return {lang: (stored.page.title if lang == titled else "", texts[lang]) for lang in held}


def _digest(stored: StoredPage, title: str, text: str) -> int:
    """A checksum of everything that a document is made of."""
    made_of = (title, text, *_facts(stored).values())
    return xxhash.xxh3_64_intdigest(repr(made_of).encode("utf-8", "surrogatepass")) >> 1


def _facts(stored: StoredPage) -> dict[str, Any]:
    page, source = stored.page, stored.source
    date = page.published.date if page.published else ""
    first, last = days(date)
    return {
        "url_id": stored.url_id,
        "sites": sites(stored.host),
        "source": source.id,
        "kind": source.kind,
        "region": stored.region,
        "page_kind": page.kind,
        "script": page.script,
        "first_day": first,
        "last_day": last,
        "year": date[:4] if first else "",
    }


def document(stored: StoredPage, lang: str, title: str, text: str) -> Document:
    """Return the page's part in a language, given its title and text in it (see ``parts``)."""
    return Document(
        title=ANALYZERS[lang].stored(title),
        body=ANALYZERS[lang].stored(text),
        digest=_digest(stored, title, text),
        **_facts(stored),
    )


def sites(host: str) -> tuple[str, ...]:
    """Return a host and every domain above it: www.gov.cn, gov.cn, cn.

    A host with a port is there with it, too; the domains are those of the host.
    """
    whole = host.lower().rstrip(".")
    name = PORT.sub("", whole)
    labels = name.split(".")
    above = (".".join(labels[start:]) for start in range(len(labels)))
    return tuple(dict.fromkeys((whole, *above)))
