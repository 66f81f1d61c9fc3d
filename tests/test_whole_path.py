"""The whole path on the sample web, by the commands a user types, against its own truth."""

from __future__ import annotations

import csv
import json
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from page.url import canonical
from samples import truth
from samples.serve import Served, serve
from samples.truth import SamplePage
from store import open_store
from store.model import StoredPage
from store.works import cluster
from tests.crawling import ROOT, outcomes


@dataclass
class Way:
    """One crawl of the sample web: what was served, what is true, what was stored."""

    served: Served
    config: Path
    data: Path
    truth: dict[str, SamplePage]
    pages: dict[str, StoredPage]

    def run(self, *arguments: str, code: int = 0) -> str:
        command = [sys.executable, "-m", "cli", *arguments]
        place = ["--data", str(self.data)]
        if arguments[0] not in ("status",):
            place += ["--config", str(self.config)]
        done = subprocess.run([*command, *place], cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == code, done.stdout + done.stderr
        assert "Traceback" not in done.stderr
        return done.stdout

    def search(self, query: str, *options: str, code: int = 0) -> dict[str, Any]:
        found = self.run("search", query, "--json", "--limit", "500", *options, code=code)
        return dict(json.loads(found)) if found.strip() else {}

    def found(self, query: str, *options: str) -> set[str]:
        answer = self.search(query, *options)
        return {hit["url"] for side in answer["languages"].values() for hit in side["hits"]}


@pytest.fixture(scope="module")
def way(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Way]:
    folder = tmp_path_factory.mktemp("path")
    with serve() as served:
        config, data = folder / "samples.toml", folder / "data"
        config.write_text(served.sources_toml(), encoding="utf-8")
        known = {canonical(page.url) or "": page for page in truth.pages(served)}
        way = Way(served, config, data, known, {})
        way.run("crawl", "--quiet")
        way.run("index")
        with open_store(data) as store:
            way.pages = {p.url: p for p in store.changes() if isinstance(p, StoredPage)}
        yield way


def articles(way: Way) -> dict[str, SamplePage]:
    """The articles a crawl has to find."""
    return {
        url: page
        for url, page in way.truth.items()
        if page.kind == truth.ARTICLE and page.reachable and not page.noindex
    }


def squeezed(text: object) -> str | None:
    """White space, the ideographic too, as one blank: how it was spaced is not what it says."""
    return " ".join(str(text).split()) if text else None


def lines(text: str) -> set[str]:
    return {squeezed(line) or "" for line in text.split("\n") if line.strip()}


def test_every_reachable_article_is_stored(way: Way) -> None:
    missing = {page.path for url, page in articles(way).items() if url not in way.pages}
    assert not missing


def test_nothing_forbidden_was_asked_for(way: Way) -> None:
    forbidden = {page.path for page in way.truth.values() if not page.reachable}
    assert forbidden
    asked = {target.partition("?")[0] for _, target in way.served.requests}
    assert not asked & forbidden


def test_the_trap_was_cut_and_the_run_says_so(way: Way) -> None:
    (run,) = json.loads(way.run("status", "--json"))["runs"]
    assert run["outcome"] == "finished"
    assert {limit[0] for limit in run["limits"]} & {"max_pages_per_source", "max_depth"}
    for site in way.served.origins:
        assert len([t for t in way.served.asked(site) if truth.is_trap(t)]) <= 60


def test_no_page_is_there_under_two_addresses(way: Way) -> None:
    assert not [url for url in way.pages if "utm_" in url or "sessionid" in url.lower()]


def test_noindex_is_obeyed(way: Way) -> None:
    wanted = {url for url, page in way.truth.items() if page.noindex}
    assert wanted
    assert not wanted & way.pages.keys()


def test_every_outcome_is_recorded(way: Way) -> None:
    states = outcomes(way.data)
    for url, page in way.truth.items():
        if page.status in (404, 410) and url in states:
            assert states[url][0] == "gone"
        if 300 <= page.status < 400 and url in states:
            assert states[url] == ("skipped", "redirect")
        if page.status >= 500 and url in states:
            assert states[url] == ("failed", f"http_{page.status}")


def test_addresses_no_crawler_may_follow_were_not_followed(way: Way) -> None:
    assert not [url for url in way.pages if "10.0.0.1" in url or "169.254" in url]
    assert all(
        state == "skipped" for url, (state, _) in outcomes(way.data).items() if "10.0.0.1" in url
    )


@pytest.mark.parametrize("what", ["lang", "script", "date", "kind", "title"])
def test_pages_are_understood(way: Way, what: str) -> None:
    wrong = []
    for url, true in articles(way).items():
        page = way.pages[url].page
        if what == "lang" and true.bilingual:
            continue  # which half is larger is not the point; see the next test
        if what == "script" and (true.bilingual or true.lang != "zh"):
            continue
        seen = {
            "lang": page.lang,
            "script": page.script,
            "date": page.published and page.published.date,
            "kind": page.kind,
            "title": page.title,
        }[what]
        if squeezed(seen) != squeezed(getattr(true, what)):
            wrong.append((true.site, true.path, seen, getattr(true, what)))
    assert not wrong


def test_lists_are_hubs(way: Way) -> None:
    lists = {url for url, page in way.truth.items() if page.kind == truth.HUB}
    wrong = [url for url in lists & way.pages.keys() if way.pages[url].page.kind != "hub"]
    assert not wrong


def test_bilingual_pages_have_both_languages(way: Way) -> None:
    both = [url for url, page in articles(way).items() if page.bilingual]
    assert both
    for url in both:
        page = way.pages[url].page
        assert page.text_in("en")
        assert page.text_in("zh")


def test_main_text_is_whole_and_nothing_else(way: Way) -> None:
    wrong = []
    for url, true in articles(way).items():
        have, want = lines(way.pages[url].page.text), lines(true.text)
        if len(want - have) > 0.05 * len(want) or len(have - want) > 0.1 * len(want) + 1:
            wrong.append((true.site, true.path, sorted(want - have)[:2], sorted(have - want)[:2]))
    assert not wrong


def test_reprints_are_in_their_originals_work(way: Way) -> None:
    urls = list(articles(way).keys())
    labels = dict(zip(urls, cluster([way.pages[url].page.sketch for url in urls]), strict=True))
    address = {(page.site, page.path): url for url, page in way.truth.items()}
    apart = []
    for url, page in articles(way).items():
        if page.reprint_of and labels[url] != labels[address[page.reprint_of]]:
            apart.append(page.path)
    assert not apart
    originals = [labels[u] for u, page in articles(way).items() if not page.reprint_of]
    assert len(originals) == len(set(originals))


@pytest.mark.parametrize("engine", ["tantivy", "whoosh"])
@pytest.mark.parametrize(
    "query", ["一网通办", "數位政府", "城市大脑", '"digital government"', "city brain"]
)
def test_search_finds_exactly_the_pages_whose_text_has_the_term(
    way: Way, query: str, engine: str
) -> None:
    from page.model import fold

    found = way.found(
        f'"{query}"' if " " in query and '"' not in query else query,
        "--literal",
        "--engine",
        engine,
    )
    term = fold(query.strip('"'))
    wanted = {
        url for url, page in articles(way).items() if term in fold(page.title + "\n" + page.text)
    }
    assert wanted
    assert found == wanted


def test_a_concept_is_asked_for_in_both_languages(way: Way) -> None:
    answer = way.search("digital government")
    assert answer["languages"]["en"]["total"] > 0
    assert answer["languages"]["zh"]["total"] > 0
    literal = way.search("digital government", "--literal")
    assert literal["languages"]["zh"]["total"] < answer["languages"]["zh"]["total"]


def test_no_match_is_one_line_and_exit_1(way: Way) -> None:
    assert way.search("xyzzyplugh", code=1) is not None


def test_the_report_counts_what_is_true(way: Way) -> None:
    out = way.run("report")
    assert "report.html" in out
    folder = way.data / "report"
    numbers = json.loads((folder / "report.json").read_text("utf-8"))
    assert numbers
    assert (folder / "report.csv").read_bytes().startswith(b"\xef\xbb\xbf")
    with (folder / "pages.csv").open(encoding="utf-8-sig", newline="") as rows:
        listed = {row["url"] for row in csv.DictReader(rows)}
    wanted = {url for url, page in articles(way).items() if page.on_topic}
    assert len(listed ^ wanted) <= 0.05 * len(wanted), sorted(listed ^ wanted)
