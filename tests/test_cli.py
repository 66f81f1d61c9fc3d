"""The command line: every mistake is one clear line and a documented exit code."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import click
import pytest

import cli
from search import search
from tests.crawling import ROOT


def duizhao(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "cli", *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60)


MISTAKES = [
    # (arguments, exit code, part of what is said)
    (["search", "x"], 3, "duizhao crawl"),
    (["report"], 3, "duizhao crawl"),
    (["status"], 3, "duizhao crawl"),
    (["index"], 3, "duizhao crawl"),
    (["search"], 2, "QUERY"),
    (["search", ""], 2, ""),
    (["search", "x", "--lang", "fr"], 2, "fr"),
    (["search", "x", "--since", "yesterday"], 2, "yesterday"),
    (["search", "x", "--limit", "-1"], 2, "-1"),
    (["crawl"], 2, "--contact"),
    (["crawl", "--contact", "a@b.cn", "--max-pages", "-5"], 2, "max-pages"),
    (["crawl", "--contact", "a@b.cn", "--max-pages", "many"], 2, "many"),
    (["crawl", "--contact", "a@b.cn", "--delay", "-1"], 2, "delay"),
    (["crawl", "--contact", "a@b.cn", "--topic", "no-such-topic"], 2, "no-such-topic"),
    (["config", "check", "--config", "no-such-file.toml"], 2, "no-such-file.toml"),
    (["config", "check", "--topic", "digital-goverment"], 2, "digital-government"),
    (["nonsense"], 2, "nonsense"),
    (["crawl", "--nonsense"], 2, "--nonsense"),
]


def test_nothing_in_a_file_name_acts_on_the_terminal(tmp_path: Path) -> None:
    (tmp_path / "数字\u3000\x1b[31mlive\u202ecraw.warc").write_text("no archive")
    done = duizhao("import", str(tmp_path))
    assert "数字\u3000\\x1b[31mlive\\u202ecraw.warc: is no WARC" in done.stderr


@pytest.mark.parametrize(("arguments", "code", "said"), MISTAKES, ids=lambda x: str(x)[:40])
def test_mistakes(arguments: list[str], code: int, said: str, tmp_path: Path) -> None:
    keeps_data = arguments[0] in ("search", "report", "status", "index", "crawl")
    place = ["--data", str(tmp_path / "none")] if keeps_data else []
    done = duizhao(*arguments, *place)
    assert done.returncode == code, done.stdout + done.stderr
    assert said in done.stderr
    assert done.stderr.startswith("duizhao: ")
    assert done.stderr.count("\n") == 1
    assert not (tmp_path / "none").exists()


@pytest.mark.parametrize("command", [[], *[[name] for name in cli.cli.list_commands(None)]])  # type: ignore[arg-type]
def test_every_command_explains_itself(command: list[str]) -> None:
    done = duizhao(*command, "--help")
    assert done.returncode == 0
    assert "Usage:" in done.stdout
    assert max(map(len, done.stdout.splitlines())) <= 80


def test_no_help_shows_marks_that_are_for_docstrings() -> None:
    texts = list(helps(cli.cli))
    assert len(texts) > len(cli.COMMANDS)
    assert not [text for text in texts if "``" in text]


def helps(command: click.Command) -> Iterator[str]:
    """Every command's help, also below it."""
    context = click.Context(command, info_name=command.name)
    yield command.get_help(context)
    if isinstance(command, click.Group):
        for name in command.list_commands(context):
            below = command.get_command(context, name)
            assert below
            yield from helps(below)


@pytest.mark.parametrize("command", [cli.cli, search])
def test_exit_codes_are_in_the_help(command: click.Command) -> None:
    (text, *_) = helps(command)
    assert "130 interrupted" in " ".join(text.split())


def test_the_version_is_the_packages() -> None:
    assert duizhao("--version").stdout.startswith("duizhao, version 0.")


def test_config_check_needs_no_network_and_says_what_was_understood() -> None:
    done = duizhao("config", "check")
    assert done.returncode == 0, done.stderr
    assert "数字政府" in done.stdout
    assert "digital government" in done.stdout.lower()


def test_help_is_quick_because_imports_are_late() -> None:
    script = "import sys, cli; sys.exit(any(m in sys.modules for m in ('scrapy', 'lxml', 'rich')))"
    assert subprocess.run([sys.executable, "-c", script], cwd=ROOT).returncode == 0


def test_a_reader_who_leaves_is_no_error() -> None:
    command = f"{sys.executable} -m cli config check --json | true; exit ${{PIPESTATUS[0]}}"
    done = subprocess.run(["bash", "-c", command], cwd=ROOT, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_users_module_is_not_taken_for_one_of_ours(tmp_path: Path) -> None:
    (tmp_path / "config.py").write_text("raise SystemExit('shadow')")
    child = "[sys.executable, '-c', 'import config; print(config.__file__)']"
    asked = f"import cli, subprocess, sys; cli.guard_imports(); subprocess.run({child}, check=True)"
    command = [sys.executable, "-P", "-c", asked]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, text=True, timeout=60)
    assert done.stdout.strip().endswith("config/__init__.py"), done.stderr


def test_no_command_names_a_document_that_a_wheel_does_not_have() -> None:
    for path in (ROOT / "commands").glob("*.py"):
        assert "docs/" not in path.read_text("utf-8"), path


def test_the_codebook_is_printed_without_any_data(tmp_path: Path) -> None:
    done = duizhao("label", "explained", "--codebook", "--data", str(tmp_path / "none"))
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("# Codebook: explained or only mentioned\n")
