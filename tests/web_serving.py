"""A data folder with hostile pages and their raw responses, and ``duizhao serve`` over it."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from store import open_store, pages, runs
from store.frontier import Found, Frontier
from store.model import StoredPage
from store.pages import Fetch
from store.warc import WarcFiles
from tests.memory_store import PRESS, stored

ROOT = Path(__file__).resolve().parent.parent
TOPIC = """
id = "small"
en = "Digital government"
zh = "数字政府"

[[concept]]
id = "digital-government"
en = "digital government"
zh = "数字政府"
en_terms = ["digital government"]
zh_terms = ["数字政府", "數位政府"]
meaning = "The whole."
core = true
"""
ACTS = "<script>window.pwned = 1; document.title = 'pwned'</script><img src=x onerror=pwned=1>"
HOSTILE = (
    ACTS,
    '"><svg onload="pwned=1"><a href="javascript:pwned=1">x</a>',
    "{{ 7 * 7 }}{% raw %} &lt;b&gt; <!-- ]]> </title></textarea><style>*{display:none}</style>",
    "\x1b[31m\u202e\u2066abc\u200b\x00\ufeff javascript:alert(1)//",
)
RAW = f"""<!doctype html><meta http-equiv="refresh" content="0; url=/static/page.css?pwned">
<title>数字政府</title>{ACTS}<iframe src="/?pwned"></iframe><p>数字政府""".encode()


def some_pages() -> list[StoredPage]:
    """Pages in both languages: enough for two screens, and four that are hostile in every field."""
    made = [
        stored(
            number,
            number,
            f"推进数字政府建设，第{number}号。\n一网通办。" * 3,
            title=f"数字政府建设方案{number}",
            date=f"{2012 + number % 11}-06-01" if number % 6 else "",
        )
        for number in range(1, 15)
    ]
    made += [
        stored(20, 20, "A digital government.", "en", title="One", date="2022-05", source=PRESS),
        stored(21, 21, "Digital government and open data.", "en", title="Two", source=PRESS),
        stored(22, 22, "數位政府與智慧城市", title="數位政府", host="www.gov.tw", script="hant"),
    ]
    for number, text in enumerate(HOSTILE, 30):
        page = stored(number, number, f"digital government {text}\n{text}", "en", title=text)
        url = f"https://www.gov.cn/{number}?a='\"><script>pwned=1</script>"
        source = PRESS._replace(id=f"hostile-{number}", name=text)
        inner = page.page._replace(url=url, origin=text, flags=(text,))
        made.append(page._replace(url=url, source=source, page=inner))
    return made


def keep(folder: Path, given: list[StoredPage]) -> Path:
    """Store pages with raw responses; return the topic file beside them."""
    with open_store(folder / "data", create=True) as store, store.transaction():
        run = runs.start(store.db, "me:1:1", "{}")
        store.keep_sources({page.source.id: page.source for page in given}.values())
        found = [Found(page.url, page.host, page.source.id, "links") for page in given]
        Frontier(store.db, run, "me:1:1").add(found)
        numbers = dict(store.db.execute("SELECT key, id FROM url"))
        with WarcFiles(folder / "data", "test") as files:
            for page in given:
                head = [("Content-Type", "text/html; charset=utf-8"), ("X-Odd", "a\x1b[31m")]
                place = files.write(page.url, 200, head, RAW)
                fetch = Fetch(run, page.fetched_at, 200, *place)
                pages.save(store.db, numbers[page.url], page.page, fetch)
    topic = folder / "small.toml"
    topic.write_text(TOPIC, encoding="utf-8")
    return topic


def command(folder: Path, *options: str) -> list[str]:
    """Return the command line that serves such a folder."""
    place = ["--data", str(folder / "data"), "--topic", str(folder / "small.toml")]
    return [sys.executable, "-m", "cli", "serve", "--no-open", *place, *options]


@contextmanager
def serving(folder: Path, *options: str) -> Iterator[str]:
    """Serve a folder on a free port; yields the address, without the last slash."""
    environment = {**os.environ, "PYTHONIOENCODING": "utf-8"}
    with subprocess.Popen(
        command(folder, "--port", "0", *options),
        cwd=ROOT,
        env=environment,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        try:
            assert process.stdout
            line = process.stdout.readline()
            assert line.startswith("http://"), (line, process.stderr and process.stderr.read())
            yield line.split()[0].rstrip("/")
        finally:
            process.send_signal(signal.SIGINT)
            _, said = process.communicate(timeout=30)
        assert (process.returncode, said) == (0, "closed\n")
