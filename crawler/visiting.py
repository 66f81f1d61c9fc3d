"""After each visit: what it said about the URL's habits, and when the next one is due."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from dataclasses import replace

from crawler import revisit
from crawler.items import Fetched, Listing, Outcome, Raw
from crawler.session import Session
from page.model import HUB, Page
from store import pages, visits
from store.frontier import Lease
from store.visits import CHANGED, FAILED, LOST, NEW, SAME, Visit

MAX_VALIDATOR = 1000
"""Characters of an ETag or a date; longer ones are not kept, since they are sent with requests."""
ADDRESS_SECONDS = revisit.DAY
"""A name that leads to an address that is not public may do so for one evening: in the network of a
hotel, of an office, behind a filter. Asking again costs the site nothing."""
GUESS_SECONDS = 7 * revisit.DAY
NO_SITEMAP = "no_sitemap"
"""Why a guessed sitemap is skipped: nothing is lost that nobody spoke of."""
_NOT_UNDERSTOOD = frozenset(("extraction_timeout", "extraction_crashed", "extraction_error"))
_FREE = {"robots": revisit.ROBOTS_SECONDS, "address": ADDRESS_SECONDS}
_LATER = ("noindex", "redirect", "empty")


class Visits:
    """Writes one visit a settled lease, inside the caller's transaction; returns when it is due.

    All times come from the session's clock, as Unix times.
    """

    def __init__(self, session: Session) -> None:
        limits = session.config.crawl
        self._session = session
        self._bounds = revisit.Bounds(limits.revisit_min, limits.revisit_max)

    def page(self, item: Fetched, print_: str, *, counted: bool = False) -> float:
        """A page was fetched. One that could not be understood in time says nothing of change.

        ``print_`` tells the text that is held now; it has not changed when it only ``counted``. A
        hub without a text of its own has changed when its links have.
        """
        listing = item.page.kind == HUB
        if listing and not print_:
            print_ = fingerprint(link.url for link in item.page.links)
        if not understood(item.page):
            return self._answered(item.lease, ("", ""), None, listing)
        return self._answered(item.lease, validators(item.raw), print_, listing, counted)

    def listing(self, item: Listing) -> float:
        """A sitemap or a feed was read."""
        names = fingerprint(found.key for found in item.found)
        return self._answered(item.lease, validators(item.raw), names, True)

    def unchanged(self, lease: Lease, kind: str) -> float:
        """The server said that nothing has changed (304); ``kind`` is the page's."""
        return self._answered(lease, None, None, lease.role != "page" or kind == HUB)

    def lost(self, item: Outcome) -> tuple[Outcome, float]:
        """Nothing is there any more, or nothing that may be kept; 0 when it is not to be asked.

        Returns the outcome, too: a guessed sitemap that is not there has one of its own.
        """
        if not self._is_guess(item):
            return item, self._again(item)
        if item.reason != "redirect":
            item = replace(item, state="skipped", reason=NO_SITEMAP)
        return item, self._session.clock() + GUESS_SECONDS

    def _is_guess(self, item: Outcome) -> bool:
        """True for a sitemap that nobody named and that was never there."""
        lease, db = item.lease, self._session.store.db
        if lease.role != "sitemap" or not item.fetched:
            return False
        before = visits.get(db, lease.url_id)
        never = before is None or not before.checked_at
        return never and self._session.frontier.is_guess(lease.url_id)

    def _again(self, item: Outcome) -> float:
        """Return when to ask again; what has been a page before is, whatever it was this time."""
        if item.state == "skipped" and item.reason in _FREE:
            return self._session.clock() + _FREE[item.reason]
        held = pages.is_held(self._session.store.db, item.lease.url_id)
        if item.state == "skipped" and item.reason not in _LATER and not held:
            return 0.0
        if item.state == "failed":
            return self.failed(item.lease)
        return self._in_vain(item.lease, LOST, revisit.after_loss)

    def failed(self, lease: Lease) -> float:
        """There was no answer that could be used."""
        return self._in_vain(lease, FAILED, revisit.after_failure)

    def _in_vain(self, lease: Lease, verdict: str, wait: revisit.Backoff) -> float:
        before = visits.get(self._session.store.db, lease.url_id) or Visit(lease.url_id)
        again = before.failures + 1 if before.verdict == verdict else 1
        self._put(replace(before, verdict=verdict, failures=again))
        seconds = revisit.spread(wait(again, self._bounds), lease.url_id)
        return self._session.clock() + seconds

    def _answered(
        self,
        lease: Lease,
        said: tuple[str, str] | None,
        print_: str | None,
        listing: bool,
        counted: bool = False,
    ) -> float:
        """Note a check: its validators and fingerprint, None where they are as they were."""
        now = self._session.clock()
        before = visits.get(self._session.store.db, lease.url_id)
        if before is None or not before.checked_at:
            visit = Visit(lease.url_id, fingerprint=print_ or "", checked_at=now, verdict=NEW)
        else:
            changed = print_ not in (None, before.fingerprint) and not counted
            # In an older store nothing tells one list of links from another.
            changed = changed and bool(before.fingerprint or not listing)
            check = (max(0.0, now - before.checked_at), changed)
            visit = replace(
                before,
                fingerprint=before.fingerprint if print_ is None else print_,
                history=(*before.history, check)[-revisit.MEMORY :],
                checked_at=now,
                failures=0,
                verdict=CHANGED if changed else SAME,
            )
        if said is not None:
            visit = replace(visit, etag=said[0], modified=said[1])
        seconds = revisit.interval(visit.history, self._bounds, listing=listing)
        self._put(replace(visit, interval=seconds))
        return now + revisit.spread(seconds, lease.url_id)

    def _put(self, visit: Visit) -> None:
        visits.put(self._session.store.db, replace(visit, run_id=self._session.run_id))


def understood(page: Page) -> bool:
    """False when the worker was killed over a page, or broke: its text is not to be believed."""
    return _NOT_UNDERSTOOD.isdisjoint(page.flags)


def fingerprint(keys: Iterable[str]) -> str:
    """Return what a listing lists, as one short text; the order does not matter."""
    return hashlib.blake2b("\n".join(sorted(set(keys))).encode(), digest_size=16).hexdigest()


def validators(raw: Raw) -> tuple[str, str]:
    """Return the ETag and Last-Modified of a response; empty where there is none to use."""
    named = {name.lower(): value.strip() for name, value in raw.headers}
    etag, modified = named.get("etag", ""), named.get("last-modified", "")
    return _usable(etag), _usable(modified)


def _usable(value: str) -> str:
    good = len(value) <= MAX_VALIDATOR and value.isascii() and value.isprintable()
    return value if good else ""
