"""From an Altair chart to SVG that may stand in a page of strangers' words."""

from __future__ import annotations

import functools
import itertools
import re
from collections.abc import Callable
from typing import Any, ParamSpec

from lxml import etree
from markupsafe import Markup, escape

from report.charts.palette import INK, LINE, SOFT
from report.render.inert import plain

EXTRA = "charts are left out; `pip install 'duizhao[charts]'` brings what draws them"
ELEMENTS = {"svg", "g", "path", "rect", "line", "text", "title", "desc", "circle", "tspan"}
ATTRIBUTES = {
    *("d", "x", "y", "x1", "x2", "y1", "y2", "dx", "dy", "r", "cx", "cy", "width", "height"),
    *("fill", "stroke", "stroke-width", "stroke-dasharray", "stroke-linecap", "opacity"),
    *("fill-opacity", "stroke-opacity", "transform", "text-anchor", "font-size", "font-weight"),
    *("viewBox", "stroke-linejoin", "display"),
}
P = ParamSpec("P")
_SVG = "{http://www.w3.org/2000/svg}"
_LONG = re.compile(r"(\d+\.\d{2})\d+")


def available() -> bool:
    """Whether the libraries that draw are installed."""
    try:
        import altair  # noqa: F401
        import vl_convert  # noqa: F401
    except ImportError:
        return False
    return True


def unchecked(make: Callable[P, Markup | None]) -> Callable[P, Markup | None]:
    """Have a chart made without Altair checking each part of it against its schema.

    Our charts are of the same parts in every report, and checking takes as long as drawing; the
    tests make each kind with the checks (``__wrapped__``).
    """

    @functools.wraps(make)
    def made(*args: P.args, **kwargs: P.kwargs) -> Markup | None:
        if not available():
            return None
        from altair.utils.schemapi import debug_mode

        with debug_mode(False):
            return make(*args, **kwargs)

    return made


def draw(chart: Any, name: str, description: str) -> Markup:
    """Return an Altair chart as SVG with a name and a description.

    Only shapes and text are kept: no script, style, link or reference can come through, whatever
    the chart's data hold. A mark's own description becomes its tooltip.
    """
    import vl_convert

    # Not validated, as ``unchecked`` says.
    configured = chart.configure(**_config()).to_dict(validate=False)
    root = etree.fromstring(vl_convert.vegalite_to_svg(configured).encode())
    _clean(root)
    etree.cleanup_namespaces(root)
    shapes = "".join(etree.tostring(child, encoding="unicode") for child in root)
    shapes = _LONG.sub(r"\1", shapes.replace(' xmlns="http://www.w3.org/2000/svg"', ""))
    return Markup(  # noqa: S704  # cleaned above, the rest escaped here
        f'<svg class="vega" role="img" viewBox="{escape(root.get("viewBox"))}">'
        f"<title>{escape(plain(name))}</title><desc>{escape(plain(description))}</desc>"
        f"{shapes}</svg>"
    )


def _clean(root: Any) -> None:
    for element in list(root.iter()):
        name = str(element.tag).removeprefix(_SVG)
        if name not in ELEMENTS:
            element.getparent().remove(element)
            continue
        said = element.get("aria-label")
        if said and element.get("role") == "graphics-symbol" and name != "g":
            title = etree.SubElement(element, f"{_SVG}title")
            title.text = plain(said)
        for attribute in list(element.attrib):
            if attribute not in ATTRIBUTES:
                del element.attrib[attribute]
        if element.text:
            element.text = plain(element.text)
    for element in list(root.iter(f"{_SVG}rect")):
        if element.getparent() is root:
            root.remove(element)  # the background: the page has its own
    _prune(root)


def _prune(root: Any) -> None:
    """Remove what draws nothing, and groups that hold nothing."""
    for path in list(root.iter(f"{_SVG}path")):
        if path.get("display") == "none" or not path.get("d") or path.get("d") == "M0,0h0v0h0Z":
            path.getparent().remove(path)
    for group in reversed(list(root.iter(f"{_SVG}g"))):
        if not len(group) and group is not root:
            group.getparent().remove(group)


def _config() -> dict[str, Any]:
    axis = {
        "labelColor": INK,
        "titleColor": SOFT,
        "titleFontWeight": "normal",
        "labelFontSize": 13,
        "titleFontSize": 12,
        "gridColor": LINE,
        "domainColor": SOFT,
        "tickColor": SOFT,
        "labelLimit": 300,
    }
    return {
        "axis": axis,
        "view": {"stroke": None},
        "legend": {"labelColor": INK, "titleColor": SOFT, "labelFontSize": 13},
        "text": {"color": INK, "fontSize": 12},
    }


def described(*parts: str) -> str:
    """Return the words of a mark, for its tooltip and for a screen reader."""
    return " ".join(itertools.chain(parts))
