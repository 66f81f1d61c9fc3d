"""What a Page is: the one value that leaves this room.

Everything here is frozen, holds plain text, and can be pickled to and from a worker process. What
a page has many of are named tuples, which are made and pickled more cheaply than dataclasses.
``fold``, ``cluster`` and ``current`` are exported here too, because they are part of what a page's
text means to other rooms: the form in which two texts are the same, and which texts are one work.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple

from page.hanzi import fold

__all__ = [
    "ARTICLE",
    "HUB",
    "VERSION",
    "Link",
    "Page",
    "Published",
    "Segment",
    "cluster",
    "current",
    "fold",
]

ARTICLE = "article"
HUB = "hub"
VERSION = "hreflang "
"""How the anchor of a page's version in another language begins; the language's code follows."""

A_TENTH = 0.1
PARAGRAPH = {"en": 300, "zh": 100}
"""Characters: some fifty words. Of the mixed pages of a crawl most have one quoted sentence in the
other language, far below this, or whole sections, far above."""


class Segment(NamedTuple):
    """A run of paragraphs in one language.

    ``lang`` is an ISO 639-1 code (``en``, ``zh``, ``ja``, …) or ``unknown``.
    """

    lang: str
    text: str


class Published(NamedTuple):
    """A publication date and why we believe it.

    ``date`` is ISO 8601, as precise as the page is: ``2024``, ``2024-06`` or ``2024-06-01``.
    ``source`` names where it was read (``meta:PubDate``, ``json-ld``, ``byline``, ``time``,
    ``url``); ``confidence`` is in [0, 1].
    """

    date: str
    source: str
    confidence: float


class Link(NamedTuple):
    """An outgoing link: absolute http(s) URL as canonical key, and its anchor text.

    ``framed`` says that the page shows what is there (``<iframe>``) and links to it nowhere.
    """

    url: str
    anchor: str = ""
    nofollow: bool = False
    framed: bool = False


class Page(NamedTuple):
    """One fetched document, understood.

    ``text`` is the main text, paragraphs separated by ``\\n``, without the title unless the text
    repeats it. ``lang`` is the page's main language; ``shares`` gives each language's share of
    the text in [0, 1], largest first, where one Han character weighs as one English word's half
    (see ``page.language``). ``script`` is ``hans``, ``hant``, ``mixed`` or ``""`` (no evidence or
    no Chinese). ``region`` is told from host and script (see ``page.region``). ``content_hash`` is
    equal exactly when the folded texts are equal; ``sketch`` is a MinHash signature for
    near-duplicates (see ``page.fingerprint``). ``missing``: it says of itself that what was asked
    for is not there, whatever the server's status. ``flags`` are warnings that the report counts:
    ``charset_suspect``, ``extraction_empty``, ``no_text``, ….
    """

    url: str
    charset: str
    title: str
    text: str
    lang: str
    kind: str
    canonical: str = ""
    charset_suspect: bool = False
    lang_confidence: float = 0.0
    segments: tuple[Segment, ...] = ()
    shares: tuple[tuple[str, float], ...] = ()
    script: str = ""
    published: Published | None = None
    region: str = ""
    region_confidence: float = 0.0
    origin: str = ""
    links: tuple[Link, ...] = ()
    feeds: tuple[str, ...] = ()
    content_hash: str = ""
    sketch: bytes = b""
    noindex: bool = False
    nofollow: bool = False
    flags: tuple[str, ...] = ()
    missing: bool = False

    def text_in(self, lang: str) -> str:
        """Return the part of the main text written in ``lang``, segments joined by newlines."""
        return "\n".join(segment.text for segment in self.segments if segment.lang == lang)

    def said_in(self, lang: str) -> str:
        """Return what makes it a page in ``lang``; its title goes with its main language.

        A sentence that is quoted, or stands on every page of a site, makes none: of another than
        the main language, less than ``A_TENTH`` of the text counts from ``PARAGRAPH`` on.
        """
        text = self.text_in(lang) if self.segments else self.text if self.lang == lang else ""
        if self.lang == lang:
            return f"{self.title}\n{text}".strip()
        text = text.strip()
        aside = dict(self.shares).get(lang, 1.0) < A_TENTH and len(text) < PARAGRAPH.get(lang, 0)
        return "" if aside else text


def cluster(sketches: Sequence[bytes]) -> list[int]:
    """Return a work number for each sketch, in order; see ``page.fingerprint.cluster``."""
    from page.fingerprint import cluster as find  # numpy is 24 MB that a crawl has no use for

    return find(sketches)


def current(sketch: bytes, text: str) -> bytes:
    """Return a kept sketch, or that of the text where an older version made the kept one."""
    from page import fingerprint

    return fingerprint.sketch(text) if fingerprint.is_outdated(sketch) else sketch
