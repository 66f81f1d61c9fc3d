"""HTML from the templates: what comes from the web is text in it, whatever it contains."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlsplit

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from index.address import readable
from index.snippet import LEFT_OUT, Snippet, clean
from web import words

_MARK = Markup("<mark>{}</mark>")
_SCRIPTS = {"hans": "zh-Hans", "hant": "zh-Hant"}


def environment() -> Environment:
    """Return the templates, every value in them escaped, without control or direction characters.

    A string that is not our own markup is cleaned whatever a template does with it.
    """
    made = Environment(
        loader=PackageLoader("web"),
        autoescape=True,
        undefined=StrictUndefined,
        finalize=_final,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    made.filters |= {
        "marked": marked,
        "live": live,
        "readable": readable,
        "number": lambda count: f"{count:,}",
        "moment": lambda at: at[:16].replace("T", " "),
    }
    made.globals["tag"] = tag
    return made


def _final(value: Any) -> Any:
    return clean(value) if isinstance(value, str) and not isinstance(value, Markup) else value


def marked(snippet: Snippet) -> Markup:
    """Return a text with what matches in it in ``<mark>``; cut words are hyphenated by dots."""
    text, done = Markup(""), 0
    for start, end in snippet.marks:
        text += clean(snippet.text[done:start])
        text += _MARK.format(clean(snippet.text[start:end]))
        done = end
    return text + clean(snippet.text[done:])


def live(url: str) -> str:
    """Return a URL that may be a link, or "": http(s), a host, no credentials, nothing hidden."""
    try:
        parts = urlsplit(url)
        host = parts.hostname
    except ValueError:
        return ""
    hidden = any(c.isspace() or c in '<>"\\' for c in url) or clean(url) != url
    fine = parts.scheme in {"http", "https"} and host and "@" not in parts.netloc
    return url if fine and not hidden else ""


def tag(lang: str, script: str = "") -> str:
    """Return the BCP 47 tag of a text, which decides its font and how it is read out."""
    if lang == "zh":
        return _SCRIPTS.get(script, "zh")
    return lang if lang.isalpha() and len(lang) == 2 else "und"


def translator(ui: str) -> dict[str, Any]:
    """Return what a template needs to speak one language."""
    return {
        "ui": ui,
        "t": lambda key: words.word(key, ui),
        "v": lambda text: words.value(text, ui),
        "how_to_ask": [(typed, zh if ui == "zh" else en) for typed, en, zh in words.HELP],
        "left_out": LEFT_OUT,
    }
