"""The tables of characters come from a package that is asked for."""

from __future__ import annotations

import configparser
import re
from importlib.metadata import files
from pathlib import Path

SETUP = Path(__file__).parent.parent / "setup.cfg"
TABLES = {"TSCharacters", "STCharacters", "TWVariants", "TWVariantsRev", "HKVariants"}


def test_the_dictionaries_belong_to_a_required_package() -> None:
    """Several packages are imported as ``opencc``, and only one has the dictionaries as text."""
    setup = configparser.ConfigParser()
    setup.read(SETUP, encoding="utf-8")
    required = setup["options"]["install_requires"].split()
    names = [re.split("[<>=]", line)[0] for line in required if "opencc" in line]
    held = {str(file) for name in names for file in files(name) or ()}
    assert {f"opencc/dictionary/{table}.txt" for table in TABLES} <= held
