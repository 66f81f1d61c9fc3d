"""The page in a real browser: by keyboard, without scripts, at any width; nothing in it acts."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.chromium import Browser, needs_chromium
from tests.web_serving import HOSTILE, keep, serving, some_pages

pytestmark = needs_chromium

ACTIVE = "script, iframe, object, embed, img, style, base, [onload], [onerror], [onclick]"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("web")
    keep(folder, some_pages())
    with serving(folder) as base:
        yield base


@pytest.fixture(scope="module")
def chromium(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with Browser(tmp_path_factory.mktemp("profile")) as browser:
        yield browser


@pytest.fixture
def browser(chromium: Browser) -> Browser:
    chromium.events.clear()
    return chromium


def focused(browser: Browser) -> str:
    return str(browser.value("document.activeElement.textContent || document.activeElement.id"))


def tab_to(browser: Browser, what: str, most: int = 60) -> None:
    """Press Tab until what has the focus begins so."""
    for _ in range(most):
        browser.press("Tab")
        if focused(browser).strip().startswith(what):
            return
    raise AssertionError(f"{what!r} cannot be reached by Tab")


def assert_inert(browser: Browser, address: str) -> None:
    assert browser.value("window.pwned") is None
    assert browser.value("document.title") != "pwned"
    assert browser.value(f"document.querySelectorAll({ACTIVE!r}).length") == 0
    links = browser.value("[...document.querySelectorAll('[href], [src]')].map(e => e.href)")
    assert links
    assert all(str(link).startswith(("http://", "https://")) for link in links)
    assert all(asked.startswith(address) for asked in browser.asked_for())
    assert not any("pwned" in asked.split("?")[0] for asked in browser.asked_for())
    assert browser.complaints() == []


def test_the_way_through_by_keyboard_alone(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?ui=en")
    browser.until("document.activeElement.id", "q")  # autofocus comes with the first frame
    browser.type("数字政府")
    browser.press("Enter")
    browser.wait("Page.loadEventFired")
    assert browser.value("document.querySelector('.side.zh .count').innerText") == "14 pages"
    tab_to(browser, "Filters and")
    browser.press("Enter")
    assert browser.value("document.querySelector('.filters').open") is True
    tab_to(browser, "as a table")
    browser.press("Space")
    tab_to(browser, "2022")
    tab_to(browser, "数字政府建设方案")
    browser.press("Enter")
    browser.wait("Page.loadEventFired")
    assert str(browser.value("location.pathname")).startswith("/page/")
    assert browser.value("document.querySelector('.text mark').innerText") == "数字政府"
    tab_to(browser, "archived copy")
    browser.press("Enter")
    browser.wait("Page.loadEventFired")
    assert browser.value("document.contentType") == "text/plain"
    assert browser.complaints() == []


def test_the_first_stop_leads_past_the_form(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?ui=en&q=government")
    browser.press("Tab")
    assert focused(browser) == "Skip to the results"
    browser.press("Enter")
    assert browser.value("document.activeElement.id") == "main"


def test_where_the_focus_is_can_be_seen(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?ui=en&q=government")
    for _ in range(12):
        browser.press("Tab")
        style = "getComputedStyle(document.activeElement)"
        assert browser.value(f"{style}.outlineStyle") == "solid", focused(browser)
        assert browser.value(f"parseFloat({style}.outlineWidth) >= 2") is True


def test_nothing_is_missing_without_scripts(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?q=digital+government&ui=en")
    with_scripts = browser.value("document.body.innerText")
    browser.call("Emulation.setScriptExecutionDisabled", value=True)
    try:
        browser.goto(f"{address}/?q=digital+government&ui=en")
        assert browser.value("document.body.innerText") == with_scripts
    finally:
        browser.call("Emulation.setScriptExecutionDisabled", value=False)


@pytest.mark.parametrize("query", ["digital government", "javascript", *HOSTILE])
def test_what_a_page_or_a_query_holds_is_inert(browser: Browser, address: str, query: str) -> None:
    browser.goto(f"{address}/?ui=en")
    browser.type(query)
    browser.press("Enter")
    browser.wait("Page.loadEventFired")
    # A refused query is an error 400, which the browser reports as one.
    browser.events[:] = [e for e in browser.events if "400 (" not in str(e)]
    assert_inert(browser, address)


def test_a_hostile_pages_own_page_is_inert(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?q=digital+government&kind=press")
    places = browser.value("[...document.querySelectorAll('.hit h3 a')].map(a => a.href)")
    assert len(places) == len(HOSTILE) + 2
    for place in places:
        browser.goto(place)
        assert_inert(browser, address)
        assert browser.value("document.querySelector('aside dl').innerText.length > 50") is True


def test_an_archived_copy_neither_runs_nor_loads(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?q=数字政府")
    place = browser.value("document.querySelector('.links a[href^=\"/raw/\"]').href")
    browser.events.clear()
    browser.goto(place)
    text = browser.value("document.body.innerText")
    assert text.startswith("HTTP/1.1 200 OK")
    assert "<script>window.pwned = 1" in text
    assert "\x1b" not in text
    assert browser.value("document.querySelectorAll('iframe, img, script, meta').length") <= 1
    assert browser.asked_for(by=place) == [place]
    assert browser.value("window.pwned") is None


def test_another_sites_page_can_link_here_and_nothing_else(
    browser: Browser, address: str, tmp_path: Path
) -> None:
    other = tmp_path / "other.html"
    other.write_text(
        f'<a id="go" href="{address}/?q=government">x</a><iframe src="{address}/"></iframe>'
        f'<img src="{address}/static/icon.svg"><script src="{address}/?q=x"></script>'
    )
    browser.goto(other.as_uri())
    assert browser.value("document.querySelector('img').naturalWidth") == 0
    refused = [
        event["params"]["response"]["status"]
        for event in browser.events
        if event.get("method") == "Network.responseReceived"
        and event["params"]["response"]["url"].startswith(address)
        and event["params"]["type"] != "Other"  # the icon of the page before
    ]
    assert set(refused) == {403}
    browser.value("document.querySelector('#go').click()")
    browser.wait("Page.loadEventFired")
    assert browser.value("document.querySelectorAll('.side').length") == 2


@pytest.mark.parametrize("width", [320, 390, 820, 1280])
@pytest.mark.parametrize("path", ["/?q=digital+government&ui=zh", "/", "/?q=数字政府&since=2015"])
def test_the_page_is_never_wider_than_the_window(
    browser: Browser, address: str, width: int, path: str
) -> None:
    browser.size(width, 900)
    browser.goto(address + path)
    assert browser.value("document.documentElement.scrollWidth") <= width
    sides = browser.value(
        "[...document.querySelectorAll('.side')].map(e => e.getBoundingClientRect().x)"
    )
    if sides:
        assert (len(set(sides)) == 2) == (width > 832)
    assert len(browser.picture()) > 10_000


def test_every_field_has_a_label_and_every_chart_a_name(browser: Browser, address: str) -> None:
    browser.goto(f"{address}/?q=digital+government")
    unnamed = "[...document.querySelectorAll('input:not([type=hidden])')].filter(e => !e.labels[0])"
    assert browser.value(f"{unnamed}.length") == 0
    charts = "[...document.querySelectorAll('svg.years')]"
    assert browser.value(f"{charts}.length") == 2
    assert browser.value(f"{charts}.every(e => e.firstElementChild.textContent)") is True
    landmarks = "['header', 'form[role=search]', 'main', 'footer']"
    assert browser.value(f"{landmarks}.every(e => document.querySelectorAll(e).length == 1)")
    assert browser.value("document.querySelectorAll('h1').length") == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_can_be_read(browser: Browser, address: str, scheme: str) -> None:
    """Every colour that text has stands out from what is behind it (WCAG 2.2: 4.5 to 1)."""
    media = [{"name": "prefers-color-scheme", "value": scheme}]
    browser.call("Emulation.setEmulatedMedia", features=media)
    browser.goto(f"{address}/?q=digital+government&since=2012&kind=press")
    assert browser.value(CONTRAST) == []
    browser.call("Emulation.setEmulatedMedia", features=[])


CONTRAST = """
(() => {
  const numbers = text => (text.match(/[\\d.]+/g) || []).map(Number);
  const light = ([r, g, b]) => [r, g, b].map(c => c / 255)
    .map(c => c <= .03928 ? c / 12.92 : ((c + .055) / 1.055) ** 2.4)
    .reduce((sum, c, n) => sum + c * [.2126, .7152, .0722][n], 0);
  const behind = e => {
    for (; e; e = e.parentElement) {
      const found = numbers(getComputedStyle(e).backgroundColor);
      if (found.length == 3 || found[3] > 0) return found;
    }
    return [255, 255, 255];
  };
  const wrong = [];
  for (const e of document.querySelectorAll('body *')) {
    const own = [...e.childNodes].some(n => n.nodeType == 3 && n.textContent.trim());
    if (!own || e.closest('svg') || e.closest('.sr, .skip')) continue;
    const [a, b] = [light(numbers(getComputedStyle(e).color)), light(behind(e))];
    const ratio = (Math.max(a, b) + .05) / (Math.min(a, b) + .05);
    if (ratio < 4.5) wrong.push(`${e.tagName} ${e.textContent.slice(0, 30)} ${ratio}`);
  }
  return wrong;
})()
"""
