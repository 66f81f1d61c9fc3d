"""The garbage collector is off inside, and afterwards what it was before."""

from __future__ import annotations

import gc

import pytest

from report.uncollected import uncollected


@pytest.mark.parametrize("on", [True, False])
def test_it_is_switched_back(on: bool) -> None:
    was = gc.isenabled()
    try:
        gc.enable() if on else gc.disable()
        with uncollected():
            assert not gc.isenabled()
        assert gc.isenabled() is on
    finally:
        gc.enable() if was else gc.disable()
