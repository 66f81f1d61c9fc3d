"""``duizhao audit`` from end to end: a web, half of it crawled, a list of it all drawn from."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterator
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from cli import cli
from report.audit.draws import FILE, read_draws
from store import open_store
from store.model import StoredPage
from tests import crawling
from tests.hostile_site import Site, running

PAGE = (
    "<html><head><title>{title}</title></head>"
    "<body><article><h1>{title}</h1>{text}</article></body></html>"
)
WORKS = {"en": 40, "zh": 80}


def text(lang: str, n: int) -> str:
    if lang == "en":
        lines = (
            f"Digital government plan {n * 31 + i} names office {n * i + 3} in district {i * 7 + n}"
            f" and asks for budget line {n * n + i}."
            for i in range(12)
        )
    else:
        lines = (
            f"数字政府第{n * 31 + i}号方案由{n * i + 3}处在{i * 7 + n}区落实。" for i in range(12)
        )
    return "".join(f"<p>{line}</p>" for line in lines)


@pytest.fixture
def web() -> Iterator[dict[str, Site]]:
    """Every second work is linked from its site's home page; all are in the list."""
    sites = {lang: Site() for lang in WORKS}
    with running(*sites.values()):
        for lang, site in sites.items():
            links = [f"/{n}" for n in range(0, WORKS[lang], 2)]
            for n in range(WORKS[lang]):
                page = PAGE.format(title=f"Plan {n} 方案", text=text(lang, n))
                site.html(f"/{n}", page.encode())
            anchors = "".join(f'<li><a href="{link}">{link}</a></li>' for link in links)
            site.html("/", f"<html><body><ul>{anchors}</ul></body></html>".encode())
            site.html("/weather", PAGE.format(title="Weather", text="<p>Rain.</p>" * 9).encode())
            site.status("/moved", 301, Location="/0")
        yield sites


def frame(folder: Path, web: dict[str, Site]) -> Path:
    rows = [
        f"{site.base}/{name},{lang}"
        for lang, site in web.items()
        for name in (*range(1, WORKS[lang]), "weather", "moved", "gone")
    ]
    file = folder / "list.csv"
    file.write_text("url,lang\n" + "\n".join(rows) + "\n", encoding="utf-8")
    return file


def run(config: Path, data: Path, *options: str) -> Result:
    command = ["audit", "--config", str(config), "--data", str(data), *options]
    return CliRunner().invoke(cli, command)


def test_an_audit_finds_out_how_much_the_crawl_had(web: dict[str, Site], tmp_path: Path) -> None:
    data, listed = tmp_path / "data", frame(tmp_path, web)
    config = crawling.configuration(tmp_path, *web.values())
    crawling.crawl(config, data)
    before = corpus(data)
    options = ("--config", str(config), "--data", str(data), "--draws", "30")
    process(*options, "--frame", str(listed))
    said = process(*options, "--no-fetch")
    assert corpus(data) == before  # nothing of an audit is ever a discovery
    for lang, line in zip(WORKS, said.splitlines(), strict=False):
        drawn, had = (int(word) for word in line.replace(",", "").split() if word.isdecimal())
        assert 24 <= drawn <= 30, lang
        assert 0.2 < had / drawn < 0.8, lang
    with open_store(data / "audit") as store:
        pages = [page for page in store.changes() if isinstance(page, StoredPage)]
        assert {route for routes in store.routes().values() for route in routes} <= {
            "audit",
            "redirect",
        }
    assert len(pages) <= 61
    the_report_covers_the_truth(data, config)
    asked = sum(site.seen.total() for site in web.values())
    process(*options)  # all was fetched already
    robots = sum(site.seen["/robots.txt"] for site in web.values())
    assert sum(site.seen.total() for site in web.values()) - asked <= robots


def the_report_covers_the_truth(data: Path, config: Path) -> None:
    """All works are alone, which people say; then the report has an estimate, and it is right."""
    command = ["label", "works", "--config", str(config), "--data", str(data), "--who", "li"]
    judged = CliRunner().invoke(cli, command, input="n\n" * 2000)
    assert "0 left" in judged.output
    command = ["report", "--config", str(config), "--data", str(data)]
    done = CliRunner().invoke(cli, command)
    assert done.exit_code == 0, done.output
    import report

    headline = report.load(data / "report").headline
    assert headline["kind"] in ("estimate", "direction")
    audit = next(span for span in headline["spread"] if span["name"] == "audit")
    # Twice as many Chinese works as English. The draws are others each time, as ports are: an
    # interval of 95 % misses one time in twenty, one twice as wide does not in practice.
    middle, width = (audit["low"] + audit["high"]) / 2, audit["high"] - audit["low"]
    assert abs(middle - 1.0) < width < 3.0
    for lang, works in WORKS.items():
        assert headline[lang]["clusters"] == works // 2
        assert headline[lang]["clusters"] / headline[lang]["coverage"] == pytest.approx(
            works, rel=1.0
        )
    elsewhere = (data / "audit").rename(data / "second")
    told = process("--config", str(config), "--data", str(data), "--audit", str(elsewhere))
    assert f"`duizhao report --audit {elsewhere}` makes an estimate" in told
    again = CliRunner().invoke(cli, [*command, "--audit", str(elsewhere)])
    assert again.exit_code == 0, again.output
    assert report.load(data / "report").headline == headline
    elsewhere.rename(data / "audit")


def process(*options: str) -> str:
    """Run the command in a process of its own: a Scrapy reactor runs once."""
    import subprocess
    import sys

    done = subprocess.run(
        [sys.executable, "-m", "cli", "audit", *options],
        cwd=crawling.ROOT,
        capture_output=True,
        text=True,
        timeout=100,
        check=False,
    )
    assert done.returncode == 0, done.stdout + done.stderr
    return done.stdout


def corpus(data: Path) -> tuple[list[str], list[tuple[str, int]]]:
    with sqlite3.connect(data / "store.sqlite") as db:
        routes = db.execute("SELECT route, count(*) FROM capture GROUP BY route").fetchall()
    db.close()
    return crawling.stored_urls(data), sorted(routes)


def test_refusals_are_one_line(tmp_path: Path) -> None:
    config = crawling.configuration(tmp_path)
    assert "no pages here yet" in str(run(config, tmp_path / "none").exception)
    with open_store(tmp_path, create=True):
        pass
    assert "name a list of URLs with --frame" in run(config, tmp_path).output
    listed = tmp_path / "list.csv"
    listed.write_text("url\nhttps://a.cn/1\n", encoding="utf-8")
    drawn = run(config, tmp_path, "--frame", str(listed), "--no-fetch")
    assert "drawn, not fetched yet" in drawn.output
    again = run(config, tmp_path, "--frame", str(listed), "--no-fetch", "--seed", "2")
    assert "drawn from list.csv with seed 1" in str(again.exception)
    absent = CliRunner().invoke(cli, ["report", "--data", str(tmp_path), "--audit", str(tmp_path)])
    assert absent.exit_code == 2
    assert "no audited.csv there; `duizhao audit --audit" in absent.output
    nobody = tmp_path / "nobody.toml"
    nobody.write_text("[crawl]\n", encoding="utf-8")
    assert "an audit says who is asking" in run(nobody, tmp_path).output


def test_a_list_that_finds_pages_is_no_frame(tmp_path: Path) -> None:
    config = crawling.configuration(tmp_path)
    listed = tmp_path / "list.csv"
    listed.write_text("url\nhttps://a.cn/1\n", encoding="utf-8")
    table = f'[[list]]\nid = "mine"\nfile = "{listed}"\n'
    config.write_text(config.read_text("utf-8") + table, "utf-8")
    with open_store(tmp_path, create=True):
        pass
    refused = run(config, tmp_path, "--frame", str(listed), "--no-fetch")
    assert refused.exit_code == 2
    assert "[[list]] table 'mine' finds pages for this corpus" in refused.output
    assert not (tmp_path / "audit" / FILE).exists()
    another = tmp_path / "another.csv"
    another.write_text(listed.read_text("utf-8"), "utf-8")
    assert run(config, tmp_path, "--frame", str(another), "--no-fetch").exit_code == 0


CAPTURED = ("https://a.example/1", "zho,eng"), ("https://b.example/2", "eng")


def frames_of_an_index(folder: Path) -> dict[str, Path]:
    """The same two captures in every form in which a web archive's index is had."""
    import gzip

    import pyarrow
    from pyarrow import parquet

    files = {name: folder / f"part.{name}" for name in ("cdx", "cdxj", "cdxj.gz", "parquet")}
    head = " CDX N b a m s k r M S V g\n"
    rest = "text/html 200 X - - 9 1 f.warc.gz"
    lines = [f"example,{n})/ 20240102030405 {url} {rest}" for n, (url, _) in enumerate(CAPTURED)]
    files["cdx"].write_text(head + "\n".join(lines) + "\n", "utf-8")
    rows = [json.dumps({"url": url, "languages": codes}) for url, codes in CAPTURED]
    text = "".join(f"example,{n})/ 20240102030405 {row}\n" for n, row in enumerate(rows))
    files["cdxj"].write_text(text, "utf-8")
    files["cdxj.gz"].write_bytes(gzip.compress(text.encode()))
    urls, codes = zip(*CAPTURED, strict=True)
    table = pyarrow.table({"url": urls, "content_languages": codes})
    parquet.write_table(table, files["parquet"])
    return files


def test_an_audit_draws_from_every_form_of_a_web_archives_index(tmp_path: Path) -> None:
    config = crawling.configuration(tmp_path)
    for name, file in frames_of_an_index(tmp_path).items():
        data = tmp_path / f"data-{name}"
        with open_store(data, create=True):
            pass
        drawn = run(config, data, "--frame", str(file), "--no-fetch")
        assert "drawn, not fetched yet" in drawn.output, (name, drawn.output, drawn.exception)
        draws = read_draws(data / "audit" / FILE)
        assert {draw.url for draw in draws} == {url for url, _ in CAPTURED}
        assert {draw.frame for draw in draws} == {file.name}
        languages = {draw.url[-1]: draw.lang for draw in draws}
        assert languages == ({"1": "", "2": ""} if name == "cdx" else {"1": "zh", "2": "en"})
