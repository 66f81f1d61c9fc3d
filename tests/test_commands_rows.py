"""Rows of an answer: a header also where there is no row, and one name a value."""

from __future__ import annotations

import json

import pytest

from commands.rows import as_csv, show


def test_an_empty_csv_has_its_header() -> None:
    assert as_csv(("score", "url"), []) == "\ufeffscore,url\r\n"


def test_a_row_is_a_line_and_nothing_of_it_is_a_formula() -> None:
    made = as_csv(("a", "b", "c"), [(1.5, ("x", "y"), None), ("=1+1", "", 0)])
    assert made == "\ufeffa,b,c\r\n1.5,x; y,\r\n'=1+1,,0\r\n"


def test_json_names_every_value(capsys: pytest.CaptureFixture[str]) -> None:
    show(("a", "b"), [(1, ("x", "y"))], "json", (), "none")
    assert json.loads(capsys.readouterr().out) == [{"a": 1, "b": ["x", "y"]}]
    with pytest.raises(ValueError, match="zip"):
        show(("a", "b"), [(1,)], "json", (), "none")


def test_a_negative_number_is_a_number() -> None:
    made = as_csv(("score", "text", "list"), [(-2.598, "-2.598", ("-1", "x")), (-1, "+1", ())])
    assert made.split("\r\n")[1:3] == ["-2.598,'-2.598,'-1; x", "-1,'+1,"]
