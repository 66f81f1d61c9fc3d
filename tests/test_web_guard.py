"""Who is let in: loopback's own names, requests that only look, and no other site's page."""

from __future__ import annotations

import pytest
from werkzeug.exceptions import HTTPException
from werkzeug.test import EnvironBuilder
from werkzeug.wrappers import Request, Response

from web.guard import check, is_loopback, protect

HOSTS = [
    # (Host, whether it is let in)
    ("localhost", True),
    ("localhost:8765", True),
    ("127.0.0.1:1", True),
    ("[::1]:8765", True),
    ("127.0.0.2", False),
    ("evil.example", False),
    ("evil.example:8765", False),
    ("localhost.evil.example", False),
    ("127.0.0.1.evil.example", False),
    ("localhost@evil.example", False),
    ("0.0.0.0:8765", False),
    ("", False),
    ("localhost,evil.example", False),
    ("ｌocalhost", False),
]
VISIT = {"Sec-Fetch-Mode": "navigate", "Sec-Fetch-Dest": "document"}
SITES = [
    # (headers, the status; 200 is let in)
    ({}, 200),
    ({"Sec-Fetch-Site": "same-origin", "Sec-Fetch-Mode": "no-cors"}, 200),
    ({"Sec-Fetch-Site": "none"}, 200),
    ({"Sec-Fetch-Site": "cross-site", **VISIT}, 200),
    ({"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Mode": "no-cors"}, 403),
    ({"Sec-Fetch-Site": "same-site", "Sec-Fetch-Mode": "cors"}, 403),
    ({"Sec-Fetch-Site": "cross-site", **VISIT, "Sec-Fetch-Dest": "iframe"}, 403),
]


def request(**given: object) -> Request:
    environ = EnvironBuilder(**given).get_environ()  # type: ignore[arg-type]
    return Request(environ)


def status(asked: Request, own: str = "") -> int:
    try:
        check(asked, own)
    except HTTPException as error:
        return error.code or 0
    return 200


@pytest.mark.parametrize(("host", "fine"), HOSTS)
def test_the_name_that_was_asked_for(host: str, fine: bool) -> None:
    asked = request()
    asked.environ["HTTP_HOST"] = host
    assert status(asked) == (200 if fine else 400)


def test_an_address_of_ones_own_choice_on_loopback() -> None:
    asked = request(headers={"Host": "127.0.0.2:80"})
    assert (status(asked, "127.0.0.2"), status(asked)) == (200, 400)


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE"])
def test_it_only_shows(method: str) -> None:
    assert status(request(method=method)) == 405


@pytest.mark.parametrize(("headers", "code"), SITES)
def test_what_other_sites_may_do(headers: dict[str, str], code: int) -> None:
    assert status(request(headers=headers)) == code


@pytest.mark.parametrize("host", ["127.0.0.1", "127.9.9.9", "::1", "[::1]", "localhost"])
def test_loopback(host: str) -> None:
    assert is_loopback(host)


@pytest.mark.parametrize(
    "host", ["0.0.0.0", "::", "10.0.0.1", "example.org", "", "127.1", "::ffff"]
)
def test_not_loopback(host: str) -> None:
    assert not is_loopback(host)


def test_a_stricter_policy_is_kept() -> None:
    answer = protect(protect(Response("x"), "default-src 'none'; sandbox"))
    assert answer.headers.getlist("Content-Security-Policy") == ["default-src 'none'; sandbox"]
