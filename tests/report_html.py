"""What a harmless report is: checked on the parsed document, not on its text."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import lxml.html

from store.records import Account, Run
from tests.report_store import GOV, MemoryStore, a_hub, a_page

FORBIDDEN = {"script", "iframe", "object", "embed", "img", "link", "form", "input", "base", "use"}
FORBIDDEN |= {"foreignobject", "image", "audio", "video", "source", "animate", "set", "template"}

# Each would do harm in at least one place where a report prints a page's words.
HOSTILE = [
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "' onmouseover='alert(1)",
    "</title></style></svg><script>alert(1)</script>",
    "]]><!--<script>",
    "{{ 7 * 7 }}{% raw %}",
    "javascript:alert(1)",
    '=HYPERLINK("http://x.example","看")',
    "＝1+1",
    "+1-1",
    "-1",
    "@SUM(A1)",
    "＠x",
    "\t=1",
    "\r=1",
    " =1",
    'a\r\n=1,"b"\n',
    "nul\x00 esc\x1b[31m c1\x9b",
    "\u202egnp.exe\u2066",
    "lone \ud800 surrogate \ufffe",
    "\U000e0041\ufeff",
    "𠮷野家 ＜b＞粗體＜/b＞",
    "x" * 5000,
]
HOSTILE_URLS = [
    "javascript:alert(1)",
    "JaVaScRiPt:alert(1)",
    " javascript:alert(1)",
    "data:text/html,<script>alert(1)</script>",
    "vbscript:x",
    "file:///etc/passwd",
    "//evil.example/x",
    "http://",
    "http://[::1",
    "https://www.gov.cn@evil.example/",
    'https://x.example/"onmouseover="alert(1)',
    "https://x.example/<script>",
    "https://x.example/a\nb",
    "https://x.example/\u202egnp",
    "https:\\\\x.example",
]


def hostile_store(half: int) -> MemoryStore:
    """Every hostile string in every place that a page, a server or a configuration can fill.

    In two halves, so that all of them get into the reading list.
    """
    words = [*HOSTILE, *HOSTILE_URLS][half::2]
    pages = []
    for i, text in enumerate(words, 1):
        lang, topical = ("en", "digital government") if i % 2 else ("zh", "数字政府")
        source = GOV._replace(id=f"{text}{i}", name=text, kind=text, region=text)
        page = a_page(i, f"{topical} {text}", lang, title=text, url=text, host=text, source=source)
        pages += [page, a_hub(1000 + i, lang=text, flags=(text,), script=text)]
    routes: dict[int, tuple[str, ...]] = {page.url_id: (page.host,) for page in pages}
    account = Account(
        len(words), 0, 0, len(words), 0, 0, tuple(("skipped", text, 1) for text in words)
    )
    limits = tuple((text, text, 1) for text in words)
    run = Run(1, words[0], words[0], words[0], "{}", 1, None, limits)
    return MemoryStore(pages, routes, (run,), account)


def parsed(html: str) -> lxml.html.HtmlElement:
    return lxml.html.document_fromstring(html)


def assert_inert(html: str, files: tuple[str, ...] = ()) -> None:
    """No script, no handler, nothing fetched, and only http(s) links out."""
    for element in parsed(html).iter():
        if not isinstance(element.tag, str):
            raise AssertionError(f"a comment or instruction: {element!r}")
        assert element.tag.lower() not in FORBIDDEN, element.tag
        for name, value in element.attrib.items():
            assert not name.lower().startswith("on"), (name, value)
            assert name not in {"src", "srcset", "action", "style", "xlink:href"}, (name, value)
            if name == "href":
                assert element.tag == "a"
                assert_live_or_local(element, value, files)
    assert not re.search(r"@import|url\(|expression\(", html.partition("</style>")[0])
    assert not re.search("[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", html)


def assert_live_or_local(element: lxml.html.HtmlElement, href: str, files: tuple[str, ...]) -> None:
    if href.startswith("#") or href in files:
        return
    parts = urlsplit(href)
    assert parts.scheme in {"http", "https"}, href
    assert parts.hostname
    assert "@" not in parts.netloc
    assert "noreferrer" in element.get("rel", "")
