"""A page that was fetched again, beside the one that is held: is there anything new in it?

A page that counts its readers, or says what day it is, is another text at every visit. Kept each
time, it would be a version a visit, and be taken for a page that changes all the time.
"""

from __future__ import annotations

from page.model import Page
from store.model import StoredPage

NEWS, COUNTED, NOTHING = "news", "counted", "nothing"
"""A text of another wording, or the same; the same but for counters and clocks, with another title,
date or language; and nothing that would be worth a version."""


def reread(held: StoredPage | None, page: Page, at: str) -> str:
    """Compare a page with the one that is held, None where none is; ``at`` is an ISO time.

    Texts of equal letters are ``news`` here: whether they changed is told by their hashes, and
    whether they are stored anew by ``store.pages.save``.
    """
    if held is None or held.page.content_hash == page.content_hash:
        return NEWS
    if not _only_counted(held.page.text, held.fetched_at, page.text, at):
        return NEWS
    return NOTHING if _alike(held, page, at) else COUNTED


def _alike(held: StoredPage, page: Page, at: str) -> bool:
    ours, theirs = (
        (
            one.title,
            one.kind,
            one.lang,
            one.script,
            one.region,
            one.origin,
            one.canonical,
            one.flags,
        )
        for one in (held.page, page)
    )
    return ours == theirs and _only_counted(_date(held.page), held.fetched_at, _date(page), at)


def _only_counted(before: str, before_at: str, after: str, after_at: str) -> bool:
    from page.counters import only_counted  # and numpy: a first crawl has nothing to compare

    return only_counted(before, before_at, after, after_at)


def _date(page: Page) -> str:
    return page.published.date if page.published else ""
