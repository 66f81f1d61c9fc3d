"""The worked examples of the statistics, each from the literature its docstring names."""

from __future__ import annotations

import doctest
import importlib
import pkgutil

import pytest

import report.estimate

MODULES = [m.name for m in pkgutil.iter_modules(report.estimate.__path__, "report.estimate.")]


@pytest.mark.parametrize("name", MODULES)
def test_worked_examples_hold(name: str) -> None:
    assert doctest.testmod(importlib.import_module(name)).failed == 0
