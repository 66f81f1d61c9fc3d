"""The crawl's settings: every kind of mistake, with its line and advice."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.load import load
from tests.configuring import problems, write

CRAWL_ERRORS = [
    ("max_pages = -1", "-1 is not a whole number from 1 to 100000000"),
    ("max_pages = true", "true is not a whole number"),
    ("max_pages = 10.0", "10.0 is not a whole number"),
    (f"max_pages = 0x{'f' * 5000}", "a whole number of about 6020 digits is not"),
    ('max_pages = "many"', "'many' is not a whole number"),
    ("max_pages = 1979-05-27", "1979-05-27 is not a whole number"),
    ("delay = nan", "nan is not a number from 0 to 86400"),
    ("delay = -inf", "-inf is not a number"),
    ("delay = -0.5", "-0.5 is not a number"),
    (f"delay = 0x{'f' * 5000}", "digits is not a number"),
    ("delay = 90", "delay 90 is longer than max_delay 60"),
    ("max_delay = 0.5", "delay 1 is longer than max_delay 0.5"),
    ("timeout = 0", "0 is not a number from 0.1 to 600"),
    ("autothrottle = 1", "1 is neither true nor false"),
    ('contact = "联系我"', "cannot be sent in an HTTP header"),
    ('contact = "nobody"', "'nobody' is no e-mail or web address; sites must be able to complain"),
    ('contact = "x@y"', "is no e-mail or web address"),
    ('contact = "me\\r\\nCookie: x"', "cannot be sent in an HTTP header"),
    ('user_agent = "Bot {name}"', "'Bot {name}' is no user agent"),
    ('user_agent = "Bot {0.__class__}"', "is no user agent"),
    ('user_agent = " "', "is no user agent"),
    ('user_agent = "Duizhao/0.1"', "'Duizhao/0.1' lacks {contact}; sites must see who is asking"),
    ('user_agent = "Mine (+{contact})"', "lacks Duizhao"),
    ('allow_addresses = "10.0.0.0/8"', "is not an array"),
    ('allow_addresses = ["10.0.0.1/8"]', "'10.0.0.1/8' is no network; write '10.0.0.0/8'"),
    ('allow_addresses = ["localhost"]', "write an address or a block like"),
    ('allow_addresses = ["10.0.0.0/33"]', "is no network"),
    ("allow_addresses = [7]", "7 is not text"),
    ("max-pages = 3", "unknown key 'max-pages'; did you mean 'max_pages'?"),
    ("zzzzzz = 3", "unknown key 'zzzzzz'; write one of contact, user_agent"),
    ('"a\\nmy.toml:1: ok" = 3', r"unknown key 'a\nmy.toml:1: ok'"),
]


@pytest.mark.parametrize(("setting", "message"), CRAWL_ERRORS)
def test_mistakes_in_the_crawl_settings(tmp_path: Path, setting: str, message: str) -> None:
    path = write(tmp_path, f"# mine\n[crawl]\nworkers = 1\n{setting}\n")
    [found] = problems(path)
    assert found.startswith(f"{path}:4: ")
    assert message in found


@pytest.mark.parametrize(
    "given", ["me@example.org", "https://127.0.0.1/bot", "Ann Lee, example.org/bot", "  "]
)
def test_a_contact_is_where_somebody_can_be_reached(tmp_path: Path, given: str) -> None:
    path = write(tmp_path, f'[crawl]\ncontact = "{given}"\n')
    assert load(path).crawl.contact == given.strip()
