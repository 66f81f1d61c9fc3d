"""The page in a real browser: it fits, it runs nothing, and it draws."""

from __future__ import annotations

import re
import shutil
import subprocess
from dataclasses import replace
from pathlib import Path

import pytest

from report.gap.evidence import Evidence
from tests.chromium import Browser
from tests.gap_webs import corpus, judged, sample
from tests.report_html import HOSTILE, HOSTILE_URLS, assert_inert, hostile_store
from tests.report_meanings import meaning
from tests.report_store import MemoryStore, a_page, files_of, written

CHROMIUM = shutil.which("chromium") or ""
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--window-size=1280,2000",
)

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(not CHROMIUM, reason="needs Debian's chromium"),
]


def browse(tmp_path: Path, *flags: str) -> str:
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={tmp_path / 'profile'}", *flags]
    done = subprocess.run(command, capture_output=True, timeout=60, check=True)
    return done.stdout.decode("utf-8")


@pytest.mark.parametrize("half", [0, 1])
def test_hostile_pages_stay_inert_in_the_browsers_own_tree(half: int, tmp_path: Path) -> None:
    files = files_of(hostile_store(half), tmp_path)
    dom = browse(tmp_path, "--dump-dom", files.html.as_uri())
    assert_inert(dom, (files.csv.name, files.json.name, files.pages_csv.name))


def test_what_is_said_of_meaning_stays_inert_and_is_all_there(tmp_path: Path) -> None:
    """Strangers' words in every place of the sections on meaning, drawn in Chinese."""
    text, url = "".join(HOSTILE), HOSTILE_URLS[0]
    evidence = Evidence(meaning=meaning(text, url))
    files = written(MemoryStore([a_page(1)]), tmp_path, evidence, "zh")
    dom = browse(tmp_path, "--dump-dom", files.html.as_uri())
    assert_inert(dom, (files.csv.name, files.json.name, files.pages_csv.name))
    for section in ("explained", "meaning", "counterparts"):
        assert f'id="{section}"' in dom


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_the_page_is_never_wider_than_the_window(width: int, tmp_path: Path) -> None:
    """A frame of the width holds the report; a script outside it reads how wide it became."""
    pages = [a_page(i, title="数字政府" * 9) for i in range(1, 9)]
    store = MemoryStore([*pages, a_page(9, "Digital government", "en")])
    files = written(store, tmp_path, Evidence(meaning=meaning("数字政府" * 20)))
    # The report's own policy forbids scripts, so the measuring page carries a copy without it.
    html = re.sub(r"<meta http-equiv[^>]*>", "", files.html.read_text("utf-8"))
    (tmp_path / "inner.html").write_text(html, "utf-8")
    (tmp_path / "outer.html").write_text(
        f'<iframe src="inner.html" style="width:{width}px;height:900px;border:0"></iframe>'
        "<script>onload = () => { document.body.dataset.width ="
        " document.querySelector('iframe').contentDocument.documentElement.scrollWidth }</script>"
    )
    dom = browse(
        tmp_path,
        "--allow-file-access-from-files",
        "--dump-dom",
        (tmp_path / "outer.html").as_uri(),
    )
    found = re.search(r'data-width="(\d+)"', dom)
    assert found
    assert int(found[1]) <= width


def test_a_picture_is_drawn(tmp_path: Path) -> None:
    files = files_of(MemoryStore([a_page(1)]), tmp_path)
    browse(tmp_path, f"--screenshot={tmp_path / 'page.png'}", files.html.as_uri())
    picture = (tmp_path / "page.png").read_bytes()
    assert picture.startswith(b"\x89PNG")
    assert len(picture) > 30_000  # a blank page of this size has less than a third of that


CHARTS = Evidence(sample((200, 150), (200, 120)), judged())


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_charts_are_drawn_and_the_console_is_silent(tongue: str, tmp_path: Path) -> None:
    files = written(corpus(60, 120), tmp_path, CHARTS, tongue)
    command = [
        CHROMIUM,
        *FLAGS,
        f"--user-data-dir={tmp_path / 'profile'}",
        "--enable-logging=stderr",
    ]
    done = subprocess.run(
        [*command, "--v=0", "--dump-dom", files.html.as_uri()],
        capture_output=True,
        timeout=60,
        check=True,
    )
    assert b"CONSOLE" not in done.stderr
    dom = done.stdout.decode("utf-8")
    assert dom.count('class="vega"') >= 7
    assert 'lang="zh-Hans"' in dom


def test_the_report_prints_on_pages_with_its_answer_on_the_first(tmp_path: Path) -> None:
    from pypdf import PdfReader

    files = written(corpus(60, 120), tmp_path, CHARTS)
    out = tmp_path / "report.pdf"
    browse(tmp_path, f"--print-to-pdf={out}", "--no-pdf-header-footer", files.html.as_uri())
    pages = [page.extract_text() for page in PdfReader(out).pages]
    assert "95 % interval" in pages[0]
    assert "audit and split correction" in pages[0]
    assert "Concepts" not in pages[0]
    text = " ".join(pages)
    for words in ("Table of counts", "Method", "Glossary", "WeChat"):
        assert words in text


TELEPHONE = 390
HEIGHT = "document.querySelector('.chart svg text').getBoundingClientRect().height"
WIDEST = "Math.max(...[...document.querySelectorAll('.chart')].map(c => c.scrollWidth))"


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_on_a_telephone_charts_fit_and_a_touch_enlarges_one(tongue: str, tmp_path: Path) -> None:
    evidence = replace(CHARTS, meaning=meaning("数字政府" * 20))
    files = written(corpus(60, 120), tmp_path / "report", evidence, tongue)
    with Browser(tmp_path / "profile") as browser:
        browser.size(TELEPHONE, 800)
        browser.goto(files.html.as_uri())
        assert browser.value("document.querySelectorAll('.chart svg').length") >= 7
        assert browser.value(WIDEST) < TELEPHONE
        browser.value("document.querySelector('.chart').focus()")
        assert browser.value(WIDEST) > TELEPHONE
        assert browser.value(HEIGHT) > 12, "pixels, of its words"
        assert browser.value("document.documentElement.scrollWidth") <= TELEPHONE


BEYOND = """[...document.querySelectorAll('td, th, p, li, svg, code')]
  .filter(e => e.getBoundingClientRect().right > document.documentElement.clientWidth + 1)
  .map(e => e.innerText)"""
SHEET = 688  # pixels: A4 without its margins


@pytest.mark.parametrize("tongue", ["en", "zh"])
def test_nothing_is_cut_at_the_edge_of_a_printed_sheet(tongue: str, tmp_path: Path) -> None:
    files = written(corpus(300, 600), tmp_path / "report", CHARTS, tongue)
    with Browser(tmp_path / "profile") as browser:
        browser.size(SHEET, 1000)
        browser.call("Emulation.setEmulatedMedia", media="print")
        browser.goto(files.html.as_uri())
        browser.value("document.querySelectorAll('details').forEach(d => d.open = true)")
        assert browser.value(BEYOND) == []
