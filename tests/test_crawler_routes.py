"""All routes into one store: who found what is in the report's table of routes."""

from __future__ import annotations

import json
import subprocess
import sys
from collections import Counter
from pathlib import Path

from store import open_store
from tests.crawling import ROOT, configuration, crawl
from tests.hostile_site import Site, article, running
from tests.search_services import searxng, serving
from tests.warc_files import Record, page, write


def test_the_report_shows_pages_by_route(tmp_path: Path) -> None:
    home, away, data = Site(), Site(), tmp_path / "data"
    home.html("/", article("home", "/linked"))
    for path in ("/linked", "/listed"):
        home.html(path, article(f"home {path}"))
        away.html(path, article(f"away {path}"))
    write(tmp_path / "a.warc.gz", [Record("https://gov.cn/zh", page("政务", "zh"))])
    with running(home, away):
        (tmp_path / "mine.txt").write_text(f"{away.base}/listed\n{home.base}/linked\n")
        service = searxng([f"{away.base}/linked", f"{away.base}/listed"], total=12)
        file = configuration(tmp_path, home, crawl="timeout = 20.0")
        with serving(service):
            file.write_text(
                f'{file.read_text("utf-8")}\n[[search]]\nid = "sx"\nservice = "searxng"\n'
                f'url = "{service.base}"\ndelay = 0.0\nconcepts = ["digital-government"]\n'
                '[[list]]\nid = "mine"\nfile = "mine.txt"\n'
                '[[archive]]\nid = "old"\nfiles = ["a.warc.gz"]\n',
                "utf-8",
            )
            crawl(file, data)
    for command in (["import"], ["report"]):
        place = ["--config", str(file), "--data", str(data)]
        run = [sys.executable, "-m", "cli", *command, *place]
        done = subprocess.run(run, cwd=ROOT, capture_output=True, text=True)
        assert done.returncode == 0, done.stderr
    with open_store(data) as store:
        found = Counter(route for routes in store.routes().values() for route in routes)
        assert store.account().balanced
        assert [(c.lang, c.total) for c in store.claims()] == [("en", 12), ("zh", 12)]
    assert found == {"home": 1, "links": 1, "list:mine": 2, "search:sx": 2, "archive:old": 1}
    tables = json.loads((data / "report" / "report.json").read_text("utf-8"))["tables"]
    rows = {
        table["name"]: {
            row["value"]: (row["en"]["pages"], row["zh"]["pages"]) for row in table["rows"]
        }
        for table in tables
    }
    assert rows["routes"]["search:sx"] == (2, 0)
    assert rows["routes"]["list:mine"] == (2, 0)
    assert rows["routes"]["archive:old"] == (0, 1)
    assert rows["kinds"]["unknown"] == (2, 1)
