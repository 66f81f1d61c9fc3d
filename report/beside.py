"""The page of a large report, drawn in a process beside the one that writes its rows."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager

from report.charts.palette import EN
from report.charts.stack import Part, stack
from report.model import Measurement
from report.processes import processes
from report.render.html import report_html
from report.render.say import Say
from report.sections import sections

Drawing = Callable[[Measurement, str], Iterable[str]]
"""A measurement and the report's language in, the page's text out, when it is asked for."""


@contextmanager
def drawing(files: tuple[str, ...], *, beside: bool) -> Iterator[Drawing]:
    """Give what draws a page that names these files: here, or in a process that is made ready now.

    The page is the same. Only a large report's rows take longer than such a process does to start.
    Raises ProcessEnded.
    """
    if not beside:
        yield lambda measured, tongue: [_page(files, measured, tongue)]
        return
    with processes(1) as pool:
        pool.submit(_ready)

        def drawn(measured: Measurement, tongue: str) -> Iterable[str]:
            page = pool.submit(_page, files, measured, tongue)
            return (page.result() for _ in range(1))

        yield drawn


def _ready() -> None:
    """Load what draws, while the measuring goes on."""
    stack([Part("", 1, EN)], "", "")


def _page(files: tuple[str, ...], measured: Measurement, tongue: str) -> str:
    say = Say(tongue)
    return report_html(measured, sections(measured, say), say, files)
