"""A report over many works: how long it takes, how much memory, how large the page is.

    python benchmarks/report.py [--works 100000] [--out FILE]

Writes a store of made-up pages to a temporary folder: works of both languages on many sites, one
page in eleven a reprint, dates, routes and concepts spread unevenly. Then runs the report in a
process of its own, as a user would, with an audit's and people's judgements beside it left out.
Ends with ``reached N of M`` and exits 1 when a figure falls short.
"""

from __future__ import annotations

import argparse
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psutil

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.scoreboard import Scoreboard  # noqa: E402
from config.load import load  # noqa: E402
from config.model import Topic  # noqa: E402
from page.model import Page, Published, Segment  # noqa: E402
from store import open_store, pages, runs  # noqa: E402
from store.frontier import Found, Frontier  # noqa: E402
from store.model import SourceRow  # noqa: E402
from store.pages import Fetch  # noqa: E402

FLOORS: dict[str, Any] = tomllib.loads((Path(__file__).parent / "floors.toml").read_text())
SKETCH = 4 * 257
ROUTES = ("links", "sitemap", "feed", "search:a", "archive:b")
KINDS = ("government", "press", "academic", "blog")
SITES = {"en": 300, "zh": 900}
FILLER = {
    "en": "The office published a notice about services for residents in district {} today.",
    "zh": "本市第{}号通知要求各部门改进为民服务的办事流程，并公布办理结果。",
}
PARALLEL = ROOT / ".." / "shared" / "eval" / "retrieval"


def made(number: int, topic: Topic, chance: random.Random) -> tuple[Page, str, str]:
    """Return a page with a text of its own, its site and its language."""
    lang = "zh" if chance.random() < 0.7 else "en"
    site = f"{lang}{int(SITES[lang] * chance.random() ** 3)}"
    weights = [1 / (1 + place) for place in range(len(topic.concepts))]
    concepts = [topic.concepts[0], *chance.choices(topic.concepts, weights, k=3)]
    terms = [concept.terms(lang)[0] for concept in concepts]
    filler = [FILLER[lang].format(number * 7 + i) for i in range(8)]
    text = "\n".join([*filler[:4], ", ".join(terms), *filler[4:]])
    year, month = 2005 + int(20 * chance.random() ** 0.5), 1 + number % 12
    date = Published(f"{year}-{month:02}-{1 + number % 28:02}", "byline", 0.9)
    page = Page(
        url=f"https://{site}.example/{number}",
        charset="utf-8",
        title=f"{terms[-1]} {number}",
        text=text,
        lang=lang,
        kind="article",
        lang_confidence=1.0,
        segments=(Segment(lang, text),),
        script="hans" if lang == "zh" else "",
        published=date if chance.random() < 0.8 else None,
        content_hash=str(number),
        sketch=random.Random(number - (number % 11 == 10)).randbytes(SKETCH),
    )
    return page, site, lang


def batches(count: int, topic: Topic) -> Iterator[list[tuple[Page, str, str]]]:
    """Yield all pages, a thousand at a time: together they would not fit."""
    chance = random.Random(1)
    for start in range(0, count, 1000):
        yield [made(n, topic, chance) for n in range(start, min(count, start + 1000))]


def fill(folder: Path, count: int, topic: Topic) -> None:
    """Write the store."""
    chance = random.Random(2)
    with open_store(folder, create=True) as store:
        run = runs.start(store.db, "me:1:1", "{}")
        frontier = Frontier(store.db, run, "me:1:1")
        for batch in batches(count, topic):
            sources = {
                site: SourceRow(site, site, (lang,), KINDS[len(site) % 4], "other")
                for _, site, lang in batch
            }
            with store.transaction():
                store.keep_sources(sources.values())
                for page, site, _ in batch:
                    routes = [route for route in ROUTES if chance.random() < 0.4] or ["links"]
                    host = f"{site}.example"
                    frontier.add(Found(page.url, host, site, route) for route in routes)
                    url_id = pages.url_id(store.db, page.url)
                    assert url_id is not None
                    pages.save(store.db, url_id, page, Fetch(run, "2026-01-02T03:04:05Z", 200))


@dataclass(frozen=True)
class Cost:
    """Seconds, processor seconds and the peak memory in MB of all processes of a report."""

    seconds: float
    processor: float
    megabytes: float


def report(folder: Path, *options: str) -> Cost:
    """Make the report; return what it cost."""
    command = [sys.executable, "-m", "cli", "report", "--data", str(folder), *options]
    start, peak, before = time.monotonic(), 0.0, processor()
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.DEVNULL) as process:
        watched = psutil.Process(process.pid)
        while process.poll() is None:
            peak = max(peak, resident(watched))
            time.sleep(0.05)
    if process.returncode:
        raise SystemExit("the report failed; run `duizhao report` on the store to see why")
    return Cost(time.monotonic() - start, processor() - before, peak)


def processor() -> float:
    """Return the processor seconds of all processes that were waited for."""
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def resident(process: psutil.Process) -> float:
    """Return the resident memory of a process and its children in MB; 0 for one that is gone."""
    try:
        family = [process, *process.children(recursive=True)]
        return sum(one.memory_info().rss for one in family) / 1e6
    except psutil.Error:
        return 0.0


def characters_a_word() -> float | None:
    """Return Chinese characters for one English word in parallel paragraphs, where there are."""
    files = [PARALLEL / name / "corpus.tsv" for name in ("xquad-en", "xquad-zh")]
    if not all(file.exists() for file in files):
        return None
    english, chinese = (
        dict(line.split("\t")[:2] for line in file.read_text("utf-8").splitlines())
        for file in files
    )
    both = [name for name in english if name in chinese]
    words = sum(len(re.findall(r"\w+(?:['’-]\w+)*", english[name])) for name in both)
    return sum(len(re.sub(r"\s+", "", chinese[name])) for name in both) / words


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    parser.add_argument("--works", type=int, default=100_000)
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    args = parser.parse_args()
    board, floors, topic = Scoreboard("A report"), FLOORS["report"], load().topic
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "many"
        fill(folder, args.works * 11 // 10, topic)
        load_before = psutil.getloadavg()[0]
        cost = report(folder)
        works = f"{args.works:,} works"
        note = f"load of the machine before: {load_before:.1f}; niceness {os.nice(0)}"
        board.at_most(f"{works}: seconds", cost.seconds, floors["seconds"], note)
        board.shown(f"{works}: processor seconds", cost.processor, "all processes")
        peak = cost.megabytes
        board.at_most(f"{works}: peak memory, MB", peak, floors["megabytes"], "all processes")
        size = (folder / "report" / "report.html").stat().st_size / 1e6
        board.shown(f"{works}: report.html, MB", size)
        some = Path(name) / "some"
        fill(some, 10_000, topic)
        for tongue in ("en", "zh"):
            report(some, "--lang", tongue)
            size = (some / "report" / "report.html").stat().st_size / 1e6
            board.at_most(f"10,000 pages: report.html ({tongue}), MB", size, floors["html"])
    if (ratio := characters_a_word()) is not None:
        note = "XQuAD, 240 parallel paragraphs; report.gap.compare uses it"
        board.shown("Chinese characters for one English word", ratio, note)
    text = board.markdown()
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")
    board.exit()


if __name__ == "__main__":
    main()
