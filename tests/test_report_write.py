"""The whole way, with nothing replaced: a store on disk, real pages, the shipped topic."""

from __future__ import annotations

import csv
import json
from pathlib import Path

import pytest

from commands.steps.report import run_report
from config.load import load
from index.output.terminal import Terminal
from page.build import build
from report import load as load_report
from report import write
from report.charts import svg
from report.previous import BadReport
from report.write import write_report
from store import Store, open_store, pages, runs
from store.errors import NoStore
from store.frontier import Found, Frontier
from store.model import SourceRow
from store.pages import Fetch
from tests.report_html import assert_inert
from tests.report_store import NOW

CHINESE = (
    "<p>各地加快数字政府建设，推进政务服务一网通办，让数据多跑路、群众少跑腿。</p>"
    "<p>改革之前，企业开办要往返五个部门；现在一张表单、一个窗口，当天就能领到营业执照。</p>"
    "<p>下一步将打通省级平台与部门系统，扩大电子证照的使用范围，方便老年人线下办理。</p>"
)
TRADITIONAL = (
    "<p>數位政府與開放資料：各機關推動數字政府，民眾申辦更為方便，臨櫃等候的時間也縮短了。</p>"
    "<p>審計報告指出，跨機關資料傳輸仍需訂定規範，並保障個人資料的安全與隱私。</p>"
)
ENGLISH = (
    "<p>China's digital government reforms put hundreds of local services online within a year.</p>"
    "<p>Officials describe e-government as a way to change how departments work together, and"
    " not only as a new counter for citizens who would rather not stand in a queue.</p>"
)
WEATHER = (
    "<p>今天多云转晴，气温二十度，适合出行，市民可以到公园散步，晚间注意添衣保暖。</p>"
    "<p>气象部门提醒，周末有一次冷空气过程，沿海地区将出现六级左右的偏北大风。</p>"
)
PAGES = [
    ("一网通办经验", CHINESE),
    ("转载：一网通办经验", CHINESE),
    ("數位政府", TRADITIONAL),
    ("Digital government in China", ENGLISH),
    ("天气", WEATHER),
]


def filled(store: Store) -> None:
    run = runs.start(store.db, "me:1:1", "{}")
    store.keep_sources([SourceRow("a", "甲网", ("zh", "en"), "government", "mainland")])
    frontier = Frontier(store.db, run, "me:1:1")
    urls = [f"https://a.example/{n}" for n in range(1, len(PAGES) + 1)]
    frontier.add(Found(url, "a.example", "a", "links") for url in urls)
    for url_id, (url, (title, body)) in enumerate(zip(urls, PAGES, strict=True), 1):
        html = (
            f"<html><head><title>{title}</title></head><body><h1>{title}</h1>{body}</body></html>"
        )
        page = build(html.encode(), url, content_type="text/html; charset=utf-8", now="2026-02-03")
        pages.save(store.db, url_id, page, Fetch(run, NOW, 200))
        frontier.settle(url_id, "stored")
    runs.end(store.db, run, "finished")


def test_a_store_becomes_a_report(tmp_path: Path) -> None:
    told: list[int] = []
    with open_store(tmp_path / "data", create=True) as store:
        filled(store)
        files = write_report(
            store, load().topic, tmp_path / "report", now=NOW, progress=told.append
        )
    measured = files.measurement
    assert (measured.zh.pages, measured.zh.works, measured.zh.reprints) == (3, 2, 1)
    assert (measured.en.pages, measured.en.works) == (1, 1)
    assert measured.account.stored == len(PAGES)
    assert measured.table("scripts").rows[0].zh.pages == 2
    assert {row.value for row in measured.table("routes").filled()} == {"links"}
    assert_inert(files.html.read_text("utf-8"), ("report.csv", "report.json", "pages.csv"))
    assert json.loads(files.json.read_text("utf-8"))["zh"]["works"] == 2
    assert sorted(p.name for p in (tmp_path / "report").iterdir()) == [
        "pages.csv",
        "report.csv",
        "report.html",
        "report.json",
    ]


def test_an_empty_store_becomes_a_report(tmp_path: Path) -> None:
    with open_store(tmp_path / "data", create=True) as store:
        files = write_report(store, load().topic, tmp_path / "report", now=NOW)
    assert files.measurement.empty


def test_the_pages_of_a_notebook_keep_words_of_digits(tmp_path: Path) -> None:
    pytest.importorskip("pandas")
    with open_store(tmp_path / "data", create=True) as store:
        filled(store)
        files = write_report(store, load().topic, tmp_path, now=NOW)
    rows = list(csv.reader(files.pages_csv.open(encoding="utf-8-sig", newline="")))
    title = rows[0].index("title")
    with files.pages_csv.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(
            [rows[0], *([*r[:title], "007", *r[title + 1 :]] for r in rows[1:])]
        )
    pages = load_report(tmp_path).pages
    assert set(pages["title"]) == {"007"}
    assert pages["work"].sum() > 0
    files.pages_csv.write_bytes(b"")
    with pytest.raises(BadReport, match="cannot be read"):
        load_report(tmp_path)


def test_no_extra_is_missed_where_there_are_no_pages(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(svg, "available", lambda: False)
    with pytest.raises(NoStore, match="no pages here yet"):
        run_report(load(), tmp_path, tmp_path / "report", Terminal())
    assert "charts" not in capsys.readouterr().out
    assert not list(tmp_path.iterdir())


def test_a_page_drawn_beside_is_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[str] = []
    with open_store(tmp_path / "data", create=True) as store:
        filled(store)
        for many in (10**9, 1):
            monkeypatch.setattr(write, "MANY", many)
            monkeypatch.setattr(write, "PROCESSORS", 2)
            out = tmp_path / str(many)
            files = write_report(store, load().topic, out, now=NOW, tongue="zh")
            made.append(files.html.read_text("utf-8"))
    assert made[0] == made[1]
    assert "<svg" in made[0]
