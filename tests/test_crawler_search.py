"""Crawls that ask search services: what is found is fetched, what is claimed is kept, keys are not.

The services are servers on loopback (``tests.search_services``), asked by real crawls.
"""

from __future__ import annotations

import gzip
import json
import os
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

import pytest

from crawler.search.client import key_of
from crawler.search.reply import Refusal
from store import open_store
from store.records import Claim
from tests.crawling import ROOT, configuration, crawl, kill, outcomes, start
from tests.hostile_site import Site, article, running
from tests.search_services import (
    KEY,
    Answer,
    Service,
    as_json,
    brave,
    commoncrawl,
    gdelt,
    mediawiki,
    searxng,
    serving,
    text,
    wayback,
)

TOPIC = """\
id = "t"
en = "Digital government"
zh = "数字政府"
[[concept]]
id = "dg"
en = "Digital government"
zh = "数字政府"
en_terms = ["digital government", "e-government"]
zh_terms = ["数字政府", "電子政務"]
meaning = "x"
core = true
"""


def configured(folder: Path, home: Site, *tables: str, crawl: str = "", more: str = "") -> Path:
    (folder / "t.toml").write_text(TOPIC, "utf-8")
    file = configuration(folder, home, crawl=crawl or "timeout = 20.0")
    file.write_text(
        f'topic = "t.toml"\n{file.read_text("utf-8")}\n{more}\n' + "".join(tables), "utf-8"
    )
    return file


def search(name: str, kind: str, url: str, *more: str) -> str:
    lines = "\n".join(more)
    return f'[[search]]\nid = "{name}"\nservice = "{kind}"\nurl = "{url}"\ndelay = 0.0\n{lines}\n'


def site(*paths: str) -> Site:
    made = Site()
    for path in ("/", *paths):
        made.html(path, article(f"page {path}"))
    return made


def claims(data: Path) -> tuple[Claim, ...]:
    with open_store(data) as store:
        assert store.account().balanced
        return store.claims()


def routes(data: Path) -> Counter[str]:
    with open_store(data) as store:
        return Counter(route for found in store.routes().values() for route in found)


def written(data: Path) -> bytes:
    """Everything a crawl leaves, also compressed (a WARC is decompressed)."""
    import gzip

    found = [path.read_bytes() for path in data.rglob("*") if path.is_file()]
    return b"".join(gzip.decompress(b) if b[:2] == b"\x1f\x8b" else b for b in found)


def test_every_service_is_asked_in_pairs_and_its_finds_are_fetched(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    home, away, data = site("/in"), site(*(f"/{n}" for n in range(9))), tmp_path / "data"
    monkeypatch.setenv("BRAVE_API_KEY", KEY)
    with running(home, away):
        names = home.base.removeprefix("http://")
        services = {
            "wiki": mediawiki([f"{away.base}/0"], [f"{away.base}/1", f"{away.base}/2"]),
            "sx": searxng([f"{away.base}/3", f"{away.base}/3#x"], total=1_240_000),
            "brave": brave([f"{away.base}/4"]),
            "gdelt": gdelt([f"{away.base}/5"]),
            "cc": commoncrawl({names: [f"{home.base}/in"]}),
            "wb": wayback({names: [f"{home.base}/in"]}),
        }
        kinds = ("mediawiki", "searxng", "brave", "gdelt", "commoncrawl", "wayback")
        with serving(*services.values()):
            tables = [
                search(name, kind, services[name].base)
                for name, kind in zip(services, kinds, strict=True)
            ]
            file = configured(tmp_path, home, *tables)
            file.write_text(file.read_text("utf-8").replace('["en"]', '["en", "zh"]'), "utf-8")
            printed = crawl(file, data)
    states = outcomes(data, away.base)
    assert [states[f"/{n}"] for n in range(6)] == [("stored", "")] * 6
    found = routes(data)
    assert found["search:wiki"] == 3
    assert {found[f"search:{name}"] for name in ("sx", "brave", "gdelt", "cc", "wb")} == {1}
    said = {(c.service, c.lang): (c.total, c.bound, c.query) for c in claims(data)}
    assert said["wiki", "en"] == (4321, "exact", "digital government")
    assert said["wiki", "zh"] == (4321, "exact", "数字政府")
    assert said["sx", "zh"][:2] == (1_240_000, "estimate")
    assert said["brave", "zh"][:2] == (1, "exact")
    assert said["gdelt", "zh"] == (7, "exact", "digital government")
    assert said["cc", ""][:2] == said["wb", ""][:2] == (1, "exact")
    for name in ("wiki", "sx", "brave", "gdelt"):
        spent = {c.lang: c.requests for c in claims(data) if c.service == name}
        assert spent["en"] == spent["zh"] > 0, "equal effort"
    with open_store(data) as store:
        assert {v.series for v in store.volumes()} == {"Article Count", "English", "Chinese"}
        pages = {p.url: p for p in store.changes()}  # type: ignore[union-attr]
        page = pages[f"{away.base}/0"]
        assert (page.source.kind, page.source.name) == (  # type: ignore[union-attr]
            "unknown",
            away.base.removeprefix("http://"),
        )
    assert KEY.encode() not in written(data)
    assert KEY not in printed


def moody(service: Service, *mood: Answer) -> Service:
    service.mood = list(mood)
    return service


BUSY = {"error": {"code": "cirrussearch-too-busy-error", "info": "busy"}}
BOMB = 200, gzip.compress(bytes(30_000_000)), {"Content-Encoding": "gzip"}

# What a service does wrong, what its claims then say (en, zh), and how often it is asked at most.
WRONG: dict[str, tuple[Service, str, list[str], int]] = {
    "page": (moody(searxng([]), *[text("<html>Log in")] * 9), "searxng", ["html"] * 2, 2),
    "broken": (moody(searxng([]), *[text("{oops")] * 9), "searxng", ["not_json"] * 2, 2),
    "login": (moody(searxng([]), *[text("no", 401)] * 9), "searxng", ["http_401"] * 2, 1),
    "moved": (
        moody(searxng([]), *[text("", 301, Location="https://evil.example/")] * 9),
        "searxng",
        ["http_301"] * 2,
        1,
    ),
    "json-off": (searxng([], on=False), "searxng", ["http_403"] * 2, 1),
    "one-429": (moody(searxng([]), text("slow", 429, Retry_After="0")), "searxng", ["", ""], 3),
    "one-503": (moody(searxng([]), text("", 503)), "searxng", ["", ""], 3),
    "bomb": (moody(searxng([]), *[BOMB] * 9), "searxng", ["too_large"] * 2, 2),
    "huge": (moody(searxng([]), *[text("x" * 3_000_000)] * 9), "searxng", ["too_large"] * 2, 2),
    "wiki": (
        moody(mediawiki([]), as_json(BUSY)),
        "mediawiki",
        ["api_cirrussearch-too-busy-error", ""],
        2,
    ),
    "later": (moody(searxng([]), text("", 429, Retry_After="3600")), "searxng", [], 1),
    "soon": (
        moody(
            gdelt([]), text("Please limit requests to one every 5 seconds", 429, Retry_After="1")
        ),
        "gdelt",
        ["", ""],
        7,
    ),
    "keyless": (brave([]), "brave", ["no_key"] * 2, 0),
}


def test_trouble_is_kept_as_such_and_stops_nothing_else(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("BRAVE_API_KEY", raising=False)
    home, data = site(), tmp_path / "data"
    with running(home), serving(*(service for service, _, _, _ in WRONG.values())):
        tables = [search(name, kind, s.base) for name, (s, kind, _, _) in WRONG.items()]
        tables.append(search("nobody", "searxng", "http://127.0.0.1:9"))
        tables.append(search("private", "searxng", "http://127.0.0.2:9"))
        printed = crawl(configured(tmp_path, home, *tables), data)
        said = claims(data)
        for name, (service, _, reasons, most) in WRONG.items():
            mine = [c for c in said if c.service == name]
            assert [c.reason for c in sorted(mine, key=lambda c: c.lang)] == reasons, name
            assert len(service.asked) <= most, name
            assert all((c.state == "refused") == bool(c.reason) for c in mine), name
            assert all(c.total is None for c in mine if c.reason), name
    assert [c.reason for c in said if c.service == "private"] == ["address"] * 2
    assert not [c for c in said if c.service == "nobody" and c.state == "answered"]
    assert {c.requests for c in said if c.service == "keyless"} == {0}
    for line in (
        "search later: it was asked too often (429); ask again after 60 minutes;"
        " 2 queries wait for a later run",
        "search keyless: it takes a key: set the variable BRAVE_API_KEY; 2 queries were not asked",
    ):
        assert f"{line}\n" in printed, "also when quiet"
        assert line in (data / "crawl.log").read_text("utf-8")
    assert outcomes(data, home.base)["/"] == ("stored", "")
    times = [at for at, _, _ in WRONG["soon"][0].asked]
    assert times[1] - times[0] >= 1.0


def test_a_crawl_whose_only_service_cannot_be_asked_ends_badly(tmp_path: Path) -> None:
    home, data = site(), tmp_path / "data"
    home.robots = b"User-agent: *\nDisallow: /\n"
    with running(home):
        table = search("private", "searxng", "http://127.0.0.2:9")
        said = crawl(configured(tmp_path, home, table), data, code=5)
        assert said.startswith("search private: ")
    answering = searxng([])
    with running(home), serving(answering):
        tables = [table, search("sx", "searxng", answering.base)]
        crawl(configured(tmp_path, home, *tables), tmp_path / "other")


def test_what_waits_for_a_later_run_is_asked_then(tmp_path: Path) -> None:
    home, data = site(), tmp_path / "data"
    service = moody(searxng([]), text("", 429, Retry_After="3600"))
    with running(home), serving(service):
        file = configured(tmp_path, home, search("sx", "searxng", service.base))
        crawl(file, data)
        with open_store(data) as store:
            store.db.execute("UPDATE query SET due_at = 0")
        crawl(file, data)
    assert [c.state for c in claims(data)] == ["answered"] * 2
    assert len(service.asked) == 3


def test_a_wrong_key_is_never_repeated(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    key = "wrong-key-0123456789"
    monkeypatch.setenv("BRAVE_API_KEY", key)
    home, data, service = site(), tmp_path / "data", brave([])
    with running(home), serving(service):
        printed = crawl(configured(tmp_path, home, search("b", "brave", service.base)), data)
    assert len(service.asked) == 1
    assert {c.reason for c in claims(data)} == {"http_422"}
    assert key.encode() not in written(data)
    assert key not in printed


@pytest.mark.parametrize("key", [f"{KEY}\nX-Evil: 1", "ключ", "", "x" * 5000])
def test_what_cannot_be_a_key_is_refused_by_its_variables_name(key: str) -> None:
    with pytest.raises(Refusal, match="BRAVE_API_KEY") as caught:
        key_of("brave", {"BRAVE_API_KEY": key})
    assert caught.value.whole
    assert not key or key not in str(caught.value)


def test_sigkill_between_answers_asks_nothing_twice(tmp_path: Path) -> None:
    home, data = site(), tmp_path / "data"
    with running(home):
        found = [f"{home.base}/{n}" for n in range(40)]
        service = searxng(found, page=10)
        with serving(service):
            table = search("sx", "searxng", service.base, "max_results = 40")
            table = table.replace("delay = 0.0", "delay = 0.4")
            process = start(configured(tmp_path, home, table), data)
            end = time.monotonic() + 30
            while len(service.asked) < 4 and time.monotonic() < end:
                time.sleep(0.02)
            time.sleep(0.2)
            kill(process)
            file = configured(tmp_path, home, table.replace("0.4", "0.0"))
            crawl(file, data)
    asked = [(query["q"], query["pageno"]) for _, _, query in service.asked]
    assert len(set(asked)) == 8
    assert len(asked) <= 9, "more was asked again than was under way"
    assert [(c.state, c.results) for c in claims(data)] == [("answered", 40)] * 2


def test_two_crawlers_ask_a_service_one_after_another(tmp_path: Path) -> None:
    home, data, service = site(), tmp_path / "data", gdelt([])
    with running(home), serving(service):
        table = search("g", "gdelt", service.base, "terms = 2").replace(
            "delay = 0.0", "delay = 0.2"
        )
        file = configured(tmp_path, home, table)
        both = [start(file, data) for _ in range(2)]
        assert [process.wait(60) for process in both] == [0, 0]
        for process in both:
            process.communicate()
    assert len(service.asked) == 12
    times = sorted(at for at, _, _ in service.asked)
    # Each on its own would take half as long; single gaps are as busy as the machine.
    assert times[-1] - times[0] > 11 * 0.2 - 0.3


@pytest.mark.parametrize("offsite", ["fetch", "keep"])
def test_hosts_that_nobody_configured(offsite: str, tmp_path: Path) -> None:
    home, away, data = site(), site(*(f"/{n}" for n in range(5))), tmp_path / "data"
    away.html("/0", article("zero", "/1", "/2"))
    away.status("/4", 302, Location="/moved")
    away.html("/moved", article("moved"))
    with running(home, away):
        service = searxng([f"{away.base}/0", f"{away.base}/4", f"{away.base}/x.zip"])
        with serving(service):
            file = configured(
                tmp_path,
                home,
                search("sx", "searxng", service.base),
                more=f'[discover]\noffsite = "{offsite}"',
            )
            crawl(file, data)
            states = outcomes(data, away.base)
            if offsite == "fetch":
                assert states["/0"] == states["/moved"] == ("stored", "")
                assert states["/1"] == ("skipped", "offsite"), "its links are not followed"
                assert states["/x.zip"] == ("skipped", "type")
            else:
                assert states["/0"] == ("skipped", "offsite")
                assert not away.seen
                file.write_text(file.read_text("utf-8").replace("keep", "fetch"), "utf-8")
                crawl(file, data)  # the switch holds for what was found before, too
                assert outcomes(data, away.base)["/0"] == ("stored", "")


def test_a_host_gives_no_more_than_its_budget_and_the_next_run_goes_on(tmp_path: Path) -> None:
    home, away, data = site(), site(*(f"/{n}" for n in range(6))), tmp_path / "data"
    with running(home, away):
        service = searxng([f"{away.base}/{n}" for n in range(6)])
        with serving(service):
            limit = "[discover]\nmax_pages_per_host = 4"
            file = configured(tmp_path, home, search("sx", "searxng", service.base), more=limit)
            crawl(file, data)
            assert Counter(s for s, _ in outcomes(data, away.base).values())["pending"] == 2
            crawl(file, data)
    assert not [s for s, _ in outcomes(data, away.base).values() if s == "pending"]


def tried(file: Path, name: str, *options: str, code: int = 0) -> str:
    command = [sys.executable, "-m", "cli", "sources", "test", name, "--config", str(file)]
    done = subprocess.run(
        [*command, *options], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == code, done.stdout + done.stderr
    assert "Traceback" not in done.stdout + done.stderr
    return done.stdout + done.stderr


def test_sources_test_shows_what_was_asked_and_what_came(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BRAVE_API_KEY", KEY)
    home, service = Site(port=1), brave(["https://a.org/\x1b[31m", *(["https://b.org/"] * 30)])
    with serving(service):
        file = configured(tmp_path, home, search("b", "brave", service.base))
        out = tried(file, "b")
        assert "en  digital government" in out
        assert "zh  数字政府" in out
        assert "claims    at least 5" in out
        assert "key: BRAVE_API_KEY, ***" in out
        assert KEY not in out
        assert "\x1b" not in out
        assert len(service.asked) == 2
        monkeypatch.setenv("BRAVE_API_KEY", "wrong")
        out = tried(file, "b", code=1)
        assert "http_422: it does not take the key (422): check BRAVE_API_KEY" in out
        monkeypatch.delenv("BRAVE_API_KEY")
        assert "set the variable BRAVE_API_KEY" in tried(file, "b", code=1)
    assert "refuses connections" in tried(
        configured(tmp_path, home, search("sx", "searxng", "http://127.0.0.1:9")), "sx", code=1
    )
    assert "did you mean 'brave'" in tried(file, "barve", code=2)
    assert "has no address of its own" in tried(file, "searxng", code=2)


def test_sources_test_says_in_one_line_what_is_wrong_with_an_answer(tmp_path: Path) -> None:
    home = Site(port=1)
    damaged = json.dumps(
        {"results": [{"url": "https://a.org/政务"}, {"url": "https://b.org/"}]}, ensure_ascii=False
    )
    for answer, said, code in (
        ((200, damaged.encode("gb18030"), {}), "came      1 address in", 0),
        (BOMB, "too_large: 127.0.0.1", 1),
    ):
        service = moody(searxng([]), answer, answer)
        with serving(service):
            given = configured(tmp_path, home, search("sx", "searxng", service.base))
            out = tried(given, "sx", code=code)
        assert said in out
        assert not [line for line in out.splitlines() if not line.startswith(("en", "zh", "  "))]


def test_a_reader_of_sources_test_who_has_seen_enough_is_no_error(tmp_path: Path) -> None:
    service = brave([])
    service.answer = lambda path, query, headers: as_json({"results": []})
    with serving(service):
        file = configured(tmp_path, Site(port=1), search("sx", "searxng", service.base))
        command = [
            sys.executable,
            "-u",
            "-m",
            "cli",
            "sources",
            "test",
            "sx",
            "--config",
            str(file),
        ]
        with subprocess.Popen(
            command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
        ) as process:
            assert process.stdout is not None
            process.stdout.close()
            assert process.stderr is not None
            assert process.stderr.read() == ""
            assert process.wait() == 0


def test_sources_test_without_a_network_says_so(tmp_path: Path) -> None:
    file = configured(
        tmp_path, Site(port=1), search("w", "mediawiki", "http://no.invalid/w/api.php")
    )
    out = tried(file, "w", code=1)
    assert "no.invalid is not known; is there a network?" in out


def test_sources_test_says_when_there_is_nothing_to_ask(tmp_path: Path) -> None:
    file = configuration(tmp_path, Site(port=1))  # a source in English alone
    table = search("cc", "commoncrawl", "http://127.0.0.1:9/")
    file.write_text(f"{file.read_text('utf-8')}\n{table}", "utf-8")
    assert "cc has nothing to ask: it is asked about as many hosts" in tried(file, "cc", code=2)


def test_sources_list_names_variables_and_no_keys(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = configured(tmp_path, Site(port=1), search("b", "brave", "https://example.org/"))
    for key in (KEY, ""):
        environment = os.environ | {"BRAVE_API_KEY": key}
        for command in [("sources", "list"), ("config", "check", "--json")][: 2 if key else 1]:
            done = subprocess.run(
                [sys.executable, "-m", "cli", *command, "--config", str(file)],
                cwd=ROOT,
                capture_output=True,
                text=True,
                check=True,
                env=environment,
            )
            assert KEY not in done.stdout + done.stderr
            if command == ("sources", "list"):
                state = "is set" if key else "is not set"
                assert f"search:b  brave  BRAVE_API_KEY {state}" in done.stdout
