"""The whole path on real pages: crawl, store, index, search, report, against the truth.

    python benchmarks/realweb.py [--pages FILE] [--out FILE]

Starts ``../shared/realweb/serve.py`` (its pages are real English and Chinese ones, as separate
sites on loopback), runs the commands a user would run, and compares with the collection's own
truth. Nothing is tuned to it: ``--pages`` takes any other collection in the same format. Ends with
``reached N of M`` and exits 1 when a figure falls short.
"""

from __future__ import annotations

import argparse
import json
import random
import re
import signal
import subprocess
import sys
import tempfile
import threading
import time
import urllib.parse
from itertools import combinations
from pathlib import Path
from typing import Any

import psutil
from protego import Protego

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks.realweb_truth import REALWEB, Truth, has, load_robots, load_truth, serving, shingles
from benchmarks.scoreboard import Scoreboard
from page.url import host_of
from store import Store, open_store
from store.model import StoredPage
from store.works import cluster

ROOT = Path(__file__).resolve().parent.parent
TERMS = ("一网通办", "电子政务", "数字政府", "數位政府", "open government", "digital service")
LANGUAGE = {"zh-Hans": "zh", "zh-Hant": "zh"}
SCRIPT = {"zh-Hans": "hans", "zh-Hant": "hant"}
UNDATED = ("gds",)
"""The site of the collection that shows no dates: any date there is invented."""


def main() -> None:
    """Run everything and print the scoreboard."""
    options = arguments()
    board = Scoreboard("The whole path on real pages")
    with tempfile.TemporaryDirectory() as folder, serving(options.pages) as (port, realweb):
        data, truth = Path(folder) / "data", load_truth(realweb, options.pages, port)
        config = write_config(Path(folder), truth, port)
        peak, summed, seconds = crawl(config, data)
        with open_store(data) as store:
            pages = {p.url: p for p in store.changes() if isinstance(p, StoredPage)}
            compare_pages(board, pages, truth)
            compare_works(board, pages, truth)
            forbidden(board, store, load_robots(realweb, options.pages, port))
        compare_searches(board, config, data, truth)
        report(board, config, data)
        killed(board, config, Path(folder) / "killed", pages)
        board.at_most("peak memory of the crawl, MB (all processes, shared pages once)", peak, 400)
        board.shown("the same as a sum of RSS, MB", summed, "counts shared memory once a process")
        board.shown("pages a second", len(pages) / seconds, "one site asks for 0.05 s a page")
        time_shares(board, data, seconds)
    text = board.markdown()
    print(text)
    if options.out:
        options.out.write_text(text, encoding="utf-8")
    board.exit()


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else "")
    parser.add_argument("--pages", type=Path, default=REALWEB / "pages.jsonl.xz")
    parser.add_argument("--out", type=Path, help="also write the table to this file")
    options = parser.parse_args()
    if not options.pages.is_file() or not (REALWEB / "serve.py").is_file():
        parser.error(f"needs {REALWEB / 'serve.py'} and {options.pages}")
    return options


def write_config(folder: Path, truth: dict[str, Truth], port: int) -> Path:
    """Write the configuration a user would: home pages, and the one feed nobody links to."""
    kinds = {"flk": "government", "pdis": "government", "repost": "press"}
    regions = {"flk": "mainland", "pdis": "Taiwan"}
    tables = []
    for site in dict.fromkeys(t.site for t in truth.values()):
        base = next(t.url for t in truth.values() if t.site == site).split("/", 3)
        home = f"{base[0]}//{base[2]}"
        feed = f'feed = ["{home}/feed.xml"]' if site == "18f" else ""
        tables.append(
            f'[[source]]\nid = "{site}"\nname = "{site}"\nlangs = ["en", "zh"]\n'
            f'kind = "{kinds.get(site, "blog")}"\nregion = "{regions.get(site, "other")}"\n'
            f'home = ["{home}/"]\n{feed}\n'
        )
    crawl = (
        '[crawl]\ncontact = "benchmark@example.org"\ndelay = 0.0\nautothrottle = false\n'
        "concurrency_per_host = 8\nmax_pages = 1000000\nmax_pages_per_source = 1000000\n"
        'max_depth = 1000\nretry_delay = 0.2\nallow_addresses = ["127.0.0.0/8"]\n'
    )
    file = folder / "realweb.toml"
    file.write_text(crawl + "\n".join(tables), encoding="utf-8")
    return file


def duizhao(*arguments: object, check: bool = True) -> subprocess.CompletedProcess[str]:
    """Run a command of ours as a user would."""
    command = [sys.executable, "-m", "cli", *map(str, arguments)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if check and done.returncode != 0:
        sys.exit(f"{' '.join(command)} exited {done.returncode}:\n{done.stdout}{done.stderr}")
    return done


def crawl(config: Path, data: Path) -> tuple[float, float, float]:
    """Crawl everything; return the peaks of PSS and RSS in MB and the seconds it took."""
    command = [sys.executable, "-m", "cli", "crawl", "--quiet", "--no-index"]
    start = time.monotonic()
    process = subprocess.Popen([*command, "--config", str(config), "--data", str(data)], cwd=ROOT)
    shared, summed = watch(process)
    if process.returncode:
        sys.exit(f"the crawl exited {process.returncode}")
    return shared, summed, time.monotonic() - start


def watch(process: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Wait for a process; return the most memory it and its children held together, in MB.

    First PSS, which counts memory shared by forked workers once (RSS where the system does not
    tell it), then the plain sum of RSS, which counts it once for each.
    """
    shared = summed = 0.0
    while process.poll() is None:
        try:
            root = psutil.Process(process.pid)
            infos = [m.memory_full_info() for m in [root, *root.children(recursive=True)]]
        except psutil.Error:
            continue
        shared = max(shared, sum(getattr(info, "pss", info.rss) for info in infos) / 1e6)
        summed = max(summed, sum(info.rss for info in infos) / 1e6)
        time.sleep(0.2)
    return shared, summed


def compare_pages(board: Scoreboard, pages: dict[str, StoredPage], truth: dict[str, Truth]) -> None:
    """Compare what was stored, page by page."""
    found = [pages[url] for url in truth if url in pages]
    board.at_least("pages of the collection stored, share", len(found) / len(truth), 1.0)
    board.at_most("pages stored under a utm_ address", sum("utm_" in url for url in pages), 0)
    wrong = [p.url for p in found if p.page.lang != LANGUAGE.get(t := truth[p.url].lang, t)]
    board.at_least("language right, share", 1 - len(wrong) / len(found), 0.995, some(wrong))
    chinese = [p for p in found if truth[p.url].lang in SCRIPT]
    wrong = [p.url for p in chinese if p.page.script != SCRIPT[truth[p.url].lang]]
    board.at_least("script right, share", 1 - len(wrong) / max(1, len(chinese)), 0.995, some(wrong))
    compare_dates(board, found, truth)
    hubs = [p.url for p in found if p.page.kind == "hub"]
    board.at_most("articles taken for hubs, share", len(hubs) / len(found), 0.01, some(hubs))
    lists = [p for url, p in pages.items() if url not in truth]
    articles = [p.url for p in lists if p.page.kind != "hub"]
    share = len(articles) / max(1, len(lists))
    board.at_most("lists taken for articles, share", share, 0.01, some(articles))


def compare_dates(board: Scoreboard, found: list[StoredPage], truth: dict[str, Truth]) -> None:
    """Compare publication dates where the site shows one, and look for invented ones."""
    dated = [p for p in found if truth[p.url].date and truth[p.url].site not in UNDATED]
    wrong = [
        p.url for p in dated if (p.page.published and p.page.published.date) != truth[p.url].date
    ]
    share = 1 - len(wrong) / max(1, len(dated))
    board.at_least("date right where one is shown, share", share, 0.97, some(wrong))
    undated = [p for p in found if truth[p.url].site in UNDATED or not truth[p.url].date]
    invented = [p.url for p in undated if p.page.published]
    note = some(invented) or f"{len(undated)} pages without a date in this collection"
    board.at_most("dates invented", len(invented), 0, note)


def some(urls: list[str]) -> str:
    """Return the first few of what went wrong."""
    return " ".join(urllib.parse.unquote(url) for url in urls[:3]).replace("|", "%7C")


def compare_works(board: Scoreboard, pages: dict[str, StoredPage], truth: dict[str, Truth]) -> None:
    """Compare works with the reposts the collection knows, and with the true texts."""
    found = [pages[url] for url in truth if url in pages]
    labels = dict(zip([p.url for p in found], cluster([p.page.sketch for p in found]), strict=True))
    reposts = [t for t in truth.values() if t.original and {t.url, t.original} <= labels.keys()]
    apart = [t.url for t in reposts if labels[t.url] != labels[t.original]]
    share = 1 - len(apart) / max(1, len(reposts))
    board.at_least("reposts in their original's work, share", share, 0.95, some(apart))
    works: dict[int, list[str]] = {}
    for url, label in labels.items():
        works.setdefault(label, []).append(url)
    pairs = [pair for urls in works.values() for pair in combinations(urls, 2)]
    sets = {url: shingles(truth[url].text) for pair in pairs for url in pair}
    wrong = [a for a, b in pairs if len(sets[a] & sets[b]) < 0.6 * len(sets[a] | sets[b])]
    board.at_most(
        "pairs put together wrongly, share", len(wrong) / max(1, len(pairs)), 0.005, some(wrong)
    )


def forbidden(board: Scoreboard, store: Store, robots: dict[str, Protego]) -> None:
    """Count what a site's robots.txt forbids and was fetched all the same."""
    rows = store.db.execute("SELECT key, state, reason FROM url").fetchall()
    barred = [
        row for row in rows if (r := robots.get(host_of(row[0]))) and not r.can_fetch(row[0], "*")
    ]
    fetched = [key for key, state, reason in barred if (state, reason) != ("skipped", "robots")]
    note = some(fetched) or f"{len(barred)} such addresses were met"
    board.at_most("fetched although robots.txt forbids it", len(fetched), 0, note)


def compare_searches(board: Scoreboard, config: Path, data: Path, truth: dict[str, Truth]) -> None:
    """Search for each term with both engines, and compare with the pages whose text has it."""
    found: dict[tuple[str, str], set[str]] = {}
    for engine in ("tantivy", "whoosh"):
        for term in TERMS:
            query = f'"{term}"'
            given = ["--literal", "--json", "--limit", 10_000, "--engine", engine]
            done = duizhao("search", query, *given, "--data", data, "--config", config, check=False)
            if done.returncode not in (0, 1):
                sys.exit(f"search exited {done.returncode}: {done.stderr}")
            found[engine, term] = urls_in(done.stdout)
    for term in TERMS:
        wanted = {url for url, t in truth.items() if has(t, term)}
        got = found["tantivy", term] & truth.keys()
        extra = found["tantivy", term] - wanted
        note = f"{len(wanted)} pages; {some(sorted((wanted - got) | extra))}"
        recall = len(got & wanted) / len(wanted) if wanted else 1.0
        board.at_least(f"recall of {term}", recall, 0.99, note)
        precision = 1 - len(extra) / max(1, len(found["tantivy", term]))
        board.at_least(f"precision of {term}", precision, 0.99)
    same = sum(found["tantivy", term] == found["whoosh", term] for term in TERMS)
    board.at_least("terms for which both engines find the same set", same, len(TERMS))


def urls_in(output: str) -> set[str]:
    """Return the URLs of a search's JSON output, both languages."""
    if not output.strip():
        return set()
    answer: dict[str, Any] = json.loads(output)
    return {hit["url"] for side in answer["languages"].values() for hit in side["hits"]}


def report(board: Scoreboard, config: Path, data: Path) -> None:
    """Write the report and check that its accounts balance."""
    start = time.monotonic()
    duizhao("report", "--data", data, "--config", config)
    board.shown("seconds for the report", time.monotonic() - start)
    account = json.loads(duizhao("status", "--json", "--data", data).stdout)["account"]
    parts = sum(account[state] for state in ("stored", "failed", "skipped", "gone", "pending"))
    board.at_most("discovered minus all outcomes", abs(account["discovered"] - parts), 0)


def killed(board: Scoreboard, config: Path, data: Path, expected: dict[str, StoredPage]) -> None:
    """Kill a crawl at three random moments, resume, and compare with the uninterrupted one."""
    generator = random.Random(time.time_ns())
    moments = [generator.uniform(2, 9) for _ in range(3)]
    for moment in moments:
        command = [sys.executable, "-m", "cli", "crawl", "--quiet", "--config", str(config)]
        process = subprocess.Popen(
            [*command, "--data", str(data)], cwd=ROOT, stderr=subprocess.DEVNULL
        )
        timer = threading.Timer(moment, process.send_signal, [signal.SIGKILL])
        timer.start()
        process.wait()
        timer.cancel()
    duizhao("crawl", "--quiet", "--config", config, "--data", data)
    with open_store(data) as store:
        urls = [p.url for p in store.changes() if isinstance(p, StoredPage)]
        versions = store.db.execute("SELECT count(*) FROM page").fetchone()[0]
    note = "killed after " + ", ".join(f"{moment:.1f} s" for moment in moments)
    board.at_most("pages lost or added by three kills", len({*urls} ^ {*expected}), 0, note)
    board.at_most("pages stored twice after three kills", versions - len({*urls}), 0)


def time_shares(board: Scoreboard, data: Path, seconds: float) -> None:
    """Print where the crawl's CPU time went, as the crawl itself logged it."""
    log = (data / "crawl.log").read_text("utf-8", "replace")
    spent = {name: float(time) for name, time in re.findall(r"time in (\w+): ([\d.]+) s", log)}
    for name, cpu in spent.items():
        note = f"{cpu:.1f} s on any core; the crawl took {seconds:.0f} s"
        board.shown(f"share of CPU time in {name}", cpu / sum(spent.values()), note)


if __name__ == "__main__":
    main()
