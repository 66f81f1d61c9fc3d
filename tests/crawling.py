"""Runs real crawls in processes of their own, as a user would, and looks into what they stored."""

from __future__ import annotations

import os
import signal
import sqlite3
import subprocess
import sys
from pathlib import Path

from tests.hostile_site import Site

ROOT = Path(__file__).resolve().parent.parent


def configuration(folder: Path, *sites: Site, crawl: str = "", source: str = "") -> Path:
    """Write a configuration of one source a site."""
    tables = [
        f'[[source]]\nid = "s{n}"\nname = "Site {n}"\nlangs = ["en"]\nkind = "press"\n'
        f'region = "other"\nhome = ["{site.base}/"]\n{source}\n'
        for n, site in enumerate(sites)
    ]
    limits = {
        "contact": '"test@example.org"',
        "delay": "0.0",
        "max_delay": "0.5",
        "autothrottle": "false",
        "timeout": "2.0",
        "retry_delay": "0.1",
        "max_bytes": "2000000",
        "concurrency_per_host": "4",
        "allow_addresses": '["127.0.0.1/32"]',
    }
    limits |= dict(line.split(" = ") for line in crawl.splitlines() if line)
    given = "\n".join(f"{name} = {value}" for name, value in limits.items())
    file = folder / "crawl.toml"
    file.write_text(f"[crawl]\n{given}\n" + "\n".join(tables), encoding="utf-8")
    return file


def start(file: Path, data: Path, *options: str, indexed: bool = False) -> subprocess.Popen[str]:
    """Start a crawl; what it stores is indexed only where a test asks for that.

    Half of what a small crawl costs is the indexes, the vectors above all.
    """
    command = [sys.executable, "-m", "cli", "crawl", "--quiet", "--config", str(file)]
    if not indexed:
        command.append("--no-index")
    return subprocess.Popen(
        [*command, "--data", str(data), *options],
        cwd=ROOT,
        text=True,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


def crawl(file: Path, data: Path, *options: str, code: int = 0, indexed: bool = False) -> str:
    """Crawl to the end; return what was printed."""
    with start(file, data, *options, indexed=indexed) as process:
        out, err = process.communicate(timeout=100)
    assert process.returncode == code, out + err
    assert "Traceback" not in out + err, out + err
    return out + err


def kill(process: subprocess.Popen[str]) -> None:
    os.kill(process.pid, signal.SIGKILL)
    process.communicate()


def outcomes(data: Path, base: str = "") -> dict[str, tuple[str, str]]:
    """URL (without the site's base) → (state, reason)."""
    with sqlite3.connect(data / "store.sqlite") as db:
        rows = db.execute("SELECT key, state, reason FROM url").fetchall()
    db.close()
    return {key.removeprefix(base): (state, reason) for key, state, reason in rows}


def stored_urls(data: Path) -> list[str]:
    """Every stored page version's URL: a URL twice was stored twice."""
    with sqlite3.connect(data / "store.sqlite") as db:
        rows = db.execute("SELECT url.key FROM page JOIN url ON url.id = page.url_id").fetchall()
    db.close()
    return sorted(key for (key,) in rows)
