"""Text → element tree: one fast parse, and a slow reader for what the fast one gives up on.

libxml2 stops at 255 nested elements and drops the rest of the document; BeautifulSoup reads on.
Measured: 100,000 nested ``<div>`` leave 0 characters in lxml, all of them in BeautifulSoup.
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass

from lxml import etree
from lxml.html import HtmlComment, HtmlElement, HTMLParser, document_fromstring

MAX_CHARS = 4_000_000
"""Markup beyond this is cut and flagged: no article is this long, and time stays bounded."""
MAX_SOUP = 300_000
"""The slow reader takes about 20 µs a tag; this keeps its worst case near two seconds."""

_XML_DECLARATION = re.compile(r"^\s*<\?xml[^>]*\?>")
# Neither ends anything in a browser (HTML Standard, 13.2.6.4.19 to .22): what a page includes after
# them is shown. libxml2 starts another document there, and reads no </br> as the break it is.
_NO_ENDS = re.compile(r"</(?:body|html)\b[^<>]*>", re.I)
_BREAKS = re.compile(r"</br\b[^<>]*>", re.I)
# Without the "or the end" an unclosed comment would be searched for from every place again.
_HIDDEN = re.compile(
    r"<(script|style|template|noscript)\b.*?(?:</\1\s*>|\Z)|<!--.*?(?:-->|\Z)", re.S | re.I
)
_BOXES = re.compile(r"(?:<(?:div|span|section|article|font|center)\b[^<>]*>\s*)+", re.I)
_BOX_ENDS = re.compile(r"(?:</(?:div|span|section|article|font|center)\s*>\s*)+", re.I)
_TAG = re.compile(r"<[^<>]*>")
# Python's own parser reads to the end of the document for each tag that never ends.
_NO_TAG = re.compile(r"<(?![a-z/!?][^<>]*+>)", re.I)
_INLINE_TEXT = """
a abbr b bdi cite code em font i kbd mark q s small span strong sub sup u
"""
_HEAD_TEXT = "base basefont bgsound link meta noscript script style template title"
_HEAD = frozenset(_HEAD_TEXT.split())
_INLINE = frozenset(_INLINE_TEXT.split())
_LENGTH = etree.XPath("string-length(.)")
_THIN = 400  # characters: pages with more text than this were plainly read


@dataclass(frozen=True, slots=True)
class Parsed:
    """An element tree rooted at ``<html>``; ``truncated`` when the markup was cut."""

    tree: HtmlElement
    truncated: bool = False


def parse(markup: str) -> Parsed:
    """Return the tree of an HTML document; an empty one when there is nothing in it."""
    truncated = len(markup) > MAX_CHARS
    markup = _XML_DECLARATION.sub("", markup[:MAX_CHARS])
    markup = _BREAKS.sub("<br>", _NO_ENDS.sub("", markup))
    tree = _fast(markup)
    if tree is None or _gave_up(tree, markup):
        shallow = _BOX_ENDS.sub("\n", _BOXES.sub("<p>", _HIDDEN.sub("", markup)))
        truncated = truncated or len(shallow) > MAX_SOUP
        rescued = _fast(flatten(shallow[:MAX_SOUP]))
        tree = rescued if rescued is not None else tree
    return Parsed(tree if tree is not None else document_fromstring("<p></p>"), truncated)


def _parser() -> HTMLParser:
    """Return a parser whose elements are all of one class.

    lxml.html's own asks Python for the class of each element, each time one is touched: a tenth of
    all time spent on a page, and forms need no methods here.
    """
    parser = HTMLParser(encoding="utf-8", remove_pis=True)
    parser.set_element_class_lookup(
        etree.ElementDefaultClassLookup(element=HtmlElement, comment=HtmlComment)
    )
    return parser


def _fast(markup: str) -> HtmlElement | None:
    # Surrogates cannot be encoded and mean nothing; the parser wants bytes and one encoding.
    data = markup.encode("utf-8", "replace")
    try:
        return _with_body(document_fromstring(data, parser=_parser()))
    except (etree.LxmlError, ValueError):
        return None


def _with_body(tree: HtmlElement) -> HtmlElement:
    """Open the body that HTML lets an author leave out, where libxml2 does not.

    It knows no <article> or <main>, and takes those that follow a <title> for parts of the head.
    """
    head = tree.find("head")
    if head is None or tree.find("body") is not None:
        return tree
    first = next((n for n, child in enumerate(head) if _is_content(child)), len(head))
    if moved := head[first:]:
        etree.SubElement(tree, "body").extend(moved)
    return tree


def _is_content(child: HtmlElement) -> bool:
    return isinstance(child.tag, str) and child.tag not in _HEAD


def _gave_up(tree: HtmlElement, markup: str) -> bool:
    """Tell a tree that lost its text: far less in it than between the tags of the markup."""
    if len(markup) < 2 * _THIN:
        return False
    body = tree.find("body")
    read = 0 if body is None else int(_LENGTH(body))
    if read > _THIN and not _too_deep(tree):
        return False
    visible = _TAG.sub("", _HIDDEN.sub("", markup))
    return len(visible.strip()) > 2 * read + (20 if read else 0)


def _too_deep(tree: HtmlElement) -> bool:
    """libxml2 closes nothing after giving up, so the last element of all is the deepest."""
    depth, last = 0, tree
    while len(last):
        depth, last = depth + 1, last[-1]
    return depth > 200


def flatten(markup: str) -> str:
    """Return the same document without nesting: head elements, then one ``<p>`` a block of text."""
    from bs4 import BeautifulSoup  # 13 MB that one page in thousands needs
    from bs4.element import NavigableString, PreformattedString, Tag

    soup = BeautifulSoup(_NO_TAG.sub("&lt;", markup), "html.parser")
    for tag in soup(["script", "style", "template", "noscript"]):
        tag.decompose()
    named = soup(["title", "base", "meta", "link"])
    head = [str(tag) for tag in named if not any(isinstance(inner, Tag) for inner in tag)]
    body: list[str] = []
    for node in soup.descendants:
        if not isinstance(node, NavigableString) or isinstance(node, PreformattedString):
            continue
        parent = node.parent
        if node.strip() and isinstance(parent, Tag) and parent.name != "title":
            body.append(_paragraph(str(node), parent.name, str(parent.get("href") or "")))
    return f"<html><head>{''.join(head)}</head><body>{''.join(body)}</body></html>"


def _paragraph(text: str, tag: str, href: str) -> str:
    """One string of text as flat markup; inline text continues the paragraph before it."""
    inner = html.escape(text, quote=False)
    if tag == "a":
        return f'<a href="{html.escape(href)}">{inner}</a>'
    return inner if tag in _INLINE else f"<p>{inner}"
