"""``duizhao schedule`` as a user runs it: real processes, real signals, a crontab of our own."""

from __future__ import annotations

import json
import os
import re
import signal
import sqlite3
import stat
import subprocess
import sys
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from tests.crawling import ROOT, configuration
from tests.hostile_site import Site, article, running
from tests.test_crawler_run import numbered, wait_for

JOB = '\n[schedule]\ntimezone = "Asia/Shanghai"\n[[schedule.job]]\nid = "often"\nrun = ["crawl"]\n'


def schedule(
    *arguments: object, env: dict[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", "schedule", *map(str, arguments)]
    kept = {key: value for key, value in os.environ.items() if key != "DUIZHAO_WEBHOOK"}
    return subprocess.run(
        command, cwd=ROOT, capture_output=True, text=True, timeout=100, env=kept | (env or {})
    )


def configured(folder: Path, *sites: Site, crawl: str = "") -> Path:
    """A job of every hour, half an hour from now: no test is to see a slot come by itself."""
    file = configuration(folder, *sites, crawl=crawl)
    cron = f'cron = "{(datetime.now(UTC).minute + 30) % 60} * * * *"\n'
    file.write_text(file.read_text() + JOB + cron, encoding="utf-8")
    return file


def make_due(data: Path) -> None:
    with sqlite3.connect(data / "store.sqlite") as db:
        db.execute("UPDATE job SET since = since - 7200")
        db.execute("UPDATE job_run SET slot = slot - 7200")
    db.close()


@pytest.fixture
def hook() -> Iterator[HTTPServer]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"]))
            self.server.got.append(json.loads(body))  # type: ignore[attr-defined]
            self.send_response(500)
            self.end_headers()

        def log_message(self, *args: object) -> None:
            pass

    served = HTTPServer(("127.0.0.1", 0), Handler)
    served.got = []  # type: ignore[attr-defined]
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield served
    served.shutdown()
    served.server_close()


def test_a_job_runs_when_due_tells_the_webhook_and_is_in_the_ledger(
    tmp_path: Path, hook: HTTPServer
) -> None:
    site, data = Site(), tmp_path / "data"
    site.html("/", article("home"))
    where = {"DUIZHAO_WEBHOOK": f"http://127.0.0.1:{hook.server_port}/s3cr3t"}
    with running(site):
        given = ("--config", configured(tmp_path, site), "--data", data)
        first = schedule("run", "--once", *given)
        assert (first.returncode, first.stderr) == (0, ""), "nothing is due yet"
        make_due(data)
        done = schedule("run", "--once", *given, env=where)
        assert done.returncode == 0, done.stderr
        assert " often ok · " in done.stderr
        assert "new 2" in done.stderr or "new 1" in done.stderr
        assert "the webhook answered 500" in done.stderr, "and that fails nothing"
        assert schedule("run", "--once", *given).stderr == "", "once a slot"
    (told,) = hook.got  # type: ignore[attr-defined]
    assert (told["job"], told["outcome"], told["code"]) == ("often", "ok", 0)
    everything = done.stdout + done.stderr
    everything += "".join(p.read_text("utf-8", "replace") for p in data.glob("*.log"))
    assert "s3cr3t" not in everything
    said = json.loads(schedule("status", "--json", *given).stdout)
    (job,) = said["jobs"]
    assert (job["last"]["outcome"], job["timezone"]) == ("ok", "Asia/Shanghai")
    assert job["next_local"].endswith("CST")
    assert job["last"]["started_local"].endswith("CST")
    assert said["holder"] is None
    shown = schedule("status", *given).stdout
    assert "often" in shown
    assert "not kept just now" in shown


def test_a_run_that_stored_nothing_says_so_names_the_source_and_exits_6(tmp_path: Path) -> None:
    site, data = Site(), tmp_path / "data"
    site.status("/", 500)
    site.status("/page", 500)
    with running(site):
        listed = f"<urlset><url><loc>{site.base}/page</loc></url></urlset>".encode()
        site.html("/sitemap.xml", listed)  # which is no page, and answers well
        given = ("--config", configured(tmp_path, site), "--data", data)
        schedule("run", "--once", *given)
        for _ in range(3):
            make_due(data)
            done = schedule("run", "--once", *given)
            assert done.returncode == 6
            assert " often failed · " in done.stderr
            assert "no page was stored" in done.stderr
            assert "every page asked for failed" in done.stderr
        named = r"in trouble: s0 \(http_500, \d in a row, next try 20"
        assert re.search(named, done.stderr), done.stderr
        asked = site.seen["/"]
        make_due(data)
        done = schedule("run", "--once", *given)
        assert site.seen["/"] == asked, "it backs off"
        assert re.search(named, done.stderr), "and is still named"


def test_one_at_a_time_and_the_holder_is_named_also_when_only_its_crawl_lives(
    tmp_path: Path,
) -> None:
    site, data = numbered(200, pause=0.1), tmp_path / "data"
    with running(site):
        file = configured(tmp_path, site)
        given = ("--config", file, "--data", data)
        schedule("run", "--once", *given)
        make_due(data)
        command = [sys.executable, "-m", "cli", "schedule", "run", *map(str, given)]
        keeper = subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE)
        wait_for(lambda: sum(site.seen.values()) > 5)
        second = schedule("run", "--once", *given)
        assert second.returncode == 6
        assert f"process {keeper.pid} has kept it since 20" in second.stderr
        assert second.stderr.count("\n") == 1
        said = json.loads(schedule("status", "--json", *given).stdout)
        assert said["holder"]["pid"] == keeper.pid
        assert said["jobs"][0]["last"]["outcome"] == "running"
        keeper.kill()
        keeper.communicate()
        third = schedule("run", "--once", *given)
        assert third.returncode == 6, "its crawl still runs"
        assert "it has died, wait for the step it had begun" in third.stderr
        import psutil

        (orphan,) = [
            p
            for p in psutil.process_iter(["cmdline"])
            if {"crawl", str(file)} <= set(p.info["cmdline"] or ())
        ]
        orphan.send_signal(signal.SIGINT)
        psutil.wait_procs([orphan], timeout=30)
        wait_for(lambda: schedule("status", "--json", *given).stdout.count('"holder": null') == 1)


def test_ctrl_c_ends_the_run_cleanly(tmp_path: Path) -> None:
    site, data = numbered(200, pause=0.1), tmp_path / "data"
    with running(site):
        given = ("--config", configured(tmp_path, site), "--data", data)
        schedule("run", "--once", *given)
        make_due(data)
        command = [sys.executable, "-m", "cli", "schedule", "run", *map(str, given)]
        keeper = subprocess.Popen(command, cwd=ROOT, text=True, stderr=subprocess.PIPE)
        wait_for(lambda: sum(site.seen.values()) > 5)
        keeper.send_signal(signal.SIGTERM)
        _, err = keeper.communicate(timeout=60)
    assert keeper.returncode == 130, err
    assert "often stopped" in err
    assert "Traceback" not in err
    with sqlite3.connect(data / "store.sqlite") as db:
        assert db.execute("SELECT outcome FROM run").fetchall() == [("stopped",)]
    db.close()


@pytest.mark.parametrize("what", ["run", "status", "install"])
def test_an_empty_schedule_is_a_mistake(tmp_path: Path, what: str) -> None:
    done = schedule(what, "--data", tmp_path / "none")
    assert done.returncode == 2
    assert "[[schedule.job]]" in done.stderr
    assert not (tmp_path / "none").exists()


FOREIGN = "# mine\nMAILTO=me\n0 5 * * * backup 50\\% # 每天\n\n@reboot thing"


@pytest.fixture
def crontab(tmp_path: Path) -> dict[str, str]:
    """A crontab command that keeps a file."""
    folder = tmp_path / "bin"
    folder.mkdir()
    program = folder / "crontab"
    kept = tmp_path / "crontab.txt"
    program.write_text(
        f'#!/bin/sh\nif [ "$1" = -l ]; then\n  cat "{kept}" 2>/dev/null || '
        f'{{ echo "no crontab for you" >&2; exit 1; }}\nelse cat > "{kept}"; fi\n'
    )
    program.chmod(program.stat().st_mode | stat.S_IXUSR)
    return {"PATH": f"{folder}:{os.environ['PATH']}"}


@pytest.mark.parametrize("before", ["", FOREIGN, FOREIGN + "\n"])
def test_a_crontab_keeps_its_other_lines(
    tmp_path: Path, crontab: dict[str, str], before: str
) -> None:
    kept = tmp_path / "crontab.txt"
    if before:
        kept.write_text(before)
    data = tmp_path / "my 100% data"
    given = ("--config", configured(tmp_path, Site(port=1)), "--data", data, "--cron")
    shown = schedule("install", *given, env=crontab)
    assert "nothing was changed" in shown.stderr
    assert (kept.read_text() if kept.exists() else "") == before
    for _ in range(2):
        done = schedule("install", *given, "--write", env=crontab)
        assert done.returncode == 0, done.stderr
    lines = kept.read_text().splitlines()
    assert lines[:-1] == before.splitlines()
    assert lines[-1] == shown.stdout.strip()
    assert lines[-1].startswith("*/5 * * * * cd ")
    assert r"my 100\% data" in lines[-1]
    schedule("uninstall", "--data", data, "--cron", "--write", env=crontab)
    assert kept.read_text().rstrip("\n") == before.rstrip("\n")


def test_units_are_written_once_asked_and_never_over_anothers(tmp_path: Path) -> None:
    home = {"XDG_CONFIG_HOME": str(tmp_path / "config")}
    data = tmp_path / "数据 50%"
    given = ("--config", configured(tmp_path, Site(port=1)), "--data", data)
    shown = schedule("install", *given, env=home)
    assert shown.returncode == 0, shown.stderr
    assert not (tmp_path / "config").exists()
    assert schedule("install", *given, "--write", env=home).returncode == 0
    timer, service = sorted((tmp_path / "config" / "systemd" / "user").iterdir(), reverse=True)
    assert "OnCalendar=*:0/5" in timer.read_text("utf-8")
    text = service.read_text("utf-8")
    assert '"schedule" "run" "--once"' in text
    assert "数据 50%%" in text
    service.write_text("[Service]\nExecStart=/bin/mine\n")
    refused = schedule("install", *given, "--write", env=home)
    assert refused.returncode == 4
    assert "was not written by Duizhao" in refused.stderr
    assert schedule("uninstall", "--data", data, "--write", env=home).returncode == 4
    assert "mine" in service.read_text()
    service.unlink()
    assert schedule("uninstall", "--data", data, "--write", env=home).returncode == 0
    assert not timer.exists()
