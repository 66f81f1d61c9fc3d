"""The markup of the articles: one paragraph a line, and four marks.

``## heading``, ``- list item``, ``> quotation`` at the start of a line; ``[anchor](target)``
within it, where the target is a path, ``site:/path`` or an absolute URL.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape

_LINK = re.compile(r"\[([^\]]+)\]\(([^)\s]+)\)")
_SITE_PATH = re.compile(r"^([a-z-]+):(/(?!/).*)$")


def to_html(text: str, origins: Mapping[str, str]) -> str:
    """Return the article body as HTML; ``origins`` maps site ids to ``http://host:port``."""
    lines = [line.strip() for line in text.splitlines() if line.strip()]
    return "\n".join(_grouped([_block(line, origins) for line in lines]))


def resolve(target: str, origins: Mapping[str, str]) -> str:
    """Return a link target as it stands in HTML: ``site:/path`` becomes absolute."""
    match = _SITE_PATH.match(target)
    return origins[match[1]] + match[2] if match and match[1] in origins else target


def plain(text: str) -> str:
    """Return the text a reader sees: the marks removed, one paragraph a line."""
    lines = (re.sub(r"^(## |- |> )", "", line.strip()) for line in text.splitlines())
    return "\n".join(_LINK.sub(r"\1", line) for line in lines if line)


def targets(text: str) -> tuple[str, ...]:
    """Return the link targets of a text, as written."""
    return tuple(match[2] for match in _LINK.finditer(text))


def _block(line: str, origins: Mapping[str, str]) -> str:
    for mark, tag in (("## ", "h2"), ("- ", "li"), ("> ", "blockquote")):
        if line.startswith(mark):
            return f"<{tag}>{_inline(line.removeprefix(mark), origins)}</{tag}>"
    return f"<p>{_inline(line, origins)}</p>"


def _inline(line: str, origins: Mapping[str, str]) -> str:
    def anchor(match: re.Match[str]) -> str:
        return f'<a href="{resolve(match[2], origins)}">{match[1]}</a>'

    return _LINK.sub(anchor, escape(line, quote=False))


def _grouped(blocks: list[str]) -> Iterator[str]:
    """Put ``<ul>`` around runs of list items."""
    inside = False
    for block in blocks:
        item = block.startswith("<li>")
        if item != inside:
            yield "<ul>" if item else "</ul>"
        inside = item
        yield block
    if inside:
        yield "</ul>"
