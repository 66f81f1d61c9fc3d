"""HTML: one file that needs nothing else, runs nothing, and prints.

The page is a Jinja2 template with autoescape; on top of that every value passes ``inert.plain``.
Its policy forbids scripts and every request. Charts come from ``render.chart``.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from report.model import Measurement, Reading, Row
from report.render import chart, words
from report.render.chart import Pair
from report.render.inert import link, plain
from report.render.timeline import timeline

MOST_REASONS = 20
MOST_RUNS = 10
LANG_TAGS = {"hans": "zh-Hans", "hant": "zh-Hant"}


def report_html(measured: Measurement, files: Sequence[str] = ()) -> str:
    """Return ``report.html``. ``files`` are the names of the files beside it, to be linked."""
    template = _environment().get_template("page.html")
    return template.render(m=measured, files=files, **_charts(measured), **_crawl(measured))


def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("report", "render"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters |= {
        "number": number,
        "ratio": ratio,
        "share": share,
        "live": link,
        "tag": language_tag,
        "host": host,
        "day": lambda moment: moment[:10],
        "minute": lambda moment: moment[:16].replace("T", " "),
        "said": lambda word, of: words.said(getattr(words, of), word),
    }
    return environment


def _final(value: object) -> object:
    """Make every string that is not our own markup plain, whatever a template prints."""
    return plain(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def number(value: int) -> str:
    """Return a count with its thousands apart."""
    return f"{value:,}"


def ratio(log2: float | None) -> str:
    """Return a log2 ratio with its sign, or a dash where it was refused."""
    if log2 is None:
        return "–"
    return f"{log2:+.1f}".replace("-", "−") if abs(log2) >= 0.05 else "0.0"


def share(count: int, total: int) -> str:
    """Return a share in percent, or a dash of nothing."""
    if not total:
        return "–"
    return "<1 %" if 0 < count / total < 0.01 else f"{100 * count / total:.0f} %"


def host(url: str) -> str:
    """Return a URL's host as a reader should see it, or ""."""
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def language_tag(reading: Reading) -> str:
    """Return the BCP 47 tag of a reading's language, which decides its font."""
    return reading.lang if reading.lang == "en" else LANG_TAGS.get(reading.script, "zh")


def _charts(measured: Measurement) -> dict[str, Any]:
    en, zh = measured.en, measured.zh
    headline = [
        Pair("Works", en.works, zh.works),
        Pair("Pages", en.pages, zh.pages),
        Pair("Reprints", en.reprints, zh.reprints),
    ]
    years = measured.table("years").rows
    return {
        "headline": chart.pair_bars(
            headline,
            "Works, pages and reprints found in English and in Chinese",
            "The unit is one work, page or reprint that the crawl found; one scale for all bars.",
        ),
        "wings": {table.name: wings(table.rows) for table in measured.tables},
        "years": chart.columns(
            *timeline(years, measured.made_at),
            title="Works found by year of publication",
            unit="The unit is one work that the crawl found, in the year of its first page.",
        ),
    }


def wings(rows: Sequence[Row]) -> list[Markup]:
    """Return a butterfly a row, all of one table on one scale."""
    most = max((max(row.en.works, row.zh.works) for row in rows), default=0)
    pairs = (Pair(row.label, row.en.works, row.zh.works) for row in rows)
    return [chart.butterfly(pair, most, "one work") for pair in pairs]


def _crawl(measured: Measurement) -> dict[str, Any]:
    account = measured.account
    states = [(state, getattr(account, state)) for state in words.STATES]
    reasons = sorted(account.reasons, key=lambda reason: -reason[2])
    ended = [run for run in measured.runs if run.outcome != "running"]
    return {
        "states": states,
        "accounts": chart.stack(
            states, "Where every discovered URL went", "The unit is one URL that the crawl found."
        ),
        "reasons": reasons[:MOST_REASONS],
        "reasons_left": sum(count for _, _, count in reasons[MOST_REASONS:]),
        "runs": measured.runs[: -MOST_RUNS - 1 : -1],
        "runs_left": max(0, len(measured.runs) - MOST_RUNS),
        # Only the newest run's limits still hold: a later run may have fetched what was left.
        "last_run": ended[-1] if ended else None,
    }
