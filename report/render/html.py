"""HTML: one file that needs nothing else, runs nothing, and prints.

The page is a Jinja2 template with autoescape over the blocks of ``report.sections``; on top of that
every value passes ``inert.plain``. Its policy forbids scripts and every request.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup, escape

from report.charts.palette import ALL
from report.model import Measurement
from report.render.blocks import Section
from report.render.inert import plain
from report.render.say import Say, number

_COMMAND = re.compile("`([^`]+)`")


def report_html(
    measured: Measurement, sections: Sequence[Section], say: Say, files: Sequence[str] = ()
) -> str:
    """Return ``report.html``. ``files`` are the names of the files beside it, to be linked."""
    template = _environment().get_template("page.html")
    return template.render(
        m=measured,
        sections=sections,
        say=say,
        files=files,
        meta=_meta(measured, say),
        colours=_colours(),
    )


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("report", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["kind"] = lambda block: type(block).__name__
    environment.filters["coded"] = coded
    return environment


def _final(value: object) -> object:
    """Make every string that is not our own markup plain, and print counts with thousands apart."""
    if isinstance(value, int) and not isinstance(value, bool):
        return number(value)
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def coded(text: str | Markup) -> Markup:
    """Return a paragraph with what stands in backticks as code; all else is escaped.

    >>> coded("run `duizhao audit`, then <b>")
    Markup('run <code>duizhao audit</code>, then &lt;b&gt;')
    """
    if isinstance(text, Markup):
        return text
    safe = str(escape(plain(text)))
    return Markup(_COMMAND.sub(r"<code>\1</code>", safe))  # noqa: S704  # escaped in the line above


def _colours() -> Markup:
    """Map the charts' colours to variables, which differ in the dark and on paper."""
    rules = [
        f'.vega [{way}="{colour}"] {{ {way}: var(--{name}); }}'
        for name, colour in ALL.items()
        for way in ("fill", "stroke")
    ]
    return Markup("\n").join(Markup(rule) for rule in rules)  # noqa: S704  # our own constants


def _meta(m: Measurement, say: Say) -> str:
    pages = sum(stored.articles + stored.hubs for stored in m.stored)
    first, last = m.fetched_from[:10], m.fetched_to[:10]
    if not last:
        fetched = say("no page fetched yet", "尚未读取任何页面")
    elif first == last:
        fetched = say("pages fetched on {day}", "{day}抓取", day=last)
    else:
        fetched = say("pages fetched from {a} to {b}", "抓取时段：{a}至{b}", a=first, b=last)
    made = say("Made {day}", "{day}生成", day=m.made_at[:10])
    kept = say.many(pages, "{n} page in the store", "{n} pages in the store", "存储中共{n}个页面")
    return " · ".join((made, fetched, kept))
