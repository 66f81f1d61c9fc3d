"""The search command as its users run it."""

from __future__ import annotations

import csv
import io
import json
import os
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

import pytest

import search
from tests.memory_store import PRESS, stored
from tests.stored_pages import keep

ROOT = Path(__file__).resolve().parent.parent


class Done(NamedTuple):
    """How a run ended and what it printed."""

    returncode: object
    stdout: str
    stderr: str


Run = Callable[..., Done]

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

PAGES = [
    stored(1, 1, "推进数字政府建设。", title="=数字政府\x1b[31m", date="2024-06-01"),
    stored(2, 2, "數位政府與智慧城市", host="www.gov.tw", script="hant"),
    stored(3, 3, "A digital government.", "en", title="One", date="2022-05", source=PRESS),
    stored(4, 4, "Digital governance, and government.", "en", title="Two", source=PRESS),
    stored(5, 5, "数字政府 列表", kind="hub"),
]


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> list[str]:
    folder = tmp_path_factory.mktemp("search")
    keep(folder / "data", PAGES)
    topic = folder / "small.toml"
    topic.write_text(TOPIC, encoding="utf-8")
    return ["--data", str(folder / "data"), "--topic", str(topic)]


@pytest.fixture
def run(
    place: list[str], monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> Run:
    """Runs the program as ``python search.py`` does, in this process."""

    def run(*arguments: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["search.py", *place, *arguments])
        code: object = 0
        try:
            search.main()
        except SystemExit as end:
            code = end.code
        return Done(code, *capsys.readouterr())

    return run


def totals(done: Done) -> tuple[int, int]:
    assert done.returncode in (0, 1), done.stderr
    sides = json.loads(done.stdout)["languages"]
    return sides["en"]["total"], sides["zh"]["total"]


TOTALS = [
    # (options, English pages, Chinese pages)
    (["digital government"], 1, 2),
    (["数字政府"], 1, 1),
    (["digital government", "--literal"], 2, 0),
    (['"digital government"', "--literal"], 1, 0),
    (["数字政府", "--hubs"], 1, 2),
    (["digital government", "--site", "gov.tw"], 0, 1),
    (["digital government", "--site", "GOV.TW."], 0, 1),
    (["digital government", "--kind", "press"], 1, 0),
    (["digital government", "--region", "Mainland"], 0, 2),
    (["digital government", "--script", "hant"], 0, 1),
    (["digital government", "--since", "2022-05", "--until", "2022-05-17"], 1, 0),
    (["digital government", "--until", "2024"], 1, 1),
    (["digital government", "--engine", "whoosh"], 1, 2),
    (["nothing like it"], 0, 0),
    (["governance 数字", "--any"], 2, 2),
]


@pytest.mark.parametrize(("options", "en", "zh"), TOTALS, ids=[" ".join(c[0]) for c in TOTALS])
def test_how_many(run: Run, options: list[str], en: int, zh: int) -> None:
    done = run(*options, "--json")
    assert totals(done) == (en, zh)
    assert done.returncode == (0 if en or zh else 1)


def test_the_table(run: Run) -> None:
    done = run("digital government")
    assert done.returncode == 0
    assert "English 1 page · 中文 2 pages" in done.stdout
    assert "zh: 数字政府 OR 數位政府" in done.stdout
    assert "推进«数字政府»建设" in done.stdout
    assert "undated" in done.stdout
    assert "\x1b" not in done.stdout


def test_one_language(run: Run) -> None:
    done = run("数字政府", "--lang", "zh")
    assert "中文 1 page" in done.stdout
    assert "English" not in done.stdout


def test_csv(run: Run) -> None:
    done = run("digital government", "--format", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert {row["lang"] for row in rows} == {"en", "zh"}
    assert any(row["title"].startswith("'=数字政府") for row in rows)


def test_nothing_found_is_said_and_is_exit_code_1(run: Run) -> None:
    done = run("xyzzyplugh")
    assert done.returncode == 1
    assert done.stderr == "search: no page matches; --any asks for any word of it\n"


MISTAKES = [
    # (arguments, exit code, what is said)
    (["数字 AND"], 2, "AND needs something after it"),
    (['"数字'], 2, "not closed"),
    ([""], 2, "it is empty"),
    (["x", "--since", "yesterday"], 2, "yesterday"),
    (["x", "--since", "2024-02-30"], 2, "2024-02-30"),
    (["x", "--since", "2024", "--until", "2023"], 2, "later than --until"),
    (["x", "--site", "https://gov.cn/"], 2, "'https://gov.cn/' is no host"),
    (["--similar-to", ""], 2, "no page is stored at ''"),
    (["a", "--json", "--format", "csv"], 2, "give it, or --format csv"),
    (["a", "--format", "csv", "--kwic"], 2, "one row a page and no --kwic"),
    (["a", "--sort", "left"], 2, "orders the lines of --kwic"),
    (["x", "--limit", "0"], 2, "0"),
    (["x", "--kind", "newspaper"], 2, "newspaper"),
    (["x", "--lang", "fr"], 2, "fr"),
    ([], 2, "QUERY"),
]


@pytest.mark.parametrize(("arguments", "code", "said"), MISTAKES, ids=lambda case: str(case)[:30])
def test_mistakes(run: Run, arguments: list[str], code: int, said: str) -> None:
    done = run(*arguments)
    assert done.returncode == code
    assert said in done.stderr
    assert done.stderr.startswith("search: ")
    assert len(done.stderr.splitlines()) == (1 if "\n  " not in done.stderr else 3)
    assert not done.stdout


def test_no_store_and_an_empty_one(run: Run, tmp_path: Path) -> None:
    done = run("x", "--data", str(tmp_path / "none"))
    assert (done.returncode, "duizhao crawl" in done.stderr) == (3, True)
    assert not (tmp_path / "none").exists()
    keep(tmp_path / "empty", [])
    done = run("x", "--data", str(tmp_path / "empty"))
    assert (done.returncode, "duizhao crawl" in done.stderr) == (3, True)


def test_importing_it_does_nothing() -> None:
    slow = "'rich', 'tantivy', 'whoosh', 'sqlite3', 'config.load'"
    script = f"import sys, search; sys.exit(any(m in sys.modules for m in ({slow})))"
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, b"", b"")


def test_it_runs_from_a_checkout_and_a_reader_may_leave(place: list[str]) -> None:
    command = [sys.executable, "search.py", "digital government", "--format", "csv", *place]
    line = " ".join(f"'{word}'" for word in command) + " | head -1; exit ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert done.stdout.startswith("lang,rank,")
    assert (done.returncode, done.stderr) == (0, "")


def test_a_reader_of_the_table_may_leave_before_it_is_written(place: list[str]) -> None:
    command = [sys.executable, "search.py", "digital government", *place]
    line = " ".join(f"'{word}'" for word in command) + " | true; exit ${PIPESTATUS[0]}"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize("encoding", ["ascii", "latin-1"])
@pytest.mark.parametrize(
    ("form", "said"),
    [("table", b"\\u653f\\u5e9c"), ("json", "政府".encode()), ("csv", "政府".encode())],
)
def test_a_locale_without_chinese(place: list[str], encoding: str, form: str, said: bytes) -> None:
    command = [sys.executable, "search.py", "数字政府", "--format", form, *place]
    environment = {**os.environ, "PYTHONIOENCODING": encoding}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert said in done.stdout


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no device that is always full")
def test_an_answer_that_cannot_be_written(place: list[str]) -> None:
    command = [sys.executable, "search.py", "数字政府", "--json", *place]
    environment = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}
    with Path("/dev/full").open("w") as full:
        done = subprocess.run(
            command, cwd=ROOT, stdout=full, stderr=subprocess.PIPE, env=environment
        )
    assert done.returncode == 4
    assert done.stderr.startswith(b"search: the answer could not be written: ")
    assert done.stderr.count(b"\n") == 1


@pytest.mark.parametrize("form", ["table", "json", "csv"])
def test_an_answer_that_nobody_can_read(place: list[str], form: str) -> None:
    command = [sys.executable, "search.py", "数字政府", "--format", form, *place]
    line = " ".join(f"'{word}'" for word in command) + " >&-"
    done = subprocess.run(["bash", "-c", line], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


@pytest.mark.parametrize(("query", "code"), [("数字政府", 0), ("nothing like it", 1), ("(", 2)])
def test_how_the_process_ends(place: list[str], query: str, code: int) -> None:
    command = [sys.executable, "search.py", query, "--json", *place]
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert done.returncode == code
    assert bool(done.stdout) == (code < 2)
    assert bool(done.stderr) == (code > 0)


ENDS = [
    # (what is raised inside, exit code, how the last line begins)
    ("ValueError('x')", 70, "this is a bug in Duizhao"),
    ("RecursionError", 70, "this is a bug in Duizhao"),
    ("type('PanicException', (BaseException,), {})", 70, "this is a bug in Duizhao"),
    ("OSError(28, 'No space left on device', 'x')", 4, "x: No space left on device; make room"),
]


@pytest.mark.parametrize("program", ["search", "cli"])
@pytest.mark.parametrize(("raised", "code", "said"), ENDS, ids=[c[0][:9] for c in ENDS])
def test_what_nobody_foresaw_is_not_no_match(
    program: str, raised: str, code: int, said: str
) -> None:
    run = "search.program()" if program == "search" else "cli.main()"
    words = ["search.py", "x"] if program == "search" else ["duizhao", "search", "x"]
    script = f"""if True:
        import sys, cli, search
        def broken(*_):
            raise {raised}
        search.question_of, sys.argv = broken, {words}
        {run}"""
    done = subprocess.run([sys.executable, "-c", script], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stdout) == (code, "")
    assert done.stderr.splitlines()[-1].partition(": ")[2].startswith(said)
    assert done.stderr.startswith("Traceback" if code == 70 else f"{words[0].split('.')[0]}: ")


def test_a_query_that_is_no_utf8(place: list[str]) -> None:
    command = [sys.executable.encode(), b"search.py", b"\xff" + "政府".encode(), b"--json"]
    command += [os.fsencode(word) for word in place]
    done = subprocess.run(command, cwd=ROOT, capture_output=True)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["query"].endswith("政府")


def test_a_locale_that_cannot_decode_the_query(place: list[str]) -> None:
    command = [sys.executable, "search.py", "数字政府", "--json", *place]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "PYTHONCOERCECLOCALE": "0"}
    done = subprocess.run(command, cwd=ROOT, capture_output=True, env=environment)
    assert (done.returncode, done.stderr) == (0, b"")
    assert json.loads(done.stdout)["query"] == "数字政府"


def test_words_outside_the_topic_go_by_dictionary_unless_told_not_to(run: Run) -> None:
    done = run("city wisdom", "--lang", "zh")
    assert "by dictionary, CC-CEDICT" in done.stdout
    assert "智慧城市" in done.stdout.replace("«", "").replace("»", "")
    assert run("city wisdom", "--lang", "zh", "--no-dictionary").returncode == 1
    record = json.loads(run("city wisdom", "--lang", "zh", "--json").stdout)
    assert "智慧" in record["languages"]["zh"]["dictionary"]["wisdom"]


def test_reading_aids(run: Run, tmp_path: Path) -> None:
    record = json.loads(run("数字政府", "--facets", "--kwic", "--explain", "--json").stdout)
    chinese = record["languages"]["zh"]
    assert chinese["facets"]["year"] == {"2024": 1}
    (hit,) = chinese["hits"]
    assert ["推进", "数字政府", "建设。"] in hit["lines"]
    assert hit["reasons"] == [{"asked": "数字政府", "pages": 2, "in_title": 1, "in_text": 1}]
    shown = run("数字政府", "--facets", "--kwic", "--sort", "left", "--lang", "zh").stdout
    assert "\x1b" not in shown
    assert "on the best 1 of 1 page\n" in shown
    assert "pages have it" in run("数字政府", "--explain", "--lang", "zh").stdout
    assert "did you mean 数字政府" in run("数字政符", "--lang", "zh").stdout
    done = run("数字政府", "--export", str(tmp_path / "a.jsonl"), "--limit", "1")
    total = sum(side["total"] for side in record["languages"].values())
    assert total > 1
    assert f"a.jsonl: {total} pages written" in done.stderr
    assert len((tmp_path / "a.jsonl").read_text("utf-8").splitlines()) == total


def test_pages_like_a_page(run: Run) -> None:
    done = run("--similar-to", "https://www.gov.cn/1")
    assert "the words that tell what that page is about" in done.stdout
    assert "https://www.gov.cn/3" in done.stdout
    missing = run("--similar-to", "https://nowhere.example/")
    assert (missing.returncode, "no page is stored at" in missing.stderr) == (2, True)
    assert run().returncode == 2
    assert run("x", "--similar-to", "https://www.gov.cn/1").returncode == 2
