"""Later visits on real HTTP: what is asked, what is kept, what is found again."""

from __future__ import annotations

import sqlite3
from http.server import BaseHTTPRequestHandler
from pathlib import Path

import pytest

from store import open_store
from store.model import StoredPage
from tests.crawling import configuration, crawl, outcomes
from tests.hostile_site import Site, article, running, send


class Page:
    """A page that knows conditional requests, and counts the bytes it had to send."""

    def __init__(self, body: bytes, **validators: str) -> None:
        self.body = body
        self.validators = {name.replace("_", "-"): value for name, value in validators.items()}
        self.asked: list[tuple[str | None, str | None]] = []

    def __call__(self, handler: BaseHTTPRequestHandler) -> None:
        asked = handler.headers["If-None-Match"], handler.headers["If-Modified-Since"]
        self.asked.append(asked)
        same = "ETag" in self.validators and asked[0] == self.validators["ETag"]
        dated = asked[0] is None and asked[1] is not None
        same = same or (dated and asked[1] == self.validators.get("Last-Modified"))
        if same:
            send(handler, 304, b"", self.validators)
        else:
            send(handler, 200, self.body, {"Content-Type": "text/html", **self.validators})


def make_due(data: Path) -> None:
    """Let every interval pass, and every host be well."""
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE url SET due_at = 1 WHERE due_at > 0")
        db.execute("UPDATE visit SET checked_at = checked_at - 864000")
        db.execute("DELETE FROM host")
    db.close()


def rows(data: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(data / "store.sqlite") as db:
        found = db.execute(query).fetchall()
    db.close()
    return found


@pytest.fixture
def site() -> object:
    site = Site()
    site.html("/", article("home", "/a", "/b"))
    site.html("/a", article("a"))
    site.html("/b", article("b"))
    with running(site):
        yield site


VALIDATORS: dict[str, tuple[dict[str, str], tuple[str | None, str | None]]] = {
    "/etag": ({"ETag": '"one"'}, ('"one"', None)),
    "/dated": (
        {"Last_Modified": "Tue, 06 Oct 2026 10:00:00 GMT"},
        (None, "Tue, 06 Oct 2026 10:00:00 GMT"),
    ),
    "/unsendable": ({"ETag": 'W/"数"'.encode().decode("latin-1")}, (None, None)),
    "/none": ({}, (None, None)),
}
"""What a page sends to be known by, and what it is asked with the next time."""


def test_validators_go_back_and_304_costs_no_version(site: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, site)
    site.html("/", article("home", *VALIDATORS))
    pages = {path: Page(article(path), **given) for path, (given, _) in VALIDATORS.items()}
    site.pages |= pages
    crawl(file, data)
    crawl(file, data)
    for path, page in pages.items():
        assert page.asked == [(None, None)], f"{path}: not due, so not asked"
    make_due(data)
    crawl(file, data)
    for path, (_, asked) in VALIDATORS.items():
        assert pages[path].asked == [(None, None), asked], path
        assert outcomes(data, site.base)[path] == ("stored", "")
        of_it = f"JOIN url ON url.id = url_id WHERE key LIKE '%{path}'"
        assert rows(data, f"SELECT count(*) FROM page {of_it}") == [(1,)], path
        said = rows(data, f"SELECT verdict, failures, run_id FROM visit {of_it}")
        assert said == [("same", 0, 3)], path


def test_304_to_nobodys_question_is_no_page(site: Site, tmp_path: Path) -> None:
    site.status("/a", 304)
    crawl(configuration(tmp_path, site), tmp_path / "data")
    assert outcomes(tmp_path / "data", site.base)["/a"] == ("failed", "http_304")


def test_a_change_is_a_version_and_shortens_the_interval(site: Site, tmp_path: Path) -> None:
    data, page = tmp_path / "data", Page(article("first"), ETag='"1"')
    site.pages["/a"] = page
    file = configuration(tmp_path, site)
    crawl(file, data)
    page.body, page.validators = article("second"), {"ETag": '"2"'}
    make_due(data)
    crawl(file, data)
    found = rows(
        data,
        "SELECT key, verdict, interval FROM visit JOIN url ON url.id = url_id"
        " WHERE key LIKE '%/_' ORDER BY key",
    )
    assert [row[1] for row in found] == ["changed", "same"]
    assert found[0][2] < found[1][2] / 2  # type: ignore[operator]


def test_a_page_that_is_gone_keeps_its_versions_and_can_come_back(
    site: Site, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, site)
    crawl(file, data)
    page = site.pages.pop("/a")
    make_due(data)
    crawl(file, data)
    assert outcomes(data, site.base)["/a"] == ("gone", "http_404")
    with open_store(data) as store:
        assert store.find(f"{site.base}/a") is None
        revision = store.revision
    site.pages["/a"] = page
    make_due(data)
    crawl(file, data)
    with open_store(data) as store:
        back = store.find(f"{site.base}/a")
        assert back is not None
        assert back.version == 1, "it came back as it was"
        (change,) = list(store.changes(revision))
        assert isinstance(change, StoredPage), "an index has to take it up again"


def test_a_page_that_moved_for_good_keeps_its_history(site: Site, tmp_path: Path) -> None:
    data, file, moved = tmp_path / "data", configuration(tmp_path, site), (301, 308, 302)
    site.html("/", article("home", *(f"/from-{status}" for status in moved)))
    for status in moved:
        site.html(f"/from-{status}", article(f"a {status}"))
        site.html(f"/to-{status}", article(f"moved {status}"))
    crawl(file, data)
    for status in moved:
        site.status(f"/from-{status}", status, Location=f"/to-{status}")
    make_due(data)
    crawl(file, data)
    for status in moved:
        assert outcomes(data, site.base)[f"/from-{status}"] == ("skipped", "redirect")
        with open_store(data) as store:
            versions = store.versions(f"{site.base}/to-{status}")
        kept = [] if status == 302 else [f"/from-{status}"]
        assert [v.url.removeprefix(site.base) for v in versions] == [*kept, f"/to-{status}"]


def test_a_page_that_cannot_be_reached_stays_in_the_corpus(site: Site, tmp_path: Path) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, site)
    crawl(file, data)
    site.status("/a", 500)
    make_due(data)
    crawl(file, data)
    assert outcomes(data, site.base)["/a"] == ("failed", "http_500")
    with open_store(data) as store:
        assert store.find(f"{site.base}/a") is not None
    site.html("/a", article("repaired"))
    make_due(data)
    crawl(file, data)
    assert outcomes(data, site.base)["/a"] == ("stored", "")


def test_a_page_that_was_something_else_for_once_is_asked_for_again(
    site: Site, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, site)
    kinds = {"Content-Type": "application/json"}
    site.pages["/never"] = lambda h: send(h, 200, b"{}", kinds)
    site.html("/", article("home", "/a", "/b", "/never"))
    crawl(file, data)
    site.pages["/a"] = lambda h: send(h, 200, b'{"error": 1}', kinds)
    make_due(data)
    crawl(file, data)
    assert outcomes(data, site.base)["/a"] == ("skipped", "type:application/json")
    with open_store(data) as store:
        assert store.find(f"{site.base}/a") is not None
    site.html("/a", article("repaired"))
    make_due(data)
    crawl(file, data)
    assert outcomes(data, site.base)["/a"] == ("stored", "")
    assert site.seen["/never"] == 1, "what never was a page is not"


def test_an_evening_in_a_network_of_private_addresses_loses_nothing(
    site: Site, tmp_path: Path
) -> None:
    data, file = tmp_path / "data", configuration(tmp_path, site)
    site.html("/", article("home", "/a"))
    crawl(file, data)
    make_due(data)
    (tmp_path / "list.txt").write_text(f"{site.base}/b\n")
    listed = f'\n[[list]]\nid = "mine"\nfile = "{tmp_path}/list.txt"\n'
    file.write_text(file.read_text("utf-8") + listed, "utf-8")
    refusing = tmp_path / "refusing.toml"
    refusing.write_text(file.read_text("utf-8").replace("127.0.0.1/32", "10.0.0.0/8"), "utf-8")
    crawl(refusing, data)
    refused = ("skipped", "address")
    assert [outcomes(data, site.base)[path] for path in ("/a", "/b")] == [refused, refused]
    make_due(data)
    crawl(file, data)
    stored = ("stored", "")
    assert [outcomes(data, site.base)[path] for path in ("/a", "/b")] == [stored, stored]


def test_what_the_configuration_no_longer_covers_is_not_visited(site: Site, tmp_path: Path) -> None:
    data = tmp_path / "data"
    crawl(configuration(tmp_path, site), data)
    make_due(data)
    before = site.seen["/a"]
    crawl(configuration(tmp_path, site, source="deny = ['/a$']"), data)
    assert site.seen["/a"] == before
    assert outcomes(data, site.base)["/a"] == ("stored", "")
    assert site.seen["/b"] == 2


SEEN_TWICE = {
    "/reads": ("<p>阅读：1234</p>", "<p>阅读：1300</p>", "same"),
    "/clock": (
        "<p>Page last loaded at 12:31:05</p>",
        "<p>Page last loaded at 13:31:06</p>",
        "same",
    ),
    "/fine": ("<p>第三条 罚款1000元。</p>", "<p>第三条 罚款2000元。</p>", "changed"),
    "/bytes": ("<p>It is so.</p>", "<p>It is so.</p><!-- rendered at 10:15 -->", "same"),
}
"""What a page ends with at the first visit and at the second, and what that is."""


def test_a_counter_is_no_change_and_no_version(site: Site, tmp_path: Path) -> None:
    data, end, file = tmp_path / "data", b"</article>", configuration(tmp_path, site)
    site.html("/", article("home", *SEEN_TWICE))
    for visit in (0, 1):
        for path, case in SEEN_TWICE.items():
            site.html(path, article(path).replace(end, case[visit].encode() + end))
        crawl(file, data)
        make_due(data)
    for path, (first, _, verdict) in SEEN_TWICE.items():
        assert site.seen[path] == 2
        of_it = f"FROM visit JOIN url ON url.id = visit.url_id WHERE url.key LIKE '%{path}'"
        assert rows(data, f"SELECT verdict {of_it}") == [(verdict,)], path
        with open_store(data) as store:
            versions = store.versions(f"{site.base}{path}")
            assert len(versions) == (2 if verdict == "changed" else 1), path
            assert versions[0].text.count(first[3:-4]) == 1, path


def test_a_list_of_links_has_changed_when_its_links_have(site: Site, tmp_path: Path) -> None:
    def listing(*names: str) -> bytes:
        items = "".join(
            f'<li><a href="/{name}">Notice {name} of the city</a></li>' for name in names
        )
        return f"<html><title>Notices</title><body><ul>{items}</ul></body></html>".encode()

    data, names = tmp_path / "data", [f"n{n}" for n in range(8)]
    site.html("/a", listing(*names))
    file, verdict = (
        configuration(tmp_path, site),
        "SELECT verdict FROM visit JOIN url ON id = url_id",
    )
    crawl(file, data)
    for now, found in ((names, "same"), (["new", *names], "changed")):
        make_due(data)
        site.html("/a", listing(*now))
        crawl(file, data)
        assert rows(data, f"{verdict} WHERE key LIKE '%/a'") == [(found,)]
