"""``duizhao audit --service``: a service kept aside is asked a pool, by real processes."""

from __future__ import annotations

import csv
import subprocess
import sys
from pathlib import Path

from click.testing import CliRunner, Result

from cli import cli
from store import open_store, runs
from tests import crawling
from tests.hostile_site import Site, running
from tests.search_services import Answer, Service, as_json, serving, text
from tests.test_audit_whole import PAGE
from tests.test_audit_whole import text as article

PAGES = 24
TABLE = '[[search]]\nid = "{id}"\nservice = "{kind}"\nurl = "{url}"\ndelay = 0.0\n'
LIMIT = 10


def engine(base: str) -> Service:
    """Query number q of a language finds every page whose number q divides; ``all`` finds all."""

    def answer(path: str, query: dict[str, str], headers: dict[str, str]) -> Answer:
        words = query["q"].strip('"').split()[-1]
        step = 1 if words == "all" else int(words)
        hits = [n for n in range(1, PAGES + 1) if n % step == 0]
        start = (int(query["pageno"]) - 1) * 5
        results = [{"url": f"{base}/{n}"} for n in hits[start : start + 5]]
        reply = {"number_of_results": 0, "results": results, "unresponsive_engines": []}
        return as_json({"query": query["q"], **reply})

    return Service(answer)


def process(*options: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "audit", *options]
    return subprocess.run(
        command, cwd=crawling.ROOT, capture_output=True, text=True, timeout=100, check=False
    )


def test_a_service_kept_aside_is_asked_once_drawn_from_and_fetched(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    queries = tmp_path / "queries.csv"
    lines = [f"{lang},{lang} {q}" for lang in ("en", "zh") for q in ("all", *range(3, 15))]
    queries.write_text("lang,query\n" + "\n".join(lines) + "\n", "utf-8")
    with running(site):
        for n in range(1, PAGES + 1):
            site.html(f"/{n}", PAGE.format(title=f"Plan {n}", text=article("en", n)).encode())
        service = engine(site.base)
        with serving(service):
            config = crawling.configuration(tmp_path, site)
            table = TABLE.format(id="aside", kind="searxng", url=service.base)
            kept = f'role = "audit"\nmax_results = {LIMIT}\n'
            config.write_text(config.read_text("utf-8") + table + kept, "utf-8")
            with open_store(data, create=True):
                pass
            given = ("--config", str(config), "--data", str(data))
            asked = ("--service", "aside", "--pool", str(queries))
            service.mood += [text("slow", 429, Retry_After="0")]
            done = process(*given, *asked, "--draws", "200")
            assert done.returncode == 0, done.stderr
            assert "26 queries asked, 24 with a whole answer" in done.stdout
            before = len(service.asked)
            again = process(*given, *asked, "--draws", "200")
            assert len(service.asked) == before, "what was answered is not asked again"
            assert again.stdout == done.stdout
            fetched = process(*given)
            assert fetched.returncode == 0, fetched.stderr
    with (data / "audit" / "draws.csv").open(encoding="utf-8-sig", newline="") as file:
        draws = list(csv.DictReader(file))
    assert {row["frame"] for row in draws} == {"service aside"}
    # Every pair was drawn, so every page that a whole answer holds, each with certainty.
    assert {row["weight"] for row in draws} == {"1"}
    held = {n for n in range(1, PAGES + 1) if any(n % q == 0 for q in range(3, 15))}
    assert {row["url"].rsplit("/", 1)[1] for row in draws} == set(map(str, held))
    assert f"English: {len(held)} works on topic were drawn, the corpus had 0" in fetched.stdout
    with open_store(data) as store:
        assert store.account().discovered == 0  # nothing of an audit is ever a discovery


def run(config: Path, data: Path, *options: str) -> Result:
    command = ["audit", "--config", str(config), "--data", str(data), *options]
    return CliRunner().invoke(cli, command)


def test_a_service_that_finds_pages_is_refused(tmp_path: Path) -> None:
    data = tmp_path / "data"
    with open_store(data, create=True) as store:
        runs.start(store.db, "me:1:1", "{}")
        store.db.execute(
            "INSERT INTO query (service, kind, concept, lang, words, day, state, results, run_id)"
            " VALUES ('other', 'searxng', '', 'en', 'x', '2026-01-01', 'answered', 3, 1)"
        )
        store.db.commit()
    config = crawling.configuration(tmp_path)
    plain = config.read_text("utf-8")
    finds = TABLE.format(id="finds", kind="brave", url="http://127.0.0.1:9/")
    aside = TABLE.format(id="aside", kind="searxng", url="http://127.0.0.1:9/") + 'role = "audit"\n'
    config.write_text(plain + finds + aside, "utf-8")
    assert "finds pages for this corpus" in run(config, data, "--service", "finds").output
    assert "called 'none'" in run(config, data, "--service", "none").output
    assert (
        "is no independent check: searxng (as other)"
        in run(config, data, "--service", "aside").output
    )
    same = TABLE.format(id="same", kind="searxng", url="http://127.0.0.1:8/")
    config.write_text(plain + same + aside, "utf-8")
    assert "asks the same service to find pages" in str(run(config, data).exception)
    hosts = aside.replace("searxng", "commoncrawl")
    config.write_text(plain + hosts, "utf-8")
    assert "commoncrawl does not find them" in str(run(config, data).exception)
