"""The markup of the sample articles."""

from __future__ import annotations

import pytest

from samples.markup import plain, resolve, targets, to_html

ORIGINS = {"one-site": "http://127.0.0.1:1"}


@pytest.mark.parametrize(
    ("text", "html"),
    [
        ("一段。\n\n第二段。", "<p>一段。</p>\n<p>第二段。</p>"),
        ("## 一、总则", "<h2>一、总则</h2>"),
        ("- a\n- b\nc", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>"),
        ("> said", "<blockquote>said</blockquote>"),
        ("a < b & c", "<p>a &lt; b &amp; c</p>"),
        ("见[附件](/a.html)。", '<p>见<a href="/a.html">附件</a>。</p>'),
        ("[x](one-site:/b)", '<p><a href="http://127.0.0.1:1/b">x</a></p>'),
        ("", ""),
    ],
)
def test_to_html(text: str, html: str) -> None:
    assert to_html(text, ORIGINS) == html


def test_plain_is_what_a_reader_sees() -> None:
    assert plain("## T\n\n- see [附件](/a)\n> q\np\n") == "T\nsee 附件\nq\np"


@pytest.mark.parametrize("target", ["/a", "http://10.0.0.1/", "file:///etc/passwd", "mailto:a@b.c"])
def test_other_targets_stay_as_they_are(target: str) -> None:
    assert resolve(target, ORIGINS) == target


def test_targets() -> None:
    assert targets("[a](/b) and [c](one-site:/d)") == ("/b", "one-site:/d")
