"""A later run: what it looks at again, and what becomes of URLs when the configuration changed."""

from __future__ import annotations

from pathlib import Path

from store import open_store
from tests.crawling import configuration, crawl, outcomes, stored_urls
from tests.hostile_site import Site, article, running, send
from tests.test_crawler_run import numbered, status


def test_a_changed_home_page_is_a_new_version_and_a_gone_one_is_withdrawn(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.html("/", article("first"))
    with running(site):
        file = configuration(tmp_path, site)
        crawl(file, data)
        site.html("/", article("second"))
        crawl(file, data)
        with open_store(data) as store:
            (page,) = list(store.changes())
            assert page.version == 2  # type: ignore[union-attr]
        del site.pages["/"]
        crawl(file, data)
    with open_store(data) as store:
        assert store.page(page.url_id) is None
    assert outcomes(data, site.base)["/"] == ("gone", "http_404")


def test_where_an_entry_point_redirects_to_is_looked_at_again(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.status("/", 302, Location="/zh/")
    site.html("/zh/", article("home", "/a"))
    site.html("/a", article("a", "/zh/"))
    site.html("/b", article("b", "/zh/"))
    with running(site):
        file = configuration(tmp_path, site)
        crawl(file, data)
        site.html("/zh/", article("home", "/a", "/b"))
        crawl(file, data)
    assert outcomes(data, site.base)["/b"] == ("stored", "")
    assert (site.seen["/zh/"], site.seen["/a"]) == (2, 1)


def test_redirects_between_entry_points_end(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.status("/", 302, Location="/b")
    site.status("/b", 302, Location="/")
    with running(site):
        file = configuration(tmp_path, site)
        for _ in range(2):
            crawl(file, data)
    assert site.seen["/"] == site.seen["/b"] == 2


def test_sitemaps_and_feeds_found_on_the_way_are_looked_at_again(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"

    def listing(path: str, name: str, *paths: str) -> None:
        inner = {"urlset": "url", "sitemapindex": "sitemap"}[name]
        places = "".join(f"<{inner}><loc>{site.base}{p}</loc></{inner}>" for p in paths)
        body = f"<{name}>{places}</{name}>".encode()
        site.pages[path] = lambda h: send(h, 200, body, {"Content-Type": "text/xml"})

    site.html("/", article("home"))
    site.html("/new", article("new"))
    with running(site):
        site.robots = f"Sitemap: {site.base}/index.xml\n".encode()
        listing("/index.xml", "sitemapindex", "/part.xml")
        listing("/part.xml", "urlset", "/")
        file = configuration(tmp_path, site)
        crawl(file, data)
        listing("/part.xml", "urlset", "/", "/new")
        crawl(file, data)
    assert outcomes(data, site.base)["/new"] == ("stored", "")
    assert site.seen["/part.xml"] == 2


def test_a_renamed_source_takes_over_what_waits(tmp_path: Path) -> None:
    site, data = numbered(30), tmp_path / "data"
    with running(site):
        file = configuration(tmp_path, site)
        crawl(file, data, "--max-pages", "8")
        file.write_text(file.read_text().replace('"s0"', '"renamed"'))
        crawl(file, data)
    assert len(stored_urls(data)) == 30


def test_what_waits_for_a_removed_source_is_offsite_until_it_returns(tmp_path: Path) -> None:
    kept, removed, data = numbered(5), numbered(30), tmp_path / "data"
    with running(kept, removed):
        file = configuration(tmp_path, kept, removed)
        crawl(file, data, "--max-pages", "8")
        both = file.read_text()
        configuration(tmp_path, kept)
        before = sum(removed.seen.values())
        crawl(file, data)
        assert sum(removed.seen.values()) == before
        assert ("skipped", "offsite") in outcomes(data).values()
        assert not [state for state, _ in outcomes(data).values() if state == "pending"]
        file.write_text(both)
        crawl(file, data)
    assert len(stored_urls(data)) == 35


def test_a_raised_depth_limit_takes_up_what_was_too_deep(tmp_path: Path) -> None:
    site, data = numbered(60), tmp_path / "data"
    with running(site):
        crawl(configuration(tmp_path, site, source="max_depth = 1"), data)
        crawl(configuration(tmp_path, site), data)
    assert len(stored_urls(data)) == 60
    assert [run["outcome"] for run in status(data)["runs"]] == ["finished", "finished"]
