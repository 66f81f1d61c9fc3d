"""Searches, archives and lists: every kind of mistake with its line, and what is filled in."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load
from config.services import SERVICES
from tests.configuring import SOURCE, problems, write

SEARCH = '[[search]]\nid = "w"\nservice = "mediawiki"\n'
# The table, the line of the problem (the source has 8 before it), and part of its message.
MISTAKES = [
    ('[[search]]\nid = "w"\nservice = "googel"', 10, "'googel' is none of mediawiki"),
    ('[[search]]\nservice = "brave"', 8, "'id' is missing"),
    ('[[search]]\nid = "w"\nservice = "searxng"', 8, "has no address of its own"),
    (f'{SEARCH}url = "https://x.org/?key=s3cr3t"', 11, "keys come from the environment"),
    (f'{SEARCH}url = "https://me:s3cr3t@x.org/"', 11, "user name or password"),
    (f'{SEARCH}key = "s3cr3t"', 11, "unknown key 'key'"),
    (f"{SEARCH}delay = 0.1", 11, "mediawiki asks for 1 seconds or more"),
    (f"{SEARCH}terms = 0", 11, "0 is not a whole number from 1"),
    (f"{SEARCH}hosts = 5", 11, "mediawiki is asked about terms"),
    (f'{SEARCH}concepts = ["nothing"]', 11, "'nothing' is no concept"),
    (f"{SEARCH}{SEARCH}", 12, "id: 'w' is another search's"),
    ('[[search]]\nid="b"\nservice="brave"\nmax_results = 201', 11, "at most 200 a query"),
    ('[[search]]\nid="g"\nservice="gdelt"\ntimespan = "3 months"', 11, "is no time span"),
    ('[[search]]\nid="c"\nservice="commoncrawl"\nindex = "../x"', 11, "is no index"),
    ('[[list]]\nid = "l"\nfile = "no.csv"', 10, "is not there"),
    ('[[list]]\nid = "l"', 8, "'file' is missing"),
    ('[[archive]]\nid = "a"\nfiles = ["no.warc.gz"]', 10, "is not there"),
    ('[[archive]]\nid = "a"\nfiles = []', 10, "files is empty"),
    ('[discover]\noffsite = "drop"', 9, "'drop' is none of fetch, keep"),
    ("[discover]\nmax_pages_per_host = 0", 9, "0 is not a whole number"),
    ('[search]\nid = "w"', 8, "double brackets"),
]


@pytest.mark.parametrize(("table", "line", "message"), MISTAKES)
def test_mistakes_in_a_route(table: str, line: int, message: str, tmp_path: Path) -> None:
    (said,) = problems(write(tmp_path, f"{SOURCE}{table}\n"))[:1]
    assert f"my.toml:{line}: " in said
    assert message in said
    assert "s3cr3t" not in said or "unknown key" in said


def test_a_key_written_into_a_table_is_not_repeated(tmp_path: Path) -> None:
    for table in (f'{SEARCH}key = "s3cr3t"', f'{SEARCH}url = "https://x.org/?key=s3cr3t"'):
        assert "s3cr3t" not in "".join(problems(write(tmp_path, SOURCE + table)))


@pytest.mark.parametrize("name", [name for name in SERVICES if SERVICES[name].en_url])
def test_a_service_needs_only_its_name(name: str, tmp_path: Path) -> None:
    table = f'[[search]]\nid = "x"\nservice = "{name}"\n'
    (search,) = load(write(tmp_path, SOURCE + table)).searches
    service = SERVICES[name]
    assert (search.url("en"), search.url("zh")) == (service.en_url, service.zh_url)
    assert search.delay == service.delay
    assert search.max_results <= service.most


def test_files_are_relative_to_the_file_that_names_them(tmp_path: Path) -> None:
    write(tmp_path, "https://a.org/", "my.txt")
    tables = (
        '[[list]]\nid = "l"\nfile = "my.txt"\n'
        '[[archive]]\nid = "a"\nfiles = ["*.warc.gz", "https://a.org/x.warc.gz"]\n'
    )
    config = load(write(tmp_path, SOURCE + tables))
    assert config.lists[0].file == tmp_path / "my.txt"
    assert config.archives[0].files == (
        str(tmp_path / "*.warc.gz"),
        "https://a.org/x.warc.gz",
    )


def test_nothing_is_asked_unless_it_is_named() -> None:
    config = load()
    assert (config.searches, config.archives, config.lists) == ((), (), ())
    assert config.discover.offsite == "fetch"
