"""Imported once by the server process that workers are forked from: everything they will need.

What is loaded before the fork is shared between the workers, what is loaded after is paid for by
each (``benchmarks/realweb.py`` measures a crawl's memory). Language models load on first use, so
they are used here.
"""

from __future__ import annotations

import gc
import signal
import sys
from types import TracebackType

signal.signal(signal.SIGINT, signal.SIG_IGN)  # the crawl answers it, and ends this process

from page.build import build  # noqa: E402
from page.latin import detect  # noqa: E402


def _unless_late(kind: type[BaseException], error: BaseException, at: TracebackType | None) -> None:
    """Say what ended a worker, unless it started while the crawl was ending: its locks are gone."""
    if not issubclass(kind, FileNotFoundError | EOFError | ConnectionError):
        sys.__excepthook__(kind, error, at)


sys.excepthook = _unless_late  # in the server of workers alone, and so in those it starts

# One page for each way through the reader: English, Chinese, another language, broken markup.
_PARAGRAPHS = (
    "The office of digital services said on Monday that forms can now be filled in on line.",
    "市政府办公厅今天表示，群众足不出户就可以在网上办理各项业务，不必再到窗口排队。",
    "Le bureau des services numériques a annoncé lundi que les formulaires sont en ligne.",
    "Η υπηρεσία ανακοίνωσε σήμερα ότι τα έντυπα συμπληρώνονται πλέον ηλεκτρονικά.",
)
for _paragraph in _PARAGRAPHS:
    _body = f"<html><title>x</title><h1>x</h1><article>{f'<p>{_paragraph}</p>' * 8}</article>"
    build(_body.encode(), "http://example.org/")
detect("Portal mobil digital forum")  # undecided, so the second detector is asked as well
build(b"<p>" + "数字政府".encode("gb18030") * 40, "http://example.org/")

gc.collect()
gc.freeze()  # the collector would otherwise touch every shared page, and so unshare it
