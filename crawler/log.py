"""One line a failure in the log, with control characters made visible.

Scrapy's own formatter writes a traceback for every timeout and the whole item for every page; a
log that is read must say what happened to which URL, and no URL may forge a line of it.
"""

from __future__ import annotations

import logging
from typing import Any

from scrapy import Request, Spider
from scrapy.http import Response
from scrapy.logformatter import LogFormatter, LogFormatterResult
from twisted.python.failure import Failure


class QuietFormatter(LogFormatter):
    """Scrapy's log formatter without pages and items, and with failures as one line.

    What came of each URL is in the store; the log would make two records a page and drop them.
    """

    def crawled(  # type: ignore[override]  # None is documented: nothing is logged
        self, request: Request, response: Response, spider: Spider
    ) -> LogFormatterResult | None:
        """Say nothing."""
        return None

    def scraped(  # type: ignore[override]
        self, item: Any, response: Response | Failure | None, spider: Spider
    ) -> LogFormatterResult | None:
        """Say nothing."""
        return None

    def item_error(
        self, item: Any, exception: BaseException, response: Any, spider: Spider
    ) -> LogFormatterResult:
        """Say which URL could not be stored."""
        args = {"url": item.lease.key, "error": repr(exception)}
        return {"level": logging.ERROR, "msg": "cannot store %(url)s: %(error)s", "args": args}
