"""What somebody who knows the sample web would bring to a report: a list, and judgements."""

from __future__ import annotations

from samples.serve import Served
from samples.truth import ARTICLE, pages


def register(served: Served) -> str:
    """Return the addresses of all that the sites let be read, one a line, wherever a crawl went."""
    shown = (p for p in pages(served) if p.kind == ARTICLE and p.reachable and not p.noindex)
    return "".join(f"{page.url}\n" for page in shown)


class Judge:
    """Says of two pages whether they are one work, by what their authors wrote."""

    def __init__(self, served: Served) -> None:
        self._work = {p.url: p.reprint_of or (p.site, p.path) for p in pages(served)}

    def same_work(self, first: str, other: str) -> str:
        """Return ``y``, ``n``, or ``?`` of a page that is none of the sites' articles."""
        works = [self._work.get(url) for url in (first, other)]
        if None in works:
            return "?"
        return "y" if works[0] == works[1] else "n"
