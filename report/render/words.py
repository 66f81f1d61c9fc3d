"""What the store's short words mean, in a reader's words. Unknown words stand for themselves."""

from __future__ import annotations

STATES = {
    "stored": "fetched and kept, sitemaps and feeds included",
    "failed": "tried, and given up",
    "skipped": "left out on purpose",
    "gone": "the site says it no longer exists",
    "pending": "found, but not fetched yet",
}

REASONS = {
    "address": "not a public address",
    "connection": "connection failed",
    "depth": "deeper than the crawl goes",
    "dns": "host name not found",
    "empty": "empty answer",
    "feed": "a feed, not a page",
    "http_404": "not found (404)",
    "http_410": "removed (410)",
    "http_429": "asked to slow down (429)",
    "noindex": "the page asks not to be indexed",
    "not_drawn": "not part of the audit's draw",
    "offsite": "outside the configured sources",
    "pattern": "excluded by its source's patterns",
    "redirect": "leads to another URL",
    "refused": "connection refused",
    "robots": "forbidden by robots.txt",
    "robots_unreachable": "robots.txt could not be read",
    "scheme": "not http or https",
    "sitemap": "a sitemap, not a page",
    "timeout": "no answer in time",
    "too_large": "larger than the limit",
    "trap": "looks like an endless series of URLs",
    "truncated": "answer cut short",
    "type": "not a web page, by its name",
}

DOUBTS = {
    "undated": "no publication date could be read",
    "date_uncertain": "publication date read with low confidence",
    "language_uncertain": "language recognised with low confidence",
    "region_uncertain": "region told from the page's host and script alone",
    "charset_suspect": "character encoding may be wrong",
    "extraction_empty": "no main text was found",
    "no_text": "a PDF of images, without text",
    "pdf_damaged": "a PDF that could not be read in whole",
    "pdf_encrypted": "a PDF that asks for a password",
    "truncated": "page was cut at a limit",
}

LIMITS = {
    "max_pages": "pages a run",
    "max_pages_per_source": "pages a source",
}

OUTCOMES = {
    "finished": "finished: nothing was left to fetch",
    "stopped": "stopped by hand",
    "limit": "ended at a limit",
    "killed": "killed before its end",
    "running": "still running",
}


def said(words: dict[str, str], word: str) -> str:
    """Return what a word means, or the word."""
    if word.startswith("type:"):
        return f"not a web page: {word.removeprefix('type:')}"
    return words.get(word, word)
