"""The crawl's benchmark counts what it says it counts: processes, pages, fetches."""

from __future__ import annotations

import sys
from pathlib import Path

from benchmarks.crawl_site import fetched, make
from benchmarks.metered import metered

# A worker of a worker, which outlives the process that started it.
BUSY = "import time\nwhile time.process_time() < 0.3: pass"
ORPHAN = f"import subprocess, sys; subprocess.Popen([sys.executable, '-c', {BUSY!r}]); print(7)"


def test_the_cpu_time_of_a_process_that_nobody_waits_for_is_counted() -> None:
    cost = metered(sys.executable, "-c", ORPHAN)
    assert cost.out == "7\n"
    assert cost.cpu >= 0.3


def test_fetches_are_counted_from_the_server_s_log(tmp_path: Path) -> None:
    log = tmp_path / "access.log"
    rows = ["h/a 200 text/html", "h/a 200 text/html", "h/b 404 text/html"]
    log.write_text("\n".join([*rows, "h/robots.txt 200 text/plain", ""]))
    assert fetched(log) == {"h/a": 2}


def test_the_made_site_leads_from_its_home_page_to_every_page(tmp_path: Path) -> None:
    make(tmp_path / "site", 300)
    files = {file.name: file.read_text("utf-8") for file in (tmp_path / "site").iterdir()}
    assert len({text for name, text in files.items() if name[0].isdigit()}) == 300
    lists = [text for name, text in files.items() if not name[0].isdigit()]
    assert all(any(f'"/{number}.html"' in text for text in lists) for number in range(300))
    assert '"/list100.html"' in files["index.html"]
